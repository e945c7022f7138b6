"""Everything that the field rules can say has its sentence in both languages, filled as they fill it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import flows.rules
from content.loader import places, read_words
from flows.dossier import AcademicRecord
from flows.rules import academic, fields, identity
from flows.rules.months import check_day, check_month
from flows.rules.password import check_password
from flows.verdict import Problem, Verdict

TODAY = date(2020, 7, 1)
EARLIEST = date(1950, 1, 1)
RECORD = {
    "level": "bachelor",
    "study": "full-time",
    "graduated": "2005-07",
    "awarded": "2009-06",
    "country": "china",
}

RULES: dict[str, Callable[[str], Verdict[str]]] = {
    **{name: (lambda typed, name=name: fields.check_field(name, typed, TODAY)) for name in fields.FIELDS},
    **{
        kind: (lambda typed, kind=kind: identity.check_id_number(typed, kind, TODAY))
        for kind in identity.ID_TYPES
    },
    "school": academic.check_school,
    "major": academic.check_major_name,
    "country": academic.check_country,
    "education": lambda typed: academic.check_certificate("education", typed, RECORD),
    "degree": lambda typed: academic.check_certificate("degree", typed, RECORD),
    "month": lambda typed: check_month(typed, earliest=EARLIEST, latest=TODAY),
    "day": lambda typed: check_day(typed, earliest=EARLIEST, latest=TODAY),
}

# One entry between two strokes; each brings about something that the others do not.
ENTRIES = (
    "|x\ny|\u3000|王小明|王 小明|John Smith|王 2|王•明|Ａｂ|辻\U000e0101明|王晓[沛]|王𠮷|王A"
    "|王\ud800|王\x1b明|王\u202e明|王\u200b明"
    "|王\uf9d1|王\u2f00|王\u2e80|王\ue000|王\U0003fff0|王1|王[|王!|김철|··|王··明|王|王😀"
    "|11010519491231002X|11010519491231002x|110105-19491231-002X|110105491231002|110105194912310021"
    "|100105194912310025|110105199002300021|110105202012310021|110105180001010021|110105201001010021"
    "|330113199001010011|810000199001010019|911840198803070018|X1010519491231002X|1101051949123100|A123"
    "|EEEEEEEEEEEEEEEEEEEEE|E1234567八|1234567890|12"
    "|13812345678|+8613812345678|+85291234567|13812345678;ext=1|010-12345678|12812345678|1381234567a|138"
    "|wang@qq.com|wang@gmial.com|wang@qq。com|wang|a@b@c.com|@qq.com|wang@|a..b@qq.com|.a@qq.com|a@qq"
    '|"a"@qq.com|a b@qq.com|A <a@qq.com>|a@[1.2.3.4]|a@b.test|王@qq.com|a@-qq.com|Kite77River|Kite77\nRiver'
    "|kite|KITE|Aa123456|Abcd1234|2005-07|2005|05-07|07/01/2005|2005-13|1900-01|2030-01|2005-07-01|2005-02-30"
    "|1900-01-01|2030-01-01|05-07-01|大学!|123|U5A|102841200505000123|10284120050500012|102846200606000123"
    "|10284120050500012A|1028442005000123|1028442008000123|1028432009000123|1028²"
)
TRIED = (*ENTRIES.split("|"), "王" * 60, "1" * 41, "a" * 250 + "@qq.com", "x" * 10_000)

SOURCES = (
    "entry",
    "name",
    "identity",
    "mobile",
    "email",
    "password",
    "months",
    "certificate",
    "academic",
    "fields",
)
FAMILIES = {
    "{what}-missing": ("school", "major", "country"),
    "{what}-characters": ("school", "major", "country"),
    "{what}-no-letters": ("school", "major", "country"),
    "{record.kind}-before-birth": ("education", "degree"),
    "{record.kind}-too-young": ("education", "degree"),
    "{first.kind}-twice": ("education", "degree"),
}


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    found = read_words(Path(flows.rules.__file__).parents[2] / "content" / "words")
    return {language: dict(sentences) for language, sentences in found.items()}


def spoken(words: dict[str, dict[str, str]], problem: Problem) -> None:
    for language in ("en", "zh"):
        sentence = words[language][f"problem.{problem.code}"]
        assert places(sentence) == frozenset(problem.args), (language, problem)


def codes_in_source() -> set[str]:
    """Every text of the sources that is handed to Problem or has the form of a code of ours."""
    known = (
        "name",
        "id",
        "mobile",
        "email",
        "password",
        "month",
        "day",
        "certificate",
        "entry",
        "education",
        "degree",
    )
    found: set[str] = set()
    for source in SOURCES:
        tree = ast.parse((Path(flows.rules.__file__).parent / f"{source}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = ast.unparse(node)[2:-1]
                found |= {text.replace(text[: text.index("}") + 1], kind) for kind in FAMILIES.get(text, ())}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                found |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)} - {
                    "",
                    None,
                }
            elif isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
                text = str(node.elts[0].value)
                found |= {text} if text.partition("-")[0] in known and "-" in text else set()
    return {code for code in found if isinstance(code, str) and "-" in code and code.islower()}


def test_every_code_in_the_sources_has_words_in_both_languages(words: dict[str, dict[str, str]]) -> None:
    codes = codes_in_source() - {
        "name-",
        "-missing",
        "-characters",
        "-no-letters",
        "-before-birth",
        "-too-young",
        "-twice",
    }
    assert len(codes) > 120
    for language in ("en", "zh"):
        assert sorted(code for code in codes if f"problem.{code}" not in words[language]) == []


def _record(kind: str, index: int, **given: str) -> AcademicRecord:
    when = {"graduated": "2012-07"} if kind == "education" else {"awarded": "2012-07"}
    known = {
        "level": "bachelor",
        "school": "南京大学",
        "major": "土木工程",
        "certificate": "1",
        "country": "china",
    }
    return AcademicRecord("education" if kind == "education" else "degree", index, {**known, **when, **given})


RECORDS: tuple[tuple[tuple[AcademicRecord, ...], tuple[AcademicRecord, ...]], ...] = (
    ((_record("education", 0), _record("education", 1)), (_record("degree", 0), _record("degree", 1))),
    ((_record("education", 0, graduated="1989-07"),), (_record("degree", 0, awarded="1989-07"),)),
    ((_record("education", 0, graduated="2001-07"),), (_record("degree", 0, awarded="2001-07"),)),
    ((_record("education", 0), _record("education", 1, level="master", graduated="2012-06")), ()),
    ((_record("education", 0, level="secondary"),), (_record("degree", 0, country="france"),)),
    ((_record("education", 0),), (_record("degree", 0, awarded="2012-01"),)),
)


def examples() -> list[Problem]:
    """Every problem, warning and note that the entries of this folder's tests bring about."""
    found: list[Problem] = []
    for rule in RULES.values():
        for typed in TRIED:
            verdict = rule(typed)
            found += [*verdict.problems, *verdict.warnings, *verdict.notes]
    for personal in ("Kite13812345678River", "13812345678Aa"):
        verdict = check_password(personal, ("13812345678",))
        found += [*verdict.problems, *verdict.warnings]
    found += identity.check_id_number("1", "library-card", TODAY).problems
    found += identity.check_id_number("110105190001010021", "resident-id", date(2030, 1, 1)).problems
    found += [*academic.check_record_counts(0, 6), *academic.check_record_counts(6, 0)]
    for records in RECORDS:
        found += academic.review_records(*records, date(1990, 1, 1))
        found += [
            reason for each in (*records[0], *records[1]) if (reason := academic.online_verifiable(each))
        ]
    return found


def test_every_sentence_is_said_and_filled_as_the_rules_fill_it(words: dict[str, dict[str, str]]) -> None:
    said = examples()
    for problem in said:
        spoken(words, problem)
    folder = Path(flows.rules.__file__).parents[2] / "content" / "words"
    ours = (folder / "problems-fields.yaml").read_text(encoding="utf-8")
    keys = {line[len("problem.") : -1] for line in ours.splitlines() if line.startswith("problem.")}
    assert sorted(keys - {problem.code for problem in said}) == []


def test_every_tick_has_words(words: dict[str, dict[str, str]]) -> None:
    for field in ("name", "id_number", "mobile", "email", "password"):
        for id_type in identity.ID_TYPES:
            for tick in fields.ticks(field, "x", id_type=id_type, today="2020-07-01"):
                assert f"tick.{field}.{tick.code}" in words["en"]
                assert f"tick.{field}.{tick.code}" in words["zh"]
    known = {"level": "bachelor", "study": "full-time", "graduated": "2005-07", "awarded": "2009-06"}
    for field, count in (("education_certificate", 4), ("degree_certificate", 3)):
        shown = fields.ticks(field, "x", **known)
        assert len(shown) == count
        for tick in shown:
            assert all(f"tick.{field}.{tick.code}" in words[language] for language in words)


@pytest.mark.parametrize("word", ["invalid", "please", "sorry", "oops", "forbidden", "error code"])
def test_nobody_is_scolded(word: str) -> None:
    folder = Path(flows.rules.__file__).parents[2] / "content" / "words"
    text = (folder / "problems-fields.yaml").read_text(encoding="utf-8").casefold()
    assert word not in text


@pytest.mark.parametrize("rule", RULES)
@given(
    typed=st.text(max_size=40)
    | st.sampled_from(TRIED)
    | st.text(st.sampled_from("王Aa1٣ .@·-年x"), max_size=20)
)
def test_whatever_is_typed_the_answer_has_words(
    rule: str, words: dict[str, dict[str, str]], typed: str
) -> None:
    verdict = RULES[rule](typed)
    for problem in (*verdict.problems, *verdict.warnings, *verdict.notes):
        spoken(words, problem)
