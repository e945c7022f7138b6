"""Only the candidate signs and confirms; a correction voids what is signed, what is confirmed stays."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from assistant.conversation.inputs import Choice, Command, Text
from assistant.conversation.messages import Said
from flows.roles import STAFF, Role
from tests.factories import PASSWORD
from tests.journeys.seated import RUNS, Seated, seated, values


def refusals(here: Seated) -> list[tuple[str, str]]:
    """Read the refused tries off the audit trail, as an auditor with the file does."""
    with sqlite3.connect(here.folder / "chengnuo.db") as database:
        rows = database.execute("SELECT action, role FROM audit WHERE action LIKE 'refused%' ORDER BY seq")
        return [(str(action), str(role)) for action, role in rows]


@pytest.mark.req("5.2", "13.4")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_at_the_candidates_prompt_cannot_sign_and_the_try_is_on_the_trail(role: Role) -> None:
    with seated() as here:
        here.answer_until("signature")
        before = here.talk.dossier
        mine = here.talk
        here.talk = here.sit_down(mode="resume", role=role)
        here.talk.open()
        here.talk.take(Text(mine.code or ""))
        here.talk.take(Text(here.pin))

        here.take(Text(PASSWORD))

        assert here.objections() == ["not-for-staff"]
        assert here.stored() == values(before)
        assert here.standing_letters() == 0
        assert refusals(here) == [("refused:sign", role.value)]


@pytest.mark.req("5.2", "13.5")
def test_staff_cannot_confirm_and_the_try_is_on_the_trail() -> None:
    with seated() as here:
        here.answer_until("application.confirm")
        before = here.talk.dossier
        mine = here.talk
        here.talk = here.sit_down(mode="resume", role=Role.HELP_DESK)
        here.talk.open()
        here.talk.take(Text(mine.code or ""))
        here.talk.take(Text(here.pin))

        here.take(Choice(("yes",)))

        assert here.objections() == ["not-for-staff"]
        assert here.stored() == values(before)
        assert refusals(here) == [("refused:confirm", "help-desk")]


@pytest.mark.req("5.2")
def test_signing_asks_for_the_password_and_the_name_again() -> None:
    with seated() as here:
        here.answer_until("signature.name")
        here.take(Text("李四"))
        assert here.objections() == ["letter-name-differs"]
        here.answer_until("signature")
        here.take(Text("Wrong2020"))
        assert here.objections() == ["letter-not-authenticated"]
        assert here.standing_letters() == 0
        here.take(Text(PASSWORD))
        assert here.standing_letters() == 1


@pytest.mark.req("13.4", "13.5")
def test_a_correction_after_signing_voids_the_signature_and_says_so() -> None:
    with seated() as here:
        here.answer_until("application.confirm")
        here.take(Command("change", "work_years"))
        turn = here.take(Text("15"))

        assert "said.signature-void" in [each.text for each in turn.messages if isinstance(each, Said)]
        assert here.standing_letters() == 0
        assert "signature" not in here.talk.dossier
        here.answer_until("application.confirm")
        assert here.standing_letters() == 1


@pytest.mark.req("13.5")
@pytest.mark.parametrize("key", ["work_years", "mobile", "exam", "email", "city"])
def test_after_confirming_every_change_is_refused(key: str) -> None:
    with seated() as here:
        here.answer_until("wait.application-pay")
        before = here.stored()
        here.take(Command("change", key))

        assert here.objections() == ["confirmed-locked"]
        assert here.stored() == before


@pytest.mark.req("6.1", "14.1")
def test_who_is_on_record_is_told_and_goes_on_without_signing() -> None:
    with seated(record=RUNS) as here:
        here.answer_until("wait.manual-review")
        place = here.talk.place()

        assert "applicability" in place.visited
        assert "signature" not in place.visited
        assert place.passed["signature"].code == "passed-signature-not-applicable"
        assert here.standing_letters() == 0
        assert "14.1" in {reason.group for reason in here.talk.situation.reasons}


@pytest.mark.req("6.1", "13.5")
def test_a_record_that_ends_after_confirming_asks_for_no_signature() -> None:
    with seated(record=RUNS) as here:
        here.answer_until("wait.manual-review")
        here.clock.advance(timedelta(days=30))
        here.take(Choice(("look",)))
        assert here.talk.prompt().key == "wait.manual-review"

        here.decide("pass")
        here.pay()
        assert here.talk.place().step.id == "consequences"


@pytest.mark.req("8.1", "8.2")
def test_who_is_registered_is_asked_only_what_is_missing() -> None:
    with seated() as here:
        here.answer_until("wait.verification")
        asked = {fact.key for fact in here.talk.dossier if fact.origin == "stated"}
        held = {fact.key for fact in here.talk.dossier if fact.origin == "archive"}

        assert {"name", "id_number", "education.0.school", "academic.submit", "photo"} <= held
        assert not asked & {"name", "id_number", "mobile", "email", "password", "photo", "education.0.school"}


@pytest.mark.req("7.2", "7.3", "10.5")
def test_the_exam_is_chosen_only_once_the_result_is_there() -> None:
    with seated() as here:
        here.answer_until("wait.verification")
        wait = here.talk.place().wait
        assert wait is not None
        assert wait.until is not None
        here.clock.set(wait.until - timedelta(minutes=1))
        assert here.take(Choice(("look",))).prompt.key == "wait.verification"
        here.clock.set(wait.until)
        assert here.take(Choice(("look",))).prompt.key == "application.choose"


@pytest.mark.req("1.4", "15.1")
@pytest.mark.parametrize("diploma", ["verified", "failed", "cannot-verify"])
def test_every_paid_application_carries_what_was_verified_where_and_what_was_decided(diploma: str) -> None:
    with seated(diploma=diploma) as here:
        here.answer_until("wait.application-pay" if diploma == "verified" else "wait.manual-review")
        if diploma != "verified":
            here.decide("pass")
        here.pay()
        known = here.stored()

        assert here.talk.place().step.id == "consequences"
        for item, status in (("identity", "verified"), ("education.0", diploma)):
            assert known[f"verification.{item}.status"].value == status
            assert known[f"verification.{item}.source"].value
            assert known[f"verification.{item}.submitted"].value
        if diploma != "verified":
            decision = known["review.decision"]
            assert (decision.value, decision.role, decision.origin) == ("pass", Role.VERIFIER, "staff")
            assert known["review.reason"].value == "looked at"
