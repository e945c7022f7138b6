"""The conversation on the full screen. It draws turns and sends inputs; it decides nothing of the journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from assistant.conversation import messages
from assistant.conversation.deeds import Deed
from assistant.conversation.inputs import Choice, Command, File, Input, Text
from assistant.conversation.messages import Objected, Turn
from assistant.conversation.protocol import Conversation, Mode
from assistant.kiosk.drafts import Drafts
from assistant.kiosk.form_offer import FormOffer
from assistant.kiosk.keys import KEYS, bindings
from assistant.kiosk.leaving import Leaving, Over
from assistant.kiosk.pages import READ_TO_THE_END, by_field, page_of
from assistant.kiosk.photos import as_path, lies_in
from assistant.kiosk.screens.asides import HelpPage
from assistant.kiosk.screens.page import Page
from assistant.kiosk.screens.steps import StepsPage
from assistant.kiosk.screens.welcome import Purpose
from assistant.kiosk.standing import ASKING, Standing, back_said, problems_of, standing
from assistant.kiosk.turns import Advanced, Failed, Turns
from assistant.widgets import render
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.key_bar import KeyBar, KeyHint
from assistant.widgets.keyboard import Keyboard, strike
from assistant.widgets.prose import Prose
from assistant.widgets.transcript import Bubble, TranscriptView
from assistant.widgets.way import NoticePane, ProgressLine, ProgressRail
from flows.characters.readings import readings
from flows.verdict import Problem

PATIENCE = 0.4
"""Seconds before a turn that is under way says so: most are over sooner, and a flicker disturbs."""


def _is_language(given: Input | None) -> bool:
    return isinstance(given, Command) and given.name == "language"


def _objects(turn: Turn) -> bool:
    return any(isinstance(each, Objected) for each in turn.messages)


class ConversationPage(Page[None]):
    """One conversation, from its opening to its wiping."""

    CSS_PATH: ClassVar = ["conversation.tcss", "keyboard.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        *[(key, f"move({by})", "") for key, by in (("down", 1), ("up", -1), ("tab", 1), ("shift+tab", -1))],
    ]

    def __init__(self, purpose: Purpose, *, going_on: str = "") -> None:
        """Begin for a purpose, or go on with the registration of a code, after a reload in a browser."""
        super().__init__()
        self._purpose, self._going_on = purpose, going_on
        self._asking = purpose == "ask"
        self._drafts = Drafts()
        self._pictures: tuple[Path, ...] = ()
        self._problems: tuple[Problem, ...] = ()
        self._turns = Turns(self)
        self._leaving = Leaving(self, self._turns, self.send)

    def compose(self) -> ComposeResult:
        """Lay out progress, rail, transcript, question and keys."""
        kiosk = self.kiosk
        yield ProgressLine(kiosk.glyphs)
        with Horizontal(id="middle"):
            yield ProgressRail(kiosk.glyphs)
            with Vertical(id="talk"):
                yield TranscriptView(self.wording, kiosk.glyphs)
                with Horizontal(id="between"):
                    yield KeyHint("scroll-down", id="more")
                    yield FormOffer(self.wording)
                yield AskPanel(self.wording, kiosk.glyphs, kiosk.policy.grace, kiosk.policy.reveal)
                yield Keyboard(self.wording, kiosk.glyphs, wanted=kiosk.keyboard)
            yield NoticePane(kiosk.glyphs)
        yield KeyBar([key.id for key in self._bar()])
        yield from self.cover()

    async def opened(self) -> None:
        """Paint first, then open the conversation: the store costs more than the screen."""
        self._more(False)
        self._say_keys()
        self._say_way()
        self._panel.locked = True
        self._panel.tell(self.wording.text("face.opening"))
        self.call_after_refresh(self._open)

    @property
    def _panel(self) -> AskPanel:
        return self.query_one(AskPanel)

    @property
    def _turn(self) -> Turn | None:
        return self._turns.last

    @property
    def reference(self) -> str | None:
        """The code to come back with, once there is one."""
        return self._turns.reference

    # Turns ---------------------------------------------------------------------------------------------

    def _open(self) -> None:
        kiosk, language = self.kiosk, self.kiosk.language
        mode: Mode = "resume" if self._purpose == "resume" else "register"

        def begin() -> Conversation:
            conversation = kiosk.start(language, mode)
            # Names are found by their pinyin: the first key at a list would wait for it.
            readings()
            return conversation

        self._turns.open(begin, self._going_on)
        self._going_on = ""

    def send(self, given: Input) -> None:
        """Put in one input; while a turn is under way commands wait, answers are not taken."""
        if self._turns.send(given):
            self._panel.locked = True
            self._panel.tell(None)
            self._keep_draft()
            self.set_timer(PATIENCE, self._say_working)

    def _say_working(self) -> None:
        if self._panel.locked:
            self._panel.tell(self.wording.text("face.working"))

    @on(Advanced)
    async def _advanced(self, event: Advanced) -> None:
        conversation, turn = self._turns.conversation, event.turn
        if not self._turns.came(event) or conversation is None:
            return
        if turn.language != self.kiosk.language:
            await self.kiosk.speak(turn.language)
        self.kiosk.seat.keep_place(None if turn.finished else turn.reference, turn.language)
        for said in turn.messages:
            if isinstance(said, messages.Said) and said.text == "said.letter-sent":
                self.kiosk.seat.offer_letter(str(said.args["file"]))
        await self._show(tuple(conversation.transcript), turn, event.given)
        self._say_way()
        panel = self._panel
        panel.locked = False
        if turn.finished and self._leaving.asked_for:
            self._leaving.go()
            return
        if isinstance(event.given, Command) and event.given.name == "ask" and self._purpose != "ask":
            self._asking = False
        draft = self._drafts.after(
            turn,
            event.given,
            stood=panel.prompt.key if panel.prompt is not None else None,
            stands=ASKING.key if self._asking else turn.prompt.key,
            typed=panel.draft,
        )
        if not _is_language(event.given):
            self._problems = problems_of(turn)
        await self._ask(draft, refused=bool(self._problems) or _objects(turn))
        self._object()
        if self.query_one(FormOffer).after(turn, event.given):
            await self.action_key("records")
        if (waiting := self._turns.next()) is not None:
            self.send(waiting)

    async def _show(self, records: tuple[messages.Message, ...], turn: Turn, given: Input | None) -> None:
        """Show what is new; a paper or a form to be checked begins a page, a problem stands by its field."""
        start = len(records) - len(turn.messages)
        begin = page_of(turn.messages)
        await self.query_one(TranscriptView).update_to(
            records,
            begin=None if begin is None else start + begin,
            beside=[start + n for n, said in enumerate(turn.messages) if by_field(said, turn.prompt)],
            stay=_is_language(given),
        )

    def _object(self) -> None:
        """Say beside the field what was objected to, until something else is answered."""
        said = [self.wording.text("face.error") + self.wording.problem(each) for each in self._problems]
        if said:
            self._panel.tell("\n".join(said), "error")

    def _keep_draft(self) -> None:
        panel = self._panel
        key = panel.prompt.key if panel.prompt is not None else None
        self._drafts.leave(key, panel.draft, hidden=panel.composer.password)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if not self._turns.came(event):
            return
        panel = self._panel
        panel.locked = False
        if event.problem is not None:
            said = self.wording.problem(event.problem)
        else:
            said = self.wording.text("face.failed", {"reference": event.reference})
        if isinstance(event.given, Text) and not panel.draft:
            panel.composer.put(event.given.text)
        panel.tell(self.wording.text("face.error") + said, "error")

    # The prompt ----------------------------------------------------------------------------------------

    async def _ask(self, draft: str = "", *, refused: bool = False) -> None:
        """Show the prompt that stands, or the one for a question that is put in the middle."""
        stands = self._standing()
        if stands is not None:
            prompt = stands.prompt
            await self._panel.ask(prompt, stands.asked, draft=draft, refused=refused)
            # The card above says what is awaited, or what comes next, and the screen may be short.
            self._panel.set_class(prompt.kind == "wait" or prompt.key == "end.consequences", "-said-above")
            self._say_back()
            self.query_one(Keyboard).suit(prompt, self.wording)
        self.kiosk.seat.offer_upload(stands is not None and stands.prompt.kind == "file")
        self._say_keys()

    def _standing(self) -> Standing | None:
        if self._turn is None:
            return None
        stands = standing(
            self._turn,
            self.wording,
            asking=self._asking,
            folders=self.kiosk.policy.folders,
            uploads=self.kiosk.seat.uploads,
        )
        self._pictures = stands.pictures
        return stands

    def _say_back(self) -> None:
        self._panel.say_back("Esc", back_said(self._turn, self.wording, asking=self._asking))

    @property
    def _unread(self) -> bool:
        """Whether the end of a text that has to be read is not in view yet (FAQ 13.2)."""
        prompt = self._panel.prompt
        must = prompt is not None and prompt.key in READ_TO_THE_END
        return must and not self.query_one(TranscriptView).at_end

    async def _read_on(self) -> bool:
        """Read on instead of answering while the text is not read; return whether that was so."""
        if not self._unread:
            return False
        await self.query_one(TranscriptView).page(1)
        self._panel.tell(self.wording.text("face.read-to-end"), "warning")
        return True

    @on(AskPanel.Typed)
    def _typed(self, event: AskPanel.Typed) -> None:
        text, prompt = event.text, self._panel.prompt
        if text.strip().casefold() in {"/quit", "/退出", "/exit"} and prompt is not None:
            self._panel.composer.put("")
            self._leaving.quit()
            return
        if prompt is not None and prompt.kind == "file" and (path := as_path(text)) is not None:
            self._give_file(path)
            return
        self._panel.composer.put("")
        slashed = text.startswith(("/", "／"))
        if prompt is not None and prompt.key == ASKING.key and not slashed:
            self.send(Command("ask", text))
        else:
            self.send(Text(text))

    @on(AskPanel.Picked)
    async def _picked(self, event: AskPanel.Picked) -> None:
        prompt = self._panel.prompt
        if await self._read_on():
            return
        if prompt is not None and prompt.key == "over":
            self.post_message(Over())
        elif prompt is not None and prompt.kind == "file":
            self._give_file(self._pictures[int(event.ids[0])])
        else:
            self.send(Choice(event.ids))

    def _give_file(self, path: Path) -> None:
        policy = self.kiosk.policy
        if not policy.any_folder and not lies_in(path, policy.folders):
            self._panel.tell(
                self.wording.text("face.error") + self.wording.text("face.outside-folders"), "error"
            )
            return
        self._panel.composer.put("")
        self.send(File(path))

    def take_picture(self, path: Path) -> None:
        """Take a picture that came for this person, where one is asked for."""
        prompt = self._panel.prompt
        if prompt is not None and prompt.kind == "file":
            self._give_file(path)

    @on(Bubble.Followed)
    def _followed(self, event: Bubble.Followed) -> None:
        self.send(event.command)

    def tell(self, said: str) -> None:
        """Say something below the field."""
        self._panel.tell(said)

    # Keys ----------------------------------------------------------------------------------------------

    @on(KeyHint.Clicked)
    @on(Keyboard.Pressed)
    async def _clicked(self, event: KeyHint.Clicked | Keyboard.Pressed) -> None:
        if isinstance(event, KeyHint.Clicked) or not await strike(self._panel, event):
            await self.action_key(event.action)

    def action_move(self, by: int) -> None:
        """Highlight another option."""
        self._panel.move(by)

    async def action_key(self, id: str) -> None:
        """Do what a key of the table means here."""
        transcript = self.query_one(TranscriptView)
        acts: Mapping[str, Callable[[], Awaitable[None] | None]] = {
            "help": self._help,
            "language": self.kiosk.ask_for_language,
            "ask": self._begin_asking,
            "change": lambda: self.send(Command("change")),
            "steps": self._steps,
            "back": self._back,
            "records": lambda: self.query_one(FormOffer).open(
                self._turns.conversation, self._panel, self.send
            ),
            "reveal": self._panel.reveal,
            "theme": self.kiosk.change_theme,
            "scroll-up": lambda: transcript.page(-1),
            "scroll-down": lambda: transcript.page(1),
            "scroll-end": transcript.to_end,
            "keyboard": self.query_one(Keyboard).toggle,
            "item": self._whole_item,
            "quit": self._leaving.quit,
        }
        doing = acts[id]()
        if doing is not None:
            await doing

    def _help(self) -> None:
        self.kiosk.push_screen(HelpPage())

    def _steps(self) -> None:
        if self._turn is not None:
            self.kiosk.push_screen(StepsPage(self._turn.tasks, self._turn.plan))

    def _records(self) -> None:
        self.query_one(FormOffer).open(self._turns.conversation, self._panel, self.send)

    def _whole_item(self) -> None:
        """Show the whole of the item that the last answer came from."""
        links = [link for bubble in self.query(Bubble) for link in bubble.links if link.name == "item"]
        if links:
            self.send(links[-1])

    async def _begin_asking(self) -> None:
        if self._turns.over or self._asking:
            return
        self._keep_draft()
        self._asking = True
        await self._ask()

    async def _back(self) -> None:
        """Leave the question that was to be put; else go back one step."""
        if self._turn is None or self._turn.finished:
            self.post_message(Over())
        elif self._asking:
            self._asking, self._purpose = False, "register"
            prompt = self._turn.prompt
            await self._ask(self._drafts.back_at(prompt.key, "" if prompt.options else prompt.preset))
        elif self._turn.undo is None:
            self._leaving.to_start()
        else:
            self.send(Command("back"))

    # Words ---------------------------------------------------------------------------------------------

    async def speak(self) -> None:
        """Say everything in the language of now."""
        await super().speak()
        self.query_one(TranscriptView).speak(self.wording)
        self._say_keys()
        self._say_way()
        self.query_one("#more", Prose).again()
        self.query_one(Keyboard).speak(self.wording)
        stands = self._standing()
        await self._panel.speak(self.wording, stands.asked if stands is not None else None)
        self._say_back()
        self._object()

    def _say_keys(self) -> None:
        bar, prompt = self.query_one(KeyBar), self._panel.prompt
        bar.say([(key.shown, self.wording.text(f"face.key.{key.id}")) for key in self._bar()])
        bar.offer("records", self.query_one(FormOffer).stand(self.wording, prompt.key if prompt else None))

    def _bar(self) -> list[Deed]:
        return [key for key in KEYS if key.in_bar or (key.id == "keyboard" and self.kiosk.keyboard)]

    def _say_way(self) -> None:
        progress = self._turn.progress if self._turn is not None else None
        self.query_one(ProgressLine).tell(self.wording, progress, self.reference)
        self.query_one(ProgressRail).tell(self.wording, self._turn.tasks if self._turn is not None else ())
        self.query_one(NoticePane).tell(self.wording, progress)

    @on(TranscriptView.Moved)
    def _moved(self, event: TranscriptView.Moved) -> None:
        self._more(event.more_below)
        self._panel.set_class(self._unread, "-unread")

    def _more(self, below: bool) -> None:
        # The line keeps its place: text that jumps as one scrolls is hard to read.
        self.query_one("#more", Prose).show(
            lambda width: render.text(
                self.wording.text("face.more-below") if below else " ", width, render.NOTE
            )
        )

    def forget(self) -> None:
        """Let go of the person at once: a turn still under way is kept by the store and drawn nowhere."""
        self._turns.forget()
        self._drafts.wipe()
        self._pictures, self._problems = (), ()
        self.query_one(FormOffer).wipe()
        self.query_one(Keyboard).wipe()
        for each in (*self.query(AskPanel), *self.query(TranscriptView)):
            each.forget()
