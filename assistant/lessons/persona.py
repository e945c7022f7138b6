"""What the person of a scenario would do next: the one player of ``chengnuo play`` and of the lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.conversation.inputs import Choice, Command, File, Input, Text
from assistant.conversation.messages import Objected, Prompt
from assistant.lessons.acts import Act, Decided, Moved, Paid, Penalised
from assistant.lessons.takes import act_of
from assistant.scenario import Scenario
from flows import challenge
from flows.journey import Place

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation

ALIASES: Mapping[str, str] = {
    "login.id_number": "id_number",
    "account": "password",
    "photo.login": "password",
    "signature": "password",
    "signature.name": "name",
}
"""Prompts that are answered by a fact of another name."""

_FIRST_OPTION = frozenset({"photo.confirm", "application.choose", "decline.confirm"})
_FIRST_UNLESS_TOLD = frozenset({"city", "verification_point", "level", "major"})


class StuckError(Exception):
    """The persona has no answer to what is asked, or its answer is refused: a hand has to answer."""


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Persona:
    """The person of a scenario, and how far they have come in telling it; it never changes, it is replaced.

    Args:
        scenario: What is true of them and what they will do.
        beside: The folder from which paths of photos are taken.
        sample: The photo behind ``photo: ok``.
        asked: Facts of the scenario that a prompt has asked for.
        tries: By key, how many of several answers were given.
        put: Steps at which the question was put.
        changed: Steps at which the change was begun.
        moved: Steps at which the clock was put forward.
        changing: Facts that are about to be said anew.
        withdrawn: Whether the withdrawal was begun.
        penalised: Whether the false promise was found.
        taken: How much of what was done in a lesson is done again.
    """

    scenario: Scenario
    beside: Path
    sample: Path
    asked: frozenset[str] = frozenset()
    tries: Mapping[str, int] = field(default_factory=_nothing)
    put: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    changing: Mapping[str, Any] = field(default_factory=_nothing)
    withdrawn: bool = False
    penalised: bool = False
    taken: int = 0

    def next(
        self, conversation: Conversation, place: Place, prompt: Prompt, refused: Objected | None = None
    ) -> tuple[Act | None, Persona]:
        """Say what the person does next, and who they are once it is done.

        Args:
            conversation: Whom they talk with.
            place: Where they stand in the journey.
            prompt: What they are asked.
            refused: The objection to their last answer, if there was one.

        Returns:
            What they do, or ``None`` where it is over or only time or an office could go on, of which the
            scenario says nothing; and the person that has done it.

        Raises:
            StuckError: The scenario has no answer to what is asked, or the last one was refused.
        """
        if refused is not None and not self.scenario.takes and not self._has_another(refused.key):
            codes = ", ".join(problem.code for problem in refused.problems)
            raise StuckError(f"{refused.key} was refused at {place.step.id}: {codes}")
        step, told = place.step.id, self.scenario
        if told.takes:
            if self.taken == len(told.takes):
                return None, self
            done = act_of(told.takes[self.taken], self.sample, self._beside)
            return done, replace(self, taken=self.taken + 1)
        if step in told.ask and step not in self.put:
            return Command("ask", told.ask[step]), replace(self, put=self.put | {step})
        if prompt.key.startswith("withdraw"):
            return Choice(("yes",)), self
        if step == told.withdraw_at and not self.withdrawn:
            return Command("withdraw"), replace(self, withdrawn=True)
        if step in told.change and step not in self.changed:
            changes = told.change[step]
            after = replace(self, changed=self.changed | {step}, changing={**self.changing, **changes})
            # The first is changed by name; the others answer what is asked again because of it.
            return Command("change", next(iter(changes))), after
        if step in told.clock and step not in self.moved:
            return Moved(told.clock[step]), replace(self, moved=self.moved | {step})
        found = told.staff.false_promise
        if found is not None and found.at == step and not self.penalised:
            return Penalised(found.measure, found.reason), replace(self, penalised=True)
        if prompt.kind == "wait":
            return self._awaited(place), self
        if prompt.kind == "end" or place.ending is not None:
            return None, self
        return self._answer(prompt, conversation)

    def _has_another(self, key: str) -> bool:
        value = self.scenario.candidate.get(key)
        return key != "subjects" and isinstance(value, list) and self.tries.get(key, 0) < len(value)

    def _awaited(self, place: Place) -> Act | None:
        """Say what the person waits for comes: time for the authorities, a decision, the money."""
        staff = self.scenario.staff
        match place.step.id:
            case "verification" if place.wait is not None and place.wait.until is not None:
                return Moved(place.wait.until)
            case "manual-review" if staff.manual_review is not None:
                return Decided(staff.manual_review.decision, staff.manual_review.reason)
            case "application-pay" if staff.payment == "paid":
                return Paid()
            case _:
                return None

    # Answering -----------------------------------------------------------------------------------------

    def _answer(self, prompt: Prompt, conversation: Conversation) -> tuple[Input, Persona]:
        key = prompt.key
        if prompt.kind == "acknowledge" or key in _FIRST_OPTION:
            return Choice((prompt.options[0].id,)), self
        if key.endswith(".code") and key != "resume.code":
            return Text(_code(conversation)), self
        value, after = self._value(key)
        if key == "photo":
            return File(self._photo(str(value))), after
        if value is None:
            if prompt.kind == "choice" and key in _FIRST_UNLESS_TOLD:
                return Choice((prompt.options[0].id,)), after
            if key == "subjects":
                return Choice(tuple(each.id for each in prompt.options if each.refused is None)), after
            raise StuckError(f"the scenario has no fact for {key}")
        return _picked(prompt, value) if prompt.kind in {"choice", "several"} else Text(str(value)), after

    def _value(self, key: str) -> tuple[Any, Persona]:
        if key in self.changing:
            left = {name: value for name, value in self.changing.items() if name != key}
            return self.changing[key], replace(self, changing=left)
        kind, _, rest = key.partition(".")
        if kind in {"education", "degree"} and rest:
            listed = "degrees" if kind == "degree" else kind
            return self._of_record(listed, rest), replace(self, asked=self.asked | {listed})
        name = ALIASES.get(key, key)
        after = replace(self, asked=self.asked | {name})
        value = self.scenario.candidate.get(name, True if name == "adopt_commitment" else None)
        if isinstance(value, list) and name != "subjects":
            index = min(self.tries.get(key, 0), len(value) - 1)
            return value[index], replace(after, tries={**self.tries, key: index + 1})
        return value, after

    def _of_record(self, listed: str, rest: str) -> Any:
        records: Sequence[Mapping[str, Any]] = self.scenario.candidate.get(listed) or ()
        index, _, name = rest.partition(".")
        if name == "add":
            return int(index) < len(records)
        if int(index) >= len(records):
            return None
        value = records[int(index)].get(name, "china" if name == "country" else None)
        return value.strftime("%Y-%m") if hasattr(value, "strftime") else value

    def _photo(self, name: str) -> Path:
        return self.sample if name == "ok" else self._beside(name)

    def _beside(self, name: str) -> Path:
        path = Path(name).expanduser()
        beside = self.beside / path
        return beside if beside.exists() else path


def _picked(prompt: Prompt, value: Any) -> Input:
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


def _code(conversation: Conversation) -> str:
    standing = conversation.memory.challenge
    if standing is None:
        raise StuckError("no verification code stands")
    return challenge.answer(standing)
