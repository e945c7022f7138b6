"""Plays a scenario through the real conversation, store and instruments, without a terminal.

Only the people are made up: the answers come from the scenario, and time passes by moving the clock.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import photo
from assistant.clock import SetClock, in_china
from assistant.conversation.inputs import Choice, Command, File, Input, Text
from assistant.conversation.messages import Answered, Objected, Prompt, Turn
from assistant.conversation.outside import Outside
from assistant.scenario import Outcome, Scenario
from assistant.staging import settle, stage
from content.loader import Content
from flows import challenge
from flows.journey import Place
from flows.permissions import Staff
from flows.roles import Role

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Records

MOST_TURNS = 400
"""No registration needs so many; a scenario that does goes round in circles."""

DEFAULT_NOW = datetime(2020, 7, 1, 9, 0)  # noqa: DTZ001 - China time is put on it below


@dataclass
class Played:
    """What came of a scenario: the object that ``chengnuo play --json`` prints.

    Attributes:
        path: The steps that concerned the candidate, in order.
        turns: How many inputs it took.
        unasked: Facts of the scenario that no prompt asked for.
        failures: Each expectation that was not met, in a sentence.
    """

    title: str
    ok: bool = False
    outcome: Outcome = "waiting"
    path: list[str] = field(default_factory=list)
    turns: int = 0
    manual_groups: list[str] = field(default_factory=list)
    letter: dict[str, str] | None = None
    unasked: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class _StuckError(Exception):
    """The scenario has no answer to a prompt, or its answer is refused."""


def play(scenario: Scenario, content: Content, *, beside: Path | None = None) -> Played:
    """Play a scenario to its end in a database of its own.

    Args:
        scenario: The scenario.
        content: All words and rules.
        beside: The scenario's folder: paths of photos are taken from it.
    """
    folder = Path(tempfile.mkdtemp(prefix="chengnuo-play-"))
    try:
        return _Player(scenario, content, folder, beside or Path.cwd()).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Player:
    """One scenario under way."""

    def __init__(self, scenario: Scenario, content: Content, folder: Path, beside: Path) -> None:
        from assistant.answers import Answers
        from assistant.conversation.engine import Conversation
        from assistant.letter import open_signing_key
        from assistant.records import open_records

        self.scenario, self.content, self.folder, self.beside = scenario, content, folder, beside
        self.clock = SetClock(in_china(scenario.now or DEFAULT_NOW))
        self.records: Records = open_records(folder / "play.db", folder / "keys" / "fields.key")
        self.played = Played(scenario.title)
        self.asked: set[str] = set()
        self.tries: dict[str, int] = {}
        self.questions = dict(scenario.ask)
        self.changes = {step: dict(facts) for step, facts in scenario.change.items()}
        self.changing: dict[str, Any] = {}
        self.answers: list[Answered] = []
        self.withdrawn = False
        outside = Outside(
            content=content,
            records=self.records,
            clock=self.clock,
            answers=Answers(content),
            signer=open_signing_key(folder / "keys" / "seal.key"),
            edition=content.editions[scenario.edition],
            seed=lambda: "play",
        )
        self.conversation: Conversation = Conversation(outside, language=scenario.language)

    # The run -------------------------------------------------------------------------------------------

    def run(self) -> Played:
        """Play to the end, then compare with what was expected."""
        try:
            stage(self.scenario, self.records, self.clock.now())
            turn = self.conversation.open()
            while self.played.turns < MOST_TURNS:
                self._note(self.conversation.place())
                given = self._next(turn)
                if given is None:
                    break
                turn = self._take(given)
            else:
                self.played.failures.append(f"no end after {MOST_TURNS} turns")
        except _StuckError as stuck:
            self.played.failures.append(str(stuck))
        finally:
            self._conclude()
            self.records.close()
        return self.played

    def _take(self, given: Input) -> Turn:
        self.played.turns += 1
        turn = self.conversation.take(given)
        self.answers += [each for each in turn.messages if isinstance(each, Answered)]
        refused = next((each for each in turn.messages if isinstance(each, Objected)), None)
        if refused is not None and not self._has_another(refused.key):
            codes = ", ".join(problem.code for problem in refused.problems)
            raise _StuckError(f"{refused.key} was refused at {self.conversation.place().step.id}: {codes}")
        return turn

    def _has_another(self, key: str) -> bool:
        value = self.scenario.candidate.get(key)
        return key != "subjects" and isinstance(value, list) and self.tries.get(key, 0) < len(value)

    def _note(self, place: Place) -> None:
        for step in place.visited:
            if step not in self.played.path:
                self.played.path.append(step)

    def _next(self, turn: Turn) -> Input | None:
        place = self.conversation.place()
        step = place.step.id
        if step in self.questions:
            return Command("ask", self.questions.pop(step))
        if turn.prompt.key.startswith("withdraw"):
            return Choice(("yes",))
        if step == self.scenario.withdraw_at and not self.withdrawn:
            self.withdrawn = True
            return Command("withdraw")
        if step in self.changes:
            changes = self.changes.pop(step)
            self.changing.update(changes)
            # The first is changed by name; the others answer what is asked again because of it.
            return Command("change", next(iter(changes)))
        if turn.prompt.kind == "wait":
            return self._wait(place)
        if turn.prompt.kind == "end" or place.ending is not None:
            return None
        return self._answer(turn.prompt)

    # Waiting -------------------------------------------------------------------------------------------

    def _wait(self, place: Place) -> Input | None:
        look = Choice(("look",))
        match place.step.id:
            case "verification" if place.wait is not None and place.wait.until is not None:
                self.clock.set(place.wait.until)
                return look
            case "manual-review" if self.scenario.staff.manual_review is not None:
                decision = self.scenario.staff.manual_review
                with self.records.turn() as turn:
                    settle(turn, self._registration, decision.decision, decision.reason, self.clock.now())
                return look
            case "application-pay" if self.scenario.staff.payment == "paid":
                with self.records.turn() as turn:
                    turn.take_payment(
                        self.conversation.dossier.text("payment.slip"),
                        receipt="play",
                        by=Staff("play", frozenset({Role.CASHIER})),
                        now=self.clock.now(),
                    )
                return look
            case _:
                return None

    @property
    def _registration(self) -> str:
        return self.conversation.registration or ""

    # Answering -----------------------------------------------------------------------------------------

    def _answer(self, prompt: Prompt) -> Input:
        key = prompt.key
        if prompt.kind == "acknowledge" or key in {"photo.confirm", "application.choose", "decline.confirm"}:
            return Choice((prompt.options[0].id,))
        if key.endswith(".code") and key != "resume.code":
            return Text(self._code())
        value = self._value(key)
        if key == "photo":
            return File(self._photo(str(value)))
        if value is None:
            if prompt.kind == "choice" and key in {"city", "verification_point", "level", "major"}:
                return Choice((prompt.options[0].id,))
            if key == "subjects":
                return Choice(tuple(each.id for each in prompt.options if each.refused is None))
            raise _StuckError(f"the scenario has no fact for {key}")
        if prompt.kind in {"choice", "several"}:
            return self._picked(prompt, value)
        return Text(str(value))

    def _picked(self, prompt: Prompt, value: Any) -> Input:
        ids = {option.id for option in prompt.options}
        if isinstance(value, bool):
            return Choice(("yes" if value else "no",))
        values = (
            tuple(str(each) for each in value)
            if isinstance(value, Sequence | set) and not isinstance(value, str)
            else (str(value),)
        )
        # What is no id is taken as a person would type it: a name in either language.
        return Choice(values) if ids.issuperset(values) else Text(", ".join(values))

    def _value(self, key: str) -> Any:
        if key in self.changing:
            return self.changing.pop(key)
        candidate = self.scenario.candidate
        aliases = {
            "login.id_number": "id_number",
            "account": "password",
            "photo.login": "password",
            "signature": "password",
            "signature.name": "name",
            "adopt_commitment": "adopt_commitment",
        }
        name = aliases.get(key, key)
        kind, _, rest = key.partition(".")
        if kind in {"education", "degree"} and rest:
            return self._record_value("degrees" if kind == "degree" else kind, rest)
        self.asked.add(name)
        value = candidate.get(name, True if name == "adopt_commitment" else None)
        if isinstance(value, list) and name != "subjects":
            index = min(self.tries.get(key, 0), len(value) - 1)
            self.tries[key] = index + 1
            return value[index]
        return value

    def _record_value(self, listed: str, rest: str) -> Any:
        self.asked.add(listed)
        records: Sequence[Mapping[str, Any]] = self.scenario.candidate.get(listed) or ()
        index, _, name = rest.partition(".")
        if name == "add":
            return int(index) < len(records)
        if int(index) >= len(records):
            return None
        value = records[int(index)].get(name, "china" if name == "country" else None)
        return value.strftime("%Y-%m") if hasattr(value, "strftime") else value

    def _photo(self, name: str) -> Path:
        if name != "ok":
            path = Path(name).expanduser()
            beside = self.beside / path
            return beside if beside.exists() else path
        path = self.folder / "sample.jpg"
        if not path.exists():
            photo.sample_photo(path)
        return path

    def _code(self) -> str:
        standing = self.conversation.memory.challenge
        if standing is None:
            raise _StuckError("no verification code stands")
        return challenge.answer(standing)

    # The end -------------------------------------------------------------------------------------------

    def _conclude(self) -> None:
        place = self.conversation.place()
        self._note(place)
        situation = self.conversation.situation
        self.played.outcome = self._outcome(place)
        if "exam" in situation.dossier and situation.route is not None and situation.education:
            self.played.manual_groups = sorted({reason.group for reason in situation.reasons})
        self.played.letter = self._letter()
        self.played.unasked = sorted(set(self.scenario.candidate) - self.asked - {"photo"} - self._used())
        self._compare()
        self.played.ok = not self.played.failures

    def _used(self) -> set[str]:
        return {"earlier_passes"} | ({"photo"} if "photo" in self.asked else set())

    def _outcome(self, place: Place) -> Outcome:
        if place.ending is not None:
            return place.ending.outcome
        return "withdrawn" if "withdrawn" in self.conversation.dossier else "waiting"

    def _letter(self) -> dict[str, str] | None:
        if not self._registration:
            return None
        with self.records.turn() as turn:
            letters = turn.letters(self._registration)
        if not letters:
            return None
        last = letters[-1]
        return {"status": "sealed" if last.superseded_at is None else "superseded", "sha256": last.sha256}

    def _compare(self) -> None:
        expect, played = self.scenario.expect, self.played
        checks: list[tuple[bool, str]] = [
            (expect.outcome in {None, played.outcome}, f"outcome is {played.outcome}, not {expect.outcome}"),
            (
                expect.manual_groups is None or sorted(expect.manual_groups) == played.manual_groups,
                f"groups are {played.manual_groups}, not {list(expect.manual_groups or ())}",
            ),
        ]
        checks += [(step in played.path, f"{step} was not visited") for step in expect.visited or ()]
        checks += [(step not in played.path, f"{step} was visited") for step in expect.not_visited]
        if expect.letter is not None:
            status = played.letter["status"] if played.letter else "none"
            checks.append((status == expect.letter, f"the letter is {status}, not {expect.letter}"))
        if expect.later_rule is not None:
            rules = [each.later_rule for each in self.answers]
            checks.append((expect.later_rule in rules, f"no answer named the later rule {expect.later_rule}"))
        answered = {citation.item for each in self.answers for citation in each.citations}
        checks += [(item in answered, f"no answer cited item {item}") for item in expect.answers]
        played.failures += [failure for held, failure in checks if not held]
