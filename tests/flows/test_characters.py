"""An uncommon character is found by its sound or code point; the bracketed form never replaces it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import read
from content.schema import Bilingual
from flows.characters import MISSING, find, is_han, outside_gbk, stand_in
from flows.characters.known import BEYOND_GBK, COMMON_IN_NAMES, IN_GBK

WORDS = Path(__file__).parents[2] / "content" / "words" / "characters.yaml"


@pytest.mark.req("11.3")
@pytest.mark.parametrize(
    "query",
    ["U+20BB7", "u+20bb7", "20BB7", "0x20BB7", " U+20BB7 ", "Ｕ＋２０ＢＢ７", "&#x20BB7;", "\U00020bb7"],
)
def test_a_character_is_found_by_its_code_point_however_it_is_written(query: str) -> None:
    (found,) = find(query)
    assert (found.char, found.code, found.pinyin) == ("\U00020bb7", "U+20BB7", ("jí",))
    assert found.name_en == "CJK UNIFIED IDEOGRAPH-20BB7"


@pytest.mark.req("11.3")
@pytest.mark.parametrize(
    ("query", "char"),
    [
        ("zhe", "喆"),
        ("zhe2", "喆"),
        ("zhé", "喆"),
        ("ZHE", "喆"),
        ("kun", "堃"),
        ("yan3", "䶮"),
        ("yǎn", "龑"),
        ("jie2", "㛃"),
        ("ji", "\U00020bb7"),
        ("pei4", "霈"),
        ("di", "𬱖"),
    ],
)
def test_a_character_of_a_name_is_among_the_first_of_its_sound(query: str, char: str) -> None:
    assert char in [each.char for each in find(query)]


@pytest.mark.req("11.3")
def test_u_umlaut_may_be_typed_in_each_of_its_ways() -> None:
    expected = find("lü3", most=40)
    assert expected
    for query in ("lv3", "lu:3", "lǚ", "LV3", "lu\u0308\u030c"):
        assert find(query, most=40) == expected
    assert all("lǚ" in each.pinyin for each in expected)
    assert all("lǔ" in each.pinyin for each in find("lu3", most=40))


@pytest.mark.req("11.3")
def test_every_character_with_a_reading_can_be_reached_by_it_page_by_page() -> None:
    for char in BEYOND_GBK + IN_GBK:
        (found,) = find(char)
        if not found.pinyin:
            assert find(found.code) == (found,)
            continue
        pages: list[str] = []
        while page := find(found.pinyin[0], skip=len(pages)):
            pages += [each.char for each in page]
        assert char in pages
        assert len(pages) == len(set(pages))
        if char in BEYOND_GBK:
            assert pages.index(char) < 9, char


@given(st.text(max_size=60))
def test_any_query_finds_only_chinese_characters(query: str) -> None:
    found = find(query)
    assert len(found) <= 9
    assert all(is_han(each.char) for each in found)


@pytest.mark.parametrize(
    "query",
    ["", " ", "a" * 10_000, "U+D800", "U+110000", "U+FFFFFFFF", "U+0041", "U+F9D1", "[/b]", "zh", "\ud800"],
)
def test_what_is_no_character_finds_nothing(query: str) -> None:
    assert find(query) == ()


@pytest.mark.req("11.3")
def test_the_bracketed_form_has_a_common_character_of_the_same_sound() -> None:
    assert stand_in("王晓\U00020bb7") == "王晓[吉]"
    for char in BEYOND_GBK:
        (rare,) = find(char)
        inside = stand_in(f"王{char}明")
        assert inside.startswith("王[")
        assert inside.endswith("]明")
        other = inside[2:-2]
        inside.encode("gbk")
        if rare.pinyin and other != MISSING:
            (common,) = find(other)
            assert set(rare.pinyin) & set(common.pinyin) or _toneless(rare.pinyin[0]) == _toneless(
                common.pinyin[0]
            )


def _toneless(pinyin: str) -> str:
    table = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ", "aaaaeeeeiiiioooouuuuüüüünnn")
    return pinyin.translate(table)


@pytest.mark.req("11.3")
@pytest.mark.parametrize("name", ["王小明", "欧阳娜娜", "阿卜杜拉·买买提", "喆", "", "Smith"])
def test_a_name_that_other_systems_can_take_needs_no_brackets(name: str) -> None:
    assert stand_in(name) == name
    assert outside_gbk(name) == ()


@pytest.mark.req("11.3")
def test_the_characters_that_other_systems_cannot_take_are_named_once_each() -> None:
    assert outside_gbk("𠮷䶮𠮷明") == ("𠮷", "䶮")
    assert outside_gbk("\U00031350") == ("\U00031350",)


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x33479), max_size=6))
def test_the_bracketed_form_can_always_be_written_in_the_old_encoding(name: str) -> None:
    han = "".join(each for each in name if is_han(each))
    stand_in(han).encode("gbk")


def test_the_lists_of_known_characters_are_what_they_say() -> None:
    assert all(outside_gbk(each) for each in BEYOND_GBK)
    assert outside_gbk(IN_GBK + COMMON_IN_NAMES) == ()
    assert len(set(BEYOND_GBK)) == len(BEYOND_GBK)
    assert len(set(IN_GBK)) == len(IN_GBK)


def test_the_pinyin_data_is_not_loaded_before_it_is_needed() -> None:
    code = "import flows.characters, sys; sys.exit('pypinyin' in sys.modules or 'regex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_helper_speaks_both_languages() -> None:
    words = read(WORDS, dict[str, Bilingual])
    assert {"characters.ask", "characters.stand-in", "problem.characters-none"} <= set(words)
