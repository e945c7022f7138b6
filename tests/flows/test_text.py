"""What the sanitiser lets through, and what never reaches a screen or a rule."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import text

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
HOSTILE = st.text(
    st.sampled_from(
        "\x00\x1b\x85\r\n\t\u202e\u2066\u200b\ufeff\u00ad\ud800\udfff\U000e0041\U000e0100\ufe0f"
        "王ＡＥｅ１ \u3000\uf9d1e\u0301"
    ),
    max_size=30,
)


@given(ANY_TEXT | HOSTILE)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = text.clean(typed)
    assert text.clean(once) == once
    assert text.hidden(typed) == (text.hidden_count(typed) > 0)
    assert not text.hidden(once)


@given(ANY_TEXT | HOSTILE)
def test_a_field_is_one_trimmed_line_and_stable(typed: str) -> None:
    judged = text.field(typed)
    assert text.field(judged) == judged
    assert "\n" not in judged
    assert judged == judged.strip()


@given(ANY_TEXT | HOSTILE)
def test_cleaned_text_can_always_be_stored(typed: str) -> None:
    text.clean(typed).encode("utf-8")
    text.field(typed).encode("utf-8")


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]0;title\x07",
        "\x1b]52;c;aGk=\x07",
        "\x1b[31m",
        "\x9b31m",
        "\x1bP1$r\x1b\\",
        "\x00",
        "\x0e",
        "\x7f",
    ],
)
def test_no_terminal_sequence_survives(sequence: str) -> None:
    cleaned = text.clean(f"王{sequence}明")
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)
    assert text.hidden(f"王{sequence}明")


@pytest.mark.parametrize(
    "character", "\u202a\u202e\u2066\u2069\u200e\u061c\u200b\u200d\u2060\ufeff\u00ad\ufe0f\u3164\U000e0041"
)
def test_what_cannot_be_seen_goes(character: str) -> None:
    assert text.clean(f"王{character}明") == "王明"
    assert text.field(f"王{character}明") == "王明"


def test_line_ends_become_line_feeds_and_are_not_called_hidden() -> None:
    assert text.clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert not text.hidden("a\r\nb\tc")


def test_shown_text_is_composed_but_compatibility_ideographs_keep_their_code() -> None:
    assert text.clean("e\u0301") == "\u00e9"
    assert text.clean("\uf9d1\U0002f800") == "\uf9d1\U0002f800"
    assert unicodedata.normalize("NFC", "\uf9d1") == "六"


def test_an_ideograph_variant_is_shown_but_not_judged() -> None:
    assert text.clean("辻\U000e0101") == "辻\U000e0101"
    assert text.field("辻\U000e0101") == "辻"


def test_a_field_folds_full_width_forms_and_spaces_and_nothing_else() -> None:
    assert text.field("\u3000ＡＢｃ１２＠．\u00a0") == "ABc12@."
    assert text.field("²①½٣〇") == "²①½٣〇"


def test_a_cut_says_how_much_was_left_off() -> None:
    assert text.cut("abcdef", 4) == ("abcd", 2)
    assert text.cut("𠮷𠮷", 2) == ("𠮷𠮷", 0)
    assert text.cut("x" * 1_000_000) == ("x" * text.MOST_CHARACTERS, 1_000_000 - text.MOST_CHARACTERS)


def test_the_first_line_that_holds_anything_is_offered_and_the_others_counted() -> None:
    assert text.first_line("\n\n王小明\r\n李四\n \n张三") == ("王小明", 2)
    assert text.first_line(" \n\t") == ("", 0)
