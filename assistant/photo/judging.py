"""Checks and makes ID photos. Pictures are decoded in a process of their own, within limits."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import msgspec

from assistant.files import FileRefusedError, read_ordinary, write_atomically
from assistant.files import problem as file_problem
from assistant.photo.kinds import kind_of, outline
from assistant.photo.measures import Measures
from assistant.photo.report import Check, PhotoReport, judge, source_size
from flows.verdict import Problem

MOST_INPUT = 10 * 1024 * 1024
SECONDS = 9.0
"""For the decoder's process in all; a person is answered within ten seconds."""

Job = Literal["judge", "process", "sample"]


def check_photo(path: Path) -> PhotoReport:
    """Check whether a file is a photo that the notice accepts.

    Args:
        path: Any path at all: a folder, a pipe, a damaged file and a bomb each get their own sentence.

    Source: FAQ 12.
    """
    try:
        data = read_ordinary(path, MOST_INPUT)
    except FileRefusedError as refused:
        return _unread(refused.problem)
    return judge_bytes(data)


def judge_bytes(data: bytes) -> PhotoReport:
    """Check a photo that has been read already."""
    kind = kind_of(data)
    if kind != "JPEG":
        return _not_taken(kind, "JPEG", "photo-not-jpeg", data)
    about = outline(data)
    measures = Measures("damaged") if about.starved else _decode("judge", data)[0]
    if measures.error:
        return _failed(measures, data)
    return _report(judge(measures, about, len(data)), measures, data)


def process_photo(source: Path, out: Path) -> PhotoReport:
    """Make an ID photo out of an ordinary picture, and check what was made.

    The picture is set upright, cut to 295:413 about its centre, made smaller and never larger, and saved
    from its pixels alone. Nothing in it is painted over: a background that is not white stays so.

    Args:
        source: A JPEG or PNG file.
        out: Where the photo goes if it passes; a file of that name is replaced. Nothing is written otherwise.

    Returns:
        The report of the photo that was made; of the source where none could be made.
    """
    try:
        data = read_ordinary(source, MOST_INPUT)
    except FileRefusedError as refused:
        return _unread(refused.problem)
    if out.exists() and source.exists() and out.samefile(source):
        return _unread(file_problem("photo-over-source", out), name="saved", size=len(data))
    report, picture = process_bytes(data)
    if not report.ok:
        return report
    return _saved(report, picture, out)


def process_bytes(data: bytes) -> tuple[PhotoReport, bytes]:
    """Make an ID photo out of a picture that has been read already.

    Returns:
        The report, and the photo that was made, passed or not, so that before and after can be shown; no
        bytes where none could be made.
    """
    kind = kind_of(data)
    if kind not in ("JPEG", "PNG"):
        return _not_taken(kind, "JPEG, PNG", "photo-not-jpeg-or-png", data), b""
    if kind == "JPEG" and outline(data).starved:
        return _failed(Measures("damaged"), data), b""
    source, picture = _decode("process", data)
    if source.error or not picture:
        return _failed(source if source.error else Measures("damaged"), data), b""
    report = judge_bytes(picture)
    checks = (source_size(source), *report.checks)
    return replace(report, checks=checks), picture


def sample_photo(out: Path) -> PhotoReport:
    """Write a made-up photo that passes, for scenarios and training: a drawing, nobody's face."""
    measures, picture = _decode("sample", b"")
    if measures.error or not picture:
        return _failed(measures if measures.error else Measures("damaged"), b"")
    return _saved(judge_bytes(picture), picture, out)


def _saved(report: PhotoReport, picture: bytes, out: Path) -> PhotoReport:
    try:
        write_atomically(out, picture, replace=True)
    except FileRefusedError as refused:
        check = Check("saved", False, "–", "✓", refused.problem)
        return replace(report, ok=False, checks=(*report.checks, check))
    return replace(report, out=out)


def _report(checks: tuple[Check, ...], measures: Measures, data: bytes) -> PhotoReport:
    return PhotoReport(
        ok=all(check.ok for check in checks),
        checks=checks,
        width=measures.width,
        height=measures.height,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _unread(problem: Problem, *, name: str = "readable", size: int = 0) -> PhotoReport:
    return PhotoReport(False, (Check(name, False, "–", "✓", problem),), bytes=size)


def _not_taken(kind: str, wanted: str, code: str, data: bytes) -> PhotoReport:
    if not data:
        return _unread(Problem("photo-empty"))
    if not kind:
        return _unread(Problem("photo-not-a-picture"), size=len(data))
    check = Check("format", False, kind, wanted, Problem(code, {"kind": kind}))
    return _report((check,), Measures(), data)


def _failed(measures: Measures, data: bytes) -> PhotoReport:
    """Report a picture of which nothing, or too little, could be measured."""
    size = f"{measures.width} × {measures.height} px"
    if measures.error == "too-small":
        checks: tuple[Check, ...] = (source_size(measures),)
    elif measures.error == "too-many-pixels":
        problem = Problem("photo-too-many-pixels", {"width": measures.width, "height": measures.height})
        checks = (Check("readable", False, size, "≤ 64 MP", problem),)
    elif measures.error in ("grey", "palette", "transparent"):
        problem = Problem(f"photo-{measures.error}")
        checks = (Check("colour", False, measures.mode, "RGB", problem),)
    elif measures.error == "animated":
        problem = Problem("photo-several-pictures", {"count": measures.frames})
        checks = (Check("format", False, f"PNG ({measures.frames})", "1", problem),)
    else:
        # Its first bytes said that it was a picture: what the decoder does not know is damaged.
        error = "damaged" if measures.error == "not-a-picture" else measures.error
        checks = (Check("readable", False, "–", "✓", Problem(f"photo-{error}")),)
    return _report(checks, measures, data)


def _decode(job: Job, data: bytes) -> tuple[Measures, bytes]:
    """Let the limited process do one job; whatever becomes of it, an answer comes back."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "assistant.photo.child"],
            input=job.encode("ascii") + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Measures("too-slow"), b""
    except OSError:
        return Measures("no-decoder"), b""
    line, _, picture = done.stdout.partition(b"\n")
    try:
        return msgspec.json.decode(line, type=Measures), picture
    except msgspec.MsgspecError:
        # Killed by a limit, or dead of a fault in a decoder: either way the picture is to blame.
        return Measures("damaged"), b""
