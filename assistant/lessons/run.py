"""One persona under way on a simulated clock, in a database of the classroom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from assistant.clock import SetClock, in_china
from assistant.conversation.engine import Conversation
from assistant.conversation.messages import Message, Objected, Prompt
from assistant.conversation.outside import Outside
from assistant.lessons.acts import Act
from assistant.lessons.chart import Chart, chart
from assistant.lessons.doing import perform
from assistant.lessons.keeping import Cut, Kept, pages, put_back, stand, stand_again
from assistant.lessons.moments import By, Moment, hidden
from assistant.lessons.persona import Persona
from assistant.lessons.ticking import Ticking
from assistant.scenario import Scenario
from assistant.staging import stage
from flows.journey import Place
from flows.situation import Situation

if TYPE_CHECKING:
    from assistant.lessons.classroom import Classroom
    from assistant.lessons.rerouting import Rerouted
    from assistant.records import Records

DEFAULT_NOW = datetime(2020, 7, 1, 9, 0)  # noqa: DTZ001 - China time is put on it below


class Run:
    """A persona under way: stepped, answered for by hand, rewound, branched.

    A run belongs to one thread at a time: its methods work on its database, most of them for some
    hundredths of a second (making an account hashes a password: a tenth).
    """

    def __init__(
        self,
        classroom: Classroom,
        scenario: Scenario,
        folder: Path,
        *,
        beside: Path | None = None,
        title: str = "",
        cut: Cut | None = None,
        memory: bool = True,
    ) -> None:
        """Begin, or go on from where another run was cut; use :meth:`Classroom.begin` and :meth:`branch`.

        Args:
            classroom: The classroom.
            scenario: Who it is and what they will do.
            folder: An empty folder for the run's database alone.
            beside: The folder from which the scenario's photos are taken.
            title: What the run is called; the scenario's title in its language where nothing is said.
            cut: Where it goes on from.
            memory: Whether it can be rewound; a run that is only played to its end keeps nothing.
        """
        from assistant.records import open_training

        self.classroom, self.scenario, self.folder = classroom, scenario, folder
        self.title = title or scenario.called(scenario.language)
        self._memory = memory
        # The codes of a lesson are to be the same every time; nothing real hangs on them.
        self._random = Random(str(scenario.candidate.get("id_number", "")))  # noqa: S311
        self._clock = SetClock(self.began)
        self.persona = Persona(scenario, beside or Path.cwd(), classroom.sample)
        self._database = folder / "run.db"
        put_back(self._database, cut.kept[-1].database if cut else classroom.blank)
        self.records: Records = open_training(
            self._database, classroom.field_key, draw=self._random.randrange
        )
        self.clock = Ticking(self)
        content = classroom.content
        self.conversation = Conversation(
            Outside(
                content=content,
                records=self.records,
                clock=self._clock,
                answers=classroom.answers,
                signer=classroom.signer,
                edition=content.editions[scenario.edition],
                seed=lambda: "play",
                training=True,
            ),
            language=scenario.language,
        )
        self._moments: list[Moment] = []
        self._acts: list[tuple[By, Act]] = []
        self._kept: list[Kept] = []
        self._at = 0
        if cut is None:
            stage(scenario, self.records, self._clock.now())
            self.opened = self.conversation.open()
            self._keep()
            self.begun_at = self.place().visited
        else:
            self.opened = cut.opened
            self.begun_at = cut.begun_at
            self._moments, self._acts = list(cut.moments), list(cut.acts)
            self._kept = list(cut.kept)
            self._at = len(self._moments)
            self._bring_back()

    # Where it stands -----------------------------------------------------------------------------------

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Everything that was done, in order; what is ahead after a rewind is among it."""
        return tuple(self._moments)

    @property
    def acts(self) -> tuple[tuple[By, Act], ...]:
        """What was really put in at each moment, passwords among it: for exports, never for a screen."""
        return tuple(self._acts)

    @property
    def done(self) -> tuple[tuple[By, Act], ...]:
        """What was really put in up to this moment."""
        return tuple(self._acts[: self._at])

    @property
    def began(self) -> datetime:
        """The simulated time at which it began."""
        return in_china(self.scenario.now or DEFAULT_NOW)

    @property
    def at(self) -> int:
        """How many moments have been applied: 0 is the beginning."""
        return self._at

    @property
    def over(self) -> bool:
        """Whether nothing goes on by itself any more: paid, refused, withdrawn, left."""
        return self.conversation.finished or self.place().ending is not None

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return self._clock.now()

    @property
    def situation(self) -> Situation:
        """Where the persona stands."""
        return self.conversation.situation

    @property
    def transcript(self) -> tuple[Message, ...]:
        """Everything that was said up to this moment."""
        return tuple(self.conversation.transcript)

    @property
    def language(self) -> str:
        """The language of the conversation."""
        return self.conversation.language

    def place(self) -> Place:
        """Where the persona is in the journey."""
        return self.conversation.place()

    def prompt(self) -> Prompt:
        """What is asked now."""
        return self._moments[self._at - 1].prompt if self._at else self.conversation.prompt()

    def map(self) -> Chart:
        """Draw up the map of the journey as it is now."""
        return chart(self.situation)

    # Going on ------------------------------------------------------------------------------------------

    def next_input(self) -> Act | None:
        """Say what the persona would do next; nothing is done.

        What it says is real: a password is a password, for an autopilot to type into a hidden field.

        Returns:
            ``None`` where it is over, or where only time or an office goes on of which the scenario says
            nothing.

        Raises:
            StuckError: The persona has no answer to what is asked: answer by hand.
        """
        return self._next()[0]

    def step(self) -> Moment | None:
        """Let the persona do the next thing.

        What stands ahead after a rewind is taken up again where it is the same thing.

        Returns:
            What was done, or ``None`` as :meth:`next_input`.

        Raises:
            StuckError: The persona has no answer.
            assistant.records.RecordsError: The database cannot keep it; nothing of it happened.
        """
        act, after = self._next()
        if act is None:
            return None
        if self._at < len(self._moments) and self._acts[self._at] == ("persona", act):
            return self.forward()
        return self._do(act, "persona", after)

    def _next(self) -> tuple[Act | None, Persona]:
        return self.persona.next(self.conversation, self.place(), self.prompt(), self._refused())

    def take(self, given: Act) -> Moment:
        """Do something in the persona's place: an answer by hand, a decision, a payment, a time.

        Raises:
            assistant.records.RecordsError: The database cannot keep it, or there is nothing to decide or
                to pay; nothing of it happened.
        """
        return self._do(given, "hand", self.persona)

    def foresee(self) -> Moment | None:
        """Say what happens at the next step, and stand where one stood.

        Where nothing was ahead, it lies ahead from now on.

        Raises:
            StuckError: The persona has no answer.
        """
        moments, acts, kept = list(self._moments), list(self._acts), list(self._kept)
        moment = self.step()
        if moment is not None:
            self.rewind(moment.number - 1)
            if len(moments) > self._at:
                # What was ahead is not lost for having looked another way.
                self._moments, self._acts, self._kept = moments, acts, kept
        return moment

    def finish(self, most: int = 400) -> bool:
        """Let the persona go on to the end, or to where it cannot go on by itself.

        Args:
            most: The most steps that are taken.

        Returns:
            Whether it came to an end within them.

        Raises:
            StuckError: The persona has no answer.
        """
        return any(self.step() is None for _ in range(most))

    def _do(self, act: Act, by: By, after: Persona) -> Moment:
        prompt, before = self.prompt(), self.place().step.id
        try:
            turn = perform(act, self.conversation, self.records, self._clock)
        except BaseException:
            if self._memory:
                self._bring_back()
            raise
        self.persona = after
        del self._moments[self._at :], self._acts[self._at :]
        place = self.place()
        moment = Moment(
            number=self._at + 1,
            by=by,
            act=hidden(act, prompt),
            key=prompt.key,
            before=before,
            after=place.step.id,
            at=self.now,
            messages=turn.messages,
            prompt=turn.prompt,
            visited=place.visited,
            tasks=turn.tasks,
        )
        self._moments.append(moment)
        self._acts.append((by, act))
        self._at += 1
        self._keep()
        return moment

    def _refused(self) -> Objected | None:
        """Return the objection to what the persona did last."""
        if self._at == 0 or self._acts[self._at - 1][0] != "persona":
            return None
        said: Sequence[Message] = self._moments[self._at - 1].messages
        return next((each for each in said if isinstance(each, Objected)), None)

    # Going back ----------------------------------------------------------------------------------------

    def rewind(self, to: int) -> None:
        """Stand where one stood after ``to`` moments; what is ahead stays until something else is done.

        Args:
            to: 0 for the beginning, at most the number of moments.

        Raises:
            IndexError: There is no such moment.
        """
        if not 0 <= to <= len(self._moments):
            raise IndexError(to)
        if to != self._at:
            self._at = to
            self._bring_back()

    def rewind_to_step(self, step: str) -> bool:
        """Stand where a step began the last time; returns whether it was ever reached."""
        reached = [0, *(each.number for each in self._moments)]
        stood = [self._stood(number) for number in reached]
        begun = [
            number
            for number in reached
            if stood[number] == step and (number == 0 or stood[number - 1] != step)
        ]
        if not begun:
            return False
        earlier = [number for number in begun if number <= self._at]
        self.rewind(earlier[-1] if earlier else begun[0])
        return True

    def _stood(self, number: int) -> str:
        if number:
            return self._moments[number - 1].after
        return self._moments[0].before if self._moments else self.place().step.id

    def forward(self) -> Moment | None:
        """Do again what was undone, once; ``None`` where nothing is ahead."""
        if self._at == len(self._moments):
            return None
        self._at += 1
        self._bring_back()
        return self._moments[self._at - 1]

    def branch(self, title: str = "") -> Run:
        """Cut an independent run off here; this one stays what it is, to the byte."""
        return self._cut(title or self.title, self.scenario, self._at)

    def supposing(self, scenario: Scenario, at: int) -> Run:
        """Cut a run off after ``at`` moments, whose persona goes on by another scenario."""
        return self._cut(self.title, scenario, at)

    def change(self, key: str, value: Any) -> Rerouted:
        """Change one fact of the persona and see the route change, with the reasons.

        This run is untouched; two ways are walked to their ends for it, which takes about a second.

        Args:
            key: The fact, as :func:`assistant.lessons.supposing.supposed` takes it.
            value: What it is now, as a scenario file says it.

        Raises:
            LookupError: The scenario has no such fact.
            msgspec.ValidationError: It cannot be that.
        """
        from assistant.lessons.rerouting import reroute

        return reroute(self, key, value)

    def _cut(self, title: str, scenario: Scenario, at: int) -> Run:
        kept = tuple(self._kept[: at + 1])
        cut = Cut(title, self.opened, self.begun_at, self.moments[:at], self.acts[:at], kept)
        if scenario is not self.scenario:
            told = tuple(replace(each, persona=replace(each.persona, scenario=scenario)) for each in cut.kept)
            cut = replace(cut, kept=told)
        return self.classroom.go_on(scenario, cut, beside=self.persona.beside)

    def _keep(self) -> None:
        if not self._memory:
            return
        del self._kept[self._at :]
        like = self._kept[-1].database if self._kept else self.classroom.blank
        self._kept.append(
            Kept(
                pages(self._database, like),
                stand(self.conversation),
                self.persona,
                self.now,
                self._random.getstate(),
            )
        )

    def _bring_back(self) -> None:
        kept = self._kept[self._at]
        # A connection that is still open would take its own pages for those of the file.
        self.records.close()
        put_back(self._database, kept.database)
        stand_again(self.conversation, kept.standing)
        self.persona = kept.persona
        self._clock.set(kept.now)
        self._random.setstate(kept.drawn)

    # The end ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the database and remove it; nothing of a lesson stays behind."""
        self.records.close()
        self.classroom.clear(self)
