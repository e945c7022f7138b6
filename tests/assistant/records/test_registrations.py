"""Registrations: what is stored comes back, and a code with its secret finds it again."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.records import Records, RecordsError
from flows.dossier import Fact
from flows.roles import Role
from tests.factories import NOW

from .stores import begin, database, facts, raw, store, trail

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

VALUES = st.one_of(
    st.text(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
    st.booleans(),
    st.lists(st.text()).map(tuple),
)


@pytest.mark.req("P.7")
def test_what_is_saved_comes_back_after_a_restart(tmp_path: Path) -> None:
    later = facts(("subjects", ("law", "cost")), ("name", "王晓沛"))
    with store(tmp_path) as records:
        with records.turn() as turn:
            registration = begin(turn).registration
            turn.save(registration, put=facts(("name", "王小明"), ("work_years", 6)), removed=(), now=NOW)
        with records.turn() as turn:
            turn.save(registration, put=later, removed=(), now=NOW)
            turn.set_language(registration, "en")

    with store(tmp_path) as records, records.turn() as turn:
        loaded = turn.load(registration)

    assert [(fact.key, fact.value) for fact in loaded.dossier] == [
        ("name", "王晓沛"),
        ("work_years", 6),
        ("subjects", ("law", "cost")),
    ]
    assert (loaded.language, loaded.edition, loaded.content_version) == ("en", "pilot", "1")
    assert (loaded.created_at, loaded.confirmed_at, loaded.account) == (NOW, None, None)


@given(st.dictionaries(st.text(min_size=1, max_size=20), VALUES, max_size=4), st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_fact_comes_back_as_it_was(records: Records, known: dict[str, object], stale: bool) -> None:
    put = [
        Fact(name, value, NOW, Role.SYSTEM, "archive", stale)  # type: ignore[arg-type]
        for name, value in known.items()
        if not any("\ud800" <= letter <= "\udfff" for letter in name)
    ]
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.save(registration, put=put, removed=(), now=NOW)
        assert list(turn.load(registration).dossier) == put


@pytest.mark.req("P.7")
def test_a_turn_that_fails_changes_nothing(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.save(registration, put=facts(("name", "王小明")), removed=(), now=NOW)
    before = trail(tmp_path, "action")

    with pytest.raises(ZeroDivisionError), records.turn() as turn:  # noqa: PT012 - the turn is what is tested
        turn.save(registration, put=facts(("mobile", "13800138000")), removed=["name"], now=NOW)
        begin(turn)
        raise ZeroDivisionError

    with records.turn() as turn:
        assert list(turn.load(registration).dossier.facts) == ["name"]
    assert trail(tmp_path, "action") == before


def test_a_removed_fact_is_unknown(records: Records) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.save(registration, put=facts(("name", "王小明"), ("city", "nanjing")), removed=(), now=NOW)
        turn.save(registration, put=(), removed=["name", "never-known"], now=NOW)
        assert list(turn.load(registration).dossier.facts) == ["city"]


def test_what_is_not_there_is_said_so(records: Records) -> None:
    with records.turn() as turn:
        for act in (
            lambda: turn.load("none"),
            lambda: turn.save("none", put=facts(("name", "王")), removed=(), now=NOW),
            lambda: turn.save("none", put=(), removed=(), now=NOW),
            lambda: turn.attach("none", "nobody"),
            lambda: turn.confirm("none", now=NOW, role=Role.CANDIDATE),
        ):
            with pytest.raises(RecordsError) as refused:
                act()
            assert refused.value.code == "records-no-registration"


# Code and secret -------------------------------------------------------------------------------------


def test_a_code_is_easy_to_write_down_and_found_however_it_is_typed(records: Records) -> None:
    with records.turn() as turn:
        made = [begin(turn) for _ in range(5)]
        for each in made:
            assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", each.code)
            assert re.fullmatch(r"[0-9]{6}", each.pin)
            for typed in (each.code, each.code.lower(), each.code.replace("-", ""), f" {each.code} "):
                assert turn.find(typed) == each.registration
        assert len({each.code for each in made}) == 5
        assert turn.find("2222-2222") is None
        assert turn.find("x" * 10_000) is None


def test_five_wrong_secrets_lock_a_code_for_fifteen_minutes_from_the_last(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        other, registration = begin(turn), begin(turn)
        waits = [
            turn.resume(registration.code, "wrong", now=NOW + attempt * 3 * MINUTE).wait_until
            for attempt in range(5)
        ]
    last = NOW + 12 * MINUTE
    assert waits == [None, None, None, None, last + 15 * MINUTE]
    # 15 minutes after the first wrong one there are only four in a window that ends now: still locked.
    for at in (NOW + 16 * MINUTE, last + 15 * MINUTE - timedelta(seconds=1)):
        with records.turn() as turn:
            locked = turn.resume(registration.code, registration.pin, now=at)
            assert (locked.registration, locked.wait_until) == (None, last + 15 * MINUTE)
            assert turn.resume(other.code, other.pin, now=at).registration == other.registration
    with records.turn() as turn:
        free = turn.resume(registration.code, registration.pin, now=last + 15 * MINUTE)
        assert free.registration == registration.registration
    assert ("lock", registration.code) in trail(tmp_path, "action", "subject")


def test_a_right_secret_forgets_the_wrong_ones_before_it(records: Records) -> None:
    with records.turn() as turn:
        registration = begin(turn)
        for _ in range(3):
            for _ in range(4):
                assert turn.resume(registration.code, "wrong", now=NOW).wait_until is None
            assert turn.resume(registration.code, registration.pin, now=NOW).registration


def test_a_clock_that_is_set_back_locks_nobody_for_longer(records: Records) -> None:
    with records.turn() as turn:
        registration = begin(turn)
        for _ in range(5):
            turn.resume(registration.code, "wrong", now=NOW + DAY)
        assert turn.resume(registration.code, registration.pin, now=NOW).registration


STORED = "SELECT r.*, f.* FROM registration r LEFT JOIN fact f ON f.registration_id = r.id ORDER BY f.key"

# Confirmation ----------------------------------------------------------------------------------------


@pytest.mark.req("13.5")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET key = 'review.name' WHERE key = 'name'",
        "UPDATE fact SET key = 'name2' WHERE key = 'payment.slip'",
        "UPDATE fact SET registration_id = (SELECT id FROM registration WHERE confirmed_at IS NOT NULL)"
        " WHERE key = 'stray'",
        "UPDATE registration SET id = 'other' WHERE confirmed_at IS NOT NULL",
    ],
)
def test_a_fact_is_not_moved_into_a_confirmed_registration_nor_out_of_the_way(
    records: Records, tmp_path: Path, statement: str
) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.save(registration, put=facts(("name", "王小明"), ("payment.slip", "P1")), removed=(), now=NOW)
        other = begin(turn).registration
        turn.save(other, put=facts(("stray", "x")), removed=(), now=NOW)
        turn.confirm(registration, now=NOW, role=Role.CANDIDATE)
    before = raw(database(tmp_path), STORED)

    with pytest.raises(sqlite3.IntegrityError, match="registration is confirmed"):
        raw(database(tmp_path), statement)

    assert raw(database(tmp_path), STORED) == before


# Purge -----------------------------------------------------------------------------------------------
