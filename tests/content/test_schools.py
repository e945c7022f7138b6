"""The lists of schools, majors and countries: whole, without doubles, and taken by the rules they serve."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

import content
from content.reading import ContentError
from content.suggesting import KINDS, Kind, suggested
from flows.rules.academic import check_country, check_major_name, check_school
from tests.factories import content as whole

HOME = Path(content.__file__).parent

FIRST_CLASS = """
北京大学 中国人民大学 清华大学 北京交通大学 北京工业大学 北京航空航天大学 北京理工大学 北京科技大学
北京化工大学 北京邮电大学 中国农业大学 北京林业大学 北京协和医学院 北京中医药大学 北京师范大学
首都师范大学 北京外国语大学 中国传媒大学 中央财经大学 对外经济贸易大学 外交学院 中国人民公安大学
北京体育大学 中央音乐学院 中国音乐学院 中央美术学院 中央戏剧学院 中央民族大学 中国政法大学 华北电力大学
中国矿业大学（北京） 中国石油大学（北京） 中国地质大学（北京） 中国科学院大学 南开大学 天津大学
天津工业大学 天津医科大学 天津中医药大学 河北工业大学 山西大学 太原理工大学 内蒙古大学 辽宁大学
大连理工大学 东北大学 大连海事大学 吉林大学 延边大学 东北师范大学 哈尔滨工业大学 哈尔滨工程大学
东北农业大学 东北林业大学 复旦大学 同济大学 上海交通大学 华东理工大学 东华大学 上海海洋大学
上海中医药大学 华东师范大学 上海外国语大学 上海财经大学 上海体育大学 上海音乐学院 上海大学 海军军医大学
上海科技大学 南京大学 苏州大学 东南大学 南京航空航天大学 南京理工大学 中国矿业大学 南京邮电大学 河海大学
江南大学 南京林业大学 南京信息工程大学 南京农业大学 南京医科大学 南京中医药大学 中国药科大学
南京师范大学 浙江大学 中国美术学院 宁波大学 安徽大学 中国科学技术大学 合肥工业大学 厦门大学 福州大学
南昌大学 山东大学 中国海洋大学 中国石油大学（华东） 郑州大学 河南大学 武汉大学 华中科技大学
中国地质大学（武汉） 武汉理工大学 华中农业大学 华中师范大学 中南财经政法大学 湖南大学 中南大学 湘潭大学
湖南师范大学 国防科技大学 中山大学 暨南大学 华南理工大学 华南农业大学 广州医科大学 广州中医药大学
华南师范大学 南方科技大学 海南大学 广西大学 四川大学 重庆大学 西南交通大学 电子科技大学 西南石油大学
成都理工大学 四川农业大学 成都中医药大学 西南大学 西南财经大学 贵州大学 云南大学 西藏大学 西北大学
西安交通大学 西北工业大学 西安电子科技大学 长安大学 西北农林科技大学 陕西师范大学 空军军医大学 兰州大学
青海大学 宁夏大学 新疆大学 石河子大学
"""
"""The universities of the Double First Class of 2022."""


def test_the_universities_of_the_double_first_class_are_all_there() -> None:
    names = FIRST_CLASS.split()
    assert len(set(names)) == 147
    today = {each.name: each for each in suggested("schools") if not each.now}
    assert [name for name in names if name not in today] == []
    # An English name helps to find them; theirs are well known.
    assert [name for name in names if not today[name].english] == []


def test_every_province_has_its_schools_and_its_old_names() -> None:
    provinces = whole().provinces
    found = suggested("schools", provinces=provinces)
    today = Counter(each.place for each in found if not each.now)
    past = Counter(each.place for each in found if each.now)
    assert [id for id in provinces if today[id] < 6] == []
    assert [id for id in provinces if past[id] < 3] == []
    assert sum(today.values()) > 2000
    assert sum(past.values()) > 1000


@pytest.mark.parametrize(
    ("old", "now", "until"),
    [
        ("南京化工大学", "南京工业大学", "2001"),
        ("中央广播电视大学", "国家开放大学", "2012"),
        ("上海医科大学", "复旦大学", "2000"),
        ("第四军医大学", "空军军医大学", "2017"),
        ("武汉测绘科技大学", "武汉大学", "2000"),
    ],
)
def test_a_school_of_the_past_says_what_it_became(old: str, now: str, until: str) -> None:
    found = next(each for each in suggested("schools") if each.name == old)
    assert (found.now, found.until) == (now, until)


def test_the_rules_take_every_suggested_name_as_it_is() -> None:
    for kind, check in (("schools", check_school), ("study-majors", check_major_name)):
        for each in suggested(kind):  # type: ignore[arg-type]
            verdict = check(each.name)
            assert (verdict.value, verdict.notes) == (each.name, ())
    countries = suggested("countries")
    assert countries[0].name == "中国"
    for each in countries:
        for name in (each.name, each.english):
            verdict = check_country(name)
            assert verdict.ok, name
            assert (verdict.value == "china") == (each.name == "中国"), name
    for zh, en in (
        ("中国香港", "Hong Kong, China"),
        ("中国澳门", "Macao, China"),
        ("中国台湾", "Taiwan, China"),
    ):
        assert check_country(zh).value == check_country(en).value


def test_the_lists_are_as_long_as_they_have_to_be() -> None:
    lengths = {kind: len(suggested(kind)) for kind in KINDS}
    assert lengths["schools"] > 3000
    assert lengths["study-majors"] > 900
    assert lengths["countries"] > 190
    assert {"土木工程", "工业与民用建筑", "工程造价", "建筑工程技术", "药学"} <= {
        each.name for each in suggested("study-majors")
    }


# Files that cannot be relied on -----------------------------------------------------------------------


def refused(tmp_path: Path, kind: Kind, old: str, new: str) -> ContentError:
    for folder in ("schools", "places"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    name = {"schools": "schools/schools.csv", "study-majors": "schools/study-majors.csv"}.get(
        kind, "places/countries.csv"
    )
    path = tmp_path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        suggested(kind, home=tmp_path, provinces=whole().provinces)
    error = caught.value
    assert error.file == path.name
    assert error.what.endswith(".")
    return error


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("schools", "beijing,清华大学,", "beijing,北京大学,", "it stands in line 8 too"),
        ("schools", "beijing,清华大学,", "beijin,清华大学,", "no such province: beijin"),
        ("schools", ",国家开放大学,2012", ",国家开放学院,2012", "国家开放学院 is no school of today"),
        ("schools", ",北京大学,2000", ",北方交通大学,2000", "北方交通大学 is no school of today"),
        ("schools", ",国家开放大学,2012", ",国家开放大学,12", "until is the year"),
        ("schools", "清华|THU,,", "清华|THU,,2000", "until is the year"),
        ("schools", "beijing,清华大学,", "beijing,Tsinghua,", "a name in Chinese characters"),
        ("schools", "beijing,清华大学,", "清华大学,", "6 columns are expected"),
        ("schools", "place,name", "name,place", "6 columns are expected"),
        ("study-majors", "哲学,Philosophy,", "哲学, Philosophy,", "english begins or ends with a space"),
        ("study-majors", "逻辑学,Logic,", "哲学,Logic,", "it stands in line 7 too"),
        ("countries", "美国,United States", "中国,United States", "too. Keep one."),
    ],
)
def test_a_list_that_cannot_be_relied_on_is_refused_with_its_place(
    tmp_path: Path, kind: Kind, old: str, new: str, said: str
) -> None:
    error = refused(tmp_path, kind, old, new)
    assert said in error.what
    assert error.line is not None


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "schools").mkdir()
    (tmp_path / "schools" / "schools.csv").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ContentError, match="it holds nothing"):
        suggested("schools", home=tmp_path)
    with pytest.raises(ContentError, match="cannot be read"):
        suggested("study-majors", home=tmp_path)
