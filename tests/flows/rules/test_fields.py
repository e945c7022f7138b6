"""All field rules together: nothing breaks them, what they take they take again; and the ticks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules import academic, fields, identity
from flows.rules.months import check_day, check_month
from flows.verdict import Problem, Verdict

TODAY = date(2020, 7, 1)
EARLIEST = date(1950, 1, 1)
RESIDENT = "11010519491231002X"
RECORD = {
    "level": "bachelor",
    "study": "full-time",
    "graduated": "2005-07",
    "awarded": "2009-06",
    "country": "china",
}

RULES: dict[str, Callable[[str], Verdict[str]]] = {
    **{
        f"field {name}": (lambda typed, name=name: fields.check_field(name, typed, TODAY))
        for name in fields.FIELDS
    },
    **{
        f"id {kind}": (lambda typed, kind=kind: identity.check_id_number(typed, kind, TODAY))
        for kind in identity.ID_TYPES
    },
    "school": academic.check_school,
    "major": academic.check_major_name,
    "country": academic.check_country,
    "education certificate": lambda typed: academic.check_certificate("education", typed, RECORD),
    "degree certificate": lambda typed: academic.check_certificate("degree", typed, RECORD),
    "month": lambda typed: check_month(typed, earliest=EARLIEST, latest=TODAY),
    "day": lambda typed: check_day(typed, earliest=EARLIEST, latest=TODAY),
}

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
NEARLY = st.text(
    st.sampled_from(
        "王小明欧阳〇々·•・．.[]【】AaBbXxSZſß０１２３4567890９²①٣年月日一十七/—- \u3000"
        "@＠。com转+(),'’\"<>{}%$~#_\x00\x1b\n\r\u202e\u200b\ufeff\ud800\udfff\uf9d1\u2f00\u2e80"
        "\ue000\U00020bb7\U000323b0\U000e0101\ufe0f😀\u0301аИニ"
    ),
    max_size=40,
)
PLAUSIBLE = st.one_of(
    st.from_regex(r"[1-9HME][0-9]{7,17}[0-9X]", fullmatch=True),
    st.from_regex(r"(\+86)?1[0-9 -]{10,13}", fullmatch=True),
    st.from_regex(r"[a-zA-Z0-9.]{1,12}@[a-z0-9.-]{1,12}", fullmatch=True),
    st.from_regex(r"(19|20)[0-9]{2}[-/.年 ]?[0-9]{1,2}[月]?", fullmatch=True),
    st.emails(),
)
TYPED = ANYTHING | NEARLY | PLAUSIBLE

HOSTILE = [
    "",
    " ",
    "\u3000",
    "１２３",
    "x" * 10_000,
    "王" * 10_000,
    "1\n2\n3",
    "\x00\x1b[31m",
    "\u202e\u2066",
    "[/x]",
    "[@click=app.quit]x[/]",
    "'; DROP TABLE users; --",
    "😀",
    "\ud83d",
    "%s %n {x.__class__} $HOME ~",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("rule", RULES)
@given(typed=TYPED)
def test_no_input_breaks_a_rule_and_what_is_taken_is_taken_again(rule: str, typed: str) -> None:
    verdict = RULES[rule](typed)
    assert (verdict.value is None) == bool(verdict.problems)
    if verdict.value:
        again = RULES[rule](verdict.value)
        assert again.value == verdict.value
        assert again.notes == ()
        verdict.value.encode("utf-8")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_gets_an_answer(rule: str, typed: str) -> None:
    verdict = RULES[rule](typed)
    assert verdict.ok or all(isinstance(problem, Problem) for problem in verdict.problems)
    if len(typed) > 1000:
        assert not verdict.ok


@pytest.mark.parametrize("field", fields.FIELDS)
def test_every_field_of_the_command_line_refuses_nothing_at_all(field: str) -> None:
    assert not fields.check_field(field, "", TODAY).ok


def test_an_unknown_field_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        fields.check_field("shoe_size", "43", TODAY)


def test_an_id_number_is_judged_as_the_document_it_looks_like() -> None:
    assert fields.check_field("id_number", RESIDENT, TODAY).value == RESIDENT
    warnings = fields.check_field("id_number", "810000199001010019", TODAY).warnings
    assert [warning.code for warning in warnings] == ["id-checked-by-hand"]


# Ticks


def standing(field: str, typed: str, **context: str) -> list[str]:
    return [tick.code for tick in fields.ticks(field, typed, **context) if tick.ok]


@pytest.mark.req("11.4")
def test_each_password_rule_ticks_as_one_types() -> None:
    typed = "Kite 77r"
    assert [standing("password", typed[:n]) for n in (0, 1, 2, 6, 8)] == [
        [],
        ["upper"],
        ["upper", "lower"],
        ["upper", "lower", "digit"],
        ["upper", "lower", "digit", "length", "hard-to-guess"],
    ]
    assert "hard-to-guess" not in standing("password", "Aa123456")


def test_each_id_rule_ticks_as_one_types() -> None:
    context = {"id_type": "resident-id", "today": "2020-07-01"}
    assert standing("id_number", "", **context) == []
    assert standing("id_number", "110105", **context) == ["digits"]
    assert standing("id_number", "110105199002300020", **context) == ["digits", "length"]
    assert standing("id_number", "110105194912310021", **context) == ["digits", "length", "birth-date"]
    assert standing("id_number", RESIDENT, **context) == ["digits", "length", "birth-date", "check-digit"]
    assert standing("id_number", RESIDENT) == standing("id_number", RESIDENT, **context)
    assert standing("id_number", "E12345678", id_type="passport", today="2020-07-01") == ["form"]


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("name", "王 小明", ["length"]),
        ("name", "王2明", ["no-spaces", "length"]),
        ("name", "王小明", ["no-spaces", "length", "characters"]),
        ("mobile", "138", ["digits"]),
        ("mobile", "12812345678", ["digits", "length"]),
        ("mobile", "13812345678", ["digits", "length", "prefix"]),
        ("email", "wang", []),
        ("email", "wang@qq", ["at-sign"]),
        ("email", "wang@qq.com", ["at-sign", "form"]),
        ("school", "南京大学", []),
    ],
)
def test_ticks_stand_for_the_rules_that_are_met(field: str, typed: str, expected: list[str]) -> None:
    assert standing(field, typed) == expected


@pytest.mark.parametrize("field", ["name", "id_number", "mobile", "email", "password"])
@given(typed=TYPED)
def test_all_ticks_stand_exactly_when_the_entry_is_taken(field: str, typed: str) -> None:
    shown = fields.ticks(field, typed, today=TODAY.isoformat())
    assert shown
    assert all(tick.ok for tick in shown) == fields.check_field(field, typed, TODAY).ok


@pytest.mark.parametrize(
    ("typed", "changes", "expected"),
    [
        ("", {}, {"form": False, "year": False, "level": False, "study": False}),
        ("10291120050500123", {}, {"form": False, "year": False, "level": False, "study": False}),
        ("102911200505001234", {}, {"form": True, "year": True, "level": True, "study": True}),
        ("1029 1120 0605 0012 34", {}, {"form": True, "year": False, "level": True, "study": True}),
        ("102915200506001234", {}, {"form": True, "year": True, "level": False, "study": False}),
        ("102911200505001234", {"study": "self-study"}, {"form": True}),
        ("102911200505001234", {"graduated": "", "level": "", "study": ""}, {"form": True}),
        ("102911200505001234", {"graduated": "1999-07"}, {}),
        ("102911200505001234", {"level": "secondary"}, {}),
        ("102911200505001234", {"country": "france"}, {}),
        ("无", {}, {}),
    ],
)
def test_a_certificate_number_ticks_for_what_agrees_with_its_record(
    typed: str, changes: dict[str, str], expected: dict[str, bool]
) -> None:
    shown = fields.ticks("education_certificate", typed, **{**RECORD, **changes})
    assert {tick.code: tick.ok for tick in shown} == expected


def test_the_number_of_a_degree_ticks_by_year_and_level() -> None:
    assert standing("degree_certificate", "1029142009001234", **RECORD) == ["form", "year", "level"]
    assert standing("degree_certificate", "1029132008001234", **RECORD) == ["form"]
    assert fields.ticks("degree_certificate", "x", awarded="2008-08") == ()


@pytest.mark.parametrize("kind", ["education", "degree"])
@given(typed=TYPED | st.from_regex("[0-9]{5}[1-7]200[0-9]0[1-6][0-9]{6}", fullmatch=True))
def test_all_ticks_of_a_certificate_stand_exactly_when_nothing_is_doubted(kind: str, typed: str) -> None:
    shown = fields.ticks(f"{kind}_certificate", typed, **RECORD)
    verdict = RULES[f"{kind} certificate"](typed)
    if verdict.value != "":
        assert shown
        assert all(tick.ok for tick in shown) == (verdict.ok and not verdict.warnings)
