"""Names that are suggested on the page of records: by keys alone, by mouse alone, never as a judgement."""

from __future__ import annotations

import pytest

from assistant.conversation.inputs import RecordEntry, Records
from assistant.conversation.suggesting import MOST
from assistant.kiosk.screens.records import RecordsPage
from assistant.widgets.composer import Composer
from assistant.widgets.suggestions import SuggestionRow, Suggestions
from tests.assistant.kiosk.record_seat import SCHOOL, PageSeat, paged, sheet
from tests.assistant.kiosk.remains import remains_at_last
from tests.assistant.kiosk.scenes import visiting
from tests.assistant.kiosk.scripted import NAME, FakeConversation
from tests.assistant.kiosk.seat import EVERY, LARGE, said
from tests.factories import EDUCATION

pytestmark = pytest.mark.filterwarnings("error")

BLANK = {**EDUCATION, "school": "", "major": "", "country": ""}


def listed(seat: PageSeat) -> Suggestions:
    return seat.page.query_one(Suggestions)


def suggested(seat: PageSeat) -> list[str]:
    """Return the names that stand under the field."""
    return [row.said.text for row in listed(seat).rows if row.said] if listed(seat).offering else []


def stands_under(seat: PageSeat, field: str) -> bool:
    """Whether field and list are in view of the form, one right under the other."""
    form, entry = seat.page.query_one("#record-form").region, seat.row(field).entry.region
    return (
        form.contains_region(entry)
        and form.contains_region(listed(seat).region)
        and listed(seat).region.y == entry.bottom
        and seat.row(field).region.bottom == entry.bottom
    )


# By keys ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_names_are_suggested_under_the_field_in_view_and_taken_by_down_and_enter(
    size: tuple[int, int], language: str
) -> None:
    names = {
        "school": ("njgydx", "南京工业大学"),
        "major": ("civil", "土木工程"),
        "country": ("us", "美国" if language == "zh" else "United States"),
    }
    async with paged(BLANK, language=language, size=size) as (seat, handed):
        for field, (typed, name) in names.items():
            while seat.field != field:
                await seat.press("tab")
            await seat.press(*typed)
            assert suggested(seat)[0] == name
            assert stands_under(seat, field)
            assert said(language, "face.suggesting") in seat.shown()
            assert len(listed(seat).query(SuggestionRow)) == listed(seat).region.height - 1
            await seat.press("down", "enter")
            assert seat.row(field).typed == name
            assert seat.field != field, "it is taken, and the next field is wanted"
        await seat.press("f8")
        taken = {field: name for field, (_, name) in names.items()}
        assert handed == [Records((RecordEntry({**EDUCATION, **taken}),))]


async def test_a_degree_has_the_same_lists() -> None:
    async with paged(EDUCATION) as (seat, _):
        await seat.tab("degree.add")
        for keys, field in ((1, "school"), (1, "major"), (3, "country")):
            await seat.press(*["tab"] * keys, "n")
            assert seat.field == field
            assert suggested(seat)
            assert stands_under(seat, field)


async def test_other_fields_have_no_list() -> None:
    async with paged({}) as (seat, _):
        for field in ("level", "study", "graduated", "certificate"):
            seat.row(field).entry.focus()
            await seat.press("n", "a")
            assert not listed(seat).display, field


async def test_enter_alone_goes_on_with_what_was_typed_as_it_is() -> None:
    async with paged(BLANK) as (seat, handed):
        await seat.press(*"南京工大")
        assert suggested(seat)
        await seat.press("enter")
        assert (seat.field, seat.row("school").typed) == ("major", "南京工大")
        await seat.enter("无人听过的专业")
        await seat.press("f8")
        assert (seat.below("school"), seat.below("major")) == ("", "")
        await seat.enter("中国")
        await seat.press("f8")
        typed = {"school": "南京工大", "major": "无人听过的专业"}
        assert handed == [Records((RecordEntry({**EDUCATION, **typed}),))]


async def test_arrows_go_through_the_list_and_on_to_the_fields_around_it() -> None:
    async with paged(BLANK) as (seat, _):
        await seat.press(*"南京化")
        names = suggested(seat)
        assert len(names) == 3
        for name in names:
            await seat.press("down")
            assert listed(seat).highlighted == name
            assert seat.field == "school"
        await seat.press("up", "up", "up")
        assert listed(seat).highlighted is None
        assert seat.field == "school"
        await seat.press("up")
        assert (seat.field, suggested(seat)) == ("study", [])
        await seat.press("down", "x", "backspace", "down", "down", "down", "down")
        assert (seat.field, suggested(seat)) == ("major", [])
        assert seat.row("school").typed == "南京化"


async def test_tab_leaves_the_field_and_takes_nothing() -> None:
    async with paged(BLANK) as (seat, _):
        for keys, field in ((("tab",), "major"), (("shift+tab",), "study")):
            await seat.touch(seat.row("school").entry)
            await seat.press("end", "ctrl+u", *"nj", "down")
            assert listed(seat).highlighted is not None
            await seat.press(*keys)
            assert (seat.field, suggested(seat)) == (field, [])
            assert seat.row("school").typed == "nj"


async def test_escape_closes_the_list_first_and_leaves_the_page_only_then() -> None:
    async with paged(BLANK) as (seat, handed):
        await seat.press(*"nj", "escape")
        assert not listed(seat).display
        assert (seat.field, seat.row("school").typed) == ("school", "nj")
        await seat.press("g")
        assert suggested(seat), "typing opens it again"
        await seat.press("escape", "escape")
        assert not isinstance(seat.app.screen, RecordsPage)
        assert handed == [None]


async def test_where_nothing_is_found_escape_leaves_at_once() -> None:
    async with paged(BLANK) as (seat, handed):
        await seat.press(*"南京")
        assert suggested(seat)
        await seat.put("改名了怎么办？")
        await seat.settle()
        assert listed(seat).display, "it keeps its room"
        assert suggested(seat) == []
        await seat.press("escape")
        assert handed == [None]


# By mouse ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_click_takes_a_name_and_stays_in_its_field(size: tuple[int, int], language: str) -> None:
    china = "中国" if language == "zh" else "China"
    async with paged({**EDUCATION, "country": ""}, language=language, size=size) as (seat, handed):
        await seat.touch(seat.row("country").entry)
        assert suggested(seat) == [china], "nearly all certificates come from there"
        assert stands_under(seat, "country")
        await seat.touch(listed(seat).rows[0])
        assert seat.row("country").typed == china
        assert not listed(seat).display
        assert seat.field == "country"
        assert seat.below("country") == ""
        await seat.act("review")
        assert handed == [Records((RecordEntry({**EDUCATION, "country": china}),))]


async def test_a_field_pressed_below_the_list_is_the_one_that_is_filled_in() -> None:
    async with paged(BLANK) as (seat, _):
        await seat.press(*"nanjing")
        for pressed in (seat.row("major").entry, seat.row("school").entry):
            await seat.touch(pressed)
            assert seat.app.screen.focused is pressed
            assert not listed(seat).display
            await seat.press("end", "某")
        assert (seat.row("major").typed, seat.row("school").typed) == ("某", "nanjing某")


async def test_the_line_of_keys_closes_the_list_as_its_key_does() -> None:
    async with paged(BLANK) as (seat, handed):
        await seat.press(*"nj")
        back = next(each for each in seat.page.query(".key-hint") if each.has_class("-back"))
        await seat.touch(back, (0, 0))
        assert (suggested(seat), handed) == ([], [])
        await seat.touch(back, (0, 0))
        assert handed == [None]


# Calm -------------------------------------------------------------------------------------------------


async def test_the_form_keeps_still_while_one_types() -> None:
    async with paged(BLANK, size=LARGE) as (seat, _):
        above = [seat.row(field).region for field in ("level", "study")]
        school = seat.row("school").entry.region
        await seat.press(*"nanjing")
        below = seat.row("major").region
        for typed in ("gongyedaxue", "qwzx"):
            await seat.put(typed)
            assert seat.row("major").region == below
        assert [seat.row(field).region for field in ("level", "study")] == above
        assert seat.row("school").entry.region == school


async def test_what_stands_in_a_field_already_opens_no_list() -> None:
    second = {**EDUCATION, "school": "东南大学"}
    async with paged(EDUCATION, second) as (seat, _):
        await seat.touch(seat.row("school").entry)
        assert not listed(seat).display
        await seat.press("end", *"x")
        assert listed(seat).display
        await seat.press("pagedown")
        await seat.touch(seat.row("school").entry)
        assert seat.row("school").typed == "东南大学"
        assert not listed(seat).display


async def test_another_record_in_the_same_field_begins_without_the_list_of_the_first() -> None:
    blank = {**EDUCATION, "school": ""}
    async with paged(blank, {**blank, "country": ""}, {**EDUCATION, "country": ""}) as (seat, _):
        assert seat.field == "school"
        await seat.press(*"nj", "pagedown")
        assert (seat.field, seat.row("school").typed) == ("school", "")
        assert not listed(seat).display
        await seat.touch(seat.row("country").entry)
        await seat.press(*"us", "pagedown")
        assert (seat.field, seat.row("country").typed) == ("country", "")
        assert suggested(seat) == ["中国"]


async def test_a_change_of_language_says_the_names_anew_and_opens_no_closed_list() -> None:
    async with paged({**EDUCATION, "country": ""}) as (seat, _):
        assert seat.field == "country"
        await seat.press(*"us")
        assert suggested(seat)[0] == "美国"
        await seat.press("f2")
        assert suggested(seat)[0] == "United States"
        assert said("en", "face.suggesting") in seat.shown()
        assert said("zh", "face.suggesting") not in seat.shown()
        assert seat.row("country").typed == "us"
        await seat.press("escape", "f2")
        assert not listed(seat).display
        await seat.press("a")
        assert listed(seat).display


async def test_the_smallest_window_shows_the_field_and_its_names() -> None:
    async with paged(BLANK, size=(60, 18)) as (seat, _):
        for keys, field in ((0, "school"), (1, "major"), (3, "country")):
            await seat.press(*["tab"] * keys, "n")
            assert seat.field == field
            form = seat.page.query_one("#record-form").region
            for widget in (seat.row(field).entry, *listed(seat).rows):
                assert form.contains_region(widget.region), field


# Leaving ----------------------------------------------------------------------------------------------


async def test_wiping_leaves_no_name_in_the_list() -> None:
    async with paged(BLANK) as (seat, _):
        await seat.press(*"南京化")
        held = [*seat.page.query(Suggestions), *seat.page.query(SuggestionRow)]
        assert len(held) == 1 + MOST
        assert "南京化工大学" in seat.shown()
        await seat.app.to_start()
        await seat.settle()
        assert "南京化" not in seat.shown()
        assert not [each for each in held if "南京化" in repr(vars(each))]


async def test_nothing_that_was_typed_under_a_list_is_left_in_the_process() -> None:
    def start(language: str, _mode: str) -> FakeConversation:
        return FakeConversation((NAME, SCHOOL), language, sheet=sheet())

    async with visiting(start=start) as visit:
        await visit.press("f8")
        field = visit.app.screen.focused
        assert isinstance(field, Composer)
        field.take(visit.planted["school"])
        await visit.settle()
        assert visit.app.screen.query_one(Suggestions)._typed == visit.planted["school"]
        del field
        await visit.app.to_start()
        await visit.settle()
        assert await remains_at_last(visit) == []
