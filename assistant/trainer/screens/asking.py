"""A page that asks the trainer one thing: an option, or a text, with why it cannot be taken beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Asked
from assistant.conversation.messages import Option, Prompt
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from flows.verdict import RefusedError


@dataclass(frozen=True)
class Asking:
    """What is asked.

    Args:
        title: The words of the heading.
        asked: Makes the question in the language of now.
        answer: Takes what was picked (an id) or typed, and returns what is done once the page is closed; a
            refusal leaves it open.
        about: Makes what stands above the question.
        preset: What stands in the field at first.
    """

    title: str
    asked: Callable[[], Asked]
    answer: Callable[[str], Callable[[], object]]
    about: Callable[[int], Content] | None = None
    preset: str = ""


class AskingPage(TrainerPage):
    """One question with its options or its field."""

    KEYS = (Key("enter", (), "Enter"),)

    def __init__(self, asking: Asking) -> None:
        """Ask it."""
        super().__init__()
        self._asking = asking
        self.title_key = asking.title  # type: ignore[misc]

    def body(self) -> Iterable[Widget]:
        """Lay out what it is about, and the question."""
        with VerticalScroll(id="about", can_focus=False) as about:
            yield Prose(self._about, id="about-text")
        about.display = self._asking.about is not None
        yield AskPanel(self.wording, self.trainer.glyphs, 0)

    def _about(self, width: int) -> Content:
        return self._asking.about(width) if self._asking.about else Content("")

    async def opened(self) -> None:
        """Ask."""
        asked = self._asking.asked()
        options = tuple(Option(each.id, "") for each in asked.options)
        prompt = Prompt(
            "asking",
            "choice" if options else "text",
            "train.asking",
            options=options,
            preset=self._asking.preset,
        )
        panel = self.query_one(AskPanel)
        panel.query_one(KeyHint).display = False
        await panel.ask(prompt, asked, draft="" if options else self._asking.preset)
        self._say_field()

    def _say_field(self) -> None:
        panel = self.query_one(AskPanel)
        if panel.prompt is not None and panel.prompt.options:
            # Nothing but the options is taken here: no question is answered.
            panel.composer.placeholder = self.wording.text("train.asking.field")

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#about-text", Prose).again()
        panel = self.query_one(AskPanel)
        await panel.speak(self.wording, self._asking.asked() if panel.prompt is not None else None)
        self._say_field()

    async def typed(self, event: events.Key) -> bool:
        """Walk through the options, and read on above them."""
        by = {"down": 1, "up": -1, "tab": 1, "shift+tab": -1}.get(event.key, 0)
        pages = {"pagedown": 1, "pageup": -1}.get(event.key, 0)
        if by:
            self.query_one(AskPanel).move(by)
        if pages:
            about = self.query_one("#about", VerticalScroll)
            about.scroll_relative(y=pages * max(about.size.height - 1, 1), animate=False)
        return bool(by or pages)

    async def act(self, id: str) -> None:
        """Take what is highlighted or typed: for a mouse, which has no Enter."""
        if id == "enter":
            await self.query_one(AskPanel).composer.action_submit()

    @on(AskPanel.Picked)
    def _picked(self, event: AskPanel.Picked) -> None:
        self._answer(event.ids[0])

    @on(AskPanel.Typed)
    def _typed(self, event: AskPanel.Typed) -> None:
        self._answer(event.text)

    def _answer(self, given: str) -> None:
        try:
            then = self._asking.answer(given)
        except RefusedError as refused:
            said = self.wording.text(f"problem.{refused.code}", refused.arguments)
            self.query_one(AskPanel).tell(self.wording.text("face.error") + said, "error")
            return
        self.dismiss()
        # Once the page has gone: what is done may open another one.
        self.app.call_later(then)
