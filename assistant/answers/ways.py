"""Reads the ways in which people ask, and proves that they point into the notice."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from content.loader import Content, ContentError, read
from content.schema import Decoy, Phrasing


def read_phrasings(content: Content) -> tuple[Phrasing, ...]:
    """Read how people ask for each paragraph.

    Raises:
        ContentError: The file is of the wrong form, or names a paragraph that is not there.
    """
    phrasings = read(_home() / "phrasings.yaml", tuple[Phrasing, ...])
    known = {each.id for item in content.notices["en"] for each in item.paragraphs}
    for phrasing in phrasings:
        if phrasing.paragraph not in known:
            raise ContentError(
                "phrasings.yaml",
                None,
                phrasing.paragraph,
                "this paragraph is not in the notice. Mend its id.",
            )
    return phrasings


def read_decoys(content: Content) -> tuple[Decoy, ...]:
    """Read the topics that the notice does not answer.

    Raises:
        ContentError: The file is of the wrong form, or names an item or a rule that is not there.
    """
    decoys = read(_home() / "decoys.yaml", tuple[Decoy, ...])
    items = {item.number for item in content.notices["en"]} | {None}
    rules = {rule.id for edition in content.editions.values() for rule in edition.later_rules} | {None}
    for decoy in decoys:
        if decoy.nearest not in items:
            raise ContentError("decoys.yaml", None, decoy.id, f"the notice has no item {decoy.nearest}.")
        if decoy.later_rule not in rules:
            raise ContentError("decoys.yaml", None, decoy.id, f"no edition has the rule {decoy.later_rule}.")
    return decoys


def _home() -> Path:
    return Path(str(resources.files("content"))) / "notice"
