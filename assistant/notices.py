"""Imports a notice into a content pack, and says what changed between two notices.

A pack is a folder with ``notice.en.md``, ``notice.zh.md`` or both, in the form of the content's own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.conversation.wording import Wording
from assistant.files import FileRefusedError, problem, read_ordinary, write_atomically
from assistant.stopping import USAGE, Stopped
from content.comparing import KINDS, Change, compare
from content.damage import damaged
from content.decoding import Decoded, decoded
from content.importing import is_pack, language_of, read
from content.loader import notice_in
from content.notices import Finding, Notice, short, written
from content.schema import LANGUAGES, Item, Language
from flows.verdict import Arg, Problem

MOST = 1 << 20
"""The most bytes of a notice: fifty times the one of the pilot, and more than anybody proofreads."""


@dataclass(frozen=True)
class _Source:
    path: Path
    encoding: str
    notice: Notice
    findings: tuple[Finding, ...]


# Importing ---------------------------------------------------------------------------------------------


def imported(options: argparse.Namespace, wording: Wording) -> int:
    """Import a notice, in one language or in both, print what was found, and return the exit code."""
    paths: list[Path] = options.files
    if len(paths) > len(LANGUAGES):
        raise Stopped("chengnuo content import: give one file, or one in English and one in Chinese.", USAGE)
    sources = [_source(path) for path in paths]
    findings = [(each, finding) for each in sources for finding in each.findings]
    refused = [(each, finding) for each in sources for finding in each.notice.refusals]
    if len(sources) > 1 and not refused:
        refused, differing = _against_each_other(sources)
        findings += [*refused, *differing]
    folder = options.out or paths[0].with_name(f"{paths[0].stem}-pack")
    if refused:
        shown = findings if options.json else refused
        _report(options, wording, folder, {}, shown, ok=False)
        return 1
    files = {each.notice.language: folder / f"notice.{each.notice.language}.md" for each in sources}
    _written(folder, {files[each.notice.language]: written(each.notice) for each in sources})
    _report(
        options, wording, folder, {files[each.notice.language]: each for each in sources}, findings, ok=True
    )
    return 1 if options.strict and findings else 0


def _source(path: Path) -> _Source:
    text = _decoded(path)
    notice = read(text.text)
    unsure = () if text.certain else (Finding("notice-encoding", 1, "", {"encoding": text.encoding}),)
    findings = (*unsure, *notice.findings, *damaged(notice, text.text))
    return _Source(path, text.encoding, notice, tuple(sorted(findings, key=lambda each: each.line)))


def _decoded(path: Path) -> Decoded:
    found = decoded(read_ordinary(path, MOST))
    if isinstance(found, int):
        raise FileRefusedError(problem("notice-binary", path, at=found + 1))
    return found


Found = list[tuple[_Source, Finding]]


def _against_each_other(sources: Sequence[_Source]) -> tuple[Found, Found]:
    """Hold two languages against each other: what stops the pack, and what is to be mended in it."""
    one, two = sources
    if one.notice.language == two.notice.language:
        args = {"file": _name(two.path), "other": _name(one.path)}
        return [(two, Finding("notice-one-language", 1, "", args))], []
    refused: Found = []
    for here, there in ((one, two), (two, one)):
        has = {entry.number for entry in there.notice.entries}
        for entry in here.notice.entries:
            if entry.number not in has:
                lacks: dict[str, str | int] = {"number": entry.number, "file": _name(there.path)}
                found = Finding("notice-not-translated", entry.line, str(entry.number), lacks)
                refused.append((here, found))
    english, chinese = sorted(sources, key=lambda each: each.notice.language)
    counts = {entry.number: len(entry.pieces) for entry in english.notice.entries}
    differing: Found = []
    for entry in chinese.notice.entries:
        here_count, there_count = counts.get(entry.number), len(entry.pieces)
        if here_count is not None and here_count != there_count:
            both: dict[str, str | int] = {"number": entry.number, "here": here_count, "there": there_count}
            finding = Finding("notice-paragraphs-differ", entry.line, str(entry.number), both)
            differing.append((chinese, finding))
    return refused, differing


def _written(folder: Path, files: Mapping[Path, str]) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise FileRefusedError(problem("file-no-such-folder", folder)) from error
    except FileExistsError as error:
        raise FileRefusedError(problem("file-exists", folder)) from error
    except (OSError, ValueError) as error:
        raise FileRefusedError(problem("file-no-right-to-write", folder)) from error
    for path in files:
        # All or nothing: the second is looked at before the first is written.
        if path.exists():
            raise FileRefusedError(problem("file-exists", path))
    for path, text in files.items():
        write_atomically(path, text.encode("utf-8", "replace"), replace=False, mode=0o644)


def _report(
    options: argparse.Namespace,
    wording: Wording,
    folder: Path,
    files: Mapping[Path, _Source],
    findings: Iterable[tuple[_Source, Finding]],
    *,
    ok: bool,
) -> None:
    rows = [
        {
            "file": str(source.path),
            "line": each.line,
            "place": each.place,
            "code": each.code,
            "message": wording.problem(Problem(each.code, dict(each.args))),
        }
        for source, each in findings
    ]
    made: list[dict[str, str | int]] = [
        {
            "file": str(path),
            "language": source.notice.language,
            "encoding": source.encoding,
            "items": len(source.notice.entries),
            "paragraphs": sum(len(entry.pieces) for entry in source.notice.entries),
        }
        for path, source in files.items()
    ]
    if options.json:
        _print_json({"ok": ok, "out": str(folder) if ok else None, "written": made, "findings": rows})
        return
    stream = sys.stdout if ok else sys.stderr
    for each in made:
        wrote: dict[str, Arg] = {**each, "file": _shown(str(each["file"]))}
        print(wording.text("notices.wrote", wrote))
    if ok:
        print(wording.text("notices.found", {"number": len(rows)}) if rows else wording.text("notices.whole"))
    for row in rows:
        place = f" [{row['place']}]" if row["place"] else ""
        print(f"{_shown(str(row['file']))}:{row['line']}:{place} {row['message']}", file=stream)
    if not ok:
        print(wording.text("notices.refused"), file=stream)


# Comparing ---------------------------------------------------------------------------------------------


def compared(options: argparse.Namespace, wording: Wording) -> int:
    """Compare two packs or notice files, print what changed, and return the exit code."""
    old, new = options.old, options.new
    before, after = _notices(old, wording), _notices(new, wording)
    shared = [language for language in LANGUAGES if language in before and language in after]
    if not shared:
        raise Stopped(
            wording.problem(Problem("notice-nothing-shared", {"file": _name(old), "other": _name(new)}))
        )
    changes = {language: compare(before[language], after[language]) for language in shared}
    alone = {language: old if language in before else new for language in {*before, *after} - set(shared)}
    if options.json:
        rows = [{"language": language, **asdict(each)} for language in shared for each in changes[language]]
        only = {language: str(path) for language, path in alone.items()}
        _print_json({"same": not rows, "languages": shared, "not_compared": only, "changes": rows})
        return 0
    for language in shared:
        _print_changes(wording, language, changes[language])
    for language, path in alone.items():
        print(wording.text("notices.only", {"language": language, "file": _name(path)}))
    return 0


def _notices(path: Path, wording: Wording) -> Mapping[Language, tuple[Item, ...]]:
    """Read a pack's folder, one file of a pack, or a notice as it was published."""
    if not path.is_dir():
        text = _decoded(path).text
        if is_pack(text):
            language = language_of(text)
            return {language: notice_in(text, f"{path.stem}.{language}.md")}
        notice = read(text)
        if notice.refusals:
            first = notice.refusals[0]
            said = wording.problem(Problem(first.code, dict(first.args)))
            raise Stopped(f"{_shown(str(path))}:{first.line}: {said}")
        return {notice.language: notice.items}
    found: dict[Language, tuple[Item, ...]] = {}
    for language in LANGUAGES:
        name = f"notice.{language}.md"
        inside = next((each for each in (path / name, path / "notice" / name) if each.exists()), None)
        if inside:
            found[language] = notice_in(_decoded(inside).text, name)
    if not found:
        raise FileRefusedError(problem("notice-no-pack", path))
    return found


def _print_changes(wording: Wording, language: Language, changes: Sequence[Change]) -> None:
    if not changes:
        print(wording.text("notices.same", {"language": language}))
        return
    counts = Counter(each.kind for each in changes)
    numbers: dict[str, Arg] = {kind: counts[kind] for kind in KINDS}
    print(wording.text("notices.changes", {"language": language, **numbers}))
    for each in changes:
        kind = "changed-moved" if each.kind == "changed" and each.old != each.new else each.kind
        text = short(each.after or each.before, 70)
        print("  " + wording.text(f"notices.{kind}", {"old": each.old, "new": each.new, "text": text}))
        for swap in each.swaps:
            key = "notices.swap" if swap.old and swap.new else f"notices.swap-{'out' if swap.old else 'in'}"
            print("      " + wording.text(key, {"old": swap.old, "new": swap.new}))


def _name(path: Path) -> str:
    return _shown(path.name or str(path))


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _print_json(found: Mapping[str, Any]) -> None:
    print(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"))
