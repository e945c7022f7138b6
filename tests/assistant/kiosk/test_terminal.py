"""In a real pseudo-terminal: nothing that strangers press, send or do to the window ends a public one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

from tests.assistant.kiosk.terminals import ROOT, Terminal, Terminals

FIRST = "欧阳第一"
"""The answer that the conversation began with; nobody types it again."""

QUESTION = "What is your name?"
CANCEL = b"\x18"
"""Ends a sequence that a byte has begun."""

AS_PASTED = b"\x1b]52;c;!\x07\x1b]52;p;!\x07"
"""The one order of this kind that the program sends: it empties the clipboard of the terminal."""


@pytest.fixture(scope="module")
def public(terminals: Terminals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One kiosk for all that must not end it, in the middle of a conversation."""
    with terminals.terminal(tmp_path_factory.mktemp("public"), welcome=True) as terminal:
        terminal.enter(FIRST)
        yield terminal


def same_screen(terminal: Terminal) -> bool:
    """Close what has opened, and say whether the conversation stands there and answers."""
    for _ in range(3):
        terminal.read(0.15)
        if "您叫什么" in terminal.text or "您的姓名" in terminal.text:
            terminal.send("\x1bOQ")
        elif QUESTION.replace(" ", "") not in terminal.text:
            terminal.send("\x1b")
    assert terminal.shows(QUESTION), terminal.screen.display
    terminal.answers()
    assert terminal.diary.count("begun") == 1
    assert terminal.files == []
    assert b"\x1b]" not in terminal.sent
    return True


def press(terminal: Terminal, *sequences: bytes) -> None:
    """Press keys one after the other, faster than a person."""
    for each in sequences:
        terminal.send(each)
        time.sleep(0.004)


def test_no_key_of_any_terminal_ends_it(public: Terminal) -> None:
    # These open something; each is pressed once, and closed again.
    opening = {Keys.F1: b"\x1bOP", Keys.F2: b"\x1bOQ", Keys.F3: b"\x1b", Keys.Escape: b""}
    for sequence, keys in ANSI_SEQUENCES_KEYS.items():
        if len(sequence) > 1 and not (isinstance(keys, tuple) and keys[0] in opening):
            press(public, sequence.encode())
    for key, closing in opening.items():
        sequence = next(each for each, keys in ANSI_SEQUENCES_KEYS.items() if keys == (key,))
        for each in (sequence.encode(), closing):
            public.send(each)
            public.read(0.2)
    assert same_screen(public)


def test_no_control_and_no_alt_combination_ends_it(public: Terminal) -> None:
    for code in range(0x80):
        press(public, b"\x1b" + bytes([code]), CANCEL)
    for code in [*range(0x11), *range(0x12, 0x1B), *range(0x1C, 0x20)]:
        press(public, bytes([code]))
    assert same_screen(public)


def test_the_key_to_leave_asks_and_escape_stays(public: Terminal) -> None:
    public.send(b"\x11")
    assert public.shows("Leave now?")
    public.send(b"\x1b")
    assert same_screen(public)


def test_no_single_byte_ends_it(public: Terminal) -> None:
    for code in range(0x100):
        press(public, bytes([code]))
        if code in {0x11, 0x1B}:
            public.read(0.12)
            press(public, b"\x1b")
            public.read(0.12)
    assert same_screen(public)


def random_sequences(count: int, seed: int) -> list[bytes]:
    """Make sequences of every kind, most of them broken; the key to leave is not among them."""
    rng = random.Random(seed)

    def some(alphabet: bytes, most: int) -> bytes:
        return bytes(rng.choices(alphabet, k=rng.randrange(most)))

    everything = bytes(code for code in range(0x100) if code != 0x11)
    digits, finals = b"0123456789;:<=>?", bytes(range(0x40, 0x7F))
    kinds = (
        lambda: b"\x1b[" + some(digits, 40) + some(finals, 2),
        lambda: b"\x1b[<%d;%d;%d" % tuple(rng.randrange(-5, 300) for _ in range(3)) + some(b"Mm", 2),
        lambda: b"\x1b[<%d;%d;%dM" % (rng.choice((0, 35, 64, 65)), rng.randrange(80), rng.randrange(22)),
        lambda: b"\x1b[M" + some(everything, 5),
        lambda: b"\x1b" + some(b"]PX^_", 2) + some(everything, 60) + rng.choice((b"\x07", b"\x1b\\", b"")),
        lambda: b"\x1b[200~" + some(everything, 60) + rng.choice((b"\x1b[201~", b"\x1b[201~", b"")),
        lambda: b"\x1bO" + some(finals, 3),
        lambda: some(everything, 30),
        lambda: b"\x1b[%du" % rng.randrange(10**11),
        lambda: b"\x1b[%d;%d;%dt" % (rng.choice((4, 8, 48)), rng.randrange(10**9), rng.randrange(10**9)),
        lambda: "".join(chr(rng.randrange(0xA0, 0x2FFFF)) for _ in range(5)).encode("utf-8", "replace"),
    )
    return [rng.choice(kinds)() for _ in range(count)]


def test_ten_thousand_random_sequences_do_not_end_it(public: Terminal) -> None:
    sequences = random_sequences(10_000, seed=20200701)
    for n in range(0, len(sequences), 100):
        press(public, b"".join(sequences[n : n + 100]))
    public.read(1.2)
    assert same_screen(public)
    assert public.faults == ""


def test_two_thousand_lines_pasted_raw_answer_nothing(public: Terminal) -> None:
    public.answers()
    public.send(b"\x15")
    before = public.diary
    public.send(b"line\r" * 2000)
    assert public.shows("1999 more were left out")
    assert public.diary == before
    assert same_screen(public)


def test_sixty_sizes_down_to_one_cell_are_survived(public: Terminal) -> None:
    down = [(120 - 4 * n, 40 - n) for n in range(20)] + [(40 - 4 * n, max(1, 12 - n)) for n in range(10)]
    down[-1] = (1, 1)
    for width, height in [*down, *reversed(down)]:
        public.resize(width, height)
        public.read(0.03)
        assert public.ended(0) is None
        if (width, height) == (40, 12):
            assert public.shows("at least 60 columns wide and 18 lines high")
        public.forget()
    # What was drawn before the first size still stands there, and would be taken for the answer to the last.
    public.screen.reset()
    public.resize(80, 24)
    assert same_screen(public)


def test_a_terminal_that_says_it_is_huge_is_drawn_in_part(public: Terminal) -> None:
    for width, height in ((65535, 65535), (1, 65535), (0, 0)):
        public.claim(width, height)
        public.read(0.1)
        public.forget()
    public.resize(80, 24)
    assert same_screen(public)


def test_no_signal_of_a_shell_stops_it(public: Terminal) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH):
        public.signal(number)
        public.read(0.05)
    assert not public.stops(0)
    assert same_screen(public)


def test_after_all_of_it_nothing_is_left_on_the_terminal(public: Terminal) -> None:
    public.enter("李留下")
    assert public.shows("李留下")
    public.signal(signal.SIGTERM)
    assert public.ended() == 128 + signal.SIGTERM
    assert public.left == ""
    assert public.sent.count(b"\x1b]") == AS_PASTED.count(b"\x1b]")


def test_importing_the_app_loads_no_database() -> None:
    names = ("sqlalchemy", "alembic", "cryptography", "argon2", "PIL")
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import assistant.kiosk.app, sys; print([m for m in {names} if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert found.stdout.strip() == "[]"
