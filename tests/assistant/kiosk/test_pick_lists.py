"""Lists to pick from on the full screen: narrowed down by any name, and names suggested under a field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widget import Widget

from assistant.conversation.inputs import Choice, Text
from assistant.conversation.messages import Option, Prompt
from assistant.widgets.choices import DONE
from assistant.widgets.suggestions import SuggestionRow, Suggestions
from assistant.widgets.transcript import TranscriptView
from flows.verdict import Named, Problem
from tests.assistant.kiosk.scripted import (
    CONFIRM,
    END,
    FIRST_TIME,
    NAME,
    PROVINCE,
    SUBJECTS,
    FakeConversation,
)
from tests.assistant.kiosk.seat import EVERY, SMALL, Seat, said, seated
from tests.factories import content

pytestmark = pytest.mark.filterwarnings("error")

CITIES = content().provinces["guangdong"].cities
CITY = Prompt(
    "city",
    "choice",
    "ask.city",
    help="help.city",
    options=tuple(Option(city.id, Named("city", f"guangdong/{city.id}")) for city in CITIES),
)
PROMISE = Prompt(
    "promise.know",
    "acknowledge",
    "ask.promise.know",
    options=(Option("yes", Named("word", "option.promise.yes")),),
)
RECORD = {"number": 1}
SCHOOL = Prompt(
    "education.0.school",
    "text",
    "ask.education.school",
    RECORD,
    help="help.education.school",
    example="example.education.school",
    suggest="schools",
)
MAJOR = replace(SCHOOL, key="education.0.major", text="ask.education.major", suggest="study-majors")
COUNTRY = replace(SCHOOL, key="education.0.country", text="ask.education.country", suggest="countries")


def ids(seat: Seat) -> list[str]:
    return [row.asked.id for row in seat.panel.choices.rows]


def suggested(seat: Seat) -> list[str]:
    """Return the names that stand under the field."""
    return [
        row.said.text for row in seat.panel.suggestions.rows if row.said and seat.panel.suggestions.display
    ]


async def key_in(seat: Seat, text: str) -> None:
    """Type without Enter, until the list that is read in the background is there."""
    await seat.type(text, enter=False)
    await seat.settle()


# Narrowing --------------------------------------------------------------------------------------------


async def test_any_name_of_an_option_narrows_the_list_and_enter_picks_it() -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        for typed, first in (
            ("js", "jiangsu"),
            ("苏", "jiangsu"),
            ("zhejang", "zhejiang"),
            ("江酥", "jiangsu"),
            ("沪", "shanghai"),
        ):
            await key_in(seat, typed)
            assert ids(seat)[0] == first
            assert seat.panel.choices.highlighted is seat.panel.choices.rows[0]
        await seat.press("enter")
        assert conversation.given == [Choice(("shanghai",))]
        assert seat.draft == ""


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_best_stand_first_with_their_own_numbers_and_are_counted(language: str) -> None:
    async with seated(FakeConversation((CITY,), language=language)) as seat:
        before = ids(seat)
        await key_in(seat, "zh")
        assert set(ids(seat)) == {"zhuhai", "zhaoqing", "zhanjiang", "zhongshan"}
        for row in seat.panel.choices.rows:
            assert row.number == before.index(row.asked.id) + 1
            assert str(row.number) in row.at(60).plain
        counted = content().words[language]["face.fitting"].format(count=4)
        assert "".join(counted.split()) in seat.shown()
        await key_in(seat, "")
        assert ids(seat) == before
        assert [row.number for row in seat.panel.choices.rows] == list(range(1, len(before) + 1))
        assert "".join(counted.split()) not in seat.shown()


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_as_many_are_shown_as_fit_and_the_field_stays_whole(
    size: tuple[int, int], language: str
) -> None:
    async with seated(FakeConversation((CITY,), language=language), size=size) as seat:
        await key_in(seat, "市")
        choices = seat.panel.choices
        fitting, shown = len(CITIES), len(choices.rows)
        assert 4 <= shown < fitting
        said_so = content().words[language]["face.fitting-more"].format(count=fitting, shown=shown)
        assert "".join(said_so.split()) in seat.shown()
        for row in choices.rows:
            assert choices.region.contains_region(row.region)
        assert seat.app.screen.region.contains_region(seat.panel.composer.region)
        assert seat.app.screen.query_one(TranscriptView).size.height >= 4


async def test_a_name_that_fits_nothing_leaves_the_whole_list_and_is_sent_as_it_is() -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        before = ids(seat)
        for typed in ("qwzx", "what does level mean?", "级别是什么意思？", "哪个省可以报"):
            await key_in(seat, typed)
            assert ids(seat) == before
            assert not seat.panel.choices.narrowed
        await seat.press("enter")
        assert conversation.given == [Text("哪个省可以报")]


async def test_before_a_point_of_no_return_only_a_name_written_out_narrows() -> None:
    conversation = FakeConversation((CONFIRM, NAME))
    async with seated(conversation) as seat:
        for typed in ("y", "new", "yesa", "shouci"):
            await key_in(seat, typed)
            assert seat.panel.choices.highlighted is None
        await key_in(seat, "yes")
        assert ids(seat) == ["yes"]
        await key_in(seat, "")
        assert seat.panel.choices.highlighted is None
        await seat.press("enter")
        assert conversation.given == []


async def test_a_promise_is_not_made_by_a_name_half_typed() -> None:
    conversation = FakeConversation((PROMISE, NAME))
    async with seated(conversation) as seat:
        await seat.type("prom")
        assert conversation.given == [Text("prom")]


async def test_of_several_a_name_ticks_one_and_the_field_is_free_for_the_next() -> None:
    conversation = FakeConversation((SUBJECTS, NAME))
    async with seated(conversation) as seat:
        await key_in(seat, "沪")
        assert ids(seat) == ["shanghai", DONE]
        await seat.press("enter")
        assert seat.draft == ""
        await key_in(seat, "js")
        await seat.press("enter")
        assert ids(seat) == ["beijing", "shanghai", "jiangsu", DONE]
        await seat.press("enter")
        assert conversation.given == [Choice(("shanghai", "jiangsu"))]


async def test_a_mouse_picks_from_what_was_narrowed_down() -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        await key_in(seat, "河")
        assert ids(seat) == ["henan"]
        await key_in(seat, "h")
        await seat.click(seat.panel.choices.rows[1])
        assert conversation.given == [Choice((("henan", "hubei", "hunan")[1],))]


# Suggestions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_schools_are_suggested_under_the_field_which_stays_whole(
    size: tuple[int, int], language: str
) -> None:
    async with seated(FakeConversation((SCHOOL,), language=language), size=size) as seat:
        assert suggested(seat) == []
        await key_in(seat, "njgydx")
        assert suggested(seat)[0] == "南京工业大学"
        panel, screen = seat.panel, seat.app.screen
        assert said(language, "face.suggesting") in seat.shown()
        for widget in (screen.query_one("#question"), panel.composer, *panel.suggestions.children):
            assert screen.region.contains_region(widget.region), widget
            assert widget.region.height >= 1
        assert panel.suggestions.region.y >= panel.composer.region.bottom
        assert screen.query_one(TranscriptView).size.height >= 4
        # The help makes room where it stands below the field, and comes back.
        assert (screen.query_one("#help").region.height > 0) == (size != SMALL)
        await key_in(seat, "")
        assert screen.query_one("#help").region.height > 0


async def test_down_and_enter_take_a_suggestion() -> None:
    conversation = FakeConversation((SCHOOL, MAJOR, END))
    async with seated(conversation) as seat:
        await key_in(seat, "南京化工")
        first, second = suggested(seat)[:2]
        assert first == "南京化工大学"
        await seat.press("down", "down")
        assert seat.panel.suggestions.highlighted == second
        await seat.press("up", "enter")
        assert conversation.given == [Text("南京化工大学")]
        await key_in(seat, "civil")
        await seat.press("tab", "enter")
        assert conversation.given[-1] == Text("土木工程")
        assert seat.draft == ""


async def test_a_click_takes_a_suggestion() -> None:
    conversation = FakeConversation((SCHOOL, END))
    async with seated(conversation) as seat:
        await key_in(seat, "njgydx")
        await seat.click(seat.panel.suggestions.rows[0])
        assert conversation.given == [Text("南京工业大学")]


async def test_enter_alone_takes_what_was_typed_as_it_is() -> None:
    conversation = FakeConversation((SCHOOL,) * 4 + (END,))
    async with seated(conversation) as seat:
        for typed in ("南京工大", "南京工业大学", "某某市某某职业学院", "University of Nowhere"):
            await key_in(seat, typed)
            await seat.press("enter")
            assert conversation.given[-1] == Text(typed)


async def test_up_from_the_first_goes_back_to_the_field() -> None:
    conversation = FakeConversation((SCHOOL, END))
    async with seated(conversation) as seat:
        await key_in(seat, "nju")
        await seat.press("down", "up", "enter")
        assert conversation.given == [Text("nju")]


async def test_another_key_takes_the_mark_away() -> None:
    conversation = FakeConversation((SCHOOL, END))
    async with seated(conversation) as seat:
        await key_in(seat, "nanjing")
        await seat.press("down", "x")
        assert seat.panel.suggestions.highlighted is None
        await seat.press("enter")
        assert conversation.given == [Text("nanjingx")]


async def test_a_question_is_no_school() -> None:
    conversation = FakeConversation((SCHOOL, END))
    async with seated(conversation) as seat:
        await key_in(seat, "这所学校改名了怎么办？")
        assert suggested(seat) == []
        await seat.press("enter")
        assert conversation.given == [Text("这所学校改名了怎么办？")]


async def test_a_school_of_the_past_says_what_it_is_now() -> None:
    async with seated(FakeConversation((SCHOOL,), language="zh")) as seat:
        await key_in(seat, "南京化工大学")
        assert "南京化工大学2001年起为南京工业大学" in seat.shown()


@pytest.mark.parametrize(("language", "china"), [("en", "China"), ("zh", "中国")])
async def test_the_country_is_offered_before_anything_is_typed(language: str, china: str) -> None:
    conversation = FakeConversation((COUNTRY, END), language=language)
    async with seated(conversation) as seat:
        await seat.settle()
        assert suggested(seat) == [china]
        await seat.press("down", "enter")
        assert conversation.given == [Text(china)]


async def test_a_change_of_language_says_suggestions_anew() -> None:
    async with seated(FakeConversation((COUNTRY,), language="zh")) as seat:
        await key_in(seat, "us")
        assert suggested(seat)[0] == "美国"
        await seat.press("f2")
        assert suggested(seat)[0] == "United States"
        assert seat.draft == "us"


async def test_the_list_keeps_its_height_while_one_types() -> None:
    async with seated(FakeConversation((SCHOOL,))) as seat:
        await key_in(seat, "nanjing")
        field = seat.panel.composer.region
        for typed in ("nanjinggongyedaxue", "qwzx", "nanjing"):
            await key_in(seat, typed)
            assert seat.panel.composer.region == field, typed


async def test_what_is_typed_elsewhere_is_kept_by_no_list() -> None:
    conversation = FakeConversation((SCHOOL, NAME, FIRST_TIME), refuses={"x": Problem("name-missing")})
    async with seated(conversation) as seat:
        await key_in(seat, "Qz7813")
        await seat.press("enter")
        assert suggested(seat) == []
        assert not seat.panel.suggestions.display
        await key_in(seat, "Wz2277")
        held = (Suggestions, SuggestionRow)
        kept = [repr(vars(each)) for each in seat.app.screen.walk_children(Widget) if isinstance(each, held)]
        assert kept
        assert not [each for each in kept if "Qz7813" in each or "Wz2277" in each]


async def test_leaving_wipes_what_was_suggested() -> None:
    conversation = FakeConversation((SCHOOL,))
    async with seated(conversation) as seat:
        await key_in(seat, "南京化工")
        suggestions = seat.panel.suggestions
        assert "南京化工大学" in seat.shown()
        seat.panel.forget()
        await seat.settle()
        assert "南京化工" not in seat.shown()
        assert "南京化工" not in repr([suggestions._typed, suggestions._said])
        assert [row.said for row in suggestions.query(SuggestionRow)] == [None] * 6
