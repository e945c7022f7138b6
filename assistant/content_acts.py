"""``chengnuo content``: proves, lists, imports, indexes and compares content."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.loader import Content

if TYPE_CHECKING:
    from assistant.conversation.wording import Wording
    from assistant.settings import Settings

EXAMPLES = """examples:
  chengnuo content check                 proves the content whole
  chengnuo content list exams            or places, scenarios
  chengnuo content import notice.txt     makes notice-pack/notice.en.md or notice.zh.md beside the file
  chengnuo content import faq-en.txt faq-zh.txt --out pack
  chengnuo content import notice.txt --strict --json
  chengnuo content diff pack-2019 pack-2020
  chengnuo content diff notice-2019.txt notice-2020.txt --json
  chengnuo content index pack            makes it ready for `chengnuo ask --pack pack "QUESTION"`
  chengnuo content misses                what nobody found an answer to

A notice has "1. question" and below it "A: answer", or 1、 一、 （一） Q1: 问： 答：, in any usual encoding.
Import writes the pack and lists what to look at; with --strict that is exit code 1. It writes nothing, and
ends with 1, where there is no item, a number stands twice, or one language lacks an item of the other.
"""


def add_acts(content: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the acts to the command; ``common`` holds the options that each of them takes too."""
    shape: dict[str, Any] = {
        # What is said before the act stands, unless it is said again after it.
        "parents": [common],
        "epilog": EXAMPLES,
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }
    content.epilog, content.formatter_class = shape["epilog"], shape["formatter_class"]
    acts = content.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    acts.add_parser("check", help="prove the content whole", **shape)
    listed = acts.add_parser("list", help="list ids with their names", **shape)
    listed.add_argument("what", choices=("exams", "places", "scenarios"), help="what to list")
    imported = acts.add_parser("import", help="make a content pack of a notice", **shape)
    imported.add_argument("files", nargs="+", type=Path, metavar="FILE", help="one, or English and Chinese")
    imported.add_argument("--out", type=Path, help="the pack's folder; by default beside the file")
    imported.add_argument("--strict", action="store_true", help="exit code 1 when anything was found")
    index = acts.add_parser("index", help="make a pack ready for questions", **shape)
    index.add_argument("pack", type=Path, help="the pack's folder")
    acts.add_parser("misses", help="list the questions that found no answer, without personal data", **shape)
    compared = acts.add_parser("diff", help="say what changed between two packs or notices", **shape)
    compared.add_argument("old", type=Path, help="a pack's folder, a file of it, or a notice")
    compared.add_argument("new", type=Path, help="the same of later")


def run(
    options: argparse.Namespace, settings: Settings, content: Content, wording: Callable[[str], Wording]
) -> int:
    """Do one act and return the exit code; its parts are imported only now."""
    from assistant import listing, notices, packing, unanswered

    language = options.lang or settings.language
    match options.act:
        case "misses":
            return unanswered.listed(settings.misses, as_json=options.json)
        case "import":
            return notices.imported(options, wording(language))
        case "diff":
            return notices.compared(options, wording(language))
        case "index":
            return packing.indexed(options, wording(language))
        case "check":
            return listing.checked(content, as_json=options.json)
    return listing.listed(content, options.what, language, as_json=options.json)
