"""The classroom on the full screen: a library of personas, and lessons on a simulated clock."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from textual.driver import Driver
from textual.worker import WorkerError

from assistant.conversation.wording import Wording
from assistant.kiosk.policy import Policy
from assistant.lessons import Classroom, Run
from assistant.trainer import following
from assistant.trainer.exporting import export
from assistant.trainer.personas import PersonaCard
from assistant.trainer.screens.lesson import LessonPage
from assistant.trainer.screens.library import LibraryPage
from assistant.trainer.telling import act_said, moment_said, wait_said
from assistant.trainer.terminal import ClassroomTerminal
from assistant.trainer.view import View, view
from assistant.widgets.glyphs import UNICODE, Glyphs
from content.loader import Content
from content.teaching import Teaching


class TrainerApp(ClassroomTerminal, inherit_bindings=False):
    """A trainer opens personas, plays them to a class, and leaves; nothing of it is real."""

    def __init__(
        self,
        content: Content,
        classroom: Classroom,
        teaching: Teaching,
        allowed: Policy,
        *,
        persona: str = "",
        language: str = "zh",
        theme: str = "dark",
        glyphs: Glyphs = UNICODE,
        animations: bool = False,
        pace: float = 1.0,
        driver: type[Driver] | None = None,
    ) -> None:
        """Make the app.

        Args:
            content: Words and catalogues.
            classroom: The folder in which nothing is real.
            teaching: Notes and questions by step.
            allowed: What people may do at this terminal.
            persona: The persona to open with; nothing for the library.
            language: The first language.
            theme: The first look.
            glyphs: The signs to draw with.
            animations: Whether anything may move by itself but the persona's typing.
            pace: What the seconds of the autopilot are multiplied with.
            driver: What reads the terminal; ``None`` for the framework's choice.
        """
        super().__init__(
            content,
            allowed,
            language=language,
            theme=theme,
            glyphs=glyphs,
            animations=animations,
            driver=driver,
        )
        self.classroom, self.teaching, self.pace = classroom, teaching, pace
        self.runs: list[tuple[PersonaCard, Run]] = []
        self._persona = persona
        self._stand = following.Stand(os.getpid())

    @property
    def folder(self) -> Path:
        """The training folder."""
        return self.classroom.folder

    def on_mount(self) -> None:
        """Put on the look and show the library."""
        self.take_the_terminal()
        self.follow(following.Stand(os.getpid()))
        self.push_screen(LibraryPage(self._persona))

    # Lessons -------------------------------------------------------------------------------------------

    def begin(self, card: PersonaCard, run: Run) -> None:
        """Open a lesson on a run that has just begun, or goes on."""
        self.keep(card, run)
        self.push_screen(LessonPage(card, run, view(run)))

    def keep(self, card: PersonaCard, run: Run) -> None:
        """Keep a run open; it is found in the library until the program ends."""
        if all(each is not run for _, each in self.runs):
            self.runs.append((card, run))

    async def left_lesson(self) -> None:
        """Show the library anew."""
        if isinstance(self.screen, LibraryPage):
            await self.screen.again()
        self.follow(following.Stand(os.getpid()))

    def export(self, lesson: LessonPage, what: str) -> None:
        """Write a run out, and say where it is."""
        export(lesson, what)

    @property
    def lesson(self) -> LessonPage | None:
        """The lesson that stands open, on top or under another page."""
        return next((each for each in reversed(self.screen_stack) if isinstance(each, LessonPage)), None)

    def clock_said(self) -> Iterable[str]:
        """Say the simulated time, the longest way first; nothing while no lesson is open."""
        lesson = self.lesson
        if lesson is None:
            return ()
        return tuple(moment_said(lesson.view.now, self.wording, short=short) for short in (False, True))

    # The second terminal --------------------------------------------------------------------------------

    def follow(self, stand: following.Stand) -> None:
        """Let the second terminal know where the class is."""
        self._stand = stand
        # In a thread: the disk must not hold up a key.
        self.run_worker(
            partial(following.write, self.folder, stand),
            thread=True,
            exclusive=False,
            exit_on_error=False,
            group="follow",
        )

    def follow_lesson(self, card: PersonaCard, title: str, seen: View, asked: following.Asked | None) -> None:
        """Let the second terminal know where a lesson is, and what the class is asked."""
        words = {language: Wording(self.content, language) for language in ("en", "zh")}
        waits = {language: said for language, each in words.items() if (said := wait_said(seen.place, each))}
        coming = {
            language: act_said(seen.coming, seen.prompt, each)
            for language, each in words.items()
            if seen.coming is not None
        }
        self.follow(
            following.Stand(
                os.getpid(),
                run=title,
                persona={each: card.name(each) for each in words},
                story={each: card.scenario.told(each) for each in words},
                shows={each: card.shows.said(each) for each in words},
                step=seen.chart.here,
                number=seen.number,
                following=seen.following,
                at=_at(seen.now, words),
                coming=coming,
                waits=waits,
                asked=asked,
            )
        )

    # The end --------------------------------------------------------------------------------------------

    async def quit(self) -> None:
        """Leave: the runs of the lesson are removed, and the second terminal hears of it."""
        lesson = self.lesson
        if lesson is not None:
            lesson.pause()
        with suppress(WorkerError):
            # What cannot be removed does not keep anybody in the program.
            await self.run_worker(self.close_runs, thread=True, exit_on_error=False).wait()
        self.leave_program()

    def close_runs(self) -> None:
        """Remove every run, and let the second terminal know that the lesson is over."""
        for _, run in self.runs:
            run.close()
        self.runs.clear()
        following.write(self.folder, following.Stand(os.getpid(), ended=True))


def _at(now: datetime, words: Mapping[str, Wording]) -> dict[str, str]:
    return {language: moment_said(now, each) for language, each in words.items()}
