"""Cards: labels, values and *change* in columns as far as there is room, and broken where there is none."""

from __future__ import annotations

import pytest

from assistant.conversation.blocks import Block, Pair
from assistant.conversation.linebreak import cells
from assistant.conversation.wording import Wording
from assistant.widgets import drawing
from assistant.widgets.glyphs import UNICODE
from tests.factories import content

LONG = Pair("Country of the education (1)", "China", "education.0.country")
FORM = (
    Pair("School (1)", "南京工业大学", "education.0.school"),
    LONG,
    Pair("Reference", "KX4T-8B2D"),
)


def drawn(*parts: Pair, width: int, variant: str = "review") -> list[str]:
    block = Block("card", parts, "", variant)
    return drawing.block(block, width, Wording(content(), "en"), UNICODE).content.plain.split("\n")


def column(line: str, word: str) -> int:
    """Return the cell where a word begins."""
    return cells(line[: line.index(word)])


def test_a_label_takes_one_line_where_there_is_room() -> None:
    lines = drawn(*FORM, width=70)
    assert len(lines) == len(FORM)
    assert len({column(line, pair.value) for line, pair in zip(lines, FORM, strict=True)}) == 1
    assert column(lines[0], "南京") == cells(LONG.label) + 2


@pytest.mark.parametrize("width", [40, 70, 110])
def test_change_stands_in_one_column(width: int) -> None:
    changes = [column(line, "change") for line in drawn(*FORM, width=width) if "change" in line]
    assert len(changes) == 2
    assert len(set(changes)) == 1


def test_a_value_longer_than_its_line_breaks_and_leaves_the_column_of_the_others() -> None:
    long = Pair("Note", "one word after another " * 8, "note")
    lines = drawn(*FORM, long, width=60)
    changes = [column(line, "change") for line in lines if "change" in line]
    assert len(changes) == 3
    assert changes[0] == changes[1] < 50
    assert all(cells(line.rstrip()) <= 60 for line in lines)


@pytest.mark.parametrize("width", range(20, 120, 7))
def test_no_line_is_wider_than_its_card(width: int) -> None:
    assert all(cells(line.rstrip()) <= width for line in drawn(*FORM, width=width))


CODE = Pair("Registration number", "KX4T-8B2D", large=True)
SHORT = Pair("Paid", "27 November 2026")
SENTENCE = Pair("What to keep", "The letter, the receipt and this number, until the result is out. " * 2)


@pytest.mark.parametrize("width", [70, 92])
def test_beside_a_code_stands_what_is_short_and_sentences_stand_below_at_full_width(width: int) -> None:
    lines = drawn(SENTENCE, CODE, SHORT, width=width, variant="done")
    beside = next(n for n, line in enumerate(lines) if SHORT.value in line)
    below = next(n for n, line in enumerate(lines) if SENTENCE.label in line)
    last = max(n for n, line in enumerate(lines) if set(line) & set("▀▄█"))
    assert beside <= last < below
    assert lines[below].startswith(SENTENCE.label)
    assert all(cells(line.rstrip()) <= width for line in lines)
    assert cells(lines[below]) > width - 10


def test_steps_are_led_by_the_sign_of_their_state_and_stand_in_one_column_across_the_groups() -> None:
    now = Block("card", (Pair("Photo", "Still to answer: photo file"),), "Now", "tasks-here")
    ahead = Block(
        "card", (Pair("Sign the letter", "First: " + "after the form is saved. " * 4),), "", "tasks-ahead"
    )
    done = Block("card", (Pair("Your details", ""), Pair("A long name of a step", "")), "Done", "tasks-done")
    page = drawing.below(now, ahead, done, width=60, wording=Wording(content(), "en"), glyphs=UNICODE)
    lines = page.plain.split("\n")
    assert "› Photo" in page.plain
    assert "◦ Sign the letter" in page.plain
    assert "✓ Your details" in page.plain
    places = {column(line, word) for line in lines for word in ("Still", "First:") if word in line}
    assert len(places) == 1
    assert all(cells(line.rstrip()) <= 60 for line in lines)
