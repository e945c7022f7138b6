"""Letters of pinyin find characters, the common ones first, and every character can be reached."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.characters.common import ALSO_READ, EVERYDAY, SURNAMES
from flows.characters.known import BEYOND_GBK, IN_GBK
from flows.characters.lookup import encodable, is_han, level_one
from flows.characters.pinyin import candidates, parted
from flows.characters.readings import readings

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz'v", min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("typed", "among_the_first"),
    [
        ("w", "我王为"),
        ("wang", "王汪"),
        ("xiao", "小肖"),
        ("ming", "明名"),
        ("zhang", "张长"),
        ("chang", "长常"),
        ("zeng", "曾"),
        ("shan", "山单"),
        ("lv", "吕"),
        ("lü", "吕"),
        ("LV", "吕"),
        ("nv", "女"),
        ("lue", "略"),
        ("nan", "南"),
        ("jing", "京"),
        ("gong", "工"),
        ("da", "大"),
        ("xue", "学"),
        ("tu", "土"),
        ("cheng", "程"),
        ("zhong", "中"),
        ("guo", "国"),
    ],
)
def test_the_usual_characters_of_a_sound_stand_on_its_first_page(typed: str, among_the_first: str) -> None:
    assert set(among_the_first) <= set(candidates(typed))


def test_what_is_half_typed_offers_the_characters_of_its_syllable_and_then_of_longer_ones() -> None:
    found = candidates("wa", most=10_000)
    exact = candidates("wa'", most=10_000)
    assert found[: len(exact)] == exact
    assert "王" in found
    assert "王" not in exact
    assert found.index("完") < found.index("妧")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("wangxiaoming", ("wang", "xiaoming")),
        ("fangan", ("fang", "an")),
        ("wangu", ("wan", "gu")),
        ("xian", ("xian", "")),
        ("xi'an", ("xi", "'an")),
        ("xi'", ("xi", "'")),
        ("wxm", ("w", "xm")),
        ("zhg", ("zh", "g")),
        ("lvshi", ("lv", "shi")),
        ("v", ("v", "")),
        ("", ("", "")),
        ("'", ("", "")),
        ("王", ("", "")),
        ("[/b]", ("", "")),
    ],
)
def test_a_run_of_letters_is_read_syllable_by_syllable(typed: str, parts: tuple[str, str]) -> None:
    assert parted(typed) == parts
    if parts[1]:
        assert candidates(typed)[:1] == candidates(f"{parts[0]}'" if len(parts[0]) > 1 else parts[0])[:1]


@given(LETTERS)
def test_the_first_syllable_and_the_rest_are_what_was_typed(typed: str) -> None:
    first, rest = parted(typed)
    assert first + rest == typed.lstrip("'")
    assert bool(first) == bool(typed.strip("'"))
    assert "'" not in first


@given(LETTERS, st.integers(1, 12), st.integers(0, 40))
def test_pages_follow_one_another_without_a_gap_or_a_double(typed: str, most: int, skip: int) -> None:
    both = candidates(typed, most * 2, skip)
    assert (*candidates(typed, most, skip), *candidates(typed, most, skip + most)) == both
    assert len(set(both)) == len(both)


@given(LETTERS)
def test_every_candidate_can_be_read_as_what_is_typed(typed: str) -> None:
    first, rest = parted(typed)
    for char in candidates(typed, 40):
        assert is_han(char)
        sounds = {_spelled(each) for each in readings()[ord(char)].split(",")}
        # For lüe and nüe people leave the dots out.
        sounds |= {each.replace("v", "u") for each in sounds & {"lve", "nve"}}
        assert any(each.startswith(first) for each in sounds), (char, sounds, rest)


def _spelled(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("e\u0302", "ei")
    spelled = "".join(each for each in plain if each.isascii())
    if re.fullmatch("[a-z]*[aeiouv][a-z]*", spelled):
        return spelled
    # Sighs without a vowel are found at the syllable that stands nearest.
    return {"m": "mu", "n": "en", "ng": "en", "hm": "heng", "hng": "heng"}[spelled]


@pytest.mark.parametrize("typed", ["mu", "en", "heng", "lue", "nue", "lv", "ei", "e", "m", "n", "h"])
def test_sounds_with_an_odd_spelling_offer_what_is_read_so(typed: str) -> None:
    for char in candidates(typed, 10_000):
        sounds = [_spelled(each) for each in readings()[ord(char)].split(",")]
        assert any(each.startswith((typed, typed.replace("u", "v"))) for each in sounds), (char, sounds)


def test_within_a_syllable_the_common_come_before_the_rare() -> None:
    for typed in ("wang'", "yan'", "shi'", "lv'", "zhe'", "xi'", "kun'"):
        groups = [_group(char) for char in candidates(typed, 10_000)]
        assert groups == sorted(groups), typed
        assert {0, 3} <= set(groups), typed


def _group(char: str) -> int:
    if level_one(char):
        return 0
    return 1 if encodable(char, "gb2312") else 2 if encodable(char, "gbk") else 3


def test_every_character_with_a_reading_can_be_typed() -> None:
    unreached = []
    pages: dict[str, frozenset[str]] = {}
    for point, own in readings().items():
        char = chr(point)
        if not is_han(char):
            continue
        spelled = _spelled(own.split(",")[0])
        if spelled not in pages:
            pages[spelled] = frozenset(candidates(spelled, 100_000))
        if char not in pages[spelled]:
            unreached.append(char)
    assert unreached == []
    known = [char for char in BEYOND_GBK + IN_GBK if ord(char) in readings()]
    assert len(known) > 600


@pytest.mark.parametrize("typed", ["", " ", "1", "wang2", "王", "w" * 10_000, "v", "\ud800", "[/b]"])
def test_what_is_no_pinyin_offers_nothing_or_little_and_never_fails(typed: str) -> None:
    found = candidates(typed)
    assert len(found) <= 8
    assert bool(found) == typed.startswith("ww")


def test_the_lists_of_usual_characters_are_what_they_say() -> None:
    assert all(level_one(char) for char in EVERYDAY)
    assert all(encodable(char, "gb2312") for char in SURNAMES)
    for chars in (EVERYDAY, SURNAMES):
        assert len(set(chars)) == len(chars)
    for char, sound in ALSO_READ.items():
        others = [_spelled(each) for each in readings()[ord(char)].split(",")]
        assert sound in others[1:], char


def test_the_pinyin_data_is_not_loaded_before_a_letter_is_typed() -> None:
    code = (
        "import flows.characters.pinyin, sys; sys.exit('pypinyin' in sys.modules or 'regex' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
