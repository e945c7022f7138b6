"""Staff accounts, and what staff can never do: by guard, by the store, and by the database."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.conversation.looking_up import seen
from assistant.conversation.messages import Card
from assistant.records import Records, RecordsError
from assistant.records.auditing import AuditFilter
from assistant.records.errors import RoleRefused
from assistant.records.finding import BY
from assistant.records.staff import OPERATOR
from flows import journey
from flows.dossier import Fact
from flows.permissions import DESK_ROLES, MAY, Deed, Staff
from flows.roles import Role
from flows.verdict import Named
from tests.factories import NOW, NUMBER, content

from .stores import MOBILE, NAME, confirmed, database, raw, registered, trail

PASSWORD = "Kaoshi2020x"
EACH_ROLE = sorted(DESK_ROLES)


def staffed(records: Records, *roles: Role, login: str = "boss") -> Staff:
    with records.turn() as turn:
        return turn.add_staff(login, display="", password=PASSWORD, roles=roles, by=OPERATOR, now=NOW).staff


def refusal(records: Records, act: object) -> str:
    with pytest.raises(RecordsError) as refused, records.turn() as turn:
        act(turn)  # type: ignore[operator]
    return refused.value.code


# Accounts ----------------------------------------------------------------------------------------------


def test_the_first_account_is_an_administrators_and_made_by_the_operator(records: Records) -> None:
    values = {"display": "", "password": PASSWORD, "now": NOW}
    boss = Staff("boss", frozenset({Role.ADMINISTRATOR}))
    assert refusal(
        records, lambda turn: turn.add_staff("a1", roles=[Role.AUDITOR], by=OPERATOR, **values)
    ) == ("staff-first-administrator")
    assert refusal(
        records, lambda turn: turn.add_staff("a1", roles=[Role.ADMINISTRATOR], by=boss, **values)
    ) == ("staff-first-by-operator")


@pytest.mark.parametrize(
    ("login", "roles", "password", "code"),
    [
        ("boss", [Role.AUDITOR], PASSWORD, "staff-login-taken"),
        ("system", [Role.AUDITOR], PASSWORD, "staff-login"),
        ("1a", [Role.AUDITOR], PASSWORD, "staff-login"),
        ("王明", [Role.AUDITOR], PASSWORD, "staff-login"),
        ("chen", [], PASSWORD, "staff-roles"),
        ("chen", [Role.CANDIDATE], PASSWORD, "staff-roles"),
        ("chen", [Role.SYSTEM, Role.AUDITOR], PASSWORD, "staff-roles"),
        ("chen", [Role.AUDITOR], "kaoshi2020x", "password-no-upper"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    records: Records, login: str, roles: list[Role], password: str, code: str
) -> None:
    staffed(records, Role.ADMINISTRATOR)
    found = refusal(
        records,
        lambda turn: turn.add_staff(login, display="", password=password, roles=roles, by=OPERATOR, now=NOW),
    )
    assert found == code


def test_a_login_is_throttled_and_a_disabled_account_says_nothing_of_itself(records: Records) -> None:
    staffed(records, Role.ADMINISTRATOR)
    staffed(records, Role.AUDITOR, login="chen")
    with records.turn() as turn:
        assert turn.staff_log_in(" Chen ", PASSWORD, now=NOW).member is not None
        turn.set_staff_active("chen", False, by=OPERATOR, now=NOW)
        outcomes = [turn.staff_log_in("chen", PASSWORD, now=NOW) for _ in range(5)]
        assert [each.member for each in outcomes] == [None] * 5
        assert outcomes[-1].wait_until == NOW + timedelta(minutes=15)
        assert turn.staff_log_in("chen", PASSWORD, now=NOW).wait_until is not None


def test_the_last_active_administrator_stays_one(records: Records, tmp_path: Path) -> None:
    staffed(records, Role.ADMINISTRATOR)
    staffed(records, Role.AUDITOR, login="chen")
    for act in (
        lambda turn: turn.set_staff_active("boss", False, by=OPERATOR, now=NOW),
        lambda turn: turn.set_staff_roles("boss", [Role.AUDITOR], by=OPERATOR, now=NOW),
    ):
        assert refusal(records, act) == "staff-last-administrator"
    with records.turn() as turn:
        turn.set_staff_roles("chen", [Role.ADMINISTRATOR], by=OPERATOR, now=NOW)
        assert not turn.set_staff_active("boss", False, by=OPERATOR, now=NOW).active
    with pytest.raises(sqlite3.IntegrityError):
        raw(database(tmp_path), "UPDATE staff SET active = 0 WHERE id = 'chen'")


@pytest.mark.parametrize("role", [each for each in EACH_ROLE if each is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_accounts(records: Records, tmp_path: Path, role: Role) -> None:
    staffed(records, Role.ADMINISTRATOR)
    other = staffed(records, role, login="chen")
    for act in (
        lambda turn: turn.add_staff(
            "li", display="", password=PASSWORD, roles=[Role.ADMINISTRATOR], by=other, now=NOW
        ),
        lambda turn: turn.set_staff_roles("chen", [Role.ADMINISTRATOR], by=other, now=NOW),
        lambda turn: turn.set_staff_active("boss", False, by=other, now=NOW),
        lambda turn: turn.set_staff_password("boss", PASSWORD, by=other, now=NOW),
    ):
        with pytest.raises(RoleRefused), records.turn() as turn:
            act(turn)
    noted = [each for each in trail(tmp_path, "action", "actor") if str(each[0]).startswith("refused:")]
    assert len(noted) == 4
    assert {each[1] for each in noted} == {"chen"}


# What staff can never do -------------------------------------------------------------------------------


@pytest.mark.req("5.2")
@pytest.mark.parametrize("role", EACH_ROLE)
def test_no_role_of_the_desk_signs_confirms_or_starts_a_payment_for_a_candidate(
    records: Records, tmp_path: Path, role: Role
) -> None:
    for trigger in ("sign", "confirm"):
        assert journey.may(trigger, role) is not None
    for deed in (Deed.SIGN, Deed.CONFIRM, Deed.START_PAYMENT, Deed.SEE_PASSWORD, Deed.SEE_ID_NUMBER):
        assert MAY[deed] == frozenset()
        assert Staff("x", frozenset({role})).acts_as(deed) is None
    with records.turn() as turn:
        begun, _ = registered(turn)
    with pytest.raises(RoleRefused), records.turn() as turn:
        turn.confirm(begun.registration, now=NOW, role=role)
    assert ("refused:confirm", role.value) in trail(tmp_path, "action", "role")


@pytest.mark.parametrize("role", ["candidate", "system", "trainer"])
def test_the_database_gives_nobody_at_the_desk_the_role_of_a_candidate(
    records: Records, tmp_path: Path, role: str
) -> None:
    staffed(records, Role.ADMINISTRATOR)
    for statement, *values in (
        ("INSERT INTO staff_role (staff_id, role) VALUES ('boss', ?)", role),
        ("UPDATE staff_role SET role = ? WHERE staff_id = 'boss'", role),
        ("DELETE FROM staff WHERE id = 'boss'",),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw(database(tmp_path), statement, *values)


# Finding a candidate -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", EACH_ROLE)
@pytest.mark.parametrize("by", BY)
def test_who_may_look_finds_by_the_whole_number_alone_and_sees_it_masked(
    records: Records, tmp_path: Path, role: Role, by: str
) -> None:
    with records.turn() as turn:
        begun, _ = confirmed(turn)
    typed = {"code": begun.code.lower().replace("-", " "), "mobile": MOBILE, "id_number": NUMBER.lower()}[by]
    staff = Staff("helper", frozenset({role}))
    values = {"reason": "call", "note": f"{NAME} asks", "staff": staff, "now": NOW}
    if role not in MAY[Deed.LOOK_UP_CANDIDATE]:
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.find_candidate(by, typed, **values)  # type: ignore[arg-type]
        return
    with records.turn() as turn:
        (found,) = turn.find_candidate(by, typed, **values)  # type: ignore[arg-type]
        assert turn.find_candidate(by, typed[:-1], **values) == ()  # type: ignore[arg-type]
    assert found.code == begun.code
    assert (found.name, found.mobile) == ("王*明", "138****1001")
    held = repr(found) + repr(trail(tmp_path, "subject", "details"))
    assert [each for each in (NAME, MOBILE, NUMBER) if each in held] == []


def test_staff_see_the_same_place_as_the_candidate_and_change_nothing(records: Records) -> None:
    with records.turn() as turn:
        begun, _ = confirmed(turn)
        before = turn.load(begun.registration)
        sight = seen(turn, begun.registration, content(), NOW)
        assert turn.load(begun.registration) == before
    assert sight.place == journey.locate(sight.situation)
    assert sight.letters[0].sealed_at == NOW


@pytest.mark.req("14.1", "15.2")
def test_staff_see_where_the_manual_verification_stands_what_is_asked_for_and_the_slip(
    records: Records,
) -> None:
    verifier = Staff("chen", frozenset({Role.VERIFIER}))
    until = NOW + timedelta(days=7)
    with records.turn() as turn:
        begun, _ = confirmed(turn)
        slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
        fact = Fact("payment.slip", slip, NOW)
        turn.save(begun.registration, put=[fact], removed=(), now=NOW)
        turn.open_review(begun.registration, [("14.2", "education.0")], now=NOW)
        turn.claim_review(begun.code, by=verifier, now=NOW)
        turn.ask_evidence(begun.code, what="毕业证书", where="南京", until=until, by=verifier, now=NOW)
        (card, *_) = seen(turn, begun.registration, content(), NOW).messages()
    assert isinstance(card, Card)
    rows = {row.label: row.value for row in card.rows}
    assert rows["seen.review"] == Named("word", "case.review.state.evidence-asked")
    assert (rows["evidence.what"], rows["evidence.where"], rows["evidence.by"]) == ("毕业证书", "南京", until)
    assert rows["seen.slip"] == slip


def test_colleagues_are_called_by_their_own_names_and_by_the_login_name_without_one(records: Records) -> None:
    with records.turn() as turn:
        for login, display in (("boss", ""), ("chen", "陈静")):
            roles = (Role.ADMINISTRATOR,)
            turn.add_staff(login, display=display, password=PASSWORD, roles=roles, by=OPERATOR, now=NOW)
        assert turn.staff_names(["chen", "boss", "gone", ""]) == {
            "chen": "陈静",
            "boss": "boss",
            "gone": "gone",
        }


# The audit trail ---------------------------------------------------------------------------------------


def test_the_trail_comes_in_pages_and_to_auditors_alone(records: Records) -> None:
    staffed(records, Role.ADMINISTRATOR)
    reader, other = Staff("reader", frozenset({Role.AUDITOR})), Staff("boss", frozenset({Role.ADMINISTRATOR}))
    with records.turn() as turn:
        for n in range(60):
            turn.note("view:test", f"S{n}", now=NOW + timedelta(days=n), role=Role.SYSTEM)
        first = turn.audit_entries(AuditFilter(action="view:"), by=reader, now=NOW)
        rest = turn.audit_entries(AuditFilter(action="view:"), before=first[-1].seq, by=reader, now=NOW)
        day = turn.audit_entries(AuditFilter(day=NOW.date(), subject="S0"), by=reader, now=NOW)
        assert turn.verify_audit(by=reader, now=NOW).ok
    assert [each.subject for each in (*first, *rest)] == [f"S{n}" for n in reversed(range(60))]
    assert len(first) == 50
    assert [each.subject for each in day] == ["S0"]
    with pytest.raises(RoleRefused), records.turn() as turn:
        turn.audit_entries(AuditFilter(), by=other, now=NOW)
