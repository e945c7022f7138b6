"""Makes and opens the index of a content pack, for ``content index PACK`` and ``ask --pack PACK``."""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answers.indexing import build, digest
from assistant.answers.packs import Pack
from assistant.conversation.wording import Wording
from assistant.files import FileRefusedError, problem
from content.loader import notice_in
from content.reading import ContentError, read_text
from content.schema import LANGUAGES, Item, Language
from flows.verdict import Arg

NAME = "notice.index"
"""The file of the index, beside the notices."""


def indexed(options: argparse.Namespace, wording: Wording) -> int:
    """Index a pack, print what it holds, and return the exit code.

    Raises:
        ContentError: A notice of the pack cannot be used, with the place.
        FileRefusedError: There is no notice, or the index cannot be written.
    """
    files = _notices(options.pack)
    notices: dict[str, Sequence[Item]] = {}
    for language, file in files.items():
        notices[language] = notice_in(read_text(file), file.name)
        if not notices[language]:
            raise ContentError(
                file.name, None, "", "it has no item. Import a notice, or write `## 1. Title`."
            )
    path = _place(files)
    build(path, notices, _digests(files))
    pack = Pack(path)
    made: list[dict[str, str | int]] = [
        {
            "language": each,
            "items": pack.count(each)[0],
            "paragraphs": pack.count(each)[1],
            "sure": pack.is_sure(each),
        }
        for each in pack.languages
    ]
    pack.close()
    if options.json:
        print(json.dumps({"ok": True, "index": str(path), "languages": made}, ensure_ascii=False))
        return 0
    for each in made:
        counts: dict[str, Arg] = {key: value for key, value in each.items() if key != "sure"}
        print(wording.text("pack.indexed", counts))
        if not each["sure"]:
            print(wording.text("pack.only-suggests", {"language": str(each["language"])}))
    return 0


def opened(folder: Path) -> Pack:
    """Open the index of a pack.

    Raises:
        FileRefusedError: There is no index, it is broken, or the notices were changed since.
    """
    files = _notices(folder)
    path = _place(files)
    if not path.is_file():
        raise FileRefusedError(problem("pack-no-index", folder))
    try:
        pack = Pack(path)
    except sqlite3.Error as error:
        raise FileRefusedError(problem("pack-index-unread", folder)) from error
    if pack.digests != _digests(files):
        pack.close()
        raise FileRefusedError(problem("pack-stale", folder))
    return pack


def _notices(folder: Path) -> dict[Language, Path]:
    for home in (folder, folder / "notice"):
        try:
            found = {each: home / f"notice.{each}.md" for each in LANGUAGES}
            files = {each: path for each, path in found.items() if path.is_file()}
        except ValueError:  # a path that holds a NUL
            break
        if files:
            return files
    raise FileRefusedError(problem("notice-no-pack", folder))


def _place(files: Mapping[Language, Path]) -> Path:
    return next(iter(files.values())).with_name(NAME)


def _digests(files: Mapping[Language, Path]) -> dict[str, str]:
    try:
        return {language: digest(path) for language, path in files.items()}
    except OSError as error:
        raise FileRefusedError(problem("file-unreadable", next(iter(files.values())))) from error
