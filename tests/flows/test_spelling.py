"""Names in pinyin: places, schools and majors as people type them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from content.suggesting import KINDS, suggested
from flows.characters.spelling import spell
from tests.factories import content

READ = {
    "重庆市": "chongqingshi",
    "重庆工商大学": "chongqinggongshangdaxue",
    "重型机械": "zhongxingjixie",
    "厦门市": "xiamenshi",
    "广厦": "guangsha",
    "长春": "changchun",
    "长沙": "changsha",
    "长治": "changzhi",
    "六安": "luan",
    "六盘水": "liupanshui",
    "蚌埠": "bengbu",
    "亳州": "bozhou",
    "台州": "taizhou",
    "朝阳": "chaoyang",
    "朝鲜语": "chaoxianyu",
    "漯河": "luohe",
    "莆田": "putian",
    "东莞": "dongguan",
    "佛山": "foshan",
    "百色": "baise",
    "宝坻": "baodi",
    "喀什": "kashi",
    "成都": "chengdu",
    "首都": "shoudu",
    "西藏": "xizang",
    "儋州": "danzhou",
    "丽水": "lishui",
    "吕梁": "lvliang",
    "番禺": "panyu",
    "吐鲁番": "tulufan",
    "音乐学院": "yinyuexueyuan",
    "乐山": "leshan",
    "会计学": "kuaijixue",
    "会展": "huizhan",
    "货币银行学": "huobiyinhangxue",
    "行政管理": "xingzhengguanli",
    "给排水": "jipaishui",
    "模具": "muju",
    "秘鲁": "bilu",
    "尼泊尔": "niboer",
}


@pytest.mark.parametrize(("name", "spelt"), READ.items())
def test_a_name_is_spelt_as_it_is_read(name: str, spelt: str) -> None:
    assert "".join(spell(name)) == spelt


def test_the_ids_of_places_are_their_names_in_pinyin() -> None:
    known = content()
    # Shaanxi has an a more than its sound, which is that of Shanxi too.
    differing = {
        place.id: "".join(spell(place.name.zh))
        for province in known.provinces.values()
        for place in (province, *province.cities)
        if not "".join(spell(place.name.zh)).startswith(place.id)
    }
    assert differing == {"shaanxi": "shanxisheng"}


def test_every_character_of_our_names_has_a_reading_in_plain_letters() -> None:
    names = [each.name for kind in KINDS for each in suggested(kind)]
    names += [place.name.zh for each in content().provinces.values() for place in (each, *each.cities)]
    names += [exam.name.zh for exam in content().exams.values()]
    unread = {
        name: spell(name)
        for name in names
        for char, syllable in zip(name, spell(name), strict=True)
        if char not in "（）、-" and not (syllable.isascii() and syllable.isalpha())
    }
    assert unread == {}


def test_other_letters_stand_for_themselves() -> None:
    assert spell("A类3科") == ("A", "lei", "3", "ke")
    assert spell("") == ()
    assert spell("\ue000") == ("\ue000",)


def test_the_phrases_of_the_package_are_never_loaded() -> None:
    code = (
        "import sys; from flows.characters import find; from flows.characters.spelling import spell; "
        "spell('南京'); find('zhe'); sys.exit('pypinyin.phrases_dict' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
