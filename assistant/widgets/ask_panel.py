"""Where the one question of now is asked and answered: its choices, the field, its rules and its help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input as InputWidget

from assistant.conversation.blocks import Asked
from assistant.conversation.messages import Prompt
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.choices import DIGITS, Choices
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from assistant.widgets.suggestions import Suggestions
from flows.text import MOST_CHARACTERS

Tone = Literal["note", "warning", "error"]


class AskPanel(Vertical):
    """Draws a prompt and says what was answered; what an answer means is for others."""

    @dataclass
    class Typed(Message):
        """A line was entered."""

        text: str

    @dataclass
    class Picked(Message):
        """Options were picked."""

        ids: tuple[str, ...]

    def __init__(self, wording: Wording, glyphs: Glyphs, grace: float, reveal: float = 5.0) -> None:
        """Begin without a prompt.

        Args:
            wording: The sentences.
            glyphs: The signs.
            grace: Seconds after a new prompt or a paste in which Enter and digits answer nothing.
            reveal: Seconds for which what is typed hidden is shown.
        """
        super().__init__(id="ask")
        self._wording, self._glyphs, self._grace = wording, glyphs, grace
        self._reveal = reveal
        self._prompt: Prompt | None = None
        self._asked = Asked("")
        self._open = False
        self._opening = 0
        self._locked = False

    def compose(self) -> ComposeResult:
        """Lay out: question, then field and help, which stand side by side where there is room."""
        yield KeyHint("back")
        yield Prose(id="question")
        with Horizontal(id="answer"):
            with Vertical(id="field"):
                yield Choices(self._glyphs, id="choices")
                yield Composer()
                yield Suggestions(self._wording, self._glyphs)
                yield Prose(id="ticks")
                yield Prose(id="notice")
            yield Prose(id="help")

    def on_mount(self) -> None:
        """Show nothing yet."""
        for id in ("question", "ticks", "notice", "help"):
            self.query_one(f"#{id}", Prose).show(None)
        self.choices.display = False

    @property
    def composer(self) -> Composer:
        """The field."""
        return self.query_one(Composer)

    @property
    def choices(self) -> Choices:
        """The options."""
        return self.query_one(Choices)

    @property
    def suggestions(self) -> Suggestions:
        """The names that are suggested under the field."""
        return self.query_one(Suggestions)

    @property
    def prompt(self) -> Prompt | None:
        """The prompt that stands."""
        return self._prompt

    @property
    def draft(self) -> str:
        """What is typed and not entered."""
        return self.composer.value

    @property
    def locked(self) -> bool:
        """Whether a turn is under way: what is typed is kept, nothing is entered."""
        return self._locked

    @locked.setter
    def locked(self, locked: bool) -> None:
        self._locked = locked
        self.set_class(locked, "-locked")
        self._gate()

    async def ask(self, prompt: Prompt, asked: Asked, *, draft: str = "", refused: bool = False) -> None:
        """Show a prompt.

        Args:
            prompt: The prompt.
            asked: The same in words.
            draft: What stands in the field.
            refused: Whether the last answer was not taken: the field says so.
        """
        same = self._prompt is not None and self._prompt.key == prompt.key
        chosen = self.choices.chosen if same else ()
        self._prompt, self._asked = prompt, asked
        composer = self.composer
        composer.password = prompt.private or prompt.kind == "secret"
        composer.put(draft)
        self.set_class(refused, "-refused")
        self.set_class(prompt.irreversible, "-irreversible")
        self.set_class(bool(asked.options), "-choosing")
        self.tell(None)
        self.suggestions.use(prompt.suggest, self._wording, draft)
        await self._offer(chosen)
        self._words()
        self.hold()
        composer.focus()

    async def speak(self, wording: Wording, asked: Asked | None) -> None:
        """Say the same in another language; what is typed and ticked stays."""
        self._wording = wording
        if asked is not None and self._prompt is not None:
            self._asked = asked
            await self._offer(self.choices.chosen)
            self.suggestions.use(self._prompt.suggest, wording, self.draft)
        self.tell(None)
        self._words()

    def move(self, by: int) -> None:
        """Highlight another suggestion or option."""
        (self.suggestions if self.suggestions.offering else self.choices).move(by)

    def tell(self, said: str | None, tone: Tone = "note") -> None:
        """Say something below the field, or nothing."""
        style = {"note": render.NOTE, "warning": render.WARNING, "error": render.ERROR}[tone]
        self.set_class(said is not None, "-told")
        notice = self.query_one("#notice", Prose)
        notice.show(None if said is None else lambda width: render.text(said, width, style))

    def say_back(self, key: str, said: str) -> None:
        """Say above the question what going back would undo; nothing where there is nothing to undo."""
        hint = self.query_one(KeyHint)
        hint.display = bool(said)
        if said:
            hint.say(key, said)

    def hold(self) -> None:
        """Let nothing answer for a moment: the prompt is new, or something was pasted."""
        self._opening += 1
        self._open = self._grace <= 0
        if not self._open:
            self.set_timer(self._grace, lambda opening=self._opening: self._let(opening))
        self._gate()

    def reveal(self) -> None:
        """Show for some seconds what is typed hidden."""
        composer = self.composer
        if not composer.password:
            return
        composer.password = False
        prompt = self._prompt

        def hide() -> None:
            if self._prompt is prompt:
                composer.password = True

        self.set_timer(self._reveal, hide)

    def forget(self) -> None:
        """Show nothing and know nothing any more."""
        self._prompt, self._asked = None, Asked("")
        self.composer.put("")
        self.choices.forget()
        self.suggestions.use(None, self._wording, "")
        for prose in self.query(Prose):
            prose.show(None)

    # Drawing -------------------------------------------------------------------------------------------

    async def _offer(self, chosen: tuple[str, ...]) -> None:
        prompt = self._prompt
        if prompt is None:
            return
        preset = chosen or tuple(each for each in prompt.preset.split(",") if each)
        await self.choices.offer(
            self._asked.options,
            preset=preset,
            several=prompt.kind == "several",
            careful=prompt.irreversible,
            sure=prompt.irreversible or prompt.kind == "acknowledge",
            done=self._wording.text("face.done-choosing"),
            counted=self._counted,
        )

    def _counted(self, shown: int, fitting: int) -> str:
        key = "face.fitting" if shown == fitting else "face.fitting-more"
        return self._wording.text(key, {"shown": shown, "count": fitting})

    def _words(self) -> None:
        prompt, asked = self._prompt, self._asked
        if prompt is None:
            return
        say = self._wording.text
        self.query_one("#question", Prose).show(
            lambda width: render.text(asked.question, width, render.STRONG)
        )
        lines = list(asked.help)
        if asked.example:
            lines.append(asked.example)
        self.query_one("#help", Prose).show(
            (lambda width: render.text("\n".join(lines), width, render.NOTE)) if lines else None
        )
        if prompt.key == "ask":
            hint = "face.field.ask"
        elif prompt.kind == "secret" or prompt.private:
            hint = "face.field.secret"
        elif asked.options and prompt.kind not in {"several", "file"}:
            hint = "face.field.choice"
        else:
            hint = {"several": "face.field.several", "file": "face.field.file", "end": "face.field.rest"}.get(
                prompt.kind, "face.field.text"
            )
        self.composer.placeholder = say(hint)
        self._tick()

    def _tick(self) -> None:
        """Tick the rules that what is typed meets, by the same rules that judge it (FAQ 11.4)."""
        # Imported here: the rules bring the tables of regions and mobile numbers, not needed to paint.
        from flows.rules.fields import ticks

        prompt = self._prompt
        shown: Sequence[tuple[str, bool]] = ()
        if prompt is not None and prompt.ticks is not None:
            field = prompt.ticks
            context = {key: value for key, value in prompt.args.items() if isinstance(value, str)}
            shown = [
                (self._wording.text(f"tick.{field}.{each.code}"), each.ok and bool(self.draft))
                for each in ticks(field, self.draft, **context)
            ]

        def draw(width: int) -> Content:
            return render.ticks(shown, width, self._glyphs)

        self.query_one("#ticks", Prose).show(draw if shown else None)

    # Answering -----------------------------------------------------------------------------------------

    def _let(self, opening: int) -> None:
        if opening == self._opening:
            self._open = True
            self._gate()

    def _gate(self) -> None:
        free = self._open and not self._locked
        options, prompt = self._asked.options, self._prompt
        self.composer.digits_pick = free and 0 < len(options) <= DIGITS and prompt is not None
        self.composer.space_ticks = free and prompt is not None and prompt.kind == "several"
        long = free and prompt is not None and prompt.kind == "choice" and not prompt.irreversible
        self.composer.numbers = len(options) if long and len(options) > DIGITS else 0

    @on(InputWidget.Changed)
    def _changed(self, event: InputWidget.Changed) -> None:
        event.stop()
        self._tick()
        self.suggestions.look_up(self.draft)
        if self._asked.options:
            self.choices.narrow("" if self.draft.startswith(("/", "／")) else self.draft)

    @on(InputWidget.Submitted)
    def _entered(self, event: InputWidget.Submitted) -> None:
        event.stop()
        if not self._open or self._locked or self._prompt is None:
            return
        empty = not self.draft.strip()
        if self._asked.options and (empty or self.choices.narrowed):
            # Before a point of no return nothing is highlighted at first, and Enter alone answers nothing.
            self.choices.enter()
            if self._prompt.kind == "several":
                # What was typed has found its option and ticked it.
                self.composer.put("")
            return
        self.post_message(self.Typed(self.suggestions.highlighted or self.draft))

    @on(Suggestions.Changed)
    def _suggested(self, event: Suggestions.Changed) -> None:
        event.stop()
        self.set_class(event.crowded, "-suggesting")

    @on(Suggestions.Taken)
    def _taken(self, event: Suggestions.Taken) -> None:
        event.stop()
        if not self._locked:
            self.post_message(self.Typed(event.text))

    @on(Composer.DigitPressed)
    def _digit(self, event: Composer.DigitPressed) -> None:
        event.stop()
        if not self.choices.digit(event.number):
            self.composer.put(str(event.number))

    @on(Composer.NumberTyped)
    def _number(self, event: Composer.NumberTyped) -> None:
        event.stop()
        self.choices.digit(event.number)

    @on(Composer.SpacePressed)
    def _space(self, event: Composer.SpacePressed) -> None:
        event.stop()
        row = self.choices.highlighted
        if row is not None:
            self.choices.digit(row.number)

    @on(Composer.Pasted)
    def _pasted(self, event: Composer.Pasted) -> None:
        event.stop()
        self.hold()
        if event.beyond:
            said = self._wording.text("face.pasted-cut", {"most": MOST_CHARACTERS, "count": event.beyond})
        elif event.lines:
            said = self._wording.text("face.pasted-lines", {"count": event.lines})
        elif event.hidden:
            said = self._wording.text("face.pasted-hidden", {"count": event.hidden})
        else:
            return
        self.tell(said, "warning")

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        if self._locked:
            return
        self.composer.put("")
        self.post_message(self.Picked(event.ids))
