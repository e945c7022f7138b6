"""A lesson: the candidate's screen as the kiosk shows it, played, stepped, rewound, or answered by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial

from textual import events, on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Asked, AskedOption
from assistant.conversation.inputs import Choice, File, Input, Text
from assistant.kiosk.pages import by_field, page_of
from assistant.kiosk.photos import as_path
from assistant.lessons import Run
from assistant.trainer import following
from assistant.trainer.heading import State, under_the_banner
from assistant.trainer.keys import BY_HAND, LESSON, Key
from assistant.trainer.page import TrainerPage
from assistant.trainer.personas import PersonaCard
from assistant.trainer.playing import Player
from assistant.trainer.screens.map import MapPage, rail
from assistant.trainer.telling import wait_said
from assistant.trainer.view import View, advance, back, go_to, view
from assistant.widgets import render
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from assistant.widgets.transcript import Bubble, TranscriptView
from flows.verdict import Problem

SAMPLE = "sample"
"""The id of the photo of nobody that a hand may give."""


class LessonPage(TrainerPage):
    """One run at a time before the class."""

    KEYS = LESSON

    def __init__(self, card: PersonaCard, run: Run, seen: View) -> None:
        """Show a run.

        Args:
            card: Whose it is.
            run: The run.
            seen: The run as it stands.
        """
        super().__init__()
        self.card, self.run, self.view = card, run, seen
        self.player = Player(self)
        self.hand = False
        self.question: following.Asked | None = None
        self._drawn: View | None = None
        self._more = False

    # Laid out --------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Lay out the candidate's screen, and the map where there is room."""
        with Horizontal(id="middle"):
            with Vertical(id="talk"):
                yield TranscriptView(self.wording, self.trainer.glyphs)
                with Horizontal(id="between"):
                    yield KeyHint("scroll-down", id="more")
                yield AskPanel(self.wording, self.trainer.glyphs, 0)
            with VerticalScroll(id="map-pane", can_focus=False):
                yield Prose(self._map, id="map-text")

    def working(self) -> tuple[Key, ...]:
        """Return the keys of watching, or those of answering by hand."""
        common = super().working()[len(self.KEYS) :]
        return (*(BY_HAND if self.hand else LESSON), *common)

    def all_keys(self) -> tuple[Key, ...]:
        """Return both."""
        return (*LESSON, *BY_HAND, *super().working()[len(self.KEYS) :])

    def key_word(self, id: str) -> str:
        """Name a key; the one for playing says what it does now."""
        say = self.wording.text
        if id == "play":
            return say("train.key.pause" if self.player.playing else "train.key.play")
        if id == "speed":
            return say("train.key.speed", {"speed": self.player.speed})
        if id == "back":
            return say("train.key.back-hand" if self.hand else "train.key.back-library")
        return super().key_word(id)

    @property
    def named(self) -> str:
        """What the run is called."""
        return self.branch or self.card.name(self.wording.language)

    @property
    def branch(self) -> str:
        """What the run is called where it is a branch."""
        run = self.run
        return "" if run.title == run.scenario.called(run.scenario.language) else run.title

    def second(self, width: int) -> Content:
        """Draw whose lesson it is, the step, and whether it plays."""
        state: State = "hand" if self.hand else "playing" if self.player.playing else "paused"
        return under_the_banner(self.view, self.named, state, self.player.speed, width, self.wording)

    def _map(self, width: int) -> Content:
        return rail(self.view.chart, width, self.wording, self.trainer.glyphs, brief=self.size.height < 34)

    @on(TranscriptView.Moved)
    def _moved(self, event: TranscriptView.Moved) -> None:
        self._more = event.more_below
        self.query_one("#more", Prose).again()

    def _say_more(self, width: int) -> Content:
        # The line keeps its place: text that jumps as one scrolls is hard to read.
        return render.text(self.wording.text("face.more-below") if self._more else " ", width, render.NOTE)

    @property
    def _panel(self) -> AskPanel:
        return self.query_one(AskPanel)

    async def opened(self) -> None:
        """Show where the run stands."""
        self._panel.query_one(KeyHint).display = False
        self.query_one("#more", Prose).show(self._say_more)
        await self.show(self.view)

    async def say(self) -> None:
        """Say everything in the language of now."""
        if self._drawn is None:
            return
        self.query_one(TranscriptView).speak(self.wording)
        await self._panel.speak(self.wording, self._asked())
        for id in ("#map-text", "#more"):
            self.query_one(id, Prose).again()
        self._object()

    # Showing ---------------------------------------------------------------------------------------------

    async def show(self, seen: View, *, quietly: bool = False) -> None:
        """Show a run as it stands now, and go on playing where it plays.

        Args:
            seen: The run.
            quietly: Whether the second terminal does not hear of it.
        """
        before, self.view, self._drawn = self._drawn, seen, seen
        await self._show_transcript(before, seen)
        panel, draft = self._panel, ""
        if self.hand and seen.prompt.kind not in {"secret"} and not seen.prompt.options:
            draft = seen.prompt.preset
        await panel.ask(seen.prompt, self._asked(), draft=draft, refused=bool(seen.problems))
        panel.set_class(seen.prompt.kind == "wait" or seen.prompt.key == "end.consequences", "-said-above")
        self._bind_hand()
        self._object()
        self.query_one("#map-text", Prose).again()
        self.say_head()
        self.tell_wait()
        if before is None or before.chart.here != seen.chart.here:
            self.question = None
        if not quietly:
            self.follow()
        self.player.shown()

    async def _show_transcript(self, before: View | None, seen: View) -> None:
        transcript = self.query_one(TranscriptView)
        records, known = seen.transcript, before.transcript if before is not None else ()
        grown = len(records) >= len(known) and all(
            one is other for one, other in zip(known, records, strict=False)
        )
        if grown and len(records) == len(known):
            # Nothing new: a page that begins anew would put away what stands.
            return
        if not grown:
            transcript.forget()
            await transcript.remove_children()
        fresh = records[len(records) - seen.fresh :]
        start, begin = len(records) - len(fresh), page_of(fresh)
        await transcript.update_to(
            records,
            begin=None if begin is None else start + begin,
            beside=[start + n for n, said in enumerate(fresh) if by_field(said, seen.prompt)],
        )
        if begin is None and (not grown or start > len(known)):
            # After a jump the reader begins at what was said last, and not where the jump began.
            transcript.read_from(start)

    def _asked(self) -> Asked:
        asked = self.wording.prompt(self.view.prompt)
        if self.view.prompt.kind == "file":
            sample = AskedOption(SAMPLE, self.wording.text("train.sample"))
            return replace(asked, options=(sample,))
        return asked

    def _object(self) -> None:
        said = [self.wording.text("face.error") + self.wording.problem(each) for each in self.view.problems]
        if said:
            self._panel.tell("\n".join(said), "error")

    def tell_wait(self) -> None:
        """Say what is awaited and which key ends it, or how the persona's way has ended."""
        seen = self.view
        if seen.stuck:
            self.tell(lambda: self.wording.text("train.stuck"), render.WARNING)
        elif seen.place.wait is not None:
            self.tell(lambda: wait_said(self.view.place, self.wording), render.WARNING)
        elif seen.over:
            self.tell(lambda: self.wording.text("train.over"), "$text-success")
        else:
            self.tell(None)

    def follow(self) -> None:
        """Let the second terminal know."""
        self.trainer.follow_lesson(self.card, self.branch, self.view, self.question)

    # Playing ---------------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Stop playing."""
        self.player.pause()
        self.say_keys()
        self.say_head()

    def advance(self) -> None:
        """Let the next thing happen."""
        self.run_with(advance)

    def run_with(self, act: Callable[[Run], View]) -> None:
        """Do something with the run in a thread, and show what came of it."""
        run = self.run
        self.work(lambda: act(run), self.show)

    def refused(self, problem: Problem) -> None:
        """Stop where something did not happen."""
        self.pause()
        self.refuse(problem)

    async def act(self, id: str) -> None:
        """Do what a key means."""
        from assistant.trainer.screens import acts

        transcript = self.query_one(TranscriptView)
        own: dict[str, Callable[[], Awaitable[None] | None]] = {
            "play": self._play,
            "step": self._step,
            "rewind": self._rewind,
            "speed": self._faster,
            "map": lambda: acts.ask_map(self),
            "time": lambda: acts.ask_time(self),
            "hour": lambda: acts.move(self, "hour"),
            "day": lambda: acts.move(self, "day"),
            "years": lambda: acts.move(self, "years"),
            "question": lambda: acts.ask_class(self),
            "hand": self._take_over,
            "office": lambda: acts.ask_office(self),
            "fact": lambda: acts.ask_fact(self),
            "branch": lambda: acts.ask_branch(self),
            "switch": lambda: acts.switch(self),
            "export": lambda: acts.ask_export(self),
            "enter": self._enter,
            "reveal": self._panel.reveal,
            "scroll-up": lambda: transcript.page(-1),
            "scroll-down": lambda: transcript.page(1),
            "scroll-end": transcript.to_end,
        }
        doing = own[id]()
        if doing is not None:
            await doing

    def _play(self) -> None:
        if self.player.playing:
            self.pause()
        else:
            self.player.play()
            self.say_keys()
            self.say_head()

    def _step(self) -> None:
        self.pause()
        if self.view.stuck or self.view.coming is None:
            self.tell_wait()
        else:
            self.advance()

    def _rewind(self) -> None:
        self.pause()
        self.run_with(back)

    def _faster(self) -> None:
        self.player.faster()
        self.say_keys()
        self.say_head()

    # By hand -----------------------------------------------------------------------------------------------

    def _take_over(self) -> None:
        self.pause()
        self.hand = True
        self._bind_hand()
        self.say_keys()
        self.say_head()
        self.tell(lambda: self.wording.text("train.hand"))

    async def back(self) -> None:
        """Give the keys back to the persona; else go back to the library, where the run stays open."""
        if self.hand:
            self.hand = False
            self._bind_hand()
            self.say_keys()
            self.say_head()
            self.tell_wait()
            return
        self.pause()
        self.dismiss()
        self.trainer.call_later(self.trainer.left_lesson)

    def _bind_hand(self) -> None:
        """Let keys come to the field, or to the page."""
        panel = self._panel
        panel.locked = not self.hand
        panel.composer.can_focus = self.hand
        if self.hand:
            panel.composer.focus()
        else:
            self.set_focus(None)

    async def typed(self, event: events.Key) -> bool:
        """Highlight another option."""
        by = {"down": 1, "up": -1, "tab": 1, "shift+tab": -1}.get(event.key, 0)
        if by and self.hand:
            self._panel.move(by)
        return bool(by)

    async def _enter(self) -> None:
        await self._panel.composer.action_submit()

    @on(AskPanel.Typed)
    def _typed(self, event: AskPanel.Typed) -> None:
        path = as_path(event.text) if self.view.prompt.kind == "file" else None
        self._panel.composer.put("")
        self.give(Text(event.text) if path is None else File(path))

    @on(AskPanel.Picked)
    def _picked(self, event: AskPanel.Picked) -> None:
        if self.view.prompt.kind == "file":
            self.give(File(self.run.classroom.sample))
        else:
            self.give(Choice(event.ids))

    @on(Bubble.Followed)
    def _followed(self, event: Bubble.Followed) -> None:
        if self.hand:
            self.give(event.command)

    def give(self, given: Input) -> None:
        """Put something in by hand."""

        def take(run: Run) -> View:
            run.take(given)
            return view(run)

        self.run_with(take)

    # Moves of the lesson -----------------------------------------------------------------------------------

    def go_to(self, step: str) -> None:
        """Go to a step of the map."""
        stop = self.view.chart.stop(step)
        self.pause()
        if stop.standing == "out-of-reach":
            self.refuse(Problem("train-out-of-reach", {"step": self.wording.text(f"step.{step}")}))
            return
        self.tell(lambda: self.wording.text("train.running"))
        self.run_with(partial(go_to, step=step))

    async def use(self, card: PersonaCard, run: Run, seen: View) -> None:
        """Show another run in place of this one."""
        self.card, self.run, self._drawn, self.question = card, run, None, None
        self.hand = False
        transcript = self.query_one(TranscriptView)
        transcript.forget()
        await transcript.remove_children()
        await self.show(seen)
        self.say_keys()

    def open_map(self) -> None:
        """Show the map on the whole screen."""
        self.trainer.push_screen(MapPage(self))
