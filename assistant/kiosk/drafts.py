"""What is half typed: it stands in its field again, whatever happens in between."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Objected, Turn


@dataclass
class Drafts:
    """Keeps what is typed and not taken, by prompt; nothing that is typed hidden is kept.

    Attributes:
        kept: What was half typed at prompts that gave way to another.
        over: What stood in the field when the last turn began.
    """

    kept: dict[str, str] = field(default_factory=dict)
    over: str = ""

    def leave(self, key: str | None, typed: str, *, hidden: bool) -> None:
        """Keep what stands in the field of a prompt that may give way."""
        self.over = typed
        if key is not None and typed and not hidden:
            self.kept[key] = typed

    def back_at(self, key: str, otherwise: str) -> str:
        """Take out what was half typed at a prompt that stands again."""
        return self.kept.pop(key, otherwise)

    def after(self, turn: Turn, given: Input | None, *, stood: str | None, stands: str, typed: str) -> str:
        """Say what stands in the field after a turn.

        Args:
            turn: What came back.
            given: What was put in.
            stood: Key of the prompt that was shown.
            stands: Key of the prompt that is shown now.
            typed: What stands in the field at this moment.
        """
        if typed and (stands == stood or typed != self.over):
            # Half typed before a command, or typed ahead while the turn was under way.
            self.kept.pop(stands, None)
            return typed
        if stands in self.kept:
            return self.kept.pop(stands)
        if stands != turn.prompt.key:
            return ""
        refused = stood == stands and any(isinstance(each, Objected) for each in turn.messages)
        if refused and isinstance(given, Text) and not given.text.startswith(("/", "／")):
            return given.text
        return "" if turn.prompt.options else turn.prompt.preset

    def wipe(self) -> None:
        """Forget everything."""
        self.kept.clear()
        self.over = ""
