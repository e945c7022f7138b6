"""What else a changed fact changes: which later answers wait to be confirmed again, and which are void."""

from __future__ import annotations

from collections.abc import Mapping

from flows.dossier import Dossier, Fact
from flows.steps.apply import FORM, LETTER_HOLDS

DOUBTS: Mapping[str, tuple[str, ...]] = {
    "exam": ("level", "major", "subjects", "notice_read", "application.choose", "application.read"),
    "province": ("city", "verification_point", "application.choose"),
    "city": ("verification_point",),
    "level": ("major", "subjects"),
    "major": ("subjects",),
    "id_type": ("id_number",),
    "first_time": (),
    "photo": ("photo.confirm",),
    "adopt_commitment": ("decline.confirm",),
}
"""Facts that were said in view of another one."""


def doubted_by(dossier: Dossier, key: str) -> tuple[str, ...]:
    """Return the known facts that wait to be confirmed again when ``key`` changes, in a fixed order.

    The signature is among them when the letter holds the fact (FAQ 5, FAQ 13.4), and so are the saved
    form and its check when the form holds it (FAQ 13.3).
    """
    found: dict[str, None] = {}
    queue = [key]
    while queue:
        current = queue.pop(0)
        later = list(DOUBTS.get(current, ()))
        if current in FORM:
            later.append("application.save")
        if current in LETTER_HOLDS or current == "adopt_commitment":
            later += ["signature.name", "signature"]
        for each in later:
            if each in dossier and each not in found and each != key:
                found[each] = None
                queue.append(each)
    return tuple(found)


def corrected(dossier: Dossier, fact: Fact) -> Dossier:
    """Return the dossier with ``fact`` in place and everything that depended on it in doubt."""
    earlier = dossier.earlier(fact.key)
    if earlier is not None and earlier.value == fact.value:
        return dossier.put(fact)
    return dossier.doubting(doubted_by(dossier, fact.key)).put(fact)
