"""What stands on the pages of payments, supervision and publicity while their pictures are taken."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.records import Turn
from assistant.records.registrations import Begun
from assistant.records.results import Result
from assistant.records.supervision import AS_PROMISED
from assistant.services.payment import Received
from content.loader import Content
from flows.dossier import Fact
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.records.stores import account, begin
from tests.factories import NOW

CASHIER = Staff("chen", frozenset({Role.CASHIER}))
SUPERVISOR = Staff("zhao", frozenset({Role.SUPERVISOR}))
PUBLISHER = Staff("qian", frozenset({Role.PUBLISHER}))
EXAM, LEVEL, YEAR = "economics", "intermediate", 2019
PASSERS = (
    ("陈志远", "anhui"),
    ("欧阳晓燕", "guangdong"),
    ("刘建国", "jiangsu"),
    ("吴敏", "jiangsu"),
    ("孙立新", "jiangsu"),
    ("周文静", "shaanxi"),
    ("古丽娜尔·买买提", "xinjiang"),
    ("郑海涛", "zhejiang"),
)
DUE = ("韩雪梅", "李国强")


def money(turn: Turn, content: Content) -> str:
    """Fill the pages; return a slip that is to be paid now."""
    passers = [_confirmed(turn, *who, index) for index, who in enumerate(PASSERS)]
    due = [_confirmed(turn, name, "jiangsu", 50 + index) for index, name in enumerate(DUE)]
    for index, (_, slip) in enumerate(passers):
        turn.take_payment(slip, receipt=f"2020-{index + 118:06}", fen=12200, by=CASHIER, now=NOW)
    _payments(turn, passers[0][1], due[1])
    _supervision(turn, [begun.code for begun, _ in passers], content)
    return due[0][1]


def _confirmed(turn: Turn, name: str, province: str, index: int) -> tuple[Begun, str]:
    begun = begin(turn)
    account(turn, begun.registration, name=name, number=f"passport-{index}", mobile=f"1370000{index:04}")
    known = (("exam", EXAM), ("province", province), ("level", LEVEL))
    turn.save(begun.registration, put=[Fact(*each, NOW) for each in known], removed=(), now=NOW)
    slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
    turn.confirm(begun.registration, now=NOW, role=Role.CANDIDATE)
    return begun, slip


def _payments(turn: Turn, paid: str, claims: tuple[Begun, str]) -> None:
    """Bring money that pays no slip, and the word of a candidate whose money is missing."""
    early = begin(turn)
    not_due = turn.payment_slip(early.registration, now=NOW, role=Role.CANDIDATE)
    lines = (
        Received("20200630004417", date(2020, 6, 30), 12200, "", "经济师考试费", "许*"),
        Received("20200630005120", date(2020, 6, 30), 12200, paid, f"报名费 {paid}", "陈*远"),
        Received("20200630007733", date(2020, 6, 30), 6100, not_due, not_due, "马*"),
    )
    turn.import_statement(lines, by=CASHIER, now=NOW)
    begun, _ = claims
    turn.claim_payment(begun.registration, day=date(2020, 6, 28), reference="20200628001906", now=NOW)


def _supervision(turn: Turn, codes: list[str], content: Content) -> None:
    """Bring in the results, draw a sample and close its first check, and make two lists public."""
    level = content.exams[EXAM].level(LEVEL)
    assert level is not None
    lines = [Result(code, EXAM, LEVEL, each, YEAR, True, "96") for code in codes for each in level.subjects]
    turn.import_results(lines, dict(content.exams), by=SUPERVISOR, now=NOW)
    for province, percent, seed in (("jiangsu", 100, "江苏 2019"), ("", 50, "2019-12")):
        drawn = turn.draw_sample(EXAM, YEAR, province, percent=percent, seed=seed, by=SUPERVISOR, now=NOW)
    first = turn.checks(drawn.id, by=SUPERVISOR, now=NOW)[0]
    seen = "毕业证书编号与学校档案一致"
    turn.close_check(drawn.id, first.code, AS_PROMISED, reason=seen, by=SUPERVISOR, now=NOW)
    for province, begins in (("jiangsu", date(2020, 6, 8)), ("", date(2020, 6, 24))):
        ends = begins + timedelta(days=13)
        turn.publish_list(
            EXAM, YEAR, province, begins=begins, ends=ends, by=PUBLISHER, now=NOW - timedelta(days=30)
        )
