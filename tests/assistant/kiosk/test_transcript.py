"""A long conversation costs what a short one does, and reading back does not move the text."""

from __future__ import annotations

from textual.app import App, ComposeResult

from assistant.conversation.messages import Echoed, Message
from assistant.conversation.wording import Wording
from assistant.widgets.glyphs import UNICODE
from assistant.widgets.transcript import MOST, WINDOW, Earlier, TranscriptView
from tests.assistant.kiosk.quiet import quiet
from tests.factories import content


class Reading(App[None]):
    # As on the page of the conversation.
    CSS = "TranscriptView { align-vertical: bottom; }"

    def compose(self) -> ComposeResult:
        yield TranscriptView(Wording(content(), "en"), UNICODE)


def records(count: int) -> tuple[Message, ...]:
    return tuple(Echoed("name", f"number {n}") for n in range(count))


async def test_of_ten_thousand_messages_a_window_is_mounted() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(10_000))
        await quiet(pilot.app)
        assert len(view.bubbles) == WINDOW
        for more in range(1, 60):
            await view.update_to(records(10_000 + more))
        await quiet(pilot.app)
        assert WINDOW <= len(view.bubbles) <= MOST
        assert "number 10058" in view.bubbles[-1].at(76).plain
        assert view.scroll_y >= view.max_scroll_y - 1


async def test_reading_back_loads_earlier_messages_without_moving_the_text() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(300))
        await quiet(pilot.app)
        view.scroll_home(animate=False)
        await quiet(pilot.app)
        first = view.bubbles[0]
        before = first.region.y
        await view.load_earlier()
        await quiet(pilot.app)
        await quiet(pilot.app)
        assert len(view.bubbles) == WINDOW + 20
        assert abs(first.region.y - before) <= 1
        assert "number 200" in view.bubbles[0].at(76).plain


async def test_all_of_it_can_be_read_back_to_the_first() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(130))
        for _ in range(60):
            await view.page(-1)
            await quiet(pilot.app)
        assert "number 0" in view.bubbles[0].at(76).plain
        assert list(view.query_children(Earlier)) == []
        assert view.scroll_y == 0


async def test_forgetting_leaves_nothing() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(10))
        view.forget()
        await quiet(pilot.app)
        assert list(view.children) == []


async def test_who_reads_back_stays_there_when_something_comes_that_was_not_asked_for() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(99))
        await quiet(pilot.app)
        view.to_end()
        await quiet(pilot.app)
        await view.page(-1)
        await quiet(pilot.app)
        place, top = view.scroll_y, view.bubbles[0]
        await view.update_to(records(110), stay=True)
        await quiet(pilot.app)
        assert (view.scroll_y, view.bubbles[0]) == (place, top)
        await view.update_to(records(111))
        await quiet(pilot.app)
        await quiet(pilot.app)
        assert view.at_end


async def test_what_stands_beside_the_field_is_not_said_twice() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(3), beside=[1])
        await quiet(pilot.app)
        assert [bubble.number for bubble in view.bubbles] == [0, 2]
        await view.update_to(records(400))
        await quiet(pilot.app)
        assert len(view.bubbles) == WINDOW


async def test_a_page_begins_at_its_record_and_what_came_before_comes_back() -> None:
    app = Reading()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(TranscriptView)
        await view.update_to(records(30))
        await view.update_to(records(33), begin=31)
        await quiet(pilot.app)
        assert [bubble.number for bubble in view.bubbles] == [31, 32]
        first = view.bubbles[0]
        before = first.region.y
        assert view.bubbles[-1].region.bottom == view.region.bottom
        await view.load_earlier()
        await quiet(pilot.app)
        await quiet(pilot.app)
        assert first.region.y == before
        assert [bubble.number for bubble in view.bubbles] == list(range(11, 33))
