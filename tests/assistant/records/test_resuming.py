"""Coming back: by PIN or by password, throttled, and the same answer for whatever is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOW, NUMBER, PASSWORD

from .stores import account, begin, store


@pytest.mark.req("P.7")
def test_a_registration_is_taken_up_by_its_pin_and_by_the_accounts_password(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begun = begin(turn)
        account(turn, begun.registration)
    with store(tmp_path) as records, records.turn() as turn:
        for typed in (begun.code, begun.code.lower(), begun.code.replace("-", ""), f" {begun.code} "):
            for secret in (begun.pin, PASSWORD):
                assert turn.resume(typed, secret, now=NOW).registration == begun.registration


def test_another_accounts_password_opens_nothing(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        first, second = begin(turn), begin(turn)
        account(turn, second.registration)
        assert turn.resume(first.code, PASSWORD, now=NOW).registration is None
        assert turn.resume(first.code, second.pin, now=NOW).registration is None


@pytest.mark.parametrize("known", [True, False])
def test_an_unknown_code_and_a_wrong_secret_say_the_same_and_lock_alike_also_after_a_restart(
    tmp_path: Path, known: bool
) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begun = begin(turn)
    code = begun.code if known else "2222-2222"
    said = []
    for attempt in range(7):
        with store(tmp_path) as records, records.turn() as turn:
            said.append(turn.resume(code, "000000x", now=NOW + timedelta(seconds=attempt)))
    locked = NOW + timedelta(minutes=15, seconds=4)
    assert [each.registration for each in said] == [None] * 7
    assert [each.wait_until for each in said] == [None] * 4 + [locked] * 3


def test_the_right_secret_waits_too_while_locked_and_counts_again_afterwards(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begun = begin(turn)
        for _ in range(5):
            turn.resume(begun.code, "wrong", now=NOW)
        assert turn.resume(begun.code, begun.pin, now=NOW + timedelta(minutes=14)).registration is None
        freed = NOW + timedelta(minutes=15, seconds=1)
        assert turn.resume(begun.code, begun.pin, now=freed).registration == begun.registration
        assert turn.resume(begun.code, "wrong", now=freed).wait_until is None


@pytest.mark.req("8.1")
@pytest.mark.parametrize("number", [NUMBER, "320102199003074514"])
def test_a_login_says_the_same_of_an_unknown_number_and_a_wrong_password_and_locks_alike(
    tmp_path: Path, number: str
) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        account(turn, begin(turn).registration)
    said = []
    for _ in range(6):
        with store(tmp_path) as records, records.turn() as turn:
            said.append(turn.log_in(number, "Wrong2020", now=NOW))
    assert [each.account for each in said] == [None] * 6
    assert [each.wait_until for each in said] == [None] * 4 + [NOW + timedelta(minutes=15)] * 2
    with store(tmp_path) as records, records.turn() as turn:
        assert turn.log_in(NUMBER, PASSWORD, now=NOW + timedelta(minutes=16)).account is not None


@pytest.mark.req("8.1")
def test_a_login_takes_the_number_in_either_case(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        made = account(turn, begin(turn).registration, number="11010519491231002X")
        assert turn.log_in(" 11010519491231002x ", PASSWORD, now=NOW).account == made


@pytest.mark.parametrize(
    "code", ["", "-", "'; DROP TABLE registration; --", "%", "\udcff", "中" * 10_000, "\x00"]
)
def test_a_hostile_code_finds_nothing_and_breaks_nothing(tmp_path: Path, code: str) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)
        assert turn.find(code) is None
        assert turn.resume(code, code, now=NOW).registration is None
        assert turn.log_in(code, code, now=NOW).account is None
