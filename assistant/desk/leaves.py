"""A page of the desk made of leaves, of which one lies open, and the leaf that asks once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from assistant.conversation.wording import Wording
from assistant.desk.form import DeskForm
from assistant.desk.page import DeskPage
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.listing import Listing
from assistant.widgets.prose import Prose
from assistant.widgets.spots import ActBar, Spots


class OnceMore(Vertical):
    """Says what is about to be done, and does it only when that is answered with yes."""

    DEFAULT_CSS = """
    OnceMore { height: auto; }
    OnceMore > Prose { margin: 0 0 1 0; }
    """

    @dataclass
    class Declined(Message):
        """It is not to be done."""

        leaf: OnceMore

    def __init__(self, glyphs: Glyphs, *, id: str) -> None:
        """Begin with nothing to ask."""
        super().__init__(id=id)
        self._said: Callable[[], str] = str
        self._then: Callable[[], None] | None = None
        self._words = Prose(self._draw)
        self._bar = ActBar(glyphs)
        self._acts: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """Lay out the question and its two answers."""
        yield self._words
        yield self._bar

    def ask(self, said: Callable[[], str], then: Callable[[], None]) -> None:
        """Ask; ``said`` makes the question anew in another language, ``then`` is done at a yes."""
        self._said, self._then = said, then
        self._words.again()

    def say(self, wording: Wording) -> None:
        """Say it in the language of now."""
        self._words.again()
        # No stands first: whoever presses Enter once too often has done nothing.
        self._acts = [(each, wording.text(f"desk.act.{each}")) for each in ("do-not", "do-it")]
        self._bar.offer(self._acts)

    def begin(self) -> None:
        """Let keys come to the answers, to the one that does nothing."""
        self._bar.offer(self._acts, first="do-not")
        self._bar.focus()

    def key(self, event: events.Key) -> bool:
        """Take Tab and the arrows up and down as steps between the answers."""
        by = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}.get(event.key, 0)
        if by:
            self._bar.action_step(by)
        return bool(by)

    def _draw(self, width: int) -> Content:
        return render.text(self._said(), width, f"{render.WARNING} bold")

    @on(Spots.Clicked)
    def _answered(self, event: Spots.Clicked) -> None:
        event.stop()
        then, self._then = self._then, None
        if event.id == "do-it" and then is not None:
            then()
        elif event.id == "do-not":
            self.post_message(self.Declined(self))


class Leaves(Vertical):
    """Shows one of its leaves at a time: lists, forms, texts; keys come to that one alone."""

    DEFAULT_CSS = """
    Leaves { height: 1fr; }
    """

    def __init__(self, *leaves: Widget) -> None:
        """Lay the leaves; the first lies open."""
        super().__init__()
        self._leaves = {leaf.id or "": leaf for leaf in leaves}
        self._open = next(iter(self._leaves))

    def compose(self) -> ComposeResult:
        """Lay out all of them; those that are turned away take no room."""
        for id, leaf in self._leaves.items():
            leaf.display = id == self._open
            yield leaf

    @property
    def first(self) -> str:
        """The id of the leaf that the page opens with."""
        return next(iter(self._leaves))

    @property
    def open(self) -> str:
        """The id of the leaf that lies open."""
        return self._open

    def turn(self, id: str) -> None:
        """Open another leaf and let keys come to it."""
        self._open = id
        for each, leaf in self._leaves.items():
            leaf.display = each == id
        leaf = self._leaves[id]
        if isinstance(leaf, DeskForm | OnceMore):
            leaf.begin()
        else:
            self.screen.set_focus(None)

    def say(self, wording: Wording) -> None:
        """Say every leaf in the language of now; lists are said by their page."""
        for leaf in self._leaves.values():
            if isinstance(leaf, DeskForm | OnceMore):
                leaf.say(wording)
            elif not isinstance(leaf, Listing):
                for prose in leaf.walk_children(Prose, with_self=True):
                    prose.again()

    def key(self, event: events.Key) -> bool:
        """Take a key for the leaf that lies open; return whether it meant something."""
        leaf = self._leaves[self._open]
        if isinstance(leaf, Listing):
            return leaf.key(event.key)
        if isinstance(leaf, DeskForm | OnceMore):
            return leaf.key(event)
        return isinstance(leaf, VerticalScroll) and scrolled(leaf, event.key)


class LeavesPage(DeskPage):
    """A page of leaves: keys come to the one that lies open, Esc leads a leaf up, from the first one out."""

    UP: ClassVar[Mapping[str, str]] = {}
    """Where Esc leads from a leaf; from any other to the first."""

    loaded = False
    """Whether the store has answered: before that nothing is known, not even that there is nothing."""

    @property
    def leaves(self) -> Leaves:
        """The leaves."""
        return self.query_one(Leaves)

    def form(self, id: str) -> DeskForm:
        """Return the form that a leaf is."""
        return self.query_one(f"#{id}", DeskForm)

    def turned(self) -> None:
        """Show anew what depends on the leaf that lies open."""

    def turn(self, leaf: str) -> None:
        """Open a leaf."""
        self.leaves.turn(leaf)
        self.turned()

    def above(self, leaf: str) -> str:
        """Return the leaf that Esc leads to."""
        return self.UP.get(leaf, self.leaves.first)

    async def typed(self, event: events.Key) -> bool:
        """Give keys to the leaf that lies open."""
        return self.leaves.key(event)

    async def back(self) -> None:
        """Go a leaf up; from the first, leave."""
        leaf = self.leaves.open
        if leaf == self.leaves.first:
            self.dismiss()
            return
        self.tell(None)
        self.turn(self.above(leaf))

    def done(self, said: Callable[[], str]) -> None:
        """Say that something was done."""
        self.tell(said, "$text-success")

    def ask(self, leaf: str, said: Callable[[], str], then: Callable[[], None]) -> None:
        """Ask once more on a leaf, before ``then`` is done."""
        self.tell(None)
        self.query_one(f"#{leaf}", OnceMore).ask(said, then)
        self.turn(leaf)

    @on(OnceMore.Declined)
    async def _declined(self, event: OnceMore.Declined) -> None:
        event.stop()
        await self.back()


def scrolled(leaf: VerticalScroll, key: str) -> bool:
    """Read on in a text by the keys for it; return whether the key was one."""
    match key:
        case "down":
            leaf.scroll_down(animate=False)
        case "up":
            leaf.scroll_up(animate=False)
        case "pagedown" | "space":
            leaf.scroll_page_down(animate=False)
        case "pageup":
            leaf.scroll_page_up(animate=False)
        case "home":
            leaf.scroll_home(animate=False)
        case "end":
            leaf.scroll_end(animate=False)
        case _:
            return False
    return True
