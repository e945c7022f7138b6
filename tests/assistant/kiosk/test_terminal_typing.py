"""In a real pseudo-terminal: what is typed, committed by an input method or pasted arrives whole, as text."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from assistant.conversation.linebreak import cells
from tests.assistant.kiosk.terminals import Terminal, Terminals

EMPTIED = b"\x05\x15"

EXTENSION_B = "𠮷𠮶𠮸𠀋𡈽"
COMMITS = (
    "王",
    "王小明明",
    "王小明明明",
    "一二三四五六七八九十" * 3,
    "，。、；：？！",
    "「姓名」（曾用名）",
    EXTENSION_B,
    "田𠮷明",
)


@pytest.fixture(scope="module")
def seat(terminals: Terminals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with terminals.terminal(tmp_path_factory.mktemp("typing")) as terminal:
        yield terminal


def field(terminal: Terminal, hint: str = "Type your answer") -> tuple[int, int]:
    """Empty the field and return the column and line where its text begins."""
    terminal.send(EMPTIED)
    assert terminal.shows(hint)
    line = next(n for n, each in enumerate(terminal.screen.display) if hint in each)
    column = terminal.screen.display[line].index(hint)
    assert settles(terminal, (column, line))
    return column, line


def settles(terminal: Terminal, caret: tuple[int, int]) -> bool:
    """Wait until the terminal's own cursor stands where the caret should be."""
    until = time.monotonic() + 10
    while terminal.caret() != caret and time.monotonic() < until:
        terminal.read(0.02)
    return terminal.caret() == caret


@pytest.mark.parametrize("text", COMMITS)
def test_a_commit_arrives_whole_and_the_cursor_stands_behind_it(seat: Terminal, text: str) -> None:
    x, y = field(seat)
    seat.send(text)
    assert seat.shows(text)
    assert settles(seat, (x + cells(text), y))


def test_of_a_commit_only_what_cannot_be_seen_is_left_out(seat: Terminal) -> None:
    field(seat)
    seat.send("可见\u200b的\u202e文字")
    assert seat.shows("▌ 可见的文字")


def test_a_commit_that_is_split_within_a_character_arrives_whole(seat: Terminal) -> None:
    for text in ("王小", "𠮷明"):
        data = text.encode()
        for at in range(1, len(data)):
            x, y = field(seat)
            seat.send(data[:at])
            seat.read(0.03)
            seat.send(data[at:])
            assert seat.shows(text)
            assert settles(seat, (x + 4, y))


def test_a_commit_byte_by_byte_arrives_whole(seat: Terminal) -> None:
    field(seat)
    for byte in ("中华" + EXTENSION_B).encode():
        seat.send(bytes([byte]))
        time.sleep(0.002)
    assert seat.shows("中华" + EXTENSION_B)


def test_the_cursor_follows_the_caret_back_through_wide_characters(seat: Terminal) -> None:
    x, y = field(seat)
    seat.send("王a𠮷b")
    for steps, column in ((0, 6), (1, 5), (2, 3), (3, 2), (4, 0)):
        seat.send(b"\x05" + b"\x1b[D" * steps)
        assert settles(seat, (x + column, y))


def test_in_a_field_that_has_scrolled_sideways_the_cursor_stays_within_it(seat: Terminal) -> None:
    x, y = field(seat)
    seat.send("长" * 60 + "尾")
    assert seat.shows("长尾")
    seat.read(0.1)
    column, line = seat.caret()
    assert line == y
    # Behind the last character, wherever that now stands.
    assert seat.screen.buffer[line][column - 2].data == "尾"
    seat.send(b"\x1b[H")
    assert settles(seat, (x, y))


def test_three_hundred_characters_at_once_arrive_whole(seat: Terminal) -> None:
    field(seat)
    seat.send("首" + "中" * 298 + "末" + "\r")
    time.sleep(0.4)
    seat.send("\r")
    until = time.monotonic() + 10
    while "taken 首" + "中" * 298 + "末" not in seat.diary:
        assert time.monotonic() < until, seat.diary[-1:]
        seat.read(0.05)


def test_in_a_masked_field_the_cursor_counts_dots(terminals: Terminals, tmp_path) -> None:
    with terminals.terminal(tmp_path, script="mobile") as terminal:
        x, y = field(terminal, "Not shown; F5")
        terminal.send("138王")
        assert settles(terminal, (x + 4, y))
        assert "138" not in terminal.left
        terminal.send(b"\x1b[D")
        assert settles(terminal, (x + 3, y))


# What stands in the way of text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b"\x1b[99999999999u\x1b[0;;20320:22909:21834u", id="keys beyond Unicode"),
        pytest.param(b"\x1b[<32;NaN;NaNM\x1b[<1;2;3\x1b[<0;-1;-1M\x1b[<999;1;1M", id="mouse reports"),
        pytest.param(b"\x1b[M\xff\xfe\x80\x1b[M  ", id="old mouse reports"),
        pytest.param(b"\x1b[48;1;1;0;0t\x1b[48;99999999;99999999;1;1t\x1b[?2048;1$y", id="made up sizes"),
        pytest.param(b"\x1b[O\x1b[1;2R\x1b[?1;2c\x1b[?2026;0$y", id="answers nobody asked for"),
        pytest.param(b"\x1b[" + b"1;" * 3000, id="a sequence without an end"),
        pytest.param(b"\x1b]0;" + b"t" * 100_000, id="a title without an end"),
        pytest.param(b"\x1bP" + b"d" * 5000 + b"\x1b[" + b"\x1b_" + b"a" * 5000, id="strings without an end"),
    ],
)
def test_what_is_broken_costs_no_text_behind_it(seat: Terminal, broken: bytes) -> None:
    field(seat)
    seat.send(broken)
    seat.read(0.5)
    # Nothing of it was typed.
    assert "Typeyouranswer" in seat.text
    seat.answers()


def test_a_terminal_that_was_built_anew_is_told_again_how_to_report_the_mouse(seat: Terminal) -> None:
    before = len(seat.sent)
    seat.send(b"\x1b[M\xff\xfe\x80")
    until = time.monotonic() + 10
    while b"\x1b[?1006h" not in seat.sent[before:]:
        assert time.monotonic() < until
        seat.send(b"\x1b[M\xff\xfe\x80")
        seat.read(0.2)


def test_an_alt_combination_types_nothing(seat: Terminal) -> None:
    field(seat)
    for character in b"123abc":
        seat.send(b"\x1b" + bytes([character]))
    seat.read(0.2)
    assert "Typeyouranswer" in seat.text


def test_bytes_of_another_encoding_stand_for_themselves(seat: Terminal) -> None:
    field(seat)
    seat.send(b"\xcd\xf5\xd0\xa1\xff\xfe" + b"\x80" * 50)
    assert seat.shows("\ufffd\ufffd")
    seat.answers()


def test_control_characters_in_a_paste_are_no_keys(seat: Terminal) -> None:
    field(seat)
    seat.send(b"\x1b[200~" + "甲".encode() + b"\x11\x03\x1b[21~\x1bOP\t\x1b" + "乙".encode() + b"\x1b[201~")
    assert seat.shows("甲")
    assert seat.shows("乙")
    assert "Leave now?" not in seat.text
    seat.answers()


def test_a_paste_that_holds_its_own_end_presses_no_key_either(seat: Terminal) -> None:
    field(seat)
    seat.send(b"\x1b[200~" + "丙".encode() + b"\x1b[201~\x11" + "丁".encode() + b"\x1b[201~")
    assert seat.shows("丙丁")
    assert "Leave now?" not in seat.text
    seat.answers()


def test_a_paste_without_an_end_is_shown_after_a_while_and_keys_work_again(seat: Terminal) -> None:
    field(seat)
    seat.send(b"\x1b[200~" + "没完".encode())
    assert seat.shows("没完")
    seat.answers()


def test_a_deletion_or_an_enter_keeps_its_place_in_what_is_typed_at_once(seat: Terminal) -> None:
    seat.read(0.4)
    for n in range(10):
        seat.send(b"\x05\x15" + f"错{n}".encode() + b"\x7f" + f"对{n}".encode())
        assert seat.shows(f"错对{n}")
    seat.send(b"\x05\x15" + "前面\r后面".encode())
    until = time.monotonic() + 10
    while "taken 前面" not in seat.diary:
        assert time.monotonic() < until, seat.diary[-1:]
        seat.read(0.05)
    assert seat.shows("后面")


def test_one_line_with_its_enter_in_one_go_is_entered(seat: Terminal) -> None:
    field(seat)
    seat.read(0.4)
    seat.send("扫描一行\r\n")
    until = time.monotonic() + 10
    while "taken 扫描一行" not in seat.diary:
        assert time.monotonic() < until, seat.diary[-1:]
        seat.read(0.05)


@pytest.mark.parametrize(
    "flood",
    [
        pytest.param(b"\x1b[A\x1b[B" * 20_000, id="arrows"),
        pytest.param(b"x" * 50_000, id="letters"),
        pytest.param(b"a\x7f" * 20_000, id="letters and deletions"),
        pytest.param(b"\t" * 40_000, id="one key"),
        pytest.param(b"".join(b"\x1b[<35;%d;%dM" % (n % 80, n % 20) for n in range(10_000)), id="mouse"),
    ],
)
def test_after_a_flood_it_answers(seat: Terminal, flood: bytes) -> None:
    seat.send(flood)
    seat.read(0.05)
    seat.answers()
