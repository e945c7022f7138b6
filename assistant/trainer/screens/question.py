"""A question before the class: what happens next, and why; the answer is hidden until it is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.trainer import following
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.widgets import render
from assistant.widgets.choices import Choices
from assistant.widgets.prose import Prose
from content.teaching import Question

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage


class QuestionPage(TrainerPage):
    """One question of the step at which the lesson stands."""

    title_key = "train.question.title"
    KEYS = (
        Key("answer", ("a", "space"), "A"),
        Key("another", ("right", "n", "q"), "→"),
    )

    def __init__(self, lesson: LessonPage) -> None:
        """Ask the first question of the lesson's step."""
        super().__init__()
        self._lesson = lesson
        self._step = lesson.view.chart.here
        self._number, self._answered, self._chosen = 0, False, 0

    @property
    def question(self) -> Question:
        """The question that is asked."""
        return self.trainer.teaching.notes[self._step].questions[self._number]

    def heading(self) -> str:
        """Name the step."""
        return self.wording.text("train.question.title", {"step": self.wording.text(f"step.{self._step}")})

    def body(self) -> Iterable[Widget]:
        """Lay out question, options and answer."""
        with VerticalScroll(id="question-page", can_focus=False):
            yield Prose(lambda width: render.text(self._ask(), width, render.STRONG), id="class-question")
            yield Choices(self.trainer.glyphs, id="class-options")
            yield Prose(self._answer, id="class-answer")

    def _ask(self) -> str:
        return self.question.ask.said(self.wording.language)

    def _answer(self, width: int) -> Content:
        say, question, language = self.wording.text, self.question, self.wording.language
        if not self._answered:
            return render.text(say("train.question.hidden"), width, render.NOTE)
        right = question.options[question.answer - 1].said(language)
        rows: list[Content] = []
        if self._chosen:
            key = "right" if self._chosen == question.answer else "wrong"
            style = "$text-success bold" if key == "right" else f"{render.WARNING} bold"
            chosen = question.options[self._chosen - 1].said(language)
            rows.append(render.text(say(f"train.question.{key}", {"chosen": chosen}), width, style))
        rows += render.led(
            say("train.question.answer", {"number": question.answer}), "$text-success bold", right, width
        )
        rows.append(render.text(question.why.said(language), width))
        for id in question.paragraphs:
            paragraph = self.trainer.content.paragraph(id, language)
            if paragraph is not None:
                rows += render.led(f"[{id}] ", render.NOTE, paragraph.text, width)
        return render.joined(rows)

    async def opened(self) -> None:
        """Put the question, here and in the second terminal."""
        await self._put()

    async def say(self) -> None:
        """Say it in the language of now."""
        await self._offer()
        for id in ("class-question", "class-answer"):
            self.query_one(f"#{id}", Prose).again()

    async def _offer(self) -> None:
        language = self.wording.language
        options = [
            AskedOption(str(n), each.said(language)) for n, each in enumerate(self.question.options, 1)
        ]
        choices = self.query_one(Choices)
        await choices.offer(options)
        if self._answered:
            choices.stand(str(self.question.answer))

    async def _put(self) -> None:
        self._lesson.question = following.Asked(self._step, self._number, self._answered)
        self._lesson.follow()
        await self.say()

    async def typed(self, event: events.Key) -> bool:
        """Choose by digit, or walk and choose by Enter."""
        choices = self.query_one(Choices)
        by = {"down": 1, "up": -1, "tab": 1, "shift+tab": -1}.get(event.key, 0)
        if by:
            choices.move(by)
        elif event.key == "enter":
            row = choices.highlighted
            await self._choose(row.number if row is not None else 0)
        elif event.key.isdigit() and 1 <= int(event.key) <= len(self.question.options):
            await self._choose(int(event.key))
        else:
            return False
        return True

    @on(Choices.Picked)
    async def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        await self._choose(int(event.ids[0]))

    async def _choose(self, number: int) -> None:
        """Take what the class says, and show the answer."""
        self._chosen, self._answered = number, True
        await self._put()

    async def act(self, id: str) -> None:
        """Show the answer, or ask another question."""
        if id == "answer":
            self._answered = True
        else:
            count = len(self.trainer.teaching.notes[self._step].questions)
            self._number, self._answered, self._chosen = (self._number + 1) % count, False, 0
        await self._put()

    async def back(self) -> None:
        """Go back to the lesson; the second terminal shows the notes alone again."""
        self._lesson.question = None
        self._lesson.follow()
        self.dismiss()
