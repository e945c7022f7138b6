"""A commitment is withdrawn while unpaid and before the closing, in two steps, and for good (L.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.conversation.inputs import Choice, Command
from tests.journeys.seated import Seated, seated

YES = Choice(("yes",))


def withdraw(here: Seated) -> None:
    for given in (Command("withdraw"), YES, YES):
        here.take(given)


@pytest.mark.req("L.2", "P.3")
def test_withdrawing_takes_two_steps_and_names_the_closing() -> None:
    with seated(edition="current") as here:
        here.answer_until("wait.application-pay")
        closes = here.talk.situation.window
        assert closes is not None

        for key in ("withdraw", "withdraw.again"):
            turn = here.take(Command("withdraw") if key == "withdraw" else YES)
            assert turn.prompt.key == key
            assert turn.prompt.irreversible
            assert turn.prompt.args["closes"] == closes.closes
        here.take(YES)

        assert here.talk.dossier.true("withdrawn")
        assert here.standing_letters() == 0
        assert {reason.group for reason in here.talk.situation.reasons} == {"14.1"}


@pytest.mark.req("L.2")
@pytest.mark.parametrize("at", [1, 2])
def test_no_at_either_step_keeps_the_commitment(at: int) -> None:
    with seated(edition="current") as here:
        here.answer_until("wait.application-pay")
        before = here.talk.dossier
        here.take(Command("withdraw"))
        for _ in range(at - 1):
            here.take(YES)
        here.take(Choice(("no",)))

        assert here.talk.dossier == before
        assert here.standing_letters() == 1


@pytest.mark.req("L.2")
@pytest.mark.parametrize(("left", "code"), [(timedelta(minutes=1), None), (timedelta(), "withdraw-closed")])
def test_the_closing_is_the_end_of_withdrawing(left: timedelta, code: str | None) -> None:
    with seated(edition="current") as here:
        here.answer_until("wait.application-pay")
        window = here.talk.situation.window
        assert window is not None
        here.clock.set(window.closes - left)
        withdraw(here)

        assert here.talk.dossier.true("withdrawn") is (code is None)
        assert code is None or here.standing_letters() == 1


@pytest.mark.req("L.2")
def test_what_closes_between_the_two_steps_is_closed() -> None:
    with seated(edition="current") as here:
        here.answer_until("wait.application-pay")
        window = here.talk.situation.window
        assert window is not None
        here.take(Command("withdraw"))
        here.take(YES)
        here.clock.set(window.closes)
        here.take(YES)

        assert here.objections() == ["withdraw-closed"]
        assert "withdrawn" not in here.talk.dossier


@pytest.mark.req("L.2")
def test_nothing_is_withdrawn_in_the_pilot_unsigned_or_paid() -> None:
    with seated() as here:
        here.answer_until("wait.application-pay")
        here.take(Command("withdraw"))
        assert here.objections() == ["withdraw-not-in-edition"]
    with seated(edition="current") as here:
        here.answer_until("signature")
        here.take(Command("withdraw"))
        assert here.objections() == ["withdraw-nothing-signed"]
    with seated(edition="current") as here:
        here.answer_until("wait.application-pay")
        here.pay()
        here.take(Command("withdraw"))
        assert here.objections() == ["withdraw-paid"]


@pytest.mark.req("13.7", "L.2", "L.3")
def test_who_withdraws_is_looked_at_again_before_paying() -> None:
    """The office passed a failed diploma; nobody has looked at what the commitment stood for."""
    with seated(edition="current", diploma="failed") as here:
        here.answer_until("wait.manual-review")
        here.decide("pass")
        assert here.talk.place().step.id == "application-pay"

        withdraw(here)

        assert here.talk.place().step.id == "manual-review"
        assert {reason.group for reason in here.talk.situation.reasons} == {"14.1", "14.3"}
        here.decide("pass")
        assert here.talk.place().step.id == "application-pay"


@pytest.mark.req("13.6", "L.2")
def test_withdrawing_is_no_way_around_a_refusal() -> None:
    with seated(edition="current", diploma="failed") as here:
        here.answer_until("wait.manual-review")
        here.decide("fail")
        withdraw(here)

        ending = here.talk.place().ending
        assert ending is not None
        assert ending.outcome == "refused"
        assert "withdrawn" not in here.talk.dossier
