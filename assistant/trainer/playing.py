"""Plays a lesson: types for the persona, movement by movement, until something else is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.timer import Timer

from assistant.conversation.inputs import Command
from assistant.kiosk.standing import ASKING
from assistant.trainer.autopilot import SPEEDS, Entered, Highlighted, Stroke, Typed, strokes
from assistant.widgets.ask_panel import AskPanel

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage


class Player:
    """The autopilot of one page."""

    def __init__(self, page: LessonPage) -> None:
        """Stand still, at the speed of reading."""
        self._page = page
        self._strokes: Iterator[Stroke] | None = None
        self._timer: Timer | None = None
        self._speed = 0
        self.playing = False

    @property
    def speed(self) -> int:
        """How many times as fast as reading."""
        return SPEEDS[self._speed]

    def faster(self) -> None:
        """Play at the next speed; after the fastest comes the slowest."""
        self._speed = (self._speed + 1) % len(SPEEDS)

    def play(self) -> None:
        """Begin to play; where nothing goes on by itself, the page says what would."""
        self.playing = True
        self.shown()

    def pause(self) -> None:
        """Stand still; what is half-typed is taken back."""
        self.playing = False
        self._strokes = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def shown(self) -> None:
        """Begin the next answer: the page has come to rest."""
        if not self.playing:
            return
        page = self._page
        seen = page.view
        if seen.coming is None or seen.stuck:
            page.pause()
            page.tell_wait()
            return
        fresh = seen.transcript[len(seen.transcript) - seen.fresh :]
        said = [part for each in fresh for part in page.wording.message(each).parts]
        texts = [str(getattr(part, "text", "")) for part in said]
        texts.append(page.wording.prompt(seen.prompt).question)
        self._strokes = strokes(seen.coming, texts, self.speed, page.wording.language)
        self._next()

    def _next(self) -> None:
        stroke = next(self._strokes, None) if self._strokes is not None else None
        if stroke is None:
            return
        seconds = stroke.after * self._page.trainer.pace

        async def do() -> None:
            await self._do(stroke)

        if seconds > 0:
            self._timer = self._page.set_timer(seconds, do)
        else:
            self._page.call_later(do)

    async def _do(self, stroke: Stroke) -> None:
        if not self.playing:
            return
        page = self._page
        panel = page.query_one(AskPanel)
        match stroke.does:
            case Typed(text):
                coming = page.view.coming
                if len(text) == 1 and isinstance(coming, Command) and coming.name == "ask":
                    # The page as it stands once somebody wants to put a question.
                    await panel.ask(ASKING, page.wording.prompt(ASKING))
                    panel.locked = True
                panel.composer.put(text)
            case Highlighted(id):
                panel.choices.stand(id)
            case Entered():
                page.advance()
                return
        self._next()
