"""Writes a run out: as a scenario, as a recording, as a handout with pictures of the real screen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation.wording import Wording
from assistant.files import FileRefusedError, write_atomically
from assistant.kiosk.screens.picture import mended
from assistant.lessons import Run
from assistant.lessons.cast import cast
from assistant.lessons.handout import Handout, as_html, as_markdown, handout
from assistant.lessons.scenario_file import scenario_of, scenario_text
from assistant.trainer.view import View, view
from flows.verdict import Problem, RefusedError

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage

KINDS = ("scenario", "cast", "handout")

REFRESHES = 12
"""How often the screen is waited for: the newest text is brought into view step by step."""


@dataclass(frozen=True)
class Export:
    """What is written where.

    Args:
        folder: A folder of its own for this export.
        name: What the files are called.
        kinds: Which of :data:`KINDS`.
    """

    folder: Path
    name: str
    kinds: tuple[str, ...]


def export(lesson: LessonPage, what: str) -> None:
    """Write a run out, and say where it is; the lesson stands where it stood afterwards."""
    kinds = KINDS if what == "all" else (what,)
    if lesson.hold():
        lesson.tell(lambda: lesson.wording.text("train.export.writing"))
        lesson.run_worker(_export(lesson, kinds), group="export", exit_on_error=False)


async def _export(lesson: LessonPage, kinds: tuple[str, ...]) -> None:
    run, wording, at = lesson.run, lesson.wording, lesson.run.at
    problem: Problem | None = None
    folder = lesson.trainer.folder / "exports"
    try:
        made = await asyncio.to_thread(_folder, folder, lesson.card.id)
        what = Export(made, lesson.card.id, kinds)
        told = await asyncio.to_thread(handout, run, wording) if "handout" in kinds else None
        pictures = {} if told is None else await _pictures(lesson, [each.at for each in told.sections])
        await asyncio.to_thread(run.rewind, at)
        await asyncio.to_thread(write, run, what, wording, told, pictures)
    except FileRefusedError as refused:
        problem = refused.problem
    except RefusedError as refused:
        problem = Problem(refused.code, refused.arguments)
    finally:
        await asyncio.to_thread(run.rewind, at)
        lesson.let_go()
    await lesson.show(await asyncio.to_thread(view, run))
    if problem is not None:
        lesson.refuse(problem)
    else:
        lesson.tell(lambda: lesson.wording.text("train.export.written", {"path": str(made)}), "$text-success")


async def _pictures(lesson: LessonPage, ats: list[int]) -> dict[int, str]:
    """Take a picture of the screen as it stood after so many moments, for each of them."""
    run, taken = lesson.run, dict[int, str]()

    def stand(at: int) -> View:
        run.rewind(at)
        return view(run)

    for at in ats:
        await lesson.show(await asyncio.to_thread(stand, at), quietly=True)
        for _ in range(REFRESHES):
            drawn = asyncio.Event()
            lesson.call_after_refresh(drawn.set)
            await drawn.wait()
        taken[at] = mended(lesson.app.export_screenshot(title=lesson.wording.text("face.training.banner")))
    return taken


def write(
    run: Run,
    what: Export,
    wording: Wording,
    told: Handout | None = None,
    pictures: Mapping[int, str] | None = None,
) -> None:
    """Write the files of an export.

    Raises:
        FileRefusedError: One of them cannot be written.
    """
    if "scenario" in what.kinds:
        _put(what.folder / f"{what.name}.yaml", scenario_text(scenario_of(run)))
    if "cast" in what.kinds:
        _put(what.folder / f"{what.name}.cast", cast(run, wording))
    if told is None or pictures is None:
        return
    screens = what.folder / "screens"
    with suppress(OSError):
        screens.mkdir(mode=0o700)
    for at, picture in pictures.items():
        _put(screens / f"{at:03}.svg", picture)
    _put(what.folder / f"{what.name}.md", as_markdown(told, lambda at: f"screens/{at:03}.svg"))
    _put(what.folder / f"{what.name}.html", as_html(told, lambda at: pictures[at]))


def _put(path: Path, text: str) -> None:
    write_atomically(path, text.encode(), replace=False)


def _folder(exports: Path, name: str) -> Path:
    """Make a folder that is not there yet: nothing that was exported before is written over.

    Raises:
        FileRefusedError: It cannot be made.
    """
    for number in range(1, 10_000):
        folder = exports / f"{name}-{number}"
        try:
            folder.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise FileRefusedError(Problem("train-export-folder", {"path": str(folder)})) from error
        return folder
    raise FileRefusedError(Problem("train-export-folder", {"path": str(exports)}))
