"""The keys of the call page, and those of them that stand beside the trail of the call."""

from __future__ import annotations

from assistant.desk.keys import Key
from flows.permissions import Deed, Staff

CALL_KEYS = (
    Key("call-note", "f5", "F5"),
    Key("call-new", "f7", "F7"),
    Key("call-hold", "f8", "F8"),
    Key("call-candidate", "f4", "F4", in_bar=False),
    Key("call-notes", "f9", "F9", in_bar=False),
    Key("call-aloud", "f10", "F10", in_bar=False),
    Key("call-large", "f11", "F11", in_bar=False),
    Key("call-facts", "f3", "F3", in_bar=False),
    Key("call-voice", "tab", "Tab", in_bar=False),
    # For the help: these keys mean something to the field and to what stands below it.
    Key("call-walk", "", "↑ ↓", in_bar=False),
    Key("call-ask", "", "?", in_bar=False),
)

_BESIDE = frozenset({"call-candidate", "call-notes", "call-aloud", "call-large"})


def allowed(keys: tuple[Key, ...], staff: Staff) -> tuple[Key, ...]:
    """Leave out the key to a candidate for whoever takes calls and may look nobody up."""
    may = staff.acts_as(Deed.LOOK_UP_CANDIDATE) is not None
    return tuple(key for key in keys if may or key.id != "call-candidate")


def beside(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """Return the keys that the line of keys has no room for, and a mouse needs."""
    return tuple(key for key in keys if key.id in _BESIDE)
