"""What was meant: in Chinese, pinyin, initials or English, with mistakes, and never by a guess."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversation.finding import Findable, Finder, Way, decided, letters
from assistant.conversation.known_as import findable
from assistant.conversation.suggesting import suggester
from content.suggesting import KINDS, Kind, suggested
from flows.steps.model import Option
from flows.verdict import Named
from tests.factories import content, situation


@cache
def things(what: str) -> tuple[Findable, ...]:
    """Return what is offered at a prompt, as the steps make it: ``city/jiangsu``, ``level/economics``."""
    from flows.rules import academic, identity

    kind, _, of = what.partition("/")
    known = content()
    match kind:
        case "exam":
            labels = [(id, Named("exam", id)) for id in known.exams]
        case "province":
            labels = [(id, Named("province", id)) for id in known.provinces]
        case "city":
            labels = [(each.id, Named("city", f"{of}/{each.id}")) for each in known.provinces[of].cities]
        case "point":
            office = known.office(of)
            assert office is not None
            labels = [(each.id, Named("point", f"{of}/{each.id}")) for each in office.points]
        case "level" | "major" | "subject":
            listed = {"level": "levels", "major": "majors", "subject": "subjects"}[kind]
            labels = [(each.id, Named(kind, f"{of}/{each.id}")) for each in getattr(known.exams[of], listed)]
        case _:
            ids = {
                "id_type": identity.ID_TYPES,
                "education.level": academic.EDUCATION_LEVELS,
                "degree.level": academic.DEGREE_LEVELS,
                "study": academic.STUDY_MODES,
            }[kind]
            labels = [(id, Named("word", f"{kind}.{id}")) for id in ids]
    return tuple(findable(Option(id, label), known) for id, label in labels)


@cache
def finder(what: str) -> Finder:
    return Finder(things(what))


PROMPTS = (
    "exam",
    "province",
    *(f"city/{id}" for id in content().provinces),
    "point/jiangsu",
    *(f"{kind}/{id}" for id in content().exams for kind in ("level", "major", "subject")),
    "id_type",
    "education.level",
    "degree.level",
    "study",
)

MEANT = [
    # Provinces: short names, single characters, pinyin, initials, beginnings, sounds, mistakes, English.
    ("province", "江苏", "jiangsu"),
    ("province", "江苏省", "jiangsu"),
    ("province", "苏", "jiangsu"),
    ("province", "沪", "shanghai"),
    ("province", "京", "beijing"),
    ("province", "粤", "guangdong"),
    ("province", "桂", "guangxi"),
    ("province", "内蒙", "neimenggu"),
    ("province", "新疆", "xinjiang"),
    ("province", "重庆", "chongqing"),
    ("province", "js", "jiangsu"),
    ("province", "cq", "chongqing"),
    ("province", "hlj", "heilongjiang"),
    ("province", "nmg", "neimenggu"),
    ("province", "jiangsu", "jiangsu"),
    ("province", "Jiang Su", "jiangsu"),
    ("province", "chongq", "chongqing"),
    ("province", "jiangs", "jiangsu"),
    ("province", "guangd", "guangdong"),
    ("province", "jaingsu", "jiangsu"),
    ("province", "zhejang", "zhejiang"),
    ("province", "shangdong", "shandong"),
    ("province", "江酥", "jiangsu"),
    ("province", "浙姜", "zhejiang"),
    ("province", "ｊｉａｎｇｓｕ", "jiangsu"),
    ("province", "Inner Mongolia", "neimenggu"),
    ("province", "mongolia", "neimenggu"),
    ("province", "Tibet", "xizang"),
    ("province", "Jiangsu Province", "jiangsu"),
    ("province", "壮族", "guangxi"),
    # Cities, readings of characters included.
    ("city/jiangsu", "南京", "nanjing"),
    ("city/jiangsu", "nj", "nanjing"),
    ("city/jiangsu", "nanjin", "nanjing"),
    ("city/jiangsu", "nanj", "nanjing"),
    ("city/jiangsu", "Nanking", "nanjing"),
    ("city/jiangsu", "huai'an", "huaian"),
    ("city/jiangsu", "lyg", "lianyungang"),
    ("city/jiangsu", "连云", "lianyungang"),
    ("city/fujian", "xm", "xiamen"),
    ("city/fujian", "厦", "xiamen"),
    ("city/jilin", "cc", "changchun"),
    ("city/hunan", "cs", "changsha"),
    ("city/anhui", "la", "luan"),
    ("city/anhui", "lu'an", "luan"),
    ("city/anhui", "bb", "bengbu"),
    ("city/anhui", "bz", "bozhou"),
    ("city/zhejiang", "tz", "taizhou"),
    ("city/shanxi", "cz", "changzhi"),
    ("city/shanxi", "lvliang", "lvliang"),
    ("city/shanxi", "luliang", "lvliang"),
    ("city/shanxi", "Lüliang", "lvliang"),
    ("city/hubei", "襄樊", "xiangyang"),
    ("city/jilin", "延边", "yanbian"),
    ("city/jilin", "延吉", "yanbian"),
    ("city/xinjiang", "乌鲁木奇", "wulumuqi"),
    ("city/xinjiang", "urumchi", "wulumuqi"),
    ("city/beijing", "海甸", "haidian"),
    ("city/guangdong", "Canton", "guangzhou"),
    # Examinations.
    ("exam", "一建", "class-1-constructor"),
    ("exam", "二建", "class-2-constructor"),
    ("exam", "yj", "class-1-constructor"),
    ("exam", "一级建造", "class-1-constructor"),
    ("exam", "yjjz", "class-1-constructor"),
    ("exam", "一级jzs", "class-1-constructor"),
    ("exam", "class 1 constructor", "class-1-constructor"),
    ("exam", "first class constructor", "class-1-constructor"),
    ("exam", "药师", "licensed-pharmacist"),
    ("exam", "yaoshi", "licensed-pharmacist"),
    ("exam", "pharmacist", "licensed-pharmacist"),
    ("exam", "pharmasist", "licensed-pharmacist"),
    ("exam", "licenced pharmacist", "licensed-pharmacist"),
    ("exam", "消防", "class-1-fire-engineer"),
    ("exam", "造价", "class-1-cost-engineer"),
    ("exam", "经济师", "economics"),
    ("exam", "econmics", "economics"),
    ("exam", "surveyor", "registered-surveyor"),
    # Levels, majors, documents, education.
    ("level/class-1-constructor", "增项", "additional-major"),
    ("level/class-1-constructor", "全科", "all-subjects"),
    ("major/class-1-constructor", "机电", "mechanical-electrical"),
    ("major/class-1-constructor", "市政", "municipal"),
    ("major/class-1-constructor", "港航", "port-waterway"),
    ("major/class-1-constructor", "szgy", "municipal"),
    ("major/class-1-constructor", "mining", "mining"),
    ("id_type", "身份证", "resident-id"),
    ("id_type", "sfz", "resident-id"),
    ("id_type", "回乡证", "hk-macau-permit"),
    ("id_type", "台胞证", "taiwan-permit"),
    ("id_type", "hz", "passport"),
    ("id_type", "pasport", "passport"),
    ("id_type", "green card", "foreign-permanent-resident"),
    ("education.level", "本科", "bachelor"),
    ("education.level", "专科", "junior-college"),
    ("education.level", "PhD", "doctor"),
    ("study", "自考", "self-study"),
    ("study", "电大", "open"),
    ("point/jiangsu", "nanjing", "nanjing-1"),
]


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len({(what, typed) for what, typed, _ in MEANT}) >= 80


@pytest.mark.parametrize(("what", "typed", "id"), MEANT)
def test_what_is_typed_finds_what_is_meant_first(what: str, typed: str, id: str) -> None:
    found = finder(what).rank(typed)
    assert found, typed
    assert found[0].id == id


@pytest.mark.parametrize("what", PROMPTS)
def test_each_option_is_found_first_by_every_name_that_it_has(what: str) -> None:
    owners: dict[str, set[str]] = {}
    for thing in things(what):
        for name in (thing.id, *thing.names):
            owners.setdefault(letters(name), set()).add(thing.id)
    for thing in things(what):
        for name in (thing.id, *thing.names):
            first = finder(what).rank(name)[0]
            assert first.way is Way.EXACT, name
            assert first.id in owners[letters(name)], name
            if len(owners[letters(name)]) == 1:
                assert decided(finder(what).rank(name)) == thing.id


def test_names_that_two_options_share_are_few_and_known() -> None:
    shared: dict[str, set[str]] = {}
    for what in PROMPTS:
        owners: dict[str, set[str]] = {}
        for thing in things(what):
            for name in {letters(each) for each in (thing.id, *thing.names)}:
                owners.setdefault(name, set()).add(thing.id)
        shared |= {f"{what} {name}": ids for name, ids in owners.items() if len(ids) > 1}
    assert shared == {
        "education.level 研究生": {"postgraduate-class", "master", "doctor"},
        "education.level postgraduate": {"postgraduate-class", "master", "doctor"},
        "study 业余": {"part-time", "evening"},
        **{f"level/{exam} {name}": ids for exam, name, ids in _LEVELS},
    }


_LEVELS = [
    (exam.id, letters(name), {each.id for each in exam.levels if each.kind == kind})
    for exam in content().exams.values()
    for kind in ("all", "exempt", "additional")
    if len([each for each in exam.levels if each.kind == kind]) > 1
    for language in ("en", "zh")
    for name in content().words[language][f"names.level.{kind}"].split(",")
]


# Order and doubt --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "typed", "ids"),
    [
        ("province", "河", {"hebei", "henan"}),
        ("province", "hn", {"henan", "hunan", "hainan"}),
        ("province", "hu", {"hubei", "hunan"}),
        ("province", "sx", {"shanxi", "shaanxi"}),
        ("province", "jiangsi", {"jiangsu", "jiangxi"}),
        ("exam", "constructor", {"class-1-constructor", "class-2-constructor"}),
        ("exam", "建造师", {"class-1-constructor", "class-2-constructor"}),
        ("education.level", "研究生", {"postgraduate-class", "master", "doctor"}),
    ],
)
def test_what_may_mean_several_is_not_decided(what: str, typed: str, ids: set[str]) -> None:
    found = finder(what).rank(typed)
    assert decided(found) is None
    assert {match.id for match in found if match.way is found[0].way} == ids


def test_the_id_of_a_province_decides_though_another_sounds_the_same() -> None:
    found = finder("province").rank("shanxi")
    assert [match.id for match in found] == ["shanxi", "shaanxi"]
    assert decided(found) == "shanxi"


def test_names_come_before_beginnings_and_beginnings_before_parts() -> None:
    ways = [match.way for match in finder("province").rank("江")]
    assert ways == sorted(ways, reverse=True)
    assert ways[0] is Way.START
    assert ways[-1] is Way.PART
    ranked = [match.id for match in finder("city/guangdong").rank("zh")]
    assert set(ranked[:4]) == {"zhuhai", "zhaoqing", "zhanjiang", "zhongshan"}


def test_a_mistake_is_looked_for_only_where_nothing_fits() -> None:
    assert {match.way for match in finder("province").rank("shand")} == {Way.START}
    assert {match.way for match in finder("province").rank("shamdong")} == {Way.LIKE}


def test_of_a_question_only_a_name_written_out_is_found() -> None:
    for typed in ("what does level mean?", "级别是什么意思？", "江苏可以报吗", "why", "Is Jiangsu in scope?"):
        for what in ("province", "exam", "level/class-1-constructor", "study"):
            assert finder(what).rank(typed) == ()
            assert decided(finder(what).rank(typed)) is None


def test_where_it_has_to_be_sure_only_a_name_written_out_is_found() -> None:
    for typed in ("js", "jiangs", "江", "江酥", "jaingsu", "mongolia"):
        assert finder("province").rank(typed, sure=True) == ()
    for typed in ("江苏", "jiangsu", "Jiangsu Province"):
        assert decided(finder("province").rank(typed, sure=True)) == "jiangsu"


def test_of_yes_and_no_nothing_is_guessed() -> None:
    both = Finder([Findable("yes", ("Adopt the commitment",)), Findable("no", ("Do not adopt it",))])
    assert decided(both.rank("adopt")) == "yes"
    assert decided(both.rank("do not")) == "no"
    for typed in ("commitment", "adpot the", "not adopt"):
        assert both.rank(typed) == ()


# Noise ------------------------------------------------------------------------------------------------

MASHED = [
    "qwzx",
    "asdfgh",
    "kjhgfd",
    "vvvv",
    "xqxq",
    "qqqq",
    "wxyzwxyz",
    "jfkdls",
    "99999",
    "~",
    "某某",
    "啊啊啊啊",
]


@pytest.mark.parametrize("typed", MASHED)
def test_keys_pressed_at_random_find_nothing(typed: str) -> None:
    for what in PROMPTS:
        assert finder(what).rank(typed) == (), what


@given(st.text("ЖЩЮЯабвΓΔλ한글カナひ😀🀄…√№ँ", max_size=40))
@settings(max_examples=60)
def test_letters_of_other_scripts_find_nothing(typed: str) -> None:
    for what in ("exam", "province", "city/xinjiang"):
        assert finder(what).rank(typed) == ()


@given(st.text(max_size=400))
@settings(max_examples=80)
def test_whatever_is_typed_is_ranked_without_a_fault(typed: str) -> None:
    for what in ("exam", "province", "study"):
        found = finder(what).rank(typed)
        assert list(found) == sorted(found, key=lambda match: (-match.way, -match.score))
        assert len({match.id for match in found}) == len(found)
        assert all(0 <= match.score <= 100 for match in found)


# Suggestions ------------------------------------------------------------------------------------------

SUGGESTED: list[tuple[Kind, str, str]] = [
    ("schools", "njgydx", "南京工业大学"),
    ("schools", "南京工大", "南京工业大学"),
    ("schools", "南工大", "南京工业大学"),
    ("schools", "nanjgydx", "南京工业大学"),
    ("schools", "nanjing tech", "南京工业大学"),
    ("schools", "南京工业大雪", "南京工业大学"),
    ("schools", "南京化工大学", "南京化工大学"),
    ("schools", "北大", "北京大学"),
    ("schools", "THU", "清华大学"),
    ("schools", "tsinghua", "清华大学"),
    ("schools", "哈工大", "哈尔滨工业大学"),
    ("schools", "cqdx", "重庆大学"),
    ("schools", "xmdx", "厦门大学"),
    ("schools", "changan", "长安大学"),
    ("schools", "chang'an univ", "长安大学"),
    ("schools", "北京电大", "北京广播电视大学"),
    ("schools", "国家开放", "国家开放大学"),
    ("schools", "zhongyangguangbodianshidaxue", "中央广播电视大学"),
    ("schools", "nanjign daxue", "南京大学"),
    ("study-majors", "土木", "土木工程"),
    ("study-majors", "tmgc", "土木工程"),
    ("study-majors", "civil enginering", "土木工程"),
    ("study-majors", "mech eng", "机械工程"),
    ("study-majors", "工民建", "工业与民用建筑"),
    ("study-majors", "国贸", "国际经济与贸易"),
    ("study-majors", "gczj", "工程造价"),
    ("countries", "china", "中国"),
    ("countries", "zg", "中国"),
    ("countries", "美国", "美国"),
    ("countries", "UK", "英国"),
    ("countries", "austrailia", "澳大利亚"),
    ("countries", "xianggang", "中国香港"),
]


@pytest.mark.parametrize(("kind", "typed", "name"), SUGGESTED)
def test_what_is_typed_suggests_what_is_meant_first(kind: Kind, typed: str, name: str) -> None:
    assert suggester(kind).suggest(typed)[0].name == name


@given(st.sampled_from(KINDS), st.data())
@settings(max_examples=60, deadline=None)
def test_each_name_is_suggested_first_by_all_that_it_is_called(kind: Kind, data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(suggested(kind)))
    found = suggester(kind).suggest(each.name)
    assert found[0].name == each.name
    for name in filter(None, (each.english, *each.short)):
        # Another may be called the same: 审计 is a major too, not only 审计学 for short.
        first = suggester(kind).suggest(name)[0]
        assert letters(name) in map(letters, (first.name, first.english, *first.short))


def test_nothing_is_suggested_for_nothing_for_a_question_or_for_noise() -> None:
    for kind in ("schools", "study-majors"):
        for typed in (
            "",
            "  ",
            "这所学校改名了怎么办？",
            "What if my school was renamed?",
            "/back",
            "qwzx",
            "????",
        ):
            assert suggester(kind).suggest(typed) == ()  # type: ignore[arg-type]
    assert [each.name for each in suggester("countries").suggest("")] == ["中国"]


def test_schools_of_today_come_before_those_of_the_past_where_both_fit_alike() -> None:
    found = [(each.name, bool(each.now)) for each in suggester("schools").suggest("湖北师")]
    assert found[:2] == [("湖北师范大学", False), ("湖北师范学院", True)]
    shared = [each.name for each in suggester("schools").suggest("武工大")]
    assert shared[:2] == ["武汉工程大学", "武汉工业大学"]


def test_a_name_itself_comes_before_one_that_is_also_called_so() -> None:
    assert [each.name for each in suggester("schools").suggest("石油大学")][:2] == [
        "石油大学",
        "中国石油大学（华东）",
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "names"),
    [
        ("schools", "南京工大", ("南京工业大学",)),
        ("schools", "北邮", ("北京邮电大学",)),
        ("schools", "Tsinghua University", ("清华大学",)),
        ("schools", "南京工业大雪", ("南京工业大学",)),
        ("study-majors", "国贸", ("国际经济与贸易",)),
        ("schools", "南京工业大学", None),
        ("schools", "中国石油大学(北京)", None),
        ("schools", "南京化工大学", None),
        ("schools", "常州某某职业技术学院", None),
        ("schools", "University of Manchester", None),
        ("schools", "MIT", None),
        ("study-majors", "会计", None),
        ("countries", "美利坚合众国", None),
    ],
)
def test_a_shortened_name_is_pointed_out_and_an_unknown_one_is_left_alone(
    kind: Kind, typed: str, names: tuple[str, ...] | None
) -> None:
    problem = suggester(kind).near(typed)
    assert (problem.args["names"] if problem else None) == names


def test_a_record_of_an_application_can_be_found_by_its_number() -> None:
    known = situation()
    option = Option("education.1.school", Named("fact", "education.1.school"))
    names = findable(option, known.content).names
    assert {"School (2)", "School"} <= set(names)
