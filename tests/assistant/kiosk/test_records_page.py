"""The page of all records: by keys alone, by mouse alone, at two sizes, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget

from assistant.conversation.academic_form import RecordsSheet
from assistant.conversation.inputs import RecordEntry, Records
from assistant.conversation.messages import Option, Prompt
from assistant.kiosk.app import KioskApp
from assistant.kiosk.form_offer import FormOffer
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.records import RecordsPage
from assistant.widgets.composer import Composer
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from assistant.widgets.spots import ActBar, PickField, TabLine
from assistant.widgets.transcript import Bubble
from flows.dossier import RECORD_FIELDS
from flows.rules.academic import EDUCATION_LEVELS
from flows.verdict import Named, Problem
from tests.assistant.conversation.seats import seated as at_the_desk
from tests.assistant.kiosk.record_seat import HERE, SCHOOL, PageSeat, paged, sheet
from tests.assistant.kiosk.scripted import NAME, FakeConversation, refused
from tests.assistant.kiosk.seat import EVERY, LARGE, OPEN, SMALL, Seat, said
from tests.assistant.kiosk.seat import seated as at_the_screen
from tests.factories import DEGREE, EDUCATION, content

BOTH = [(SMALL, "en"), (LARGE, "zh")]
"""Each size and each language once: English takes most room, and least of it is there at the small size."""

pytestmark = pytest.mark.filterwarnings("error")

LEVEL = Prompt(
    "education.0.level",
    "choice",
    "ask.education.level",
    {"number": 1},
    help="help.education.level",
    options=tuple(Option(each, Named("word", f"education.level.{each}")) for each in EDUCATION_LEVELS),
)
SUBMIT = Prompt(
    "academic.submit",
    "acknowledge",
    "ask.academic.submit",
    options=(Option("yes", Named("word", "option.academic.submit.yes")),),
    irreversible=True,
)


@asynccontextmanager
async def seated(
    *script: Prompt,
    sheet: RecordsSheet | None = None,
    language: str = "zh",
    size: tuple[int, int] = SMALL,
    allowed: Policy = OPEN,
    opened: bool = True,
    **fake: object,
) -> AsyncIterator[tuple[PageSeat, FakeConversation]]:
    """Sit down at the first question on records; ``opened`` opens the page."""
    known = RecordsSheet(Records(()), frozenset(), HERE) if sheet is None else sheet
    conversation = FakeConversation(script or (LEVEL, SUBMIT), language=language, sheet=known, **fake)  # type: ignore[arg-type]
    async with at_the_screen(conversation, size=size, allowed=allowed) as seat:
        here = PageSeat(seat.app, seat.pilot)
        if opened:
            await here.press("f8")
            assert isinstance(here.app.screen, RecordsPage)
        yield here, conversation


# Offering ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_the_page_is_offered_where_records_are_asked_for_and_nowhere_else(
    size: tuple[int, int], language: str
) -> None:
    async with seated(LEVEL, NAME, language=language, size=size, opened=False) as (seat, _):
        line = seat.app.screen.query_one(FormOffer)
        hint = next(each for each in seat.app.screen.query(KeyHint) if each.action == "records")
        assert said(language, "records.offer") in seat.shown()
        assert line.region.right <= size[0]
        last = list(seat.app.screen.query(KeyHint))[-1].region
        assert last.right <= size[0] - 2, "the whole line of keys has room"
        await seat.press("3")
        assert said(language, "records.offer") not in seat.shown()
        assert not hint.display
        await seat.press("f8")
        assert isinstance(seat.app.screen, ConversationPage)


async def test_a_click_on_the_line_or_on_the_key_opens_the_page() -> None:
    async with seated(opened=False) as (seat, _):
        await seat.click(seat.app.screen.query_one(FormOffer))
        assert isinstance(seat.app.screen, RecordsPage)
        await seat.press("escape")
        hint = next(each for each in seat.app.screen.query(KeyHint) if each.action == "records")
        await seat.click(hint, offset=(0, 0))
        assert isinstance(seat.app.screen, RecordsPage)


async def test_the_page_begins_at_the_question_with_what_is_half_typed_there() -> None:
    async with seated(SCHOOL, SUBMIT, sheet=sheet({"level": "bachelor"}), opened=False) as (seat, _):
        await seat.type("南京", enter=False)
        await seat.press("f8")
        assert seat.field == "school"
        assert seat.row("school").typed == "南京"
        assert seat.row("level").typed == "bachelor"


# Filling in -------------------------------------------------------------------------------------------


@pytest.mark.req("18.2", "18.3", "10.2")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_an_education_and_a_degree_are_filled_in_by_keys_alone(
    size: tuple[int, int], language: str
) -> None:
    async with paged(language=language, size=size) as (seat, handed):
        await seat.press("3", "1")
        for name in RECORD_FIELDS["education"][2:]:
            assert seat.field == name
            await seat.enter(EDUCATION[name])
        assert isinstance(seat.app.screen.focused, ActBar)
        # Review stands first, then another education, then a degree.
        await seat.press("right", "right", "enter")
        await seat.press("1")
        for name in RECORD_FIELDS["degree"][1:]:
            assert seat.field == name
            await seat.enter(DEGREE[name])
        assert handed == []
        await seat.press("enter")
        assert handed == [Records((RecordEntry(EDUCATION),), (RecordEntry(DEGREE),))]


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_an_education_and_a_degree_are_filled_in_by_mouse_alone(
    size: tuple[int, int], language: str
) -> None:
    async with paged(language=language, size=size) as (seat, handed):
        for kind, record in (("education", EDUCATION), ("degree", DEGREE)):
            if kind == "degree":
                await seat.tab("degree.add")
            for name, value in record.items():
                entry = seat.row(name).entry
                if isinstance(entry, PickField):
                    await seat.hit(entry, value)
                else:
                    await seat.touch(entry)
                    await seat.put(value)
        await seat.tab("education.0")
        assert seat.row("graduated").typed == "2007年7月"
        await seat.act("review")
        assert handed == [Records((RecordEntry(EDUCATION),), (RecordEntry(DEGREE),))]


async def test_what_is_handed_in_is_one_turn_and_the_conversation_asks_whether_to_save() -> None:
    async with seated(SCHOOL, SUBMIT, sheet=sheet(EDUCATION)) as (seat, conversation):
        await seat.press("f8")
        assert conversation.given == [Records((RecordEntry(EDUCATION),))]
        assert isinstance(seat.app.screen, ConversationPage)
        assert seat.panel.prompt == SUBMIT
        assert said("zh", "records.offer") in seat.shown()
        assert said("zh", "records.offer.kept") not in seat.shown()


@pytest.mark.req("18.2", "18.3", "18.4", "P.2", "P.3")
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_whole_way_from_the_page_to_saved_records(language: str, tmp_path: Path) -> None:
    with at_the_desk(tmp_path, language=language) as desk:
        desk.until("education.0.level")
        talk = desk.talk
        app = KioskApp(content(), lambda *_: talk, OPEN, language=language)
        async with app.run_test(size=SMALL) as pilot:
            seat = PageSeat(app, pilot)
            await seat.press("1", "f8")
            odd = {**EDUCATION, "certificate": "102911200605001234"}
            for kind, record in (("education", odd), ("degree", DEGREE)):
                if kind == "degree":
                    await seat.press("right", "right", "enter")
                for name, value in record.items():
                    if name in {"level", "study"}:
                        await seat.press("3" if (kind, name) == ("education", "level") else "1")
                    else:
                        await seat.enter(value)
            await seat.press("enter")
            assert talk.prompt().key == "academic.submit"
            assert said(language, "warning.academic.submit") in shown_so_far(seat)
            assert "2006" in shown_so_far(seat)
            assert talk.dossier.text("degree.0.awarded") == "2009-06"

            # The page again, before anything is final: the number is mended there.
            await seat.press("f8")
            await seat.click(seat.row("certificate").entry, offset=(3, 0))
            await seat.press("end", "ctrl+u")
            await seat.put(EDUCATION["certificate"])
            await seat.press("f8")
            assert talk.dossier.text("education.0.certificate") == EDUCATION["certificate"]
            await seat.press("1")
            assert not talk.dossier.true("education.0.saved"), "one key only highlights"
            await seat.press("enter")
            assert talk.dossier.true("education.0.saved")
            assert talk.dossier.true("degree.0.saved")
            assert talk.place().step.id == "photo"
            assert said(language, "records.offer") not in seat.shown()


def shown_so_far(seat: Seat) -> str:
    """Return all that stands in the transcript, without spaces."""
    bubbles = seat.app.screen.query(Bubble)
    return "".join("".join(bubble.at(76).plain.split()) for bubble in bubbles)


async def test_fields_are_reached_by_tab_and_arrows_and_answers_by_arrow_and_letter() -> None:
    async with paged(language="en") as (seat, _):
        await seat.press("right")
        assert seat.row("level").typed == "secondary"
        await seat.press("left")
        assert seat.row("level").typed == "doctor"
        await seat.press("b")
        assert seat.row("level").typed == "bachelor"
        await seat.press("d")
        assert seat.row("level").typed == "double-bachelor"
        assert seat.field == "level"
        for keys, field in (
            (("tab",), "study"),
            (("down", "down"), "major"),
            (("up",), "school"),
            (("shift+tab", "shift+tab"), "level"),
            (("enter", "enter"), "school"),
        ):
            await seat.press(*keys)
            assert seat.field == field, keys


async def test_a_digit_typed_into_a_text_field_is_text() -> None:
    async with paged() as (seat, _):
        await seat.press("3", "1", "enter", "enter", *"2007.7")
        assert seat.row("graduated").typed == "2007.7"
        assert seat.beside("graduated") == "✓ 2007-07"


async def test_what_was_typed_last_is_not_lost_when_a_key_changes_the_record_at_once() -> None:
    async with paged({**EDUCATION, "school": ""}, EDUCATION) as (seat, handed):
        composer = seat.app.screen.focused
        assert isinstance(composer, Composer)
        composer.insert_text_at_cursor("南京")
        seat.page.action_key("scroll-down")
        await seat.settle()
        assert seat.row("school").typed == EDUCATION["school"]
        await seat.tab("education.0")
        assert seat.row("school").typed == "南京"
        await seat.press("f8")
        assert handed == [Records((RecordEntry({**EDUCATION, "school": "南京"}), RecordEntry(EDUCATION)))]


# Verdicts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_a_problem_stands_below_its_field_once_it_is_left_and_goes_when_it_is_mended(
    size: tuple[int, int], language: str
) -> None:
    async with paged(language=language, size=size) as (seat, _):
        await seat.press("down", "down", "down", "down")
        await seat.put("2007")
        assert said(language, "problem.month-only-year") not in seat.shown()
        assert said(language, "problem.choose-one").replace("{count}", "7") in seat.below("level")
        await seat.press("up")
        problem = said(language, "problem.month-only-year")
        assert seat.below("graduated") == said(language, "face.error") + problem
        assert seat.row("graduated").has_class("-refused")
        below = seat.row("graduated").query_one(".field-below").region
        assert below.y == seat.row("graduated").entry.region.bottom
        await seat.press("down")
        await seat.put("-07")
        assert seat.below("graduated") == ""


async def test_a_certificate_ticks_as_one_types_and_its_doubts_stand_below_it() -> None:
    known = {**EDUCATION, "certificate": ""}
    async with paged(known) as (seat, _):
        assert seat.field == "certificate"
        met = {0: 0, 17: 0, 18: 4}
        for count, ticked in met.items():
            await seat.put("102911200705001234"[:count][-1:] if count == 18 else "10291120070500123"[:count])
            assert seat.below("certificate").count("✓") == ticked, count
        await seat.press("tab")
        assert seat.beside("certificate") == "✓ "
        await seat.press("shift+tab", "home", *["right"] * 8, "delete", "delete", *"06", "tab")
        assert "2006" in seat.below("certificate")
        assert said("zh", "face.warning") in seat.below("certificate")
        assert seat.beside("certificate") == ""


@pytest.mark.req("10.2")
@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_help_for_the_field_is_on_the_page_beside_or_below_the_fields(
    size: tuple[int, int], language: str
) -> None:
    async with paged(language=language, size=size) as (seat, _):
        for name in RECORD_FIELDS["education"]:
            assert seat.field == name
            assert said(language, f"help.education.{name}") in seat.says("records-help")
            beside = seat.page.query_one("#records-help").region
            form = seat.page.query_one("#record-form").region
            assert (beside.x >= form.right) == (size == LARGE)
            assert (beside.y >= form.bottom) == (size == SMALL)
            lines = seat.page.query_one("#records-help", Prose).at(beside.width - 6).plain
            assert lines.count("\n") < beside.height
            entry = seat.row(name).entry.region
            assert form.contains_region(entry), name
            await seat.press("tab")
        assert said(language, "records.help.acts") in seat.says("records-help")


@pytest.mark.req("10.4")
@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "records.online"),
        ({"graduated": "2002-07"}, "records.online.2002"),
        ({"country": "France"}, "problem.overseas-record"),
    ],
)
async def test_each_record_says_whether_it_can_be_verified_online(changes: dict[str, str], key: str) -> None:
    async with paged({**EDUCATION, **changes}) as (seat, _):
        assert said("zh", key).replace("{number}", "1") in seat.says("records-head")


# Reviewing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["key", "click"])
async def test_a_review_of_what_is_not_right_leads_to_the_first_such_field(by: str) -> None:
    async with paged(EDUCATION, {**EDUCATION, "major": "", "country": "1"}) as (
        seat,
        handed,
    ):
        await seat.tab("education.0")
        if by == "key":
            await seat.press("f8")
        else:
            await seat.act("review")
        assert handed == []
        assert seat.field == "major"
        assert seat.row("country").typed == "1"
        assert said("zh", "records.mend").replace("{count}", "2") in seat.shown()
        assert said("zh", "problem.major-missing") in seat.below("major")
        assert said("zh", "problem.country-no-letters") in seat.below("country")


async def test_a_form_that_the_conversation_refuses_opens_again_with_all_that_was_typed() -> None:
    async with seated(SCHOOL, SUBMIT, sheet=sheet(EDUCATION), refuses={"": Problem("school-missing")}) as (
        seat,
        conversation,
    ):
        await seat.press("f8")
        assert len(conversation.given) == 1
        assert isinstance(seat.app.screen, RecordsPage)
        assert seat.row("school").typed == EDUCATION["school"]


async def test_a_form_whose_turn_did_not_happen_is_kept() -> None:
    async with seated(sheet=sheet(EDUCATION), fails={"": refused("records-no-account")}) as (
        seat,
        conversation,
    ):
        await seat.press("down", "down", "down")
        await seat.put("学")
        await seat.press("f8")
        assert len(conversation.given) == 1
        assert isinstance(seat.app.screen, ConversationPage)
        assert said("zh", "problem.records-no-account") in seat.says("notice")
        await seat.press("f8")
        assert seat.row("major").typed == "土木工程学"


# Records ----------------------------------------------------------------------------------------------


async def test_a_record_is_removed_after_one_question_and_put_back() -> None:
    second = {**EDUCATION, "major": "经济学"}
    async with paged(EDUCATION, second) as (seat, _):
        await seat.press("pagedown")
        assert seat.row("major").typed == "经济学"
        await seat.act("remove")
        await seat.press("enter")
        assert seat.row("major").typed == "经济学", "to keep it is what Enter does at first"
        await seat.act("remove")
        await seat.press("escape")
        assert isinstance(seat.app.screen, RecordsPage)
        await seat.act("remove")
        assert said("zh", "records.removing").partition("{record}")[2] in seat.says("records-notice")
        await seat.press("right", "enter")
        assert seat.row("major").typed == "土木工程"
        assert seat.page.query_one(TabLine).place("education.1") is None
        assert seat.page.query_one(ActBar).place("remove") is None
        await seat.act("restore")
        assert seat.row("major").typed == "经济学"
        assert seat.page.query_one(TabLine).place("education.1") is not None


async def test_enter_pressed_twice_removes_one_record() -> None:
    async with paged(EDUCATION, EDUCATION, EDUCATION) as (seat, _):
        await seat.act("remove")
        await seat.press("right")
        acts = seat.page.query_one(ActBar)
        acts.action_do()
        acts.action_do()
        await seat.settle()
        tabs = seat.page.query_one(TabLine)
        assert tabs.place("education.1") is not None
        assert tabs.place("education.2") is None


@pytest.mark.req("18.2", "18.3")
@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_of_each_kind_five_have_room_and_no_more_can_be_added(
    size: tuple[int, int], language: str
) -> None:
    async with paged(*[EDUCATION] * 4, language=language, size=size) as (seat, _):
        await seat.tab("education.add")
        for _ in range(5):
            await seat.tab("degree.add")
        tabs, acts = seat.page.query_one(TabLine), seat.page.query_one(ActBar)
        assert tabs.region.height == 1
        assert seat.app.screen.region.contains_region(tabs.region)
        for kind in RECORD_FIELDS:
            assert tabs.place(f"{kind}.add") is None
            assert acts.place(f"add-{kind}") is None
            assert all(tabs.place(f"{kind}.{n}") is not None for n in range(5))
        assert acts.region.height == 1
        await seat.tab("education.3")
        assert seat.row("major").typed == "土木工程"


@pytest.mark.req("18.4", "P.2")
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_saved_record_can_only_be_read_and_corrected_by_an_entry_beside_it(language: str) -> None:
    async with paged(EDUCATION, saved="education.0", language=language) as (
        seat,
        handed,
    ):
        assert said(language, "records.saved") in seat.shown()
        assert "南京工业大学" in seat.shown()
        assert not seat.page.query_one("#record-form").display
        assert seat.page.query_one(ActBar).place("remove") is None
        await seat.act("correct")
        assert seat.row("school").typed == "南京工业大学"
        assert said(language, "records.corrects").replace("{number}", "1") in seat.shown()
        await seat.click(seat.row("school").entry, offset=(3, 0))
        await seat.press("end")
        await seat.put("学院")
        await seat.press("f8")
        corrected = RecordEntry({**EDUCATION, "school": "南京工业大学学院"}, supersedes=0)
        assert handed == [Records((RecordEntry(EDUCATION), corrected))]


# Leaving, language, looks -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_leaving_keeps_what_was_typed_for_this_sitting_and_says_so(language: str) -> None:
    async with seated(language=language) as (seat, conversation):
        await seat.press("3", "1")
        await seat.put("南京")
        # The first one closes the list under the field.
        await seat.press("escape", "escape")
        assert conversation.given == []
        assert said(language, "records.kept") in seat.says("notice")
        assert said(language, "records.offer.kept") in seat.shown()
        conversation.sheet = sheet({"level": "master"})
        await seat.press("f8")
        assert [seat.row(name).typed for name in ("level", "study", "school")] == [
            "master",
            "full-time",
            "南京",
        ]


async def test_who_leaves_before_saving_is_told_that_the_changes_are_not_in_what_would_be_saved() -> None:
    async with seated(SUBMIT, sheet=sheet(EDUCATION)) as (seat, _):
        await seat.press("escape")
        assert seat.says("notice") == ""
        assert said("zh", "records.offer") in seat.shown()
        await seat.press("f8", "5", "escape")
        assert said("zh", "records.kept.submit") in seat.says("notice")


async def test_another_registration_does_not_find_what_was_typed_for_the_first() -> None:
    async with seated() as (seat, conversation):
        await seat.press("3", "escape", "3")
        conversation.reference, conversation.at = "WXYZ-2345", 0
        await seat.press("f4", "f8")
        assert seat.row("level").typed == ""


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_change_of_language_says_the_page_anew_and_keeps_what_is_typed(size: tuple[int, int]) -> None:
    async with seated(size=size) as (seat, conversation):
        await seat.press("3", "1")
        await seat.put("南京")
        await seat.press("f2")
        assert conversation.language == "en"
        for key in ("records.title", "records.field.school", "study.full-time", "records.act.review"):
            assert said("en", key) in seat.shown(), key
            assert said("zh", key) not in seat.shown(), key
        assert seat.row("school").typed == "南京"
        assert seat.field == "school"


async def test_of_several_pasted_lines_the_first_is_offered_and_the_rest_named() -> None:
    async with paged() as (seat, _):
        await seat.press("3", "1")
        entry = seat.row("school").entry
        entry.post_message(events.Paste("南京大学\n第二行\n第三行"))
        await seat.settle()
        assert seat.row("school").typed == "南京大学"
        assert said("zh", "face.pasted-lines").replace("{count}", "2") in seat.says("records-notice")


async def test_what_looks_like_markup_is_shown_as_it_was_typed_and_refused_by_the_rule() -> None:
    async with paged() as (seat, _):
        await seat.press("3", "1")
        await seat.put("[/b][@click=app.quit]x[/]")
        await seat.press("enter")
        assert "[/b][@click=app.quit]x[/]" in seat.shown()
        assert seat.row("school").has_class("-refused")
        assert seat.app.is_running


async def test_where_keys_go_and_what_is_picked_is_said_by_signs_too() -> None:
    async with paged() as (seat, _):
        await seat.press("3")
        label = seat.row("study").query_one(".field-label", Prose)
        assert label.at(18).plain.startswith("›")
        assert "✓3" in seat.row("level").query_one(PickField).at(56).plain
        assert "›" not in seat.page.query_one(ActBar).at(76).plain
        await seat.press("shift+tab", "shift+tab")
        assert seat.page.query_one(ActBar).at(76).plain.startswith("›")


async def test_any_size_survives() -> None:
    async with paged({**EDUCATION, "major": ""}) as (seat, handed):
        for size in [(1, 1), (8, 4), (40, 12), (60, 18), (0, 0), (300, 100), (110, 18), (80, 24)]:
            await seat.pilot.resize_terminal(*size)
            await seat.settle()
            small = size[0] < 60 or size[1] < 18
            assert seat.app.screen.query_one("#too-small").display == small, size
        await seat.put("土木工程")
        await seat.press("f8")
        assert handed == [Records((RecordEntry(EDUCATION),))]


async def test_going_to_the_start_leaves_nothing_of_the_page() -> None:
    allowed = Policy(can_quit=False, any_folder=False, grace=0)
    for left in (False, True):
        async with seated(allowed=allowed) as (seat, _):
            await seat.press("3", "1")
            await seat.put("南京秘密大学")
            page = seat.page
            if left:
                await seat.press("escape")
            await seat.app.to_start()
            await seat.settle()
            assert "南京秘密大学" not in seat.shown()
            assert not [each for each in seat.app.screen_stack if isinstance(each, RecordsPage)]
            for screen in (*seat.app.screen_stack, page):
                for widget in screen.walk_children(Widget):
                    assert "南京秘密大学" not in repr(vars(widget))
            assert page._draft.form() == Records((RecordEntry({}),))


async def test_help_and_the_other_look_keep_the_page_and_its_keys_can_be_clicked() -> None:
    async with seated(SUBMIT, sheet=sheet(EDUCATION, {**EDUCATION, "school": "东南大学"})) as (seat, _):
        await seat.press("f1")
        await seat.press("escape")
        assert isinstance(seat.app.screen, RecordsPage)
        await seat.press("f6")
        hints = {hint.action: hint for hint in seat.page.query(KeyHint)}
        await seat.click(hints["scroll-down"], offset=(0, 0))
        assert seat.row("school").typed == "东南大学"
        await seat.press("pageup")
        assert seat.row("school").typed == EDUCATION["school"]
        await seat.click(hints["back"], offset=(0, 0))
        assert isinstance(seat.app.screen, ConversationPage)
