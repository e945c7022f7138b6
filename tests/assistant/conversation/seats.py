"""A candidate at the real conversation: true answers to every prompt, every turn put into both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from assistant import photo
from assistant.clock import SetClock
from assistant.conversation.blocks import Block, Line, Moment, Pair, Quote
from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Choice, Command, File, Input, Text
from assistant.conversation.messages import Echoed, Message, Objected, Said, Turn, Warned
from assistant.conversation.wording import Wording
from assistant.records import Records
from assistant.staging import settle
from content.schema import LANGUAGES
from flows import challenge
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER, PASSWORD, content, conversation, opened

ANSWERS: Mapping[str, str] = {
    "first_time": "yes",
    "exam": "class-1-constructor",
    "province": "jiangsu",
    "login.id_number": NUMBER,
    "name": "王小明",
    "id_type": "resident-id",
    "id_number": NUMBER,
    "mobile": "13800001001",
    "email": "candidate1@example.com",
    "password": PASSWORD,
    "education.0.level": "bachelor",
    "education.0.study": "full-time",
    "education.0.school": "南京工业大学",
    "education.0.major": "土木工程",
    "education.0.graduated": "2007-07",
    "education.0.certificate": "102911200705001234",
    "education.0.country": "china",
    "education.1.add": "no",
    "degree.0.add": "yes",
    "degree.0.level": "bachelor",
    "degree.0.school": "南京工业大学",
    "degree.0.major": "土木工程",
    "degree.0.awarded": "2009-06",
    "degree.0.certificate": "1029142009001234",
    "degree.0.country": "china",
    "degree.1.add": "no",
    "photo.login": PASSWORD,
    "photo.confirm": "yes",
    "application.choose": "yes",
    "city": "nanjing",
    "verification_point": "nanjing-1",
    "level": "all-subjects",
    "major": "building",
    "subjects": "economics,law,management,practice",
    "work_years": "8",
    "adopt_commitment": "yes",
    "signature.name": "王小明",
    "signature": PASSWORD,
}
"""What the candidate answers to each prompt; what is to be acknowledged takes the first option."""


class Seat:
    """One terminal with a candidate at it.

    Attributes:
        talk: The conversation.
        clock: Its clock.
        turn: The last turn.
        pin: The PIN that was shown.
        answers: What the candidate answers.
    """

    def __init__(self, talk: Conversation, clock: SetClock, folder: Path, answers: Mapping[str, str]) -> None:
        """Sit down and say hello."""
        self.talk, self.clock, self.folder = talk, clock, folder
        self.answers = {**ANSWERS, **answers}
        self.pin = ""
        self.turn = self._shown(talk.open())

    @property
    def key(self) -> str:
        """The key of the prompt that stands."""
        return self.turn.prompt.key

    @property
    def code(self) -> str:
        """The resume code."""
        return self.talk.code or ""

    @property
    def registration(self) -> str:
        """The registration in the store."""
        assert self.talk.registration is not None
        return self.talk.registration

    def take(self, given: Input) -> Turn:
        """Put something in, and put what comes back into both languages."""
        self.turn = self._shown(self.talk.take(given))
        return self.turn

    def type(self, typed: str) -> Turn:
        """Type a line."""
        return self.take(Text(typed))

    def pick(self, *ids: str) -> Turn:
        """Pick options."""
        return self.take(Choice(ids))

    def order(self, name: str, argument: str = "") -> Turn:
        """Give a command."""
        return self.take(Command(name, argument))

    def truth(self) -> Input:
        """Return the truthful answer to the prompt that stands; waiting and paying happen first."""
        prompt = self.turn.prompt
        if prompt.kind == "wait":
            self._pass_time()
            return Choice(("look",))
        if prompt.kind == "acknowledge":
            return Choice((prompt.options[0].id,))
        if prompt.key in {"account.code", "application.code"}:
            assert self.talk.memory.challenge is not None
            return Text(challenge.answer(self.talk.memory.challenge))
        if prompt.key == "photo":
            return File(sample(self.folder))
        if prompt.key == "account":
            return Text(PASSWORD)
        known = self.answers[prompt.key]
        if prompt.kind in {"choice", "several"}:
            return Choice(tuple(known.split(",")))
        return Text(known)

    def answer(self) -> Turn:
        """Answer truthfully; the prompt must take it."""
        turn = self.take(self.truth())
        assert refused(turn) == ()
        return turn

    def until(self, key: str) -> Turn:
        """Answer truthfully until ``key`` is asked."""
        for _ in range(120):
            if self.key == key:
                return self.turn
            self.answer()
        raise AssertionError(f"{key} was never asked; {self.key} stands")

    def prompts(self) -> Iterator[str]:
        """Walk the journey: yield the key at every prompt, and answer it when the caller comes back."""
        while True:
            key = self.key
            yield key
            assert self.key == key, "what was done at a prompt must leave it standing"
            if self.turn.prompt.kind == "end":
                return
            self.answer()

    def _pass_time(self) -> None:
        place = self.talk.place()
        if place.step.id == "verification" and place.wait is not None and place.wait.until is not None:
            self.clock.set(place.wait.until)
        with self.talk.outside.records.turn() as turn:
            now = self.clock.now()
            if place.step.id == "manual-review":
                settle(turn, self.registration, "pass", "seen", now)
            if place.step.id == "application-pay":
                slip = self.talk.dossier.text("payment.slip")
                turn.take_payment(slip, receipt="R1", by=Staff("c", frozenset({Role.CASHIER})), now=now)

    def _shown(self, turn: Turn) -> Turn:
        for message in turn.messages:
            if isinstance(message, Said) and message.text == "said.code":
                self.pin = str(message.args["pin"])
        render(turn)
        return turn


@contextmanager
def seated(
    folder: Path,
    *,
    role: Role = Role.CANDIDATE,
    edition: str = "pilot",
    now: datetime = NOW,
    mode: str = "register",
    language: str = "zh",
    verify: bool = True,
    **answers: str,
) -> Iterator[Seat]:
    """Seat a candidate at a store under ``folder``; authorities confirm what they say where ``verify``."""
    records = opened(folder)
    try:
        yield seat(
            folder,
            records,
            role=role,
            edition=edition,
            now=now,
            mode=mode,
            language=language,
            verify=verify,
            **answers,
        )
    finally:
        records.close()


def seat(
    folder: Path,
    records: Records,
    *,
    role: Role = Role.CANDIDATE,
    edition: str = "pilot",
    now: datetime = NOW,
    mode: str = "register",
    language: str = "zh",
    verify: bool = True,
    **answers: str,
) -> Seat:
    """Seat a candidate at a store that is open already: a second terminal, or one after an interruption."""
    given = {key.replace("__", "."): value for key, value in answers.items()}
    if verify:
        with records.turn() as turn:
            for item in ("identity", "education.0", "education.1", "degree.0"):
                turn.answer_for(given.get("id_number", NUMBER), item, "verified")
    clock = SetClock(now)
    talk = conversation(folder, records, clock, edition=edition, role=role, mode=mode, seed=_seeds().__next__)
    talk.language = language
    return Seat(talk, clock, folder, given)


def _seeds() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"seed-{number}"


def sample(folder: Path) -> Path:
    """Return a photo that passes."""
    path = folder / "sample.jpg"
    if not path.exists():
        photo.sample_photo(path)
    return path


LATER = timedelta(minutes=6)
"""By then a verification code has lapsed."""


# What came back ----------------------------------------------------------------------------------------


def facts(seat: Seat) -> dict[str, object]:
    """Return what is known and does not wait to be confirmed again."""
    return {fact.key: fact.value for fact in seat.talk.dossier if not fact.stale}


def letters(seat: Seat) -> list[bool]:
    """Return for each sealed letter, in order, whether it still stands."""
    with seat.talk.outside.records.turn() as turn:
        return [each.superseded_at is None for each in turn.letters(seat.registration)]


def refused(turn: Turn) -> tuple[str, ...]:
    """Return the codes of all objections of a turn."""
    return tuple(
        problem.code for each in turn.messages if isinstance(each, Objected) for problem in each.problems
    )


def warned(turn: Turn) -> tuple[str, ...]:
    """Return the codes of all warnings and notes of a turn."""
    return tuple(
        problem.code for each in turn.messages if isinstance(each, Warned) for problem in each.problems
    )


def said(turn: Turn) -> tuple[str, ...]:
    """Return the text ids of what was said."""
    return tuple(each.text for each in turn.messages if isinstance(each, Said))


def echoed(turn: Turn) -> dict[str, object]:
    """Return what was echoed, by key."""
    return {each.key: each.shown for each in turn.messages if isinstance(each, Echoed)}


def render(turn: Turn) -> dict[str, str]:
    """Put a turn into words in both languages; every message and the prompt must have words to show."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        wording = Wording(content(), language)
        lines = [line for message in turn.messages for line in _lines(wording, message)]
        asked = wording.prompt(turn.prompt)
        assert asked.question.strip(), turn.prompt.key
        assert all(option.label.strip() for option in asked.options), turn.prompt.key
        assert wording.progress(turn.progress).strip()
        lines += [asked.question, *asked.help, asked.example]
        lines += [part for option in asked.options for part in (option.label, option.hint, option.refused)]
        found[language] = "\n".join(lines)
        assert not any(mark in found[language] for mark in ("{", "}", "\u202e", "\x00", "\x1b", "\ud800"))
    return found


def _lines(wording: Wording, message: Message) -> list[str]:
    block = wording.message(message)
    lines = list(_text(block))
    if isinstance(message, Objected | Warned):
        assert message.problems
        assert len(lines) == len(message.problems)
        assert all(line.strip() for line in lines), message
    assert any(line.strip() for line in lines), message
    return lines


def _text(block: Block) -> Iterator[str]:
    if block.heading:
        yield block.heading
    for part in block.parts:
        match part:
            case Line(text):
                yield text
            case Pair(label, value):
                yield f"{label} {value}"
            case Moment(label, at, away):
                yield f"{label} {at} {away}"
            case Quote(source, text):
                yield f"{source} {text}"
