"""The second terminal: the presenter's notes, which follow the first by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.driver import Driver
from textual.widget import Widget

from assistant.kiosk.policy import Policy
from assistant.trainer import following
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.trainer.terminal import ClassroomTerminal
from assistant.widgets import render
from assistant.widgets.glyphs import UNICODE, Glyphs
from assistant.widgets.prose import Prose
from content.loader import Content as Words
from content.schema import Bilingual
from content.teaching import Question, Teaching

LOOK = 0.4
"""Seconds between two looks at the first terminal."""


class NotesApp(ClassroomTerminal, inherit_bindings=False):
    """Shows the notes for the step that the class sees."""

    def __init__(
        self,
        content: Words,
        folder: Path,
        teaching: Teaching,
        allowed: Policy,
        *,
        language: str = "zh",
        theme: str = "dark",
        glyphs: Glyphs = UNICODE,
        driver: type[Driver] | None = None,
    ) -> None:
        """Make the app.

        Args:
            content: Words and the notice.
            folder: The training folder in which the first terminal writes.
            teaching: The notes.
            allowed: What people may do at this terminal.
            language: The first language.
            theme: The first look.
            glyphs: The signs to draw with.
            driver: What reads the terminal; ``None`` for the framework's choice.
        """
        super().__init__(content, allowed, language=language, theme=theme, glyphs=glyphs, driver=driver)
        self.folder, self.teaching = folder, teaching
        self.stand: following.Stand | None = None

    def on_mount(self) -> None:
        """Put on the look and begin to follow."""
        self.take_the_terminal()
        self.push_screen(NotesPage())

    def clock_said(self) -> Iterable[str]:
        """Say the time of the first terminal."""
        return (self.stand.at.get(self.language, ""),) if self.stand is not None else ()


class NotesPage(TrainerPage):
    """The notes; they are read on by the arrows and begin anew at each step."""

    title_key = "train.notes.title"
    KEYS = (
        Key("scroll-up", ("pageup", "up"), "↑"),
        Key("scroll-down", ("pagedown", "down", "space"), "↓"),
    )

    @property
    def notes(self) -> NotesApp:
        """The app."""
        assert isinstance(self.app, NotesApp)
        return self.app

    def working(self) -> tuple[Key, ...]:
        """There is no way back: it is the only page."""
        return tuple(key for key in super().working() if key.id != "back")

    def heading(self) -> str:
        """Name the step."""
        stand = self.notes.stand
        if stand is None or not stand.step or stand.ended:
            return self.wording.text("train.notes.title")
        args = {"number": stand.number, "of": len(self.notes.teaching.notes)}
        return self.wording.text("train.step", {**args, "step": self.wording.text(f"step.{stand.step}")})

    def body(self) -> Iterable[Widget]:
        """Lay out one text."""
        with VerticalScroll(id="notes", can_focus=False):
            yield Prose(self._text, id="notes-text")

    async def opened(self) -> None:
        """Look at the first terminal, and again and again."""
        self.look()
        self.set_interval(LOOK, self.look)

    def look(self) -> None:
        """Read where the first terminal is; what has not changed is not drawn anew."""
        stand = following.read(self.notes.folder)
        if stand is not None and not following.alive(stand):
            stand = following.Stand(stand.process, ended=True)
        before, self.notes.stand = self.notes.stand, stand
        if stand == before:
            return
        self.query_one("#train-title", Prose).again()
        self.query_one("#notes-text", Prose).again()
        self.say_head()
        if before is None or stand is None or (stand.step, stand.run) != (before.step, before.run):
            self.query_one("#notes", VerticalScroll).scroll_home(animate=False)

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#notes-text", Prose).again()

    async def act(self, id: str) -> None:
        """Read on."""
        scroll = self.query_one("#notes", VerticalScroll)
        page = max(scroll.size.height - 2, 1)
        scroll.scroll_relative(y=page if id == "scroll-down" else -page, animate=False)

    async def typed(self, event: events.Key) -> bool:
        """Go to the beginning or the end."""
        scroll = self.query_one("#notes", VerticalScroll)
        if event.key == "home":
            scroll.scroll_home(animate=False)
        elif event.key == "end":
            scroll.scroll_end(animate=False)
        else:
            return False
        return True

    # What is said ----------------------------------------------------------------------------------------

    def _text(self, width: int) -> Content:
        stand, say = self.notes.stand, self.wording.text
        if stand is None:
            return render.text(say("train.notes.none", {"folder": str(self.notes.folder)}), width)
        if stand.ended:
            return render.text(say("train.notes.ended"), width)
        if not stand.step:
            return render.text(say("train.notes.library"), width)
        width = min(width, 100)
        parts = [*self._asked(stand, width), *self._notes(stand, width), self._next(stand, width)]
        return render.stacked([*parts, *self._persona(stand, width)])

    def _asked(self, stand: following.Stand, width: int) -> Iterable[Content]:
        """Show the question that stands before the class; its answer once the class has seen it."""
        asked = stand.asked
        if asked is None:
            return
        questions = self.notes.teaching.notes[asked.step].questions
        if asked.number < len(questions):
            yield self._question(questions[asked.number], asked.answered, width, "train.notes.asked")

    def _question(self, question: Question, answered: bool, width: int, key: str) -> Content:
        say, language = self.wording.text, self.wording.language
        rows = render.led(say(key), "$text-accent bold", question.ask.said(language), width)
        for n, option in enumerate(question.options, 1):
            right = answered and n == question.answer
            sign = self.notes.glyphs.met if right else " "
            style = "$text-success bold" if right else render.NOTE
            rows += render.led(f"  {sign} {n}  ", style, option.said(language), width)
        if answered:
            cited = say("train.notes.cited", {"paragraphs": self.wording.value(question.paragraphs)})
            rows += render.led(
                say("train.notes.why"), render.NOTE, f"{question.why.said(language)} {cited}", width
            )
        else:
            rows.append(render.text(say("train.notes.hidden"), width, render.NOTE))
        return render.joined(rows)

    def _notes(self, stand: following.Stand, width: int) -> Iterable[Content]:
        notes, say = self.notes.teaching.notes[stand.step], self.wording.text
        yield render.text(say("train.notes.minutes", {"minutes": notes.minutes}), width, render.NOTE)
        for key, lines in (("say", notes.say), ("wrong", notes.wrong), ("show", notes.show)):
            yield render.joined(
                [render.text(say(f"train.notes.{key}"), width, render.STRONG), *self._lines(lines, width)]
            )
        if stand.asked is None:
            for question in notes.questions:
                yield self._question(question, False, width, "train.notes.could-ask")

    def _lines(self, lines: tuple[Bilingual, ...], width: int) -> Iterable[Content]:
        for line in lines:
            said = line.said(self.wording.language)
            first, *rest = render.text(said, max(width - 2, 2)).split("\n")
            lead = render.styled(f"{self.notes.glyphs.unmet} ", render.NOTE)
            yield lead + first
            yield from (render.styled("  ") + each for each in rest)

    def _next(self, stand: following.Stand, width: int) -> Content:
        say, language = self.wording.text, self.wording.language
        rows = [render.text(say("train.notes.next"), width, render.STRONG)]
        if stand.waits:
            rows.append(render.text(stand.waits.get(language, ""), width, render.WARNING))
        if stand.coming:
            rows.append(render.text(stand.coming.get(language, ""), width))
        steps = [say(f"step.{each}") for each in stand.following[:3]]
        if steps:
            rows += render.led(say("train.notes.then"), render.NOTE, " → ".join(steps), width)
        return render.joined(rows)

    def _persona(self, stand: following.Stand, width: int) -> Iterable[Content]:
        language = self.wording.language
        rows = [render.text(stand.persona.get(language, ""), width, render.STRONG)]
        if stand.run:
            rows.append(render.text(stand.run, width, render.STRONG))
        rows.append(render.text(stand.story.get(language, ""), width))
        rows.append(render.text(stand.shows.get(language, ""), width, render.NOTE))
        yield render.joined(rows)
