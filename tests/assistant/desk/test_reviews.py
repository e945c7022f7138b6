"""Manual verification at the desk: the queue, a case from open to closed, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.clock import SetClock
from assistant.conversation.inputs import Command
from assistant.desk.duty import House
from assistant.desk.screens.home import HomePage
from assistant.desk.screens.review import ReviewPage
from assistant.desk.screens.reviews import ReviewsPage
from assistant.records import Records, Turn
from assistant.records.queue import ReviewCase
from assistant.widgets.listing import Listing
from assistant.widgets.prose import Prose
from assistant.widgets.spots import ActBar
from flows.permissions import Staff
from flows.roles import Role
from flows.verdict import Named
from tests.assistant.kiosk.seat import EVERY, LARGE, flat, said
from tests.assistant.records.stores import NAME, account, begin, database, education, facts, raw, store
from tests.factories import NOW, NUMBER, content
from tests.journeys.seated import seated

from .seat import DeskSeat, desk_over, hire

STAFF = {
    "boss": (Role.ADMINISTRATOR,),
    "chen": (Role.VERIFIER,),
    "zhao": (Role.VERIFIER,),
    "shen": (Role.AUDITOR,),
}
CHEN, ZHAO = (Staff(name, frozenset({Role.VERIFIER})) for name in ("chen", "zhao"))
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
ROW = "14.2 education.0"
WHY = "证书编号与原件不符"


def waiting(turn: Turn, *reasons: tuple[str, str], person: bool = False) -> str:
    """Open a case and return its code."""
    begun = begin(turn)
    known = facts(("province", "jiangsu"), ("exam", "class-1-constructor"), ("major", "building"))
    turn.save(begun.registration, put=known, removed=(), now=NOW)
    if person:
        owner = account(turn, begun.registration)
        turn.save_records(owner, [education()], now=NOW)
        turn.submit_verification(owner, ["identity", "education.0"], now=NOW)
    turn.open_review(begun.registration, reasons or (("14.2", "education.0"),), now=NOW)
    return begun.code


def case_of(records: Records, code: str, clock: SetClock) -> ReviewCase:
    with records.turn() as turn:
        return turn.review_case(code, by=CHEN, now=clock.now())


async def sit(seat: DeskSeat, login: str, *, by_password: bool = False) -> None:
    """Go on duty and to the queue."""
    if by_password:
        await seat.log_in(login)
        await seat.open("reviews")
    else:
        await seat.sit(login, "reviews")
    assert isinstance(seat.page, ReviewsPage)


def offered(seat: DeskSeat) -> list[str]:
    """Return what the case page offers to do."""
    return [piece.id for piece in seat.page.query_one("#review-acts", ActBar).pieces()]


def rows(seat: DeskSeat) -> list[str]:
    return [row.id for row in seat.page.query_one(Listing).rows]


def notice(seat: DeskSeat) -> str:
    prose = seat.page.query_one("#desk-notice", Prose)
    return flat(prose.at(prose.content_size.width).plain)


def begins(language: str, key: str) -> str:
    """Return the words of a sentence up to the first place that is filled."""
    return said(language, key).partition("{")[0]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with store(tmp_path) as found:
        hire(found, STAFF)
        yield found


@pytest.mark.req("14.1", "15.2")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_case_goes_from_open_over_evidence_to_passed(
    records: Records, size: tuple[int, int], language: str
) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn, person=True)
    async with desk_over(records, clock, size=size, language=language) as seat:
        await sit(seat, "chen")
        assert code.replace("-", "") in seat.shown().replace("-", "")
        await seat.press("enter")
        assert isinstance(seat.page, ReviewPage)
        assert offered(seat) == ["claim"]
        text = seat.page.query_one("#review-case", Prose).at(200).plain
        assert NAME in text
        assert NUMBER not in text
        assert education().fields["certificate"] in text
        await seat.press("1")
        assert begins(language, "desk.review.did.claim") in notice(seat)
        assert offered(seat) == ["claim", "release", "ask-evidence", "pass", "propose-fail"]

        await seat.press("3")
        await seat.type("毕业证书原件")
        await seat.type("南京核查点")
        await seat.press("enter")
        found = case_of(records, code, clock)
        assert (found.row.state, found.row.owner) == ("evidence-asked", "")
        assert found.evidence is not None
        assert (found.evidence.what, found.evidence.where) == ("毕业证书原件", "南京核查点")
        assert f"{found.evidence.by:%Y-%m-%d %H:%M}" == "2020-07-08 17:00"

        clock.advance(DAY)
        await seat.press("f5")
        await seat.press(str(offered(seat).index("receive-evidence") + 1))
        await seat.press(str(offered(seat).index("claim") + 1))
        await seat.press(str(offered(seat).index("pass") + 1))
        await seat.type("原件已核对")
        assert case_of(records, code, clock).row.state == "evidence-received"
        await seat.press("right", "enter")
        assert case_of(records, code, clock).row.state == "passed"
        assert said(language, "desk.review.closed") in seat.shown()
        assert offered(seat) == []
        await seat.press("escape")
        assert rows(seat) == []
        await seat.press("escape")
        assert isinstance(seat.page, HomePage)
    acts = [action for action, subject, actor in seat.trail() if subject == code and actor == "chen"]
    assert [each for each in acts if not each.startswith("view:")] == [
        "claim-review",
        "ask-evidence",
        "receive-evidence",
        "claim-review",
        "decide-review",
    ]


@pytest.mark.req("14.1", "15.2")
async def test_a_fail_takes_two_logins_and_the_candidate_reads_each_reason_at_their_next_turn() -> None:
    size, language = LARGE, "en"
    with seated(diploma="failed") as here:
        here.answer_until("wait.manual-review")
        hire(here.records, STAFF)
        code = here.talk.code or ""
        async with desk_over(here.records, here.clock, size=size, language=language) as seat:
            await sit(seat, "chen", by_password=True)
            await seat.press("enter", "1", "5")
            await seat.type(WHY)
            left = len(case_of(here.records, code, here.clock).conditions) - 1
            await seat.press(*["enter"] * left)
            await seat.press("right", "enter")
            assert case_of(here.records, code, here.clock).row.state == "fail-proposed"
            assert offered(seat) == []
            assert begins(language, "problem.review-same-person") in seat.shown()
            here.take(Command("status"))
            assert here.talk.place().ending is None

            await seat.press("escape", "escape", "escape")
            await sit(seat, "zhao", by_password=True)
            await seat.press("enter", "1")
            assert case_of(here.records, code, here.clock).row.state == "fail-proposed"
            await seat.press("right", "enter")
        here.take(Command("status"))
        ending = here.talk.place().ending
        assert ending is not None
        assert ending.args["reason"] == (WHY,)


@pytest.mark.req("14.1")
async def test_of_two_verifiers_at_the_same_case_the_second_is_told_who_holds_it_and_until_when(
    records: Records,
) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn)
    async with desk_over(records, clock, house=House(review_lock=10 * MINUTE)) as seat:
        await sit(seat, "chen")
        await seat.press("enter")
        assert offered(seat) == ["claim"]
        with records.turn() as turn:
            turn.claim_review(code, by=ZHAO, now=clock.now(), lock=10 * MINUTE)
        await seat.press("1")
        refusal = seat.app.wording.text("problem.review-held", {"owner": "zhao", "until": NOW + 10 * MINUTE})
        assert flat(refusal) in notice(seat)
        assert case_of(records, code, clock).row.owner == "zhao"
        assert offered(seat) == []

        clock.advance(10 * MINUTE)
        await seat.press("f5")
        await seat.press("1")
        found = case_of(records, code, clock).row
        assert (found.owner, found.lock_until) == ("chen", NOW + 20 * MINUTE)


@pytest.mark.req("15.2")
async def test_a_row_is_marked_overdue_one_second_after_it_was_due_and_by_a_word(records: Records) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn)
    async with desk_over(records, clock, house=House(review_days=3)) as seat:
        clock.set(NOW + 3 * DAY)
        await sit(seat, "chen")
        assert said("zh", "desk.review.overdue") not in seat.shown()
        await seat.press("f9")
        assert rows(seat) == []
        clock.advance(SECOND)
        await seat.press("f5")
        assert rows(seat) == [code]
        assert said("zh", "desk.review.overdue") in seat.shown()
        await seat.press("enter")
        assert begins("zh", "desk.review.due-overdue") in seat.shown()


async def test_what_was_typed_outlives_the_lock_and_the_way_back(records: Records) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn)
    async with desk_over(records, clock) as seat:
        await sit(seat, "chen")
        await seat.press("enter", "1", "4")
        clock.advance(30 * MINUTE)
        assert isinstance(seat.page, ReviewPage)
        seat.page.look()
        assert said("zh", "desk.review.lock-over") in notice(seat)
        await seat.type(WHY)
        assert begins("zh", "problem.review-lock-over") in notice(seat)
        assert WHY in seat.shown()
        await seat.press("escape", "1", "4", "enter")
        assert said("zh", "desk.review.sure.pass") in seat.shown()
        await seat.press("enter")
        assert WHY in seat.shown()
        assert case_of(records, code, clock).row.state == "claimed"


async def test_a_fail_without_a_reason_is_refused_and_a_second_person_sends_back_only_with_one(
    records: Records,
) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn)
    async with desk_over(records, clock) as seat:
        await sit(seat, "chen")
        await seat.press("enter", "1", "5", "enter", "enter", "enter")
        assert begins("zh", "problem.review-unmet-missing") in notice(seat)
        with records.turn() as turn:
            turn.claim_review(code, by=CHEN, now=NOW)
            turn.decide_review(code, "fail", by=CHEN, now=NOW, unmet={ROW: WHY})
        await seat.press("escape", "escape", "escape", "escape")
        await sit(seat, "zhao")
        await seat.press("enter", "2", "enter")
        assert said("zh", "problem.review-why-missing") in notice(seat)
        await seat.type("原件无误")
        found = case_of(records, code, clock)
    assert found.row.state == "waiting"
    assert found.events[-1].text("why") == "原件无误"


async def test_an_auditor_reads_a_case_and_is_offered_nothing(records: Records) -> None:
    with records.turn() as turn:
        waiting(turn)
    async with desk_over(records, SetClock(NOW)) as seat:
        await sit(seat, "shen")
        await seat.press("enter")
        assert offered(seat) == []
        assert said("zh", "desk.review.only-look") in seat.shown()


async def test_the_queue_is_narrowed_down_and_turned_by_mouse_alone(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        first = waiting(turn, ("14.1", "commitment"))
        claimed = waiting(turn, ("14.4", "identity"))
        turn.claim_review(claimed, by=CHEN, now=NOW)
    many = "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 50) "
    raw(
        database(tmp_path),
        f"{many} INSERT INTO registration SELECT 'r'||n, 'C'||n, pin_hash, NULL, edition, language, "
        "content_version, created_at, updated_at, NULL FROM registration, many WHERE code = ?",
        first,
    )
    raw(
        database(tmp_path),
        f"{many} INSERT INTO review (registration_id, opened_at, since) "
        "SELECT 'r'||n, opened_at, since FROM (SELECT * FROM review LIMIT 1), many",
    )
    async with desk_over(records, SetClock(NOW)) as seat:
        await sit(seat, "chen")
        assert len(rows(seat)) == 50
        await seat.click_piece("#reviews-pages", "review-next")
        assert len(rows(seat)) == 2
        await seat.click_piece("#reviews-filter", "review-mine")
        assert rows(seat) == [claimed]
        assert "09:30chen" in seat.shown()
        await seat.click_piece("#reviews-filter", "review-group")
        assert rows(seat) == []
        assert said("zh", "desk.review.nothing") in notice(seat)
        await seat.click_piece("#reviews-filter", "review-mine")
        assert rows(seat) == [first]
        await seat.pilot.click(Listing, offset=(4, 1))
        await seat.rest()
        assert isinstance(seat.page, ReviewPage)
        await seat.click_piece("#review-acts", "claim")
        assert begins("zh", "desk.review.did.claim") in notice(seat)
        await seat.click_piece("#review-acts", "release")
        assert begins("zh", "desk.review.did.release") in notice(seat)


async def test_every_state_and_province_can_be_singled_out_by_keys(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        codes = [waiting(turn), waiting(turn)]
        turn.claim_review(codes[0], by=ZHAO, now=NOW)
        far = waiting(turn)
        its = turn.find(far) or ""
    raw(database(tmp_path), "UPDATE review SET province = 'anhui' WHERE registration_id = ?", its)
    async with desk_over(records, SetClock(NOW)) as seat:
        await sit(seat, "chen")
        assert set(rows(seat)) == {*codes, far}
        await seat.press("f7")
        assert set(rows(seat)) == {codes[1], far}
        await seat.press("f7")
        assert rows(seat) == [codes[0]]
        # Every province with an open case is there, whatever is in view.
        await seat.press("f11")
        assert [row.id for row in seat.page.query_one(Listing).rows] == ["every", "anhui", "jiangsu"]
        await seat.press("down", "enter")
        assert rows(seat) == []
        await seat.press("f11", "down", "down", "enter", *["f7"] * 6)
        assert set(rows(seat)) == set(codes)
        assert seat.app.wording.value(Named("province", "jiangsu")) in seat.shown()


async def test_a_digit_means_what_stands_on_the_screen_even_when_the_lock_has_run_out_since(
    records: Records,
) -> None:
    clock = SetClock(NOW)
    with records.turn() as turn:
        code = waiting(turn)
        turn.claim_review(code, by=CHEN, now=NOW)
        turn.ask_evidence(code, what="原件", where="南京", until=NOW + DAY, by=CHEN, now=NOW)
        turn.claim_review(code, by=CHEN, now=NOW)
    async with desk_over(records, clock) as seat:
        await sit(seat, "chen")
        await seat.press("enter")
        third = offered(seat)[2]
        assert third == "ask-evidence"
        clock.advance(30 * MINUTE)
        await seat.press("3")
        assert begins("zh", "problem.review-lock-over") in notice(seat)
        assert offered(seat) == ["claim", "release", "receive-evidence"]
        assert case_of(records, code, clock).row.state == "evidence-asked"


async def test_evidence_is_asked_for_at_the_point_that_was_chosen_and_a_time_that_cannot_be_read_is_said(
    records: Records,
) -> None:
    clock = SetClock(NOW)
    office = content().office("jiangsu")
    assert office is not None
    point = office.points[0]
    with records.turn() as turn:
        code = waiting(turn)
        registration = turn.find(code) or ""
        turn.save(registration, put=facts(("verification_point", point.id)), removed=(), now=NOW)
        turn.claim_review(code, by=CHEN, now=NOW)
    async with desk_over(records, clock) as seat:
        await sit(seat, "chen")
        await seat.press("enter", "3")
        await seat.type("毕业证书原件")
        await seat.press("enter")
        await seat.type("下周")
        assert said("zh", "problem.review-until-unread") in notice(seat)
        assert "下周" in seat.shown()
        await seat.type("２０２０-07-09")
        found = case_of(records, code, clock).evidence
    assert found is not None
    assert found.where == f"{point.name.zh}、{point.address.zh}"
    assert f"{found.by:%Y-%m-%d %H:%M}" == "2020-07-09 17:00"
