"""The rule for names: FAQ 11.3 and the ways in which names go wrong."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.name import LONGEST_NAME, check_name
from flows.verdict import Problem

EXTENSIONS = {
    "A": "\u3400",
    "B": "\U00020bb7",
    "G": "\U00030000",
    "H": "\U00031350",
    "I": "\U0002ebf0",
    "J": "\U000323b0",
}


def codes(typed: str) -> list[str]:
    return [problem.code for problem in check_name(typed).problems]


@pytest.mark.parametrize(
    "name", ["王小明", "欧阳娜娜", "John", "O'Brien", "Jean-Luc", "José", "阿卜杜拉·买买提", "J·R"]
)
def test_an_ordinary_name_is_taken_as_it_is(name: str) -> None:
    verdict = check_name(name)
    assert verdict.value == name
    assert not verdict.warnings
    assert not verdict.notes


@pytest.mark.req("11.3")
@pytest.mark.parametrize("space", [" ", "\u3000", "\u00a0", "\u2003", "\t"])
def test_a_space_is_refused_and_the_joined_form_offered(space: str) -> None:
    assert check_name(f"王{space}小明").problems == (Problem("name-spaces", {"joined": "王小明"}),)


@pytest.mark.req("11.3")
def test_a_latin_name_is_joined_too_and_told_how() -> None:
    assert check_name("John Smith").problems == (Problem("name-spaces-latin", {"joined": "JohnSmith"}),)


def test_a_joined_form_that_would_be_refused_is_not_offered() -> None:
    assert codes("王 2 明") == ["name-spaces-inside", "name-digits"]


@given(st.lists(st.sampled_from(["王", "小", "明", "John", "·x"]), min_size=2, max_size=6))
def test_every_joined_form_offered_is_taken(parts: list[str]) -> None:
    for problem in check_name(" ".join(parts)).problems:
        if "joined" in problem.args:
            assert check_name(str(problem.args["joined"])).ok


@pytest.mark.parametrize("dot", "\u2022\u2027\u30fb\uff65\uff0e\u2219\u22c5\u0387.")
def test_every_other_dot_becomes_the_middle_dot_with_a_note(dot: str) -> None:
    verdict = check_name(f"阿卜杜拉{dot}买买提")
    assert verdict.value == "阿卜杜拉\u00b7买买提"
    assert [note.code for note in verdict.notes] == ["name-dots-folded"]


@pytest.mark.req("11.3")
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_rare_character_is_kept(extension: str) -> None:
    name = f"王{EXTENSIONS[extension]}"
    assert check_name(name).value == name


def test_a_rare_character_is_taken_that_python_calls_unassigned() -> None:
    if unicodedata.category("\U000323b0") == "Cn":
        assert not "\U000323b0".isprintable()
    verdict = check_name("王\U000323b0")
    assert [warning.code for warning in verdict.warnings] == ["name-rare-character"]


@pytest.mark.parametrize(("character", "meant"), [("\uf9d1", "六"), ("\U0002f800", "丽")])
def test_a_compatibility_ideograph_is_asked_about_and_never_changed(character: str, meant: str) -> None:
    assert check_name(f"王{character}").problems == (
        Problem("name-compatibility-character", {"character": character, "look_alike": meant}),
    )


def test_the_twelve_true_ideographs_among_the_compatibility_ones_are_taken() -> None:
    assert check_name("王\ufa0e").value == "王\ufa0e"


@pytest.mark.parametrize(
    ("character", "meant"), [("\u2f00", "一"), ("\u0430", "a"), ("\u0410", "A"), ("ニ", "二")]
)
def test_a_look_alike_is_named_with_what_was_meant(character: str, meant: str) -> None:
    assert check_name(f"王{character}明").problems == (
        Problem("name-look-alike", {"character": character, "look_alike": meant}),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["name-missing"]),
        (" \u3000\n", ["name-missing"]),
        ("王\x1b明", ["name-control-characters"]),
        ("王\x00明", ["name-control-characters"]),
        ("王\u202e明", ["name-direction-characters"]),
        ("王\u2066明", ["name-direction-characters"]),
        ("王\u200b明", ["name-hidden-characters"]),
        ("\u200b", ["name-hidden-characters"]),
        ("王\ud800明", ["name-broken-character"]),
        ("王\u2e80明", ["name-radical"]),
        ("王\ue000", ["name-private-character"]),
        ("王\U000f0000", ["name-private-character"]),
        ("王\U0003fff0", ["name-unknown-character"]),
        ("王😀", ["name-emoji"]),
        ("王❤️明", ["name-emoji"]),
        ("👨‍👩‍👧明明", ["name-emoji"]),
        ("王2明", ["name-digits"]),
        ("王２明", ["name-digits"]),
        ("王①明", ["name-digits"]),
        ("王²明", ["name-digits"]),
        ("王，明", ["name-punctuation"]),
        ("王_明", ["name-punctuation"]),
        ("[/b]", ["name-brackets", "name-punctuation"]),
        ("[@click=app.quit]", ["name-brackets", "name-punctuation"]),
        ("王[沛沛]", ["name-brackets"]),
        ("王[]明", ["name-brackets"]),
        ("김철수", ["name-other-script"]),
        ("···", ["name-only-dots"]),
        ("...", ["name-only-dots"]),
        ("·王明", ["name-dot-place"]),
        ("王··明", ["name-dot-place"]),
        ("王", ["name-one-character"]),
        ("[沛]", ["name-one-character"]),
        ("王小明\n李四", ["entry-several-lines"]),
        ("王" * (LONGEST_NAME + 1), ["name-too-long"]),
        ("王" * 1_000_000, ["name-too-long"]),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_problem(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE x", "{x.__class__}", "%s%n", "$HOME", "~root", "=1+1", "[red]王[/]"]
)
def test_what_programs_would_run_is_refused_as_a_name(typed: str) -> None:
    assert not check_name(typed).ok


def test_length_counts_code_points() -> None:
    assert check_name("𠮷" * LONGEST_NAME).ok
    assert check_name("𠮷" * (LONGEST_NAME + 1)).problems[0].args["typed"] == LONGEST_NAME + 1


@pytest.mark.req("11.3")
@pytest.mark.parametrize("typed", ["王晓[沛]", "王晓［沛］", "王晓【沛】"])
def test_the_bracket_form_is_taken_and_said_to_be_a_stand_in(typed: str) -> None:
    verdict = check_name(typed)
    assert verdict.value == "王晓[沛]"
    assert verdict.warnings == (Problem("name-stand-in", {"characters": ("沛",)}),)


def test_an_ideograph_variant_is_left_out_with_a_note() -> None:
    verdict = check_name("辻\U000e0101明")
    assert verdict.value == "辻明"
    assert verdict.notes == (Problem("name-variant-removed", {"characters": ("辻",)}),)


def test_a_name_in_two_scripts_is_warned_of() -> None:
    assert [warning.code for warning in check_name("王A明").warnings] == ["name-two-scripts"]


@given(
    st.text(
        st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=50
    )
)
def test_every_name_of_common_ideographs_is_taken_unchanged(name: str) -> None:
    assert check_name(name).value == name
