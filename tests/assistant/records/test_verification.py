"""Verification by the local source: what it knows, and the 24 hours until it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.records import Records, Turn
from assistant.records.authority import Verification
from flows.dossier import AcademicRecord
from tests.factories import NOW, NUMBER

from .stores import EDUCATION, NAME, education, registered

DAY = timedelta(days=1)

CERTIFICATE = EDUCATION.fields["certificate"]
SHOWN = NOW + DAY


def statuses(turn: Turn, account: str) -> dict[str, str]:
    return {each.item: each.status for each in turn.verifications(account, SHOWN)}


@pytest.mark.req("7.2", "18.5")
def test_a_result_is_shown_24_hours_after_submitting_and_not_a_second_before(records: Records) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.know_person(NUMBER, NAME)
        assert turn.verifications(account, NOW) == ()
        turn.submit_verification(account, ["identity"], now=NOW)
        before, after = (
            turn.verifications(account, moment) for moment in (SHOWN - timedelta(seconds=1), SHOWN)
        )
    assert [each.status for each in before] == ["unverified"]
    assert after == (Verification("identity", NOW, SHOWN, "verified", "local-authority", SHOWN),)


@pytest.mark.req("8.2")
def test_what_is_handed_in_later_waits_for_itself_and_what_was_handed_in_keeps_its_time(
    records: Records,
) -> None:
    later = NOW + timedelta(hours=10)
    degree = AcademicRecord("degree", 0, {"level": "bachelor", "awarded": "2009-06"})
    with records.turn() as turn:
        _, account = registered(turn)
        turn.save_records(account, [education()], now=NOW)
        turn.submit_verification(account, ["identity", "education.0"], now=NOW)
        turn.save_records(account, [degree], now=later)
        turn.submit_verification(account, ["identity", "education.0", "degree.0"], now=later)
        submitted = {each.item: each.submitted for each in turn.verifications(account, later)}
    assert submitted == {"identity": NOW, "education.0": NOW, "degree.0": later}


@pytest.mark.req("9.1")
@pytest.mark.parametrize(
    ("known", "id_type", "expected"),
    [
        ((NUMBER, NAME), "resident-id", "verified"),
        ((NUMBER.lower(), NAME), "resident-id", "verified"),
        ((NUMBER, "王小朋"), "resident-id", "failed"),
        (("440524188001010014", NAME), "resident-id", "cannot-verify"),
        ((NUMBER, NAME), "passport", "cannot-verify"),
    ],
)
def test_identity_is_what_the_source_knows_of_number_and_name(
    records: Records, known: tuple[str, str], id_type: str, expected: str
) -> None:
    with records.turn() as turn:
        _, account = registered(turn, id_type=id_type)
        turn.know_person(*known)
        turn.submit_verification(account, ["identity"], now=NOW)
        assert statuses(turn, account) == {"identity": expected}


@pytest.mark.req("18.1")
@pytest.mark.parametrize(
    ("known", "graduated", "expected"),
    [
        ({"name": NAME, "level": "bachelor", "year": "2005"}, "2005-07", "verified"),
        ({"name": "王小朋", "level": "bachelor", "year": "2005"}, "2005-07", "failed"),
        ({"name": NAME, "level": "master", "year": "2005"}, "2005-07", "failed"),
        ({"name": NAME, "level": "bachelor", "year": "2004"}, "2005-07", "failed"),
        (None, "2005-07", "cannot-verify"),
        # Before 2002 there is no register, whatever a table says.
        ({"name": NAME, "level": "bachelor", "year": "2001"}, "2001-07", "cannot-verify"),
        ({"name": "王小朋", "level": "bachelor", "year": "2001"}, "2001-07", "cannot-verify"),
    ],
)
def test_a_certificate_is_what_the_source_knows_of_its_number_name_level_and_year(
    records: Records, known: dict[str, str] | None, graduated: str, expected: str
) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        if known is not None:
            turn.know_certificate("education", CERTIFICATE, **known)
        turn.save_records(account, [education(graduated=graduated)], now=NOW)
        turn.submit_verification(account, ["education.0"], now=NOW)
        assert statuses(turn, account) == {"education.0": expected}


def test_a_degree_certificate_does_not_vouch_for_an_education_of_the_same_number(records: Records) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.know_certificate("degree", CERTIFICATE, name=NAME, level="bachelor", year="2005")
        turn.save_records(account, [education()], now=NOW)
        turn.submit_verification(account, ["education.0"], now=NOW)
        assert statuses(turn, account) == {"education.0": "cannot-verify"}


def test_a_later_word_of_the_source_replaces_an_earlier_one(records: Records) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.submit_verification(account, ["identity", "education.3"], now=NOW)
        turn.know_person(NUMBER, "王小朋")
        turn.know_person(NUMBER, NAME)
        assert statuses(turn, account) == {"identity": "verified", "education.3": "cannot-verify"}


@pytest.mark.req("15.1")
def test_another_source_answers_under_its_own_name_and_time(records: Records) -> None:
    checked = NOW + timedelta(hours=3)
    with records.turn() as turn:
        _, account = registered(turn)
        turn.know_person(NUMBER, "somebody else")
        turn.submit_verification(account, ["identity"], now=NOW)
        turn.answer_for(NUMBER, "identity", "verified", source="chsi", checked_at=checked)
        [early] = turn.verifications(account, checked)
        [shown] = turn.verifications(account, SHOWN)
    assert (early.status, early.source) == ("unverified", "chsi")
    assert (shown.status, shown.source, shown.checked_at) == ("verified", "chsi", checked)


def test_an_answer_that_never_arrives_stays_unverified(records: Records) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.submit_verification(account, ["identity"], now=NOW)
        turn.answer_for(NUMBER, "identity", "unverified")
        [found] = turn.verifications(account, NOW + 30 * DAY)
    assert found.status == "unverified"
