"""How names of places, schools, majors and examinations are spelt in pinyin, without tones.

Most characters have one reading that counts in names. Where another one does, the word decides: 长 is chang
in 长沙 and zhang in 生长. What stands here covers our own content; a test goes through all of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from flows.characters.readings import readings

_USUAL: Mapping[str, str] = {
    "什": "shi",
    "佛": "fo",
    "勒": "le",
    "厦": "xia",
    "坻": "di",
    "泊": "bo",
    "藏": "zang",
    "都": "du",
    "长": "chang",
}
"""The reading in names, where the table's first is another one."""

_WORDS: Mapping[str, str] = {
    # Cities, districts and counties.
    "重庆": "chong qing",
    "六安": "lu an",
    "六合": "lu he",
    "蚌埠": "beng bu",
    "番禺": "pan yu",
    "闵行": "min hang",
    "乐清": "yue qing",
    "乐亭": "lao ting",
    "单县": "shan xian",
    "莘县": "shen xian",
    "蔚县": "yu xian",
    "歙县": "she xian",
    "浚县": "xun xian",
    "大埔": "da bu",
    "尉犁": "yu li",
    "泌阳": "bi yang",
    "荥阳": "xing yang",
    "涡阳": "guo yang",
    "枞阳": "zong yang",
    "铅山": "yan shan",
    "东阿": "dong e",
    "洪洞": "hong tong",
    "长子": "zhang zi",
    "柞水": "zha shui",
    "吴堡": "wu bu",
    "秘鲁": "bi lu",
    # Schools in Chongqing by their short names, and others.
    "重大": "chong da",
    "重医": "chong yi",
    "重邮": "chong you",
    "重交": "chong jiao",
    "重师": "chong shi",
    "重工": "chong gong",
    "重理": "chong li",
    "重建": "chong jian",
    "重科": "chong ke",
    "广厦": "guang sha",
    "镐京": "hao jing",
    # Subjects.
    "音乐": "yin yue",
    "声乐": "sheng yue",
    "会计": "kuai ji",
    "银行": "yin hang",
    "空调": "kong tiao",
    "给水": "ji shui",
    "给排": "ji pai",
    "模具": "mu ju",
    "僧伽": "seng qie",
}
"""Words in which a character is read otherwise than it usually is."""

_LONGEST = max(map(len, _WORDS))


def spell(name: str) -> tuple[str, ...]:
    """Spell a name in pinyin, as input methods take it: ``lv`` for 绿, no tones.

    Nothing of it is kept: it may be somebody's own name.

    Args:
        name: A name in Chinese; other letters may stand in it.

    Returns:
        One syllable for each character, in order; a character that has no reading stands for itself.
    """
    syllables: list[str] = []
    at = 0
    while at < len(name):
        word = next(
            (name[at : at + long] for long in range(_LONGEST, 1, -1) if name[at : at + long] in _WORDS), ""
        )
        syllables += _WORDS[word].split() if word else (_syllable(name[at]),)
        at += len(word) or 1
    return tuple(syllables)


@cache
def _syllable(char: str) -> str:
    if char in _USUAL:
        return _USUAL[char]
    first = readings().get(ord(char), "").partition(",")[0]
    if not first:
        return char
    # ü alone keeps its dots, as v: without them 绿 and 路 would be one.
    toneless = unicodedata.normalize("NFD", first).replace("u\u0308", "v")
    return "".join(each for each in toneless if each.isascii())
