"""Takes the pictures of the desk for ``make screens``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

from assistant.calls.call import Call, Line
from assistant.desk.pages import allowed
from assistant.desk.screens.home import HomePage
from assistant.desk.screens.login import LoginPage
from assistant.records import Turn
from flows.dossier import Fact
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.desk.seat import DeskSeat, at_the_desk
from tests.assistant.records.stores import MOBILE, begin, confirmed, education, registered
from tests.desk_money import money
from tests.factories import NOW
from tests.picturing import pictured

DESK_SCREENS = {
    "desk-login": "The desk: who it is",
    "desk-home": "The desk: the pages that somebody's roles allow",
    "desk-candidate": "The desk: a candidate, found with a reason and masked",
    "desk-audit": "The desk: the audit trail",
    "desk-staff": "The desk: staff accounts",
    "desk-reviews": "The desk: the queue of manual verifications",
    "desk-review": "The desk: a manual verification and what can be done with it",
    "desk-review-fail": "The desk: proposing to fail, a reason for each condition",
    "desk-review-second": "The desk: a second person agrees or sends back",
    "desk-call-found": "The desk: a call, found as it is typed",
    "desk-call": "The desk: a call in three voices",
    "desk-call-place": "The desk: a call that starts in the middle",
    "desk-call-note": "The desk: the note of a call",
    "desk-report-take": "The desk: taking a report",
    "desk-reports": "The desk: reports from the public",
    "desk-false-promises": "The desk: cases on false promises",
    "desk-false-promise": "The desk: a case on a false promise and what comes next",
    "desk-blacklist": "The desk: the integrity file",
    "desk-payments": "The desk: payments and what did not add up",
    "desk-supervision": "The desk: samples of those who passed",
    "desk-publicity": "The desk: publicity lists",
    "desk-overview": "The desk: the figures of the house",
}
OTHER = "320102199003074514"
LATER = (
    *("report-take", "reports", "false-promises", "blacklist"),
    *("payments", "supervision", "publicity", "overview"),
)
"""Pages that are pictured as somebody sees them who has every role they need."""
STAFF = {
    "li.wei": (Role.ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR),
    "chen": (Role.VERIFIER, Role.CASHIER),
    "zhao": (Role.SUPERVISOR,),
    "qian": (Role.SUPERVISOR, Role.CASHIER, Role.PUBLISHER),
}


MIDDLE = {
    "zh": "二建 江苏 99年大专 已确认 未缴费",
    "en": "second-class constructor, Jiangsu, diploma 1999, confirmed, unpaid",
}


async def desk_tour(
    language: str,
    folder: Path,
    here: Path,
    *,
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
    slim: Callable[[str], str],
) -> None:
    """Take every picture of the desk at each size and in each look."""

    async def take(seat: DeskSeat, name: str) -> None:
        await pictured(seat, here, f"{name}-{language}", sizes=sizes, themes=themes, slim=slim)

    async with at_the_desk(folder, STAFF, size=sizes[0], language=language) as seat:
        with seat.records.turn() as turn:
            begun, _ = confirmed(turn)
        await take(seat, "desk-login")
        await seat.log_in("li.wei")
        await take(seat, "desk-home")
        await seat.press("1", "1", "enter", "2")
        await seat.type(MOBILE)
        await take(seat, "desk-candidate")
        await seat.press("escape", "escape", "2")
        await take(seat, "desk-audit")
        await seat.press("escape", "3")
        await take(seat, "desk-staff")
        # The reference of a call is drawn by lot: a picture has always the same.
        seat.app.line = Line((Call("C-7KQ2-M9XA"),))
        await seat.press("escape", "5", *"photo")
        await take(seat, "desk-call-found")
        await seat.press("enter")
        await take(seat, "desk-call")
        await seat.press("escape")
        await seat.type(MIDDLE[language])
        await take(seat, "desk-call-place")
        await seat.press("f5")
        await take(seat, "desk-call-note")
        with seat.records.turn() as turn:
            cases(turn)
        await seat.press("escape", "escape")
        await seat.press("escape", "escape")
        await seat.log_in("chen")
        await seat.press("2")
        await take(seat, "desk-reviews")
        await seat.press("end", "enter", "1")
        await take(seat, "desk-review")
        await seat.press("5")
        await seat.type("证书编号与原件不符" if language == "zh" else "The original shows another number")
        await take(seat, "desk-review-fail")
        await seat.press("enter", "enter", "enter", "right", "enter", "escape", "escape", "escape")
        await seat.log_in("zhao")
        await seat.press("2", "end", "enter")
        await take(seat, "desk-review-second")
        while not isinstance(seat.page, LoginPage):
            await seat.press("escape")
        with seat.records.turn() as turn:
            reported(turn, begun.code, language)
            money(turn, seat.app.content)
        await seat.log_in("qian")
        await later(seat, take)


async def later(
    seat: DeskSeat, take: Callable[[DeskSeat, str], Awaitable[None]], wanted: Sequence[str] = LATER
) -> None:
    """Picture pages of the home one after the other."""
    pages = [each.id for each in allowed(Staff("qian", frozenset(STAFF["qian"])))]
    at = 0
    for each in wanted:
        await seat.press(*["down"] * (pages.index(each) - at), "enter")
        at = pages.index(each)
        await take(seat, f"desk-{each}")
        if each == "false-promises":
            await seat.press("enter")
            await take(seat, "desk-false-promise")
        while not isinstance(seat.page, HomePage):
            await seat.press("escape")


def reported(turn: Turn, code: str, language: str) -> None:
    """Take a report, and open a case on a registration."""
    about = {
        "zh": "一名考生填报的本科学历与学校公布的毕业生名单不符。",
        "en": "A candidate's degree is not on the list that the university published.",
    }[language]
    turn.take_report(about, channel="public", now=NOW - timedelta(days=2))
    by = Staff("zhao", frozenset({Role.SUPERVISOR}))
    turn.open_on_registration(code, source="report", why=about, year=2020, by=by, now=NOW)


def cases(turn: Turn) -> None:
    """Open verifications of several provinces, one of them late, one held by a colleague."""
    late, colleague = NOW - timedelta(days=6), Staff("wang", frozenset({Role.VERIFIER}))
    asked = (
        ("beijing", late, (("14.3", "education.0"),)),
        ("zhejiang", NOW - timedelta(days=3), (("14.4", "identity"),)),
        ("sichuan", NOW - timedelta(hours=5), (("14.5", "degree.0"), ("14.1", "commitment"))),
    )
    for province, at, reasons in asked:
        begun = begin(turn)
        known = (Fact("province", province, at), Fact("exam", "class-1-constructor", at))
        turn.save(begun.registration, put=known, removed=(), now=at)
        turn.open_review(begun.registration, reasons, now=at)
        if province == "zhejiang":
            turn.claim_review(begun.code, by=colleague, now=NOW)
    begun, owner = registered(turn, number=OTHER, mobile="13900001002", email="candidate2@example.com")
    known = (
        *(Fact("province", "jiangsu", NOW), Fact("city", "nanjing", NOW), Fact("major", "building", NOW)),
        *(Fact("exam", "class-1-constructor", NOW), Fact("work_years", 6, NOW)),
    )
    turn.save(begun.registration, put=known, removed=(), now=NOW)
    turn.save_records(owner, [education(graduated="1999-07")], now=NOW)
    turn.submit_verification(owner, ["identity", "education.0"], now=NOW - timedelta(days=2))
    turn.open_review(begun.registration, [("14.2", "education.0"), ("14.1", "commitment")], now=NOW)
