"""What a key does to the keyboard and to the field; nothing that was composed is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.widgets.keyboard_layout import CANDIDATES, Cap, LayoutId, rows
from assistant.widgets.keyboard_strokes import MOST_LETTERS, Board, Offer, Stroke, pressed
from flows.characters.pinyin import candidates, parted

NOTHING = Offer()


def offered(board: Board) -> Offer:
    found = candidates(board.composing, CANDIDATES + 1, board.page * CANDIDATES)
    rest = parted(board.composing)[1].lstrip("'")
    return Offer(found[:CANDIDATES], rest, more=len(found) > CANDIDATES)


def press(board: Board, *caps: Cap) -> tuple[Board, list[Stroke]]:
    strokes = []
    for cap in caps:
        board, stroke = pressed(board, cap, offered(board))
        strokes += [stroke] if stroke is not None else []
    return board, strokes


def letters(text: str) -> list[Cap]:
    return [Cap("type", letter) for letter in text]


SPACE, ENTER, BACKSPACE, CLEAR = Cap("type", " "), Cap("enter"), Cap("backspace"), Cap("clear")


def test_shift_holds_for_one_letter_then_for_all_then_for_none() -> None:
    board, _ = press(Board(), Cap("shift"))
    assert board.shift == "once"
    assert press(board, Cap("type", "@"), Cap("type", "1"))[0].shift == "once"
    assert press(board, Cap("type", "A"))[0].shift == "off"
    board, _ = press(board, Cap("shift"))
    assert board.shift == "lock"
    assert press(board, *letters("ABC"))[0].shift == "lock"
    assert press(board, Cap("shift"))[0].shift == "off"


def test_letters_of_pinyin_reach_the_field_only_as_characters() -> None:
    board, strokes = press(Board("pinyin"), *letters("wangxiao"))
    assert (board.composing, strokes) == ("wangxiao", [])
    board, strokes = press(board, Cap("candidate", "王"))
    assert (board.composing, strokes) == ("xiao", [Stroke("type", "王")])
    board, strokes = press(board, SPACE)
    assert (board.composing, strokes) == ("", [Stroke("type", "小")])
    assert press(board, SPACE)[1] == [Stroke("type", " ")]


def test_what_is_composed_is_mended_before_the_field_is() -> None:
    board, strokes = press(Board("pinyin"), *letters("wam"), BACKSPACE, Cap("type", "n"))
    assert (board.composing, strokes) == ("wan", [])
    board, strokes = press(board, CLEAR)
    assert (board.composing, strokes) == ("", [])
    assert press(board, BACKSPACE, CLEAR)[1] == [Stroke("backspace"), Stroke("clear")]


def test_enter_takes_the_letters_as_they_are_and_only_then_answers() -> None:
    board, strokes = press(Board("pinyin"), *letters("bim"), ENTER)
    assert (board.composing, strokes) == ("", [Stroke("type", "bim")])
    assert press(board, ENTER)[1] == [Stroke("enter")]


def test_another_layout_takes_the_letters_along() -> None:
    board, strokes = press(Board("pinyin"), *letters("wang"), Cap("layout", "latin"))
    assert (board, strokes) == (Board("latin"), [Stroke("type", "wang")])
    assert press(board, Cap("layout", "digits"))[1] == []


def test_the_layout_that_is_shown_already_changes_nothing() -> None:
    board, strokes = press(Board("pinyin"), *letters("wang"), Cap("layout", "pinyin"))
    assert (board.composing, strokes) == ("wang", [])


def test_candidates_are_leafed_through_and_a_new_letter_begins_at_the_front() -> None:
    board, _ = press(Board("pinyin"), *letters("shi"), Cap("later"), Cap("later"), Cap("earlier"))
    assert board.page == 1
    assert press(board, Cap("earlier"), Cap("earlier"))[0].page == 0
    assert press(board, *letters("j"))[0].page == 0
    assert press(board, *[Cap("later")] * 500)[0].page == (len(candidates("shi", 10_000)) - 1) // CANDIDATES


def test_an_empty_place_among_the_candidates_does_nothing() -> None:
    board, _ = press(Board("pinyin"), *letters("wang"))
    assert press(board, Cap("candidate")) == (board, [])


def test_without_characters_space_leaves_the_letters_where_they_are() -> None:
    board = Board("pinyin", composing="wang")
    assert pressed(board, SPACE, NOTHING) == (board, None)


@given(st.lists(st.sampled_from(range(40)), max_size=120), st.sampled_from(["latin", "pinyin", "digits"]))
def test_any_keys_in_any_order_keep_the_keyboard_whole(places: list[int], layout: LayoutId) -> None:
    board = Board(layout)
    for n in places:
        keys = [
            cap
            for row in rows(board.layout, upper=board.shift != "off", candidates=offered(board).chars)
            for cap in row
        ]
        before = board
        board, strokes = press(board, keys[n % len(keys)])
        assert len(board.composing) <= MOST_LETTERS
        assert board.page >= 0
        assert not board.composing or board.layout == "pinyin"
        assert board.shift == "off" or board.layout == "latin"
        assert all(stroke.text for stroke in strokes if stroke.act == "type")
        if len(board.composing) < len(before.composing) and not strokes:
            assert keys[n % len(keys)].act in {"backspace", "clear"}
