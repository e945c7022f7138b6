"""Whatever a candidate, an office and the clock do in any order, what the notice promises holds.

A rule-based machine sits at the real conversation over a real SQLite file. Its candidate has an account with
saved records, so that a few steps lead to the application, the letter and the payment.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.conversation.inputs import Choice, Command, Text
from assistant.conversation.messages import Answered, Echoed, Objected
from assistant.records import RecordsError
from flows.dossier import Dossier, Fact
from flows.roles import STAFF, Role
from tests.journeys.seated import ANSWERS, RAN_OUT, RUNS, Seated, values

OTHERWISE = {
    "exam": ("registered-surveyor", "class-2-constructor", "economics"),
    "province": ("guangdong", "zhejiang", "jiangsu"),
    "city": ("suzhou", "wuxi"),
    "level": ("primary", "intermediate"),
    "major": ("tourism", "insurance"),
    "work_years": ("15", "20"),
    "subjects": ("basics",),
    "adopt_commitment": ("yes", "no"),
    "email": ("other@example.com",),
    "mobile": ("13800009999",),
}
"""What the candidate may want to change, and into what."""

IN_THE_LETTER = frozenset(OTHERWISE) - {"email", "mobile"}
ARRIVES_LATER = ("review.", "payment.", "withdrawn")


class Registering(Seated, RuleBasedStateMachine):
    """A candidate at a terminal, the offices behind it, and the promises between them."""

    @initialize(
        edition=st.sampled_from(["pilot", "current"]),
        record=st.sampled_from([None, RUNS, RAN_OUT]),
        diploma=st.sampled_from(["verified", "failed", "cannot-verify"]),
        adopts=st.sampled_from([True, True, False]),
        steps=st.sampled_from([0, 4, 16, 20, 22, 24, 26, 40]),
    )
    def arrive(
        self,
        edition: str,
        record: tuple[str, date, date] | None,
        diploma: str,
        adopts: bool,
        steps: int,
    ) -> None:
        self.record = record
        self.confirmed: dict[str, Fact] | None = None
        self.confirmed_on: date | None = None
        self.seat(edition=edition, record=record, diploma=diploma, adopts=adopts)
        self.answers(steps)

    def teardown(self) -> None:
        if hasattr(self, "records"):
            self.leave()

    # What people do ------------------------------------------------------------------------------------

    @rule(steps=st.integers(1, 6))
    def answers(self, steps: int) -> None:
        self.answer_on(steps)

    @rule(text=st.sampled_from(["", "   ", "[/x]", "\u202e", "９" * 40, "x" * 5000]))
    def mistypes(self, text: str) -> None:
        prompt, before = self.talk.prompt(), self.talk.dossier
        if prompt.kind in {"wait", "end"} or (prompt.key == "account.code"):
            return
        turn = self.take(Text(text))
        if any(isinstance(each, Objected) for each in turn.messages):
            assert (turn.prompt.key, values(self.talk.dossier)) in (
                (prompt.key, values(before)),
                # A failed login asks for the number again.
                ("login.id_number", values(before.without(["login.id_number"]))),
            )

    @rule(key=st.sampled_from(sorted(OTHERWISE)), data=st.data())
    def changes(self, key: str, data: st.DataObject) -> None:
        before = self.talk.dossier
        value = data.draw(st.sampled_from(OTHERWISE[key]))
        turn = self.take(Command("change", key))
        if turn.prompt.key != key or any(isinstance(each, Objected) for each in turn.messages):
            self.take(Command("cancel"))
            assert self.unchanged(before)
            return
        turn = self.take(self.put(turn.prompt, value))
        after = self.talk.dossier
        old, new = before.earlier(key), after.earlier(key)
        if old is not None and new is not None and new.value != old.value and key in IN_THE_LETTER:
            assert "signature" not in after
            assert self.standing_letters() == 0
        if self.talk.memory.mode is not None:
            self.take(Command("cancel"))

    @rule(key=st.sampled_from(sorted(OTHERWISE)))
    def thinks_better_of_a_change(self, key: str) -> None:
        if self.talk.memory.mode is not None:
            self.take(Command("cancel"))
        before, prompt = self.talk.dossier, self.talk.prompt()
        self.take(Command("change", key))
        self.take(Command("cancel"))
        assert self.unchanged(before)
        assert self.talk.prompt() == prompt

    @rule()
    def goes_back(self) -> None:
        self.take(Command("back"))
        if self.talk.memory.mode is not None and self.talk.prompt().key not in ANSWERS:
            self.take(Command("cancel"))

    @rule(
        question=st.sampled_from(
            [
                "学历信息保存后可以删除吗？",
                "what happens if I make a false promise?",
                "天气怎么样？",
                "谁需要人工核查？",
            ]
        ),
        typed=st.booleans(),
    )
    def asks_a_question(self, question: str, typed: bool) -> None:
        before, prompt = self.talk.dossier, self.talk.prompt()
        drafts, mode = dict(self.talk.memory.drafts), self.talk.memory.mode
        if typed and (prompt.private or prompt.kind in {"secret", "file"}):
            typed = False
        turn = self.take(Text(question) if typed else Command("ask", question))

        assert self.talk.dossier == before
        assert (turn.prompt.key, turn.prompt.kind, turn.prompt.options, turn.prompt.preset) == (
            prompt.key,
            prompt.kind,
            prompt.options,
            prompt.preset,
        )
        assert turn.prompt.args == prompt.args
        assert self.talk.memory.drafts == drafts
        assert self.talk.memory.mode == mode
        # What stands above the question may be said again; nothing is taken and nothing is refused.
        assert isinstance(turn.messages[0], Answered)
        assert not any(isinstance(each, Objected | Echoed) for each in turn.messages)

    @rule()
    def switches_the_language(self) -> None:
        before, prompt, language = self.talk.dossier, self.talk.prompt(), self.talk.language
        turn = self.take(Command("language"))
        assert self.talk.language != language
        assert (self.talk.dossier, turn.prompt) == (before, prompt)

    @precondition(lambda self: self.pin and self.talk.memory.mode is None)
    @rule()
    def leaves_and_comes_back(self) -> None:
        left = self.talk
        stood = left.prompt()
        self.talk = self.sit_down(mode="resume")
        self.talk.open()
        self.take(Text(left.code or ""))
        turn = self.take(Text(self.pin))

        assert self.talk.registration == left.registration
        assert self.talk.dossier == left.dossier
        assert self.talk.place() == left.place()
        drafted = stood.key in left.memory.drafts
        assert (turn.prompt.key, turn.prompt.kind, turn.prompt.options) == (
            stood.key,
            stood.kind,
            stood.options,
        )
        assert drafted or turn.prompt.preset == stood.preset

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))
        self.take(Command("status"))

    @rule()
    def withdraws(self) -> None:
        signed = "signature" in self.talk.dossier and "withdrawn" not in self.talk.dossier
        turn = self.take(Command("withdraw"))
        if turn.prompt.key != "withdraw":
            return
        assert self.edition == "current"
        assert signed
        assert "payment.receipt" not in self.talk.dossier
        self.take(Choice(("yes",)))
        self.take(Choice(("yes",)))
        assert self.standing_letters() == 0

    # What the offices do -------------------------------------------------------------------------------

    @precondition(lambda self: self.talk.registration)
    @rule(decision=st.sampled_from(["pass", "pass", "fail"]))
    def the_office_decides(self, decision: str) -> None:
        try:
            self.decide(decision)
        except RecordsError:
            return

    @precondition(lambda self: self.talk.dossier.text("payment.slip"))
    @rule()
    def the_cashier_takes_the_fee(self) -> None:
        unsettled = self.talk.place().step.id
        try:
            self.pay()
        except RecordsError:
            return
        assert unsettled == "application-pay"
        assert self.talk.place().step.id == "consequences"

    @precondition(lambda self: self.pin and self.talk.memory.mode is None)
    @rule(role=st.sampled_from(sorted(STAFF)))
    def staff_try_to_act_for_the_candidate(self, role: Role) -> None:
        """Somebody of the staff sits down with the candidate's code and answers all that is asked."""
        before = self.talk.dossier
        mine, self.talk = self.talk, self.sit_down(mode="resume", role=role)
        self.talk.open()
        self.talk.take(Text(mine.code or ""))
        self.talk.take(Text(self.pin))
        prompt = self.talk.prompt()
        if prompt.key in {"signature", "application.confirm"}:
            given = self.answer(prompt)
            assert given is not None
            self.last = self.talk.take(given)
            assert self.objections() == ["not-for-staff"]
        self.talk = mine
        assert self.stored() == values(before)

    # What always holds ---------------------------------------------------------------------------------

    @invariant()
    def nobody_has_paid_unsigned_where_a_commitment_is_due(self) -> None:
        known = self.talk.dossier
        if "payment.receipt" in known and self.commitment_is_due():
            assert "signature" in known
            assert self.standing_letters() == 1

    @invariant()
    def nobody_signed_or_confirmed_but_the_candidate(self) -> None:
        for key in ("signature", "signature.name", "application.confirm", "withdrawn"):
            fact = self.talk.dossier.earlier(key)
            assert fact is None or fact.role is Role.CANDIDATE

    @invariant()
    def what_was_confirmed_stays(self) -> None:
        known = self.talk.dossier
        if "application.confirm" not in known:
            assert self.confirmed is None
            return
        kept = {key: fact for key, fact in values(known).items() if not key.startswith(ARRIVES_LATER)}
        if self.confirmed is None:
            self.confirmed, self.confirmed_on = kept, self.clock.now().date()
        assert kept == self.confirmed

    @invariant()
    def a_running_record_never_meets_the_signature(self) -> None:
        if self.record is None or not self.record_runs():
            return
        place = self.talk.place()
        assert "signature" not in place.visited
        assert self.standing_letters() == 0

    @invariant()
    def what_is_kept_is_what_was_said(self) -> None:
        if self.talk.registration is not None:
            assert self.stored() == values(self.talk.dossier)

    @invariant()
    def a_letter_stands_exactly_while_the_signature_holds(self) -> None:
        known = self.talk.dossier
        assert self.standing_letters() == (1 if "signature" in known and "withdrawn" not in known else 0)

    # How it is seen ------------------------------------------------------------------------------------

    def unchanged(self, before: Dossier) -> bool:
        """Whether nothing but what arrives from outside is different."""
        return values(self.talk.dossier) == values(before)

    def record_runs(self) -> bool:
        assert self.record is not None
        return (self.confirmed_on or self.clock.now().date()) <= self.record[2]

    def commitment_is_due(self) -> bool:
        """Say so from what the notice and L.1 and L.2 say, not from what the flows make of it."""
        known = self.talk.dossier
        in_scope = known.text("exam") != "class-2-constructor" or known.text("province") == "jiangsu"
        if not in_scope or (self.record is not None and self.record_runs()):
            return False
        chosen = self.edition == "pilot" or known.text("adopt_commitment") == "yes"
        return chosen and "withdrawn" not in known


Registering.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    # A failure stands as it was found: shrinking a journey takes minutes and seldom makes it plainer.
    phases=[Phase.explicit, Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.req("5.2", "6.1", "8.1", "13.4", "13.5", "13.7", "L.2", "P.7")
class TestRegistering(Registering.TestCase):  # type: ignore[misc,valid-type]
    """Run the machine."""
