"""Everything can be typed, every key can be met by a finger, and each prompt gets the keys that it needs."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Option, Prompt
from assistant.conversation.wording import Wording
from assistant.widgets.keyboard_layout import (
    CANDIDATES,
    LETTER,
    SPANS,
    Cap,
    Density,
    LayoutId,
    density,
    folded,
    hit,
    layout_for,
    place,
    rows,
)
from flows.verdict import Named
from tests.factories import content

LAYOUTS: tuple[LayoutId, ...] = ("digits", "latin", "pinyin", "symbols")
EVERY = [
    rows(layout, upper=upper, masked=masked)
    for layout in LAYOUTS
    for upper in (False, True)
    for masked in (False, True)
]
ROWS = [*EVERY, folded(False), folded(True)]


def texts(*layouts: LayoutId) -> set[str]:
    return {
        cap.text
        for layout in layouts
        for upper in (False, True)
        for row in rows(layout, upper=upper)
        for cap in row
        if cap.act == "type"
    }


def test_every_character_of_a_password_or_an_address_can_be_typed() -> None:
    assert texts("latin", "symbols") >= {*string.ascii_letters, *string.digits, *string.punctuation, " "}


def test_an_id_number_and_a_month_need_no_other_layout() -> None:
    assert texts("digits") >= set("0123456789X-./")


def test_a_mail_address_needs_no_other_layout_but_for_rare_signs() -> None:
    assert texts("latin") >= set(string.ascii_lowercase + string.digits + "@.")


def test_pinyin_has_all_letters_the_dot_of_names_and_the_brackets_of_schools() -> None:
    assert texts("pinyin") >= set(string.ascii_lowercase + "'·（）")


def test_every_layout_leads_to_every_other_and_away() -> None:
    for keys in EVERY:
        caps = {(cap.act, cap.text) for row in keys for cap in row}
        hidden = ("reveal", "") in caps
        assert caps >= {("layout", layout) for layout in LAYOUTS if layout != "pinyin" or not hidden}
        assert caps >= {(act, "") for act in ("backspace", "clear", "left", "right", "enter", "keyboard")}
        assert caps >= {(act, "") for act in ("scroll-up", "scroll-down", "back")}


def test_what_is_hidden_can_be_shown_for_a_moment_and_is_never_composed_in_the_open() -> None:
    for layout in LAYOUTS:
        hidden, open_ = (
            {(cap.act, cap.text) for row in rows(layout, masked=masked) for cap in row}
            for masked in (True, False)
        )
        assert hidden - open_ == {("reveal", "")}
        assert open_ - hidden == {("layout", "pinyin")}
    private = Prompt("anything", "text", "ask.anything", private=True)
    assert layout_for(private, "zh") == "latin"


def test_the_row_of_candidates_keeps_its_places_when_there_are_few() -> None:
    few, many = rows("pinyin", candidates="王"), rows("pinyin", candidates="王" * 20)
    assert [cap.act for cap in few[0]] == [cap.act for cap in many[0]]
    assert [cap.text for cap in few[0]][:2] == ["王", ""]
    assert sum(cap.act == "candidate" for cap in many[0]) == CANDIDATES


@pytest.mark.parametrize("keys", ROWS)
def test_every_row_is_as_wide_as_the_others(keys: tuple[tuple[Cap, ...], ...]) -> None:
    assert {sum(cap.span for cap in row) for row in keys} == {SPANS}


@given(st.sampled_from(ROWS), st.integers(56, 200), st.integers(18, 60))
def test_wherever_a_finger_meets_the_rows_there_is_exactly_one_key(
    keys: tuple[tuple[Cap, ...], ...], width: int, window: int
) -> None:
    dense = density(window)
    placed = place(keys, width, dense)
    bottom = max(each.y + each.height for each in placed)
    met = [
        (x, y)
        for each in placed
        for x in range(each.x, each.x + each.width)
        for y in range(each.y, each.y + each.height)
    ]
    assert len(met) == len(set(met)) == width // SPANS * SPANS * (bottom - 1)
    assert all(each.width >= 4 for each in placed)
    assert len({each.width for each in placed if each.cap.span == LETTER}) <= 1
    assert all(hit(placed, each.x, each.y + each.height - 1) is each.cap for each in placed)
    left, right = placed[0].x, width - max(each.x + each.width for each in placed)
    assert 0 <= left <= right <= left + 1
    assert hit(placed, width, 1) is hit(placed, left, 0) is hit(placed, left, bottom) is None
    if len(keys) > 1:
        assert bottom == dense.height


def test_keys_are_three_lines_high_from_36_lines_and_have_gaps_from_24() -> None:
    assert [density(window) for window in (18, 23, 24, 35, 36, 60)] == [
        Density(1, 0),
        Density(1, 0),
        Density(1, 1),
        Density(1, 1),
        Density(3, 1),
        Density(3, 1),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_fits_its_key_in_the_narrowest_window(language: str) -> None:
    words = Wording(content(), language)
    for keys in ROWS:
        for key in place(keys, 58, Density(1, 0)):
            match key.cap.act:
                case "layout":
                    labels = [key.cap.text]
                case "shift":
                    labels = ["shift-off", "shift-once", "shift-lock"]
                case "enter":
                    labels = ["enter", "enter-letters"]
                case "keyboard":
                    labels = ["unfold"] if len(keys) == 1 else ["fold"]
                case "type" if key.cap.text == " ":
                    labels = ["space", "space-first"]
                case "type" | "candidate" | "earlier" | "later":
                    assert cells(key.cap.text) < key.width
                    continue
                case act:
                    labels = [act]
            for label in labels:
                said = words.text(f"keyboard.key.{label}")
                assert cells(said) < key.width, (said, key)


# What suits a prompt ----------------------------------------------------------------------------------


def asked(key: str, kind: str = "text", text: str = "", **args: str) -> Prompt:
    return Prompt(key, kind, text or f"ask.{key}", args)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prompt", "chinese", "english"),
    [
        (asked("id_number", id_type="resident-id"), "digits", "digits"),
        (asked("id_number", id_type="residence-permit"), "digits", "digits"),
        (asked("id_number", id_type="passport"), "latin", "latin"),
        (asked("login.id_number"), "digits", "digits"),
        (asked("mobile"), "digits", "digits"),
        (asked("work_years"), "digits", "digits"),
        (asked("education.0.graduated"), "digits", "digits"),
        (asked("degree.2.awarded"), "digits", "digits"),
        (asked("education.0.certificate"), "digits", "digits"),
        (asked("account.code", text="challenge.sum"), "digits", "digits"),
        (asked("account.code", text="challenge.characters"), "latin", "latin"),
        (asked("resume.code"), "latin", "latin"),
        (asked("email"), "latin", "latin"),
        (asked("password", "secret"), "latin", "latin"),
        (asked("signature", "secret"), "latin", "latin"),
        (asked("name"), "pinyin", "latin"),
        (asked("signature.name"), "pinyin", "latin"),
        (asked("education.1.school"), "pinyin", "latin"),
        (asked("degree.0.major"), "pinyin", "latin"),
        (asked("ask"), "pinyin", "latin"),
        (asked("exam", "choice"), None, None),
        (asked("notice_read", "acknowledge"), None, None),
        (asked("subjects", "several"), None, None),
        (asked("photo", "file"), None, None),
        (asked("wait.verification", "wait"), None, None),
        (asked("end.consequences", "end"), None, None),
    ],
)
def test_a_prompt_gets_the_layout_that_suits_it(
    prompt: Prompt, chinese: LayoutId | None, english: LayoutId | None
) -> None:
    assert layout_for(prompt, "zh") == chinese
    assert layout_for(prompt, "en") == english


def test_a_text_with_suggestions_is_still_typed() -> None:
    prompt = Prompt(
        "education.0.school", "text", "ask.education.school", options=(Option("a", Named("word", "a")),)
    )
    assert layout_for(prompt, "zh") == "pinyin"
