"""The places: codes of GB/T 2260, cities, sample offices that nobody can take for real, windows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import content
from content import loader
from content.schema import Calendar, Offices, Province, Window

HOME = Path(content.__file__).parent

GB_T_2260 = {
    *("11", "12", "13", "14", "15"),
    *("21", "22", "23"),
    *("31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46"),
    *("50", "51", "52", "53", "54"),
    *("61", "62", "63", "64", "65"),
}

COUNTED = {
    **{"beijing": 16, "tianjin": 16, "shanghai": 16, "chongqing": 38},
    **{"hebei": 11, "shanxi": 11, "neimenggu": 12, "liaoning": 14, "jilin": 9, "heilongjiang": 13},
    **{"jiangsu": 13, "zhejiang": 11, "anhui": 16, "fujian": 9, "jiangxi": 11, "shandong": 16},
    **{"hunan": 14, "guangdong": 21, "guangxi": 14, "sichuan": 21, "guizhou": 9, "yunnan": 16},
    **{"xizang": 7, "shaanxi": 10, "gansu": 14, "qinghai": 8, "ningxia": 5},
    # with the county-level places that answer to the province itself
    **{"henan": 17 + 1, "hubei": 13 + 4, "hainan": 4 + 15, "xinjiang": 14 + 12},
}


@cache
def provinces() -> dict[str, Province]:
    return {each.id: each for each in loader.read(HOME / "places" / "provinces.yaml", tuple[Province, ...])}


@cache
def offices() -> Offices:
    return loader.read(HOME / "places" / "offices.sample.yaml", Offices)


@cache
def calendar() -> Calendar:
    return loader.read(HOME / "calendar" / "windows.sample.yaml", Calendar)


def test_every_mainland_province_stands_once_under_its_gb_t_2260_code() -> None:
    raw = loader.read(HOME / "places" / "provinces.yaml", tuple[Province, ...])
    assert {each.code for each in raw} == GB_T_2260
    assert len({each.id for each in raw}) == len(raw) == 31


def test_provinces_that_sound_alike_are_told_apart() -> None:
    assert (provinces()["shanxi"].code, provinces()["shanxi"].name.zh) == ("14", "山西省")
    assert (provinces()["shaanxi"].code, provinces()["shaanxi"].name.zh) == ("61", "陕西省")


@pytest.mark.parametrize(("province", "count"), COUNTED.items())
def test_a_province_has_all_its_places(province: str, count: int) -> None:
    cities = provinces()[province].cities
    assert len(cities) == count
    for names in ([c.id for c in cities], [c.name.en for c in cities], [c.name.zh for c in cities]):
        assert len(set(names)) == count


def test_every_province_was_counted() -> None:
    assert set(COUNTED) == set(provinces())


def test_every_city_has_a_pinyin_id_and_a_chinese_name_that_says_what_it_is() -> None:
    for province in provinces().values():
        for city in province.cities:
            assert re.fullmatch(r"[a-z]{2,}", city.id)
            assert re.fullmatch(r"[\u4e00-\u9fff]+(市|区|县|盟|州)", city.name.zh), city.name.zh
            assert not re.search(r"[\u4e00-\u9fff]", city.name.en)


def test_every_province_has_one_sample_office_with_points_in_two_of_its_cities() -> None:
    assert offices().sample
    assert sorted(each.province for each in offices().offices) == sorted(provinces())
    for office in offices().offices:
        cities = {city.id for city in provinces()[office.province].cities}
        at = [point.city for point in office.points]
        assert len(set(at)) == 2
        assert set(at) <= cities
        assert len({point.id for point in office.points}) == len(at)
        assert all(re.fullmatch(rf"{point.city}-[1-9]", point.id) for point in office.points)


def test_both_cities_that_scenarios_use_have_points() -> None:
    jiangsu = next(each for each in offices().offices if each.province == "jiangsu")
    assert {"nanjing-1", "suzhou-1"} <= {point.id for point in jiangsu.points}


def test_all_ways_of_paying_can_be_tried() -> None:
    assert {each.payment for each in offices().offices} == {"online", "counter", "both"}


def test_nobody_can_take_a_sample_office_for_a_real_one() -> None:
    for office in offices().offices:
        # no area code of China is 000, so the number reaches nobody
        assert office.telephone.startswith("000-")
        for point in office.points:
            assert point.telephone.startswith("000-")
            assert "sample" in point.address.en
            assert "示例" in point.address.zh
            assert "sample" in point.name.en
            assert "示例" in point.name.zh


def test_sample_windows_run_forward_within_a_year() -> None:
    assert calendar().sample
    for window in calendar().windows:
        assert window.opens < window.closes <= window.pay_by, window
        assert re.fullmatch(r"[0-9]{2}-[0-9]{2}", window.exam_day)
        assert window.pay_by[:5] < window.exam_day, window
        assert window.province == "*" or window.province in provinces()
        assert window.exam == "*" or (HOME / "exams" / f"{window.exam}.yaml").exists()


def test_something_is_open_nearly_all_year() -> None:
    [default] = [each for each in calendar().windows if (each.exam, each.province) == ("*", "*")]
    assert (default.year, default.opens, default.closes) == (None, "01-02 09:00", "12-20 17:00")


def test_narrow_windows_leave_the_exams_alone_that_scenarios_rely_on() -> None:
    narrow: dict[tuple[str, str], list[Window]] = {}
    for window in calendar().windows:
        if window.exam != "*":
            narrow.setdefault((window.exam, window.province), []).append(window)
    assert [w.opens for w in narrow["registered-surveyor", "xizang"]] == ["06-01 09:00"]
    assert [w.closes for w in narrow["economics", "hainan"]] == ["07-28 17:00"]
    assert any(w.year == 2020 for rows in narrow.values() for w in rows)
    untouched = {"class-1-constructor", "class-2-constructor", "licensed-pharmacist"}
    assert not [key for key in narrow if key[0] in untouched or key[1] in {"jiangsu", "*"}]
