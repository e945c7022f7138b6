"""The two editions say what holds, since when and by which instrument."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.factories import content

PILOT, CURRENT = "pilot", "current"


@pytest.mark.req("2.1")
def test_the_pilot_covers_the_twelve_national_examinations() -> None:
    pilot = content().editions[PILOT]
    assert len(pilot.exams) == len(set(pilot.exams)) == 12
    assert all(content().exams[exam].organiser == "national" for exam in pilot.exams)
    assert content().paragraph(pilot.scope_paragraph, "en") is not None


@pytest.mark.req("2.2")
def test_the_second_class_constructor_is_provincial_and_named_for_four_provinces() -> None:
    pilot = content().editions[PILOT]
    assert "class-2-constructor" not in pilot.exams
    assert set(pilot.provincial["class-2-constructor"]) == {"jiangsu", "anhui", "shaanxi", "shanxi"}


def test_the_pilot_is_the_notice_without_later_rules() -> None:
    pilot = content().editions[PILOT]
    assert (pilot.choice, pilot.withdrawal, pilot.papers, pilot.later_rules) == (False, False, "two", ())
    assert pilot.begins == date(2019, 6, 1)


@pytest.mark.req("L.1", "L.2", "L.4")
def test_the_current_edition_is_a_choice_that_can_be_withdrawn_on_one_paper() -> None:
    current = content().editions[CURRENT]
    assert (current.choice, current.withdrawal, current.papers) == (True, True, "one")
    assert current.begins == date(2021, 1, 1)
    assert set(content().editions[PILOT].exams) <= set(current.exams)


def test_each_later_rule_of_the_requirements_is_there_once() -> None:
    ids = [rule.id for rule in content().editions[CURRENT].later_rules]
    assert sorted(ids) == sorted({*ids})
    assert {f"L.{number}" for number in range(1, 10)} <= set(ids)


@pytest.mark.req("P.8")
def test_each_later_rule_carries_a_date_an_instrument_and_what_it_overrides() -> None:
    for rule in content().editions[CURRENT].later_rules:
        assert re.fullmatch(r"20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?", rule.date), rule.id
        assert rule.source
        assert "http" not in rule.source
        assert rule.overrides, rule.id
        assert rule.text.en.strip()
        assert re.search("[\u4e00-\u9fff]", rule.text.zh), rule.id


@pytest.mark.req("L.9")
def test_consequences_are_told_as_the_texts_say_them_and_never_as_a_ban() -> None:
    rule = next(each for each in content().editions[CURRENT].later_rules if each.id == "L.9")
    assert "five years" in rule.text.en
    assert "long term" in rule.text.en
    assert "五年" in rule.text.zh
    assert "长期" in rule.text.zh
    for rule in content().editions[CURRENT].later_rules:
        assert not re.search(r"\bban(s|ned)?\b", rule.text.en), rule.id
        assert "禁考" not in rule.text.zh, rule.id
