"""What a terminal sends is cut into text, keys and pastes, whatever it is and however it is split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.kiosk.backlog import MOST, MOST_REPEATS, MOST_TEXT, Backlog
from assistant.kiosk.bursts import GAP_SECONDS, QUIET_SECONDS, Bursts
from assistant.kiosk.intake import (
    BROKEN_SECONDS,
    BULK_SECONDS,
    ESCAPE_SECONDS,
    LONGEST_PASTE_SECONDS,
    MOST_PASTED,
    PASTE_SECONDS,
    Intake,
    Pasted,
    Pressed,
    Surplus,
    Token,
    Typed,
)

LATER = 60.0
ESC = "\x1b"


def cut(*pieces: bytes, gap: float = 0.0) -> list[Token]:
    """Read pieces one after the other, then silence."""
    intake, found, now = Intake({"\x1b[23$"}), [], 0.0
    for piece in pieces:
        found += intake.feed(piece, now)
        now += gap
    return found + intake.silence(now + LATER)


def text(tokens: list[Token]) -> str:
    return "".join(each.text for each in tokens if isinstance(each, Typed))


# Sequences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "tokens"),
    [
        (b"a", [Typed("a")]),
        ("王小明".encode(), [Typed("王小明")]),
        (b"\r", [Pressed("\r")]),
        (b"\x1b", [Pressed(ESC)]),
        (b"\x1b\x1b", [Pressed(ESC), Pressed(ESC)]),
        (b"\x1b[A", [Pressed("\x1b[A")]),
        (b"\x1bOP", [Pressed("\x1bOP")]),
        (b"\x1b[[A", [Pressed("\x1b[[A")]),
        (b"\x1b[23$k", [Pressed("\x1b[23$"), Typed("k")]),
        (b"\x1b[?2026;2$y", [Pressed("\x1b[?2026;2$y")]),
        (b"\x1bx", [Pressed("\x1bx")]),
        (b"\x1b\x1b[Ax", [Typed("x")]),
        (b"\x1b[<0;3;4M\x1b[<0;3;4m", [Pressed("\x1b[<0;3;4M"), Pressed("\x1b[<0;3;4m")]),
        (b"\x1b[<32;NaN;NaNMx", [Typed("x")]),
        (b"\x1b[M\xff\xfe\x80x", [Pressed("\x1b[M\xff\xfe\x80"), Typed("x")]),
        (b"\x1b[12\x1b[Ax", [Pressed("\x1b[A"), Typed("x")]),
        (b"\x1b[12\x18x", [Typed("x")]),
        ("\x1b[12王".encode(), [Typed("王")]),
        (b"\x1b[12\r", [Pressed("\r")]),
        ("\x1b王".encode(), [Typed("王")]),
        (b"\x1b]52;c;abc\x07x", [Typed("x")]),
        (b"\x1bPabc\x1b\\x", [Typed("x")]),
        (b"\x1b_abc\x1b[Ax", [Pressed("\x1b[A"), Typed("x")]),
        (b"\x1b[" + b"1;" * 1000 + b"mx", [Typed("x")]),
        (b"\xff\xfea", [Typed("\ufffd\ufffda")]),
        (b"\xe7\x8ea\xe7", [Typed("\ufffda"), Typed("\ufffd")]),
        (b"\x1b[200~a\x1b\x11b\x1b[201~c", [Pasted("a\x1b\x11b"), Typed("c")]),
        (b"\x1b[201~a", [Typed("a")]),
        (b"\x1b[200~a", [Pasted("a")]),
    ],
)
def test_each_kind_is_read_whole_or_not_at_all(sent: bytes, tokens: list[Token]) -> None:
    assert cut(sent) == tokens


@given(st.lists(st.binary(max_size=40), max_size=20), st.floats(0, 2))
def test_no_bytes_make_it_fail_or_wait_for_ever(pieces: list[bytes], gap: float) -> None:
    intake, now = Intake(), 0.0
    for piece in pieces:
        intake.feed(piece, now)
        now += gap
    intake.silence(now + LATER)
    assert intake.patience(now + LATER) is None
    assert text(intake.feed("王".encode(), now + LATER)) == "王"


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"]), max_size=30), st.data())
def test_text_arrives_whole_wherever_it_is_split(typed: str, data: st.DataObject) -> None:
    sent = typed.encode()
    at = sorted(data.draw(st.sets(st.integers(0, len(sent)), max_size=8)))
    pieces = [sent[a:b] for a, b in zip([0, *at], [*at, len(sent)], strict=True)]
    assert text(cut(*pieces, gap=0.01)) == typed


@pytest.mark.parametrize("sent", [b"\x1b[1;5A", b"\x1bOP", b"\x1b[<0;3;4M", "\x1b[200~王\x1b[201~".encode()])
def test_a_sequence_may_be_split_anywhere(sent: bytes) -> None:
    for at in range(2, len(sent)):
        assert cut(sent[:at], sent[at:], gap=0.01) == cut(sent)


@pytest.mark.parametrize("begun", [b"\x1b[", b"\x1b[<0;", b"\x1bO", b"\x1b]0;", b"\x1bP", b"\x1b[M", b"\xe7"])
def test_what_has_begun_is_given_up_in_time(begun: bytes) -> None:
    intake = Intake()
    intake.feed(begun, 0.0)
    assert intake.patience(0.0) == BROKEN_SECONDS
    assert text(intake.feed(b"x", BROKEN_SECONDS)).endswith("x")


def test_who_types_into_what_has_begun_is_heard_before_long() -> None:
    intake = Intake()
    intake.feed(b"\x1b]", 0.0)
    typed = [text(intake.feed(b"x", n / 10)) for n in range(1, 12)]
    assert "x" * 6 in "".join(typed)


def test_a_stream_without_an_end_is_read_until_it_pauses() -> None:
    intake = Intake()
    found = intake.feed(b"\x1b]0;", 0.0)
    for n in range(1000):
        found += intake.feed(b"x" * 100, n * BULK_SECONDS / 2)
    assert found == []
    assert intake.feed(b"x", 1000 * BULK_SECONDS) == [Typed("x")]


def test_the_escape_key_is_one_after_a_moment_of_silence() -> None:
    intake = Intake()
    assert intake.feed(b"\x1b", 0.0) == []
    assert intake.silence(ESCAPE_SECONDS / 2) == []
    assert intake.silence(ESCAPE_SECONDS) == [Pressed(ESC)]


def test_a_paste_without_an_end_is_over_after_silence_or_some_seconds() -> None:
    intake = Intake()
    intake.feed(b"\x1b[200~a", 0.0)
    assert intake.silence(PASTE_SECONDS) == [Pasted("a")]
    intake.feed(b"\x1b[200~", 0.0)
    found = [token for n in range(100) for token in intake.feed(b"a", n * PASTE_SECONDS / 2)]
    assert isinstance(found[0], Pasted)
    assert len(found[0].text) <= LONGEST_PASTE_SECONDS / PASTE_SECONDS * 2
    assert Typed("a") in found


def test_of_a_huge_paste_the_beginning_is_kept() -> None:
    intake = Intake()
    intake.feed(b"\x1b[200~", 0.0)
    for n in range(100):
        intake.feed(b"a" * 10_000, n / 100)
    found = intake.feed(b"\x1b[201~b", 1.0)
    assert found == [Pasted("a" * MOST_PASTED), Typed("b")]


# Bursts -----------------------------------------------------------------------------------------------


def done(*pieces: tuple[float, bytes]) -> list[Token]:
    """Read pieces at their times, then silence."""
    intake, bursts, found, now = Intake(), Bursts(), [], 0.0
    for now, piece in pieces:
        found += bursts.take(intake.feed(piece, now), now)
    return found + bursts.take(intake.silence(now + LATER), now + LATER) + bursts.silence(now + LATER)


ENTER = Pressed("\r")


@pytest.mark.parametrize(
    ("sent", "tokens"),
    [
        (b"abc\r", [Typed("abc"), ENTER]),
        (b"abc\r\n", [Typed("abc"), ENTER]),
        (b"abc\n", [Typed("abc"), ENTER]),
        (b"abc\rdef", [Typed("abc"), ENTER, Typed("def")]),
        (b"abc\rdef\r", [Typed("abc"), Surplus(1)]),
        (b"abc\rdef\rghi", [Typed("abc"), Surplus(2)]),
        (b"\rabc\rdef\r", [Typed("abc"), Surplus(1)]),
        (b"abc\r\n\r\n \r\ndef\r\n", [Typed("abc"), Surplus(1)]),
        (b"abc\rdef\r\x11\x1bOPghi\r", [Typed("abc"), Surplus(2)]),
        (b"abc\r" * 2000, [Typed("abc"), Surplus(1999)]),
        (b"\r" * 2000, [ENTER]),
        (b"\x1b[A", [Pressed("\x1b[A")]),
    ],
)
def test_of_lines_in_one_go_the_first_is_typed_and_the_others_are_counted(
    sent: bytes, tokens: list[Token]
) -> None:
    assert done((0.0, sent)) == tokens


def test_lines_that_a_slow_terminal_sends_are_one_paste() -> None:
    sent = [(n * GAP_SECONDS / 3, bytes([byte])) for n, byte in enumerate(b"abc\rdef\rghi\r" * 20)]
    assert done(*sent) == [Typed("a"), Typed("b"), Typed("c"), Surplus(59)]


def test_what_a_person_types_is_handed_on_at_once() -> None:
    intake, bursts = Intake(), Bursts()
    for n, byte in enumerate(b"ab\rc\r"):
        now = n * 0.08
        assert len(bursts.take(intake.feed(bytes([byte]), now), now)) == 1
        assert bursts.patience(now) is None


def test_enter_held_down_is_pressed_once_and_once_again() -> None:
    # The key repeats every 33 ms, after half a second.
    sent = [(0.0, b"\r"), *((0.5 + n * 0.033, b"\r") for n in range(100))]
    assert done(*sent) == [ENTER, ENTER]


def test_what_follows_a_paste_at_once_is_pasted_too() -> None:
    injected = b"\x1b[200~a\x1b[201~\x11\x1bOPb\rc\x1b[201~"
    assert done((0.0, injected)) == [Pasted("ab\nc")]
    assert done((0.0, b"\x1b[200~a\x1b[201~"), (QUIET_SECONDS, b"\x11")) == [Pasted("a"), Pressed("\x11")]


@pytest.mark.parametrize("sent", [b"abc\rd", b"abc\rdef\r", b"\x1b[200~a\x1b[201~"])
def test_a_mouse_that_moves_holds_nothing_back(sent: bytes) -> None:
    intake, bursts = Intake(), Bursts()
    found = bursts.take(intake.feed(sent, 0.0), 0.0)
    for n in range(1, 100):
        now = n * GAP_SECONDS / 3
        found += bursts.take(intake.feed(b"\x1b[<35;%d;1M" % n, now), now)
    assert bursts.patience(now) is None
    assert Pressed("\x1b[<35;99;1M") in found


@given(st.lists(st.tuples(st.floats(0, 0.5), st.binary(max_size=20)), max_size=20))
def test_nothing_is_held_back_for_ever(pieces: list[tuple[float, bytes]]) -> None:
    intake, bursts, now = Intake(), Bursts(), 0.0
    for gap, piece in pieces:
        now += gap
        bursts.take(intake.feed(piece, now), now)
    bursts.take(intake.silence(now + LATER), now + LATER)
    bursts.silence(now + 2 * LATER)
    assert bursts.patience(now + 2 * LATER) is None


# Backlog ----------------------------------------------------------------------------------------------


def queued(*tokens: Token) -> list[Token]:
    backlog = Backlog()
    for each in tokens:
        backlog.put(each)
    found = []
    while (token := backlog.take()) is not None:
        found.append(token)
    return found


def test_text_that_waits_is_one_piece_and_bounded() -> None:
    assert queued(Typed("王"), Typed("小明")) == [Typed("王小明")]
    assert queued(*[Typed("王" * 300)] * 10) == [Typed("王" * MOST_TEXT)]


def test_of_a_key_that_repeats_a_few_wait_and_of_a_move_the_last_place() -> None:
    assert queued(*[Pressed("\x1b[A")] * 1000) == [Pressed("\x1b[A")] * MOST_REPEATS
    moves = [Pressed(f"\x1b[<35;{n};1M") for n in range(100)]
    assert queued(*moves, Pressed("\x1b[<0;9;1M")) == [moves[-1], Pressed("\x1b[<0;9;1M")]


def test_of_a_flood_the_oldest_keys_go_and_no_text() -> None:
    flood = [Pressed(f"\x1b[{'AB'[n % 2]}") for n in range(1000)]
    found = queued(Typed("before"), *flood, Typed("behind"))
    assert len(found) == MOST
    assert found[0] == Typed("before")
    assert found[-1] == Typed("behind")
