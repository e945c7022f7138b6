"""One user for an ID number and for a mobile number, and no lost update: between processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import IdentityTaken, MobileTaken
from tests.factories import NOW, NUMBER

from .stores import account, begin, store, together

REGISTER = """
import sys
from pathlib import Path
from assistant.records import RecordsError
from tests.assistant.records.stores import account, begin, store
folder, index = Path(sys.argv[1]), int(sys.argv[4])
numbers, mobiles = sys.argv[2].split(), sys.argv[3].split()
with store(folder) as records:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        with records.turn() as turn:
            account(turn, begin(turn).registration, number=numbers[index], mobile=mobiles[index])
        print("registered")
    except RecordsError as error:
        print(error.code)
"""

COUNT = """
import sys
from pathlib import Path
from flows.dossier import Fact
from tests.assistant.records.stores import store
from tests.factories import NOW
folder, registration, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with store(folder) as records:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        with records.turn() as turn:
            count = turn.load(registration).dossier.value("count")
            turn.save(registration, put=[Fact("count", count + 1, NOW)], removed=(), now=NOW)
    print("done")
"""

OTHER = "320102199003074514"


@pytest.mark.req("8.1", "11.1")
def test_of_two_terminals_with_one_id_number_exactly_one_registers(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    said = together(REGISTER, 2, tmp_path, f"{NUMBER} {NUMBER}", "13800001001 13800001002")
    assert sorted(said) == ["identity-taken", "registered"]


@pytest.mark.req("11.2")
def test_of_two_terminals_with_one_mobile_number_exactly_one_registers(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    said = together(REGISTER, 2, tmp_path, f"{NUMBER} {OTHER}", "13800001001 13800001001")
    assert sorted(said) == ["mobile-taken", "registered"]


def test_four_terminals_that_change_one_registration_lose_no_change(tmp_path: Path) -> None:
    from flows.dossier import Fact

    with store(tmp_path) as records:
        with records.turn() as turn:
            registration = begin(turn).registration
            turn.save(registration, put=[Fact("count", 0, NOW)], removed=(), now=NOW)
        assert together(COUNT, 4, tmp_path, registration, 25) == ["done"] * 4
        with records.turn() as turn:
            assert turn.load(registration).dossier.value("count") == 100
        assert records.verify_chain().ok


@pytest.mark.req("8.1", "11.1")
def test_an_id_number_is_one_whatever_its_case_and_its_name(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        account(turn, begin(turn).registration, number="11010519491231002X")
        with pytest.raises(IdentityTaken):
            account(
                turn, begin(turn).registration, number="11010519491231002x", name="李雷", mobile="13800001002"
            )


@pytest.mark.req("11.2")
def test_a_refused_registration_leaves_the_turn_usable_and_no_second_account(tmp_path: Path) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            first = account(turn, begin(turn).registration)
            second = begin(turn)
            with pytest.raises(MobileTaken):
                account(turn, second.registration, number=OTHER)
            account(turn, second.registration, number=OTHER, mobile="13800001002")
        with records.turn() as turn:
            assert turn.load(second.registration).account not in {None, first}


@pytest.mark.req("11.2")
def test_another_users_mobile_number_cannot_be_taken_by_a_change(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        account(turn, begin(turn).registration)
        second = account(turn, begin(turn).registration, number=OTHER, mobile="13800001002")
        with pytest.raises(MobileTaken):
            turn.change_mobile(second, "13800001001", now=NOW)
        assert turn.account(second).mobile == "13800001002"
