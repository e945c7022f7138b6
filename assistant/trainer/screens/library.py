"""The library of personas: a list that is searched while one types, and beside it whose story it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events, on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from assistant.conversation.blocks import AskedOption
from assistant.lessons import Run
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.trainer.personas import PersonaCard, library, one
from assistant.trainer.telling import moment_said
from assistant.widgets import render
from assistant.widgets.choices import Choices
from assistant.widgets.composer import Composer
from assistant.widgets.prose import Prose
from flows.verdict import Problem

OPEN = "open:"
"""Begins the id of a run that is open already."""


class LibraryPage(TrainerPage):
    """Who is shown to the class; lessons that are open stand on top."""

    title_key = "train.library.title"
    KEYS = (Key("open", (), "Enter"),)

    def __init__(self, persona: str = "") -> None:
        """Show the library, or open one persona at once."""
        super().__init__()
        self._at_once = persona
        self._cards: tuple[PersonaCard, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Lay out search, list and story."""
        yield Composer()
        with Horizontal(id="library"):
            yield Choices(self.trainer.glyphs, id="personas")
            with VerticalScroll(id="story", can_focus=False), Vertical():
                yield Prose(self._story, id="story-text")

    async def opened(self) -> None:
        """Open the one persona that is wanted, or read them all."""
        teaching = self.trainer.teaching
        self.query_one(Composer).focus()
        if self._at_once:
            id, self._at_once = self._at_once, ""
            self.work(partial(one, id, teaching), lambda card: self._open_at_once(id, card))
        else:
            self.work(partial(library, teaching), self._read)

    async def _read(self, cards: tuple[PersonaCard, ...]) -> None:
        self._cards = cards
        await self._offer()

    def _open_at_once(self, id: str, card: PersonaCard | None) -> None:
        if card is not None:
            self._begin(card)
            return
        self.refuse(Problem("train-no-persona", {"persona": id}))
        self.work(partial(library, self.trainer.teaching), self._read)

    async def say(self) -> None:
        """Say the list in the language of now."""
        self.query_one(Composer).placeholder = self.wording.text("train.library.search")
        await self._offer()

    async def again(self) -> None:
        """Show the list anew: a lesson has been opened or closed."""
        self.query_one(Composer).put("")
        self.query_one(Composer).focus()
        if self._cards:
            await self._offer(anew=True)
        else:
            self.work(partial(library, self.trainer.teaching), self._read)

    async def _offer(self, *, anew: bool = False) -> None:
        choices, language = self.query_one(Choices), self.wording.language
        here = None if anew else choices.highlighted
        opened = [
            AskedOption(
                f"{OPEN}{n}",
                self.wording.text("train.library.open", {"run": self._titled(card, run)}),
                self.wording.text("train.library.at", {"at": moment_said(run.now, self.wording)}),
            )
            for n, (card, run) in enumerate(self.trainer.runs)
        ]
        listed = [AskedOption(each.id, each.name(language), names=each.names()) for each in self._cards]
        await choices.offer([*opened, *listed], preset=(here.asked.id,) if here is not None else ())
        composer = self.query_one(Composer)
        composer.digits_pick, composer.numbers = False, len(opened) + len(listed)
        if composer.value:
            choices.narrow(composer.value)
        self._tell_story()

    def _titled(self, card: PersonaCard, run: Run) -> str:
        untitled = run.title == run.scenario.called(run.scenario.language)
        return card.name(self.wording.language) if untitled else run.title

    # The story -------------------------------------------------------------------------------------------

    @property
    def _here(self) -> PersonaCard | None:
        row = self.query_one(Choices).highlighted
        if row is None:
            return None
        if row.asked.id.startswith(OPEN):
            return self.trainer.runs[int(row.asked.id.removeprefix(OPEN))][0]
        return next((each for each in self._cards if each.id == row.asked.id), None)

    def _tell_story(self) -> None:
        self.query_one("#story-text", Prose).again()
        self.say_head()

    def _story(self, width: int) -> Content:
        card, say = self._here, self.wording.text
        if card is None:
            return Content("")
        language = self.wording.language
        parts = [
            render.text(card.name(language), width, render.STRONG),
            render.text(card.scenario.told(language), width),
            render.joined(
                render.led(say("train.library.shows"), render.NOTE, card.shows.said(language), width)
            ),
            render.text(
                say(
                    "train.library.begins",
                    {
                        "at": moment_said(card.begins, self.wording),
                        "edition": say(f"train.edition.{card.scenario.edition}"),
                    },
                ),
                width,
                render.NOTE,
            ),
            render.text(f"chengnuo train {card.id}", width, render.NOTE),
        ]
        return render.stacked(parts)

    def status(self) -> Iterable[str]:
        """Say at what simulated time the highlighted persona begins."""
        card = self._here if self._cards else None
        if card is None:
            return ()
        return tuple(moment_said(card.begins, self.wording, short=short) for short in (False, True))

    # Choosing --------------------------------------------------------------------------------------------

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list."""
        by = {"down": 1, "up": -1, "tab": 1, "shift+tab": -1, "pagedown": 8, "pageup": -8}.get(event.key, 0)
        if by:
            self.query_one(Choices).move(by)
            self._tell_story()
        return bool(by)

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(Choices).narrow(event.value)
        self._tell_story()

    @on(Composer.NumberTyped)
    def _number(self, event: Composer.NumberTyped) -> None:
        event.stop()
        self.query_one(Choices).digit(event.number)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Choices).enter()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self._tell_story()
        self._open(event.ids[0])

    async def act(self, id: str) -> None:
        """Open what is highlighted."""
        if id == "open":
            self.query_one(Choices).enter()

    def _open(self, id: str) -> None:
        if id.startswith(OPEN):
            self.trainer.begin(*self.trainer.runs[int(id.removeprefix(OPEN))])
            return
        card = next((each for each in self._cards if each.id == id), None)
        if card is None:
            self.refuse(Problem("train-no-persona", {"persona": id}))
            return
        self._begin(card)

    def _begin(self, card: PersonaCard) -> None:
        room = self.trainer.classroom
        self.tell(lambda: self.wording.text("train.library.opening"))
        self.work(
            lambda: room.begin(card.scenario, beside=card.folder),
            lambda run: self._begun(card, run),
        )

    def _begun(self, card: PersonaCard, run: Run) -> None:
        self.tell(None)
        self.trainer.begin(card, run)

    async def back(self) -> None:
        """Empty the search; with nothing in it, there is nothing to go back to."""
        composer = self.query_one(Composer)
        if composer.value:
            composer.put("")
        else:
            self.tell(lambda: self.wording.text("train.library.end"))
