"""What a trainer does before a class, on the real screens over a real classroom."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from assistant.trainer import following
from assistant.trainer.notes import NotesPage
from assistant.trainer.screens.asking import AskingPage
from assistant.trainer.screens.lesson import LessonPage
from assistant.trainer.screens.library import LibraryPage
from assistant.trainer.screens.map import MapPage
from assistant.trainer.screens.question import QuestionPage
from assistant.trainer.screens.rerouted import ReroutedPage
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.choices import Choices, OptionRow
from assistant.widgets.key_bar import KeyHint
from tests.assistant.trainer.classroom import Seat, at_a_lesson, at_the_notes, classroom


def hint(seat: Seat, action: str) -> KeyHint:
    return next(each for each in seat.page.query("KeyBar KeyHint").results(KeyHint) if each.action == action)


def marked(seat: Seat) -> bool:
    """Whether the page says that it is training, and at what simulated time."""
    shown = seat.shown()
    return "TRAINING" in shown and "培训演示" in shown and "2020" in shown


async def test_a_persona_is_found_by_pinyin_and_its_story_stands_beside() -> None:
    async with at_a_lesson() as seat:
        assert isinstance(seat.page, LibraryPage)
        assert "王小明" in seat.shown()
        seat.app.focused.put("fengjuan")  # type: ignore[union-attr]
        await seat.rest()
        assert "2008年8月" in seat.shown()
        assert marked(seat)
        await seat.press("enter")
        assert isinstance(seat.page, LessonPage)
        assert seat.lesson.card.id == "degree-2008-08"
        # The run stays open, and stands on top of the library.
        await seat.press("right", "escape", "enter")
        assert seat.lesson.view.at == 1
        await seat.press("escape")
        seat.app.focused.put("王小明")  # type: ignore[union-attr]
        await seat.rest()
        row = next(each for each in seat.page.query_one(Choices).rows)
        await seat.pilot.click(row, offset=(6, 0))
        await seat.rest()
        assert seat.lesson.card.id == "first-time-clean"


async def test_training_and_the_simulated_clock_stand_on_every_page_in_both_languages() -> None:
    async with at_a_lesson("first-time-clean") as seat:
        assert marked(seat)
        for keys, page in (
            (("f1",), "HelpPage"),
            (("m",), "MapPage"),
            (("t", "6"), "AskingPage"),
            (("q",), "QuestionPage"),
            (("f",), "AskingPage"),
            (("e",), "AskingPage"),
        ):
            await seat.press(*keys)
            assert type(seat.page).__name__ == page
            assert marked(seat), page
            await seat.press("f2")
            assert marked(seat), page
            await seat.press("escape")
            assert isinstance(seat.page, LessonPage)


async def test_a_persona_is_stepped_rewound_played_to_the_end_and_gone_back_to_a_step() -> None:
    async with at_a_lesson("degree-2008-08") as seat:
        await seat.press("right", "n", "n")
        assert seat.lesson.view.at == 3
        await seat.press("b", "left")
        assert (seat.lesson.view.at, seat.lesson.view.count) == (1, 3)
        seat.lesson.go_to("application-confirm")
        await seat.rest()
        await seat.press("s", "space")
        assert seat.lesson.view.chart.here == "consequences"
        assert not seat.lesson.player.playing
        # On the map: back to a step that was passed, and on again to one that lies ahead.
        await seat.press("m", "home", "down", "enter")
        assert seat.lesson.view.chart.here == "scope"
        await seat.press("m", "end", "up", "up", "enter")
        assert seat.lesson.view.chart.here == "application-pay"
        assert seat.lesson.view.chart.stop("returning").standing == "out-of-reach"
        # What is out of reach is explained and not gone to.
        await seat.press("m", "home", "down", "down", "down", "down", "down", "enter")
        assert isinstance(seat.page, MapPage)
        assert "不经过" in seat.shown()


async def test_time_moves_by_keys_and_to_dates_and_a_wait_says_what_ends_it() -> None:
    async with at_a_lesson("verification-cannot") as seat:
        lesson = seat.lesson
        lesson.go_to("verification")
        await seat.rest()
        began = lesson.view.now
        assert "D前进24小时" in seat.shown()
        await seat.press("h")
        assert (lesson.view.now - began).total_seconds() == 3600
        assert lesson.view.chart.here == "verification"
        await seat.pilot.click(hint(seat, "day"))
        await seat.rest()
        assert lesson.view.chart.here == "application-choose"
        await seat.press("t", "5")
        assert lesson.view.now == lesson.run.clock.now
        await seat.press("b", "t", "6")
        await seat.type("someday")
        assert isinstance(seat.page, AskingPage)
        assert "无法识别这个时间" in seat.shown()
        await seat.type("2020-07-03 10:00")
        assert f"{lesson.view.now:%Y-%m-%d %H:%M}" == "2020-07-03 10:00"
        # The persona comes to a wait that only an office ends.
        lesson.go_to("application-confirm")
        await seat.rest()
        await seat.press("space")
        assert lesson.view.chart.here == "manual-review"
        assert "O由机构作出决定" in seat.shown()
        await seat.press("o", "1")
        assert lesson.view.chart.here == "application-pay"
        await seat.press("o", "1")
        assert lesson.view.chart.here == "consequences"


async def test_a_hand_answers_in_the_personas_place_and_reads_its_errors() -> None:
    async with at_a_lesson("first-time-clean") as seat:
        lesson = seat.lesson
        lesson.go_to("account-rules")
        await seat.rest()
        await seat.press("k")
        await seat.type("王 1明")
        assert lesson.view.prompt.key == "name"
        assert "错误" in seat.shown()
        await seat.type("王大明")
        assert lesson.view.prompt.key == "id_type"
        # Options are picked by the mouse too.
        await seat.pilot.click(lesson.query(OptionRow).first(), offset=(6, 0))
        await seat.rest()
        assert lesson.view.prompt.key == "id_number"
        assert [each.by for each in lesson.run.moments[-2:]] == ["hand", "hand"]
        # Letters are typed and mean nothing else, until the keys are given back.
        await seat.press(*"q1")
        assert lesson.query_one(AskPanel).draft == "q1"
        await seat.press("escape", "q")
        assert isinstance(seat.page, QuestionPage)


async def test_another_fact_shows_both_ways_and_leaves_the_run_as_it_was() -> None:
    async with at_a_lesson("first-time-clean-english") as seat:
        lesson = seat.lesson
        await seat.press("right", "right", "f")
        await seat.type("学位授予年月")
        await seat.type("2008-08")
        assert isinstance(seat.page, ReroutedPage)
        assert "14.2" in seat.shown()
        assert "停在“人工核查”等待" in seat.shown()
        first = lesson.run
        await seat.press("enter")
        assert isinstance(seat.page, LessonPage)
        assert lesson.run is not first
        assert "2008-08" in seat.shown()
        await seat.press("r")
        await seat.type("又一个分支")
        assert lesson.branch == "又一个分支"
        await seat.press("right", "tab")
        assert lesson.run is first
        assert lesson.view.at == 2


async def test_a_run_is_written_out_with_pictures_of_the_real_screen_and_stands_where_it_stood() -> None:
    async with at_a_lesson("first-time-clean") as seat:
        await seat.press("right", "right", "b", "e", "4")
        assert "已导出" in seat.shown()
        assert (seat.lesson.view.at, seat.lesson.view.count) == (1, 2)
        written = classroom().folder / "exports" / "first-time-clean-1"
        names = {f"first-time-clean.{end}" for end in ("yaml", "cast", "md", "html")}
        assert {each.name for each in written.iterdir()} == {*names, "screens"}
        pictures = sorted((written / "screens").iterdir())
        assert [each.name for each in pictures] == ["000.svg", "001.svg"]
        assert all("TRAINING" in each.read_text("utf-8") for each in pictures)
        # A second time nothing is written over.
        await seat.press("e", "1")
        assert (written.parent / "first-time-clean-2" / "first-time-clean.yaml").exists()


async def test_the_second_terminal_hears_where_the_class_is_and_what_it_is_asked() -> None:
    def heard() -> following.Stand:
        stand = following.read(classroom().folder)
        assert stand is not None
        return stand

    async with at_a_lesson("first-time-clean") as seat:
        assert heard().step == "system"
        assert "王小明" in heard().persona["zh"]
        assert "Pick" in heard().coming["en"]
        await seat.press("q")
        assert heard().asked == following.Asked("system", 0)
        assert "[1.3]" not in seat.shown()
        await seat.press("2")
        assert heard().asked == following.Asked("system", 0, answered=True)
        assert "正确" in seat.shown()
        assert "[1.3]" in seat.shown()
        await seat.press("escape", "right")
        assert (heard().step, heard().number, heard().asked) == ("scope", 2, None)
    assert heard().ended


async def test_the_notes_follow_and_hide_the_answer_until_the_class_has_seen_it(tmp_path: Path) -> None:
    stand = following.Stand(
        os.getpid(), persona={"zh": "王小明"}, story={"zh": "他的故事"}, step="system", number=1,
        following=("scope", "notice"), at={"zh": "2020年7月1日 周三 09:00"}, coming={"zh": "选择：是"},
    )  # fmt: skip
    async with at_the_notes(tmp_path, size=(100, 60)) as notes:

        async def follow(stand: following.Stand) -> str:
            following.write(tmp_path, stand)
            assert isinstance(notes.page, NotesPage)
            notes.page.look()
            await notes.rest()
            assert "TRAINING" in notes.shown()
            return notes.shown()

        assert "还没有开始演示" in notes.shown()
        shown = await follow(stand)
        for said in ("讲什么", "容易弄错", "演示什么", "他的故事", "选择：是", "适用范围", "周三09:00"):
            assert said in shown
        asked = await follow(replace(stand, asked=following.Asked("system", 0)))
        assert "正在提问" in asked
        assert "理由" not in asked
        assert "理由" in await follow(replace(stand, asked=following.Asked("system", 0, answered=True)))
        assert "第2步" in await follow(replace(stand, step="scope", number=2))
        assert "演示已结束" in await follow(replace(stand, ended=True))
