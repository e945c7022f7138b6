"""Which examinations the commitment covers, and by which sentence; and that every rule has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import flows.rules
from content.loader import load, places, read_words
from content.schema import Bilingual, Edition, Exam
from flows.rules.scope import scope
from flows.verdict import Named

NAME = Bilingual(en="x", zh="某")
ANNOUNCED = ("jiangsu", "anhui", "shaanxi", "shanxi")
MODULES = ("scope", "eligibility", "levels", "integrity", "verification", "review", "results", "deadlines")
RULES = Path(flows.rules.__file__).parent
WORDS = read_words(RULES.parent.parent / "content" / "words")


def exam(id: str, organiser: str = "national") -> Exam:
    return Exam(
        id=id,
        name=NAME,
        aliases=(),
        organiser=organiser,  # type: ignore[arg-type]
        levels=(),
        majors=(),
        subjects=(),
        eligibility={},
        source="made up",
    )


def edition() -> Edition:
    return Edition(
        id="pilot",
        name=NAME,
        summary=NAME,
        begins=date(2019, 6, 1),
        ends=None,
        source="made up",
        choice=False,
        withdrawal=False,
        papers="two",
        exams=("class-1-constructor",),
        provincial={"class-2-constructor": ANNOUNCED},
        scope_paragraph="2.1",
        eligibility="2019",
    )


@pytest.mark.req("2.1")
def test_a_listed_national_exam_is_in_scope_in_every_province() -> None:
    answer = scope(exam("class-1-constructor"), "guangdong", edition())
    assert (answer.in_scope, answer.paragraph, answer.reason.code) == (True, "2.1", "scope-covered")
    assert answer.reason.args["exam"] == Named("exam", "class-1-constructor")


@pytest.mark.req("2.1", "2.3")
def test_a_national_exam_that_is_not_listed_is_out_of_scope_by_the_same_sentence() -> None:
    answer = scope(exam("architect"), "jiangsu", edition())
    assert (answer.in_scope, answer.paragraph, answer.reason.code) == (False, "2.1", "scope-not-covered")


@pytest.mark.req("2.2")
@pytest.mark.parametrize("province", ANNOUNCED)
def test_the_provincial_exam_is_in_scope_in_the_four_provinces(province: str) -> None:
    answer = scope(exam("class-2-constructor", "provincial"), province, edition())
    assert (answer.in_scope, answer.paragraph, answer.reason.code) == (True, "2.2", "scope-announced")


@pytest.mark.req("2.2")
def test_another_province_is_not_named_and_its_reason_sends_the_candidate_to_ask_there() -> None:
    answer = scope(exam("class-2-constructor", "provincial"), "zhejiang", edition())
    assert (answer.in_scope, answer.paragraph, answer.reason.code) == (False, "2.2", "scope-not-named")
    assert answer.reason.args["province"] == Named("province", "zhejiang")
    assert "ask your province" in WORDS["en"]["problem.scope-not-named"]


@pytest.mark.req("2.1", "2.2")
def test_the_real_pilot_covers_its_twelve_exams_and_the_provincial_one_in_exactly_four_provinces() -> None:
    content = load()
    pilot = content.editions["pilot"]
    covered = {
        (exam.id, province)
        for exam in content.exams.values()
        for province in content.provinces
        if scope(exam, province, pilot).in_scope
    }
    national = {id for id, _ in covered if content.exams[id].organiser == "national"}
    assert len(national) == 12
    assert {place for id, place in covered if id == "class-2-constructor"} == set(ANNOUNCED)


# The words of all rules of the journey ---------------------------------------------------------------


def problems(module: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Find every ``Problem("code", {...})`` and ``_reason(..., "code", ...)`` written out in a module."""
    for call in ast.walk(ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        at = {"Problem": 0, "_reason": 2}.get(call.func.id)
        if at is None or len(call.args) <= at:
            continue
        code = call.args[at]
        given = call.args[at + 1] if len(call.args) > at + 1 else None
        args: frozenset[str] | None = frozenset()
        if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
            args = frozenset(str(key.value) for key in given.keys if isinstance(key, ast.Constant))
        elif given is not None:
            args = None
        if isinstance(code, ast.Constant):
            yield str(code.value), args


@pytest.mark.parametrize("module", MODULES)
def test_every_problem_of_a_rule_has_its_sentence_in_both_languages(module: str) -> None:
    for code, args in problems(module):
        for language in ("en", "zh"):
            sentence = WORDS[language][f"problem.{code}"]
            assert args is None or places(sentence) <= args, code


def test_the_search_for_problems_finds_those_of_every_module_that_has_any() -> None:
    found = {code: args for module in MODULES for code, args in problems(module)}
    assert found["scope-not-named"] is None
    assert found["work-after-exam"] is None
    assert found["subject-last-year"] == {"subject", "year"}
    assert len(found) > 25


def test_every_status_group_and_way_to_mend_has_words() -> None:
    keys = {
        *(f"status.{each}" for each in ("unverified", "verified", "failed", "cannot-verify")),
        *(f"{kind}.14.{number}" for kind in ("group", "bring") for number in range(1, 6)),
    }
    assert keys <= WORDS["en"].keys()


def test_no_sentence_of_these_rules_scolds() -> None:
    for code in {code for module in MODULES for code, _ in problems(module)}:
        sentence = WORDS["en"][f"problem.{code}"].casefold()
        assert not any(word in sentence for word in ("invalid", "please", "sorry", "forbidden", "banned"))
