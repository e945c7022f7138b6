"""A returning candidate at the real conversation over a store of their own, and the offices behind it."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Choice, Command, Input, Text
from assistant.conversation.messages import Objected, Prompt, Said, Turn
from assistant.records import Records
from assistant.staging import settle
from flows import challenge
from flows.dossier import AcademicRecord, Dossier, Fact
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER, PASSWORD, conversation, opened

NAME = "王小明"
ANSWERS = {
    "first_time": "no",
    "exam": "economics",
    "province": "jiangsu",
    "login.id_number": NUMBER,
    "account": PASSWORD,
    "city": "nanjing",
    "level": "intermediate",
    "major": "finance",
    "work_years": "12",
    "photo.confirm": "yes",
    "application.choose": "yes",
    "decline.confirm": "yes",
    "signature.name": NAME,
    "signature": PASSWORD,
}
"""What the candidate answers; where a choice is not named here, the first option."""

RUNS = ("art-7", date(2018, 1, 1), NOW.date() + timedelta(days=3))
RAN_OUT = ("art-7", date(2015, 7, 1), NOW.date() - timedelta(days=1))


@cache
def prepared() -> Path:
    """Make the store of a registered candidate once: the Argon2 hash and the migrations take their time."""
    from assistant.records.passwords import hash_password

    folder = Path(tempfile.mkdtemp(prefix="chengnuo-machine-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    records = opened(folder)
    fields = {
        "level": "bachelor",
        "study": "full-time",
        "school": "南京大学",
        "major": "经济学",
        "graduated": "2009-06",
        "certificate": "102841200905001234",
        "country": "china",
    }
    with records.turn() as turn:
        begun = turn.begin(edition="pilot", language="zh", content_version="", now=NOW, role=Role.CANDIDATE)
        account = turn.create_account(
            begun.registration,
            name=NAME,
            id_type="resident-id",
            id_number=NUMBER,
            mobile="13800001001",
            email="candidate1@example.com",
            password_hash=hash_password(PASSWORD),
            now=NOW,
            role=Role.CANDIDATE,
        )
        turn.answer_for(NUMBER, "identity", "verified")
        turn.save_records(account, [AcademicRecord("education", 0, fields)], now=NOW)
        turn.submit_verification(account, ["identity", "education.0"], now=NOW - timedelta(hours=20))
        turn.store_photo(account, b"a photo", hashlib.sha256(b"a photo").hexdigest(), now=NOW)
    records.close()
    return folder


def values(dossier: Dossier) -> dict[str, Fact]:
    return {fact.key: fact for fact in dossier}


class Seated:
    """What happens at one terminal, the store behind it, and the clock on the wall."""

    folder: Path
    records: Records
    clock: SetClock
    talk: Conversation
    last: Turn
    edition: str
    adopts: bool
    pin: str
    codes: int

    def seat(
        self,
        *,
        edition: str = "pilot",
        record: tuple[str, date, date] | None = None,
        diploma: str = "verified",
        adopts: bool = True,
    ) -> None:
        """Open a store, say what the authorities know, and begin to talk."""
        self.folder = Path(tempfile.mkdtemp(prefix="chengnuo-machine-"))
        shutil.copytree(prepared(), self.folder, dirs_exist_ok=True)
        self.records = opened(self.folder)
        self.clock = SetClock(NOW)
        self.edition, self.adopts = edition, adopts
        self.pin, self.codes = "", 0
        with self.records.turn() as turn:
            turn.answer_for(NUMBER, "education.0", diploma)
            if record is not None:
                turn.add_integrity(NUMBER, basis=record[0], begins=record[1], until=record[2], now=NOW)
        self.talk = self.sit_down()
        self.last = self.talk.open()

    def leave(self) -> None:
        """Close the store and take its folder away."""
        self.records.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sit_down(self, *, mode: str = "register", role: Role = Role.CANDIDATE) -> Conversation:
        return conversation(
            self.folder,
            self.records,
            self.clock,
            edition=self.edition,
            mode=mode,
            role=role,
            seed=self.seed(),
        )

    def seed(self) -> Callable[[], str]:
        self.codes += 1
        return lambda: f"code {self.codes}"

    def take(self, given: Input) -> Turn:
        self.last = self.talk.take(given)
        for message in self.last.messages:
            if isinstance(message, Said) and message.text == "said.code":
                self.pin = str(message.args["pin"])
        return self.last

    def answer(self, prompt: Prompt) -> Input | None:
        key = prompt.key
        if prompt.kind == "end":
            return None
        if prompt.kind == "wait":
            until = self.talk.place().wait
            if until is not None and until.until is not None:
                self.clock.set(until.until)
            return Choice(("look",))
        if key == "application.code":
            standing = self.talk.memory.challenge
            return Text(challenge.answer(standing) if standing else "")
        if key == "adopt_commitment":
            return Choice(("yes" if self.adopts else "no",))
        return self.put(prompt, ANSWERS.get(key))

    def put(self, prompt: Prompt, value: str | None) -> Input:
        open_now = [option.id for option in prompt.options if option.refused is None]
        if prompt.kind == "several":
            return Choice((value,) if value in open_now else tuple(open_now))
        if prompt.options:
            return Choice((value if value in open_now else open_now[0],))
        return Text(value or prompt.preset)

    def answer_on(self, steps: int) -> None:
        """Answer what is asked, as often as that, or until nothing is asked any more."""
        for _ in range(steps):
            given = self.answer(self.talk.prompt())
            if given is None:
                return
            self.take(given)

    def answer_until(self, key: str) -> None:
        """Answer what is asked until the prompt of ``key`` stands."""
        for _ in range(60):
            prompt = self.talk.prompt()
            given = None if prompt.key == key else self.answer(prompt)
            if given is None:
                break
            self.take(given)
        assert self.talk.prompt().key == key

    def decide(self, decision: str) -> None:
        """Decide the manual verification, as a verifier, and look again."""
        with self.records.turn() as turn:
            settle(turn, self.talk.registration or "", decision, "looked at", self.clock.now())
        self.take(Command("status"))

    def pay(self) -> None:
        """Take the fee, as a cashier, and look again."""
        with self.records.turn() as turn:
            turn.take_payment(
                self.talk.dossier.text("payment.slip"),
                receipt="R1",
                by=Staff("c1", frozenset({Role.CASHIER})),
                now=self.clock.now(),
            )
        self.take(Command("status"))

    def objections(self) -> list[str]:
        """Return the codes of what the last turn objected to."""
        return [
            problem.code
            for each in self.last.messages
            if isinstance(each, Objected)
            for problem in each.problems
        ]

    def stored(self) -> dict[str, Fact]:
        with self.records.turn() as turn:
            return values(turn.load(self.talk.registration or "").dossier)

    def standing_letters(self) -> int:
        if self.talk.registration is None:
            return 0
        with self.records.turn() as turn:
            letters = turn.letters(self.talk.registration)
        return sum(each.superseded_at is None for each in letters)


@contextmanager
def seated(
    *,
    edition: str = "pilot",
    record: tuple[str, date, date] | None = None,
    diploma: str = "verified",
    adopts: bool = True,
) -> Iterator[Seated]:
    """Seat a returning candidate for one test."""
    here = Seated()
    here.seat(edition=edition, record=record, diploma=diploma, adopts=adopts)
    try:
        yield here
    finally:
        here.leave()
