"""The same question gets what applies to the candidate first, by what the dossier says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.applying import RULES, first
from assistant.conversation.messages import Answered, Citation, Said
from assistant.conversation.wording import Wording
from content.schema import LANGUAGES
from flows.dossier import Value
from tests.assistant.conversation.seats import render, seated
from tests.factories import changed, content, record, situation, verified

CASES: tuple[tuple[dict[str, Value | None], str, str, str], ...] = (
    (record("education", 0, graduated="1999-07"), "14.1", "14.2", "education-before-2002"),
    (record("education", 0, graduated="1999-07"), "18.1", "18.1", "education-before-2002"),
    (record("education", 0, graduated="1999-07"), "10.3", "10.3", "education-before-2002"),
    (record("education", 0, graduated="2002-07"), "14.1", "14.2", "education-2002"),
    (record("education", 0, level="secondary"), "14.1", "14.2", "secondary-education"),
    (record("degree", 0, awarded="2008-08"), "14.1", "14.2", "degree-before-2008-09"),
    (record("education", 0, country="japan"), "14.1", "14.4", "overseas-record"),
    ({"id_type": "passport"}, "14.1", "14.4", "other-id"),
    ({"integrity": ("art-7/2019-01-01/2021-12-31",)}, "14.3", "14.1", "integrity"),
    ({"integrity": ("art-7/2019-01-01/2021-12-31",)}, "6.2", "6.1", "integrity"),
    ({"integrity": ("art-8/2019-01-01/",)}, "6.2", "6.1", "integrity-long"),
    (verified("identity", "failed"), "14.1", "14.3", "failed"),
    (verified("identity", "failed"), "9.2", "9.2", "failed"),
    (verified("education.0", "cannot-verify"), "14.1", "14.5", "cannot-verify"),
    ({"first_time": "no"}, "7.2", "8.1", "registered-before"),
    ({}, "8.2", "7.1", "first-time"),
    ({"name": "王\U00020bb7"}, "11.3", "11.3", "uncommon-character"),
    ({"archive.passes": ("economics/intermediate/basics/2019",)}, "13.3", "13.3", "passed"),
    ({}, "13.3", "13.3", "years"),
)


def put(changes: dict[str, Value | None], cited: str, edition: str = "pilot") -> tuple[list[Said], list[str]]:
    asked = Citation(int(cited.partition(".")[0]), cited)
    told, citations = first(situation(changed(changes), edition=edition), [asked])
    assert asked in citations
    return list(told), [each.paragraph for each in citations]


@pytest.mark.parametrize(("changes", "cited", "paragraph", "why"), CASES)
def test_what_applies_stands_first_and_says_why(
    changes: dict[str, Value | None], cited: str, paragraph: str, why: str
) -> None:
    told, paragraphs = put(changes, cited)
    assert paragraphs[0] == paragraph
    assert f"applies.{why}" in [each.text for each in told]
    for language in LANGUAGES:
        for each in told:
            assert paragraph in Wording(content(), language).text(each.text, each.args)


@pytest.mark.parametrize("cited", ["14.1", "18.1", "9.2", "11.3", "6.2", "17.1", "18.2", "12.3"])
def test_an_ordinary_candidate_is_told_nothing_of_themselves(cited: str) -> None:
    assert put({}, cited) == ([], [cited])


@pytest.mark.parametrize("cited", ["12.3", "18.2", "5.2", "11.4"])
def test_another_matter_is_not_preceded_by_what_applies_elsewhere(cited: str) -> None:
    changes: dict[str, Value | None] = {
        **record("education", 0, graduated="1999-07"),
        "id_type": "passport",
        "integrity": ("art-7/2019-01-01/2021-12-31",),
    }
    assert put(changes, cited) == ([], [cited])


def test_a_record_that_was_corrected_applies_no_more() -> None:
    changes: dict[str, Value | None] = {
        **record("education", 0, graduated="1999-07"),
        **record("education", 1),
        "education.1.add": "yes",
        "education.1.supersedes": 0,
        "education.2.add": "no",
    }
    assert put(changes, "14.1") == ([], ["14.1"])


def test_before_anything_is_known_nothing_applies() -> None:
    for rule in RULES:
        for paragraph in rule.paragraphs:
            asked = Citation(int(paragraph.partition(".")[0]), paragraph)
            assert first(situation({}), [asked]) == ((), (asked,))


def test_the_paragraphs_that_rules_name_stand_in_the_notice() -> None:
    named = {paragraph for rule in RULES for paragraph in rule.paragraphs}
    assert all(content().paragraph(each, language) for each in named for language in LANGUAGES)


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "Which people need the manual check?"), ("zh", "哪些人要人工核查？")]
)
def test_the_same_question_before_and_after_the_diploma_is_known(
    tmp_path: Path, language: str, asked: str
) -> None:
    with seated(
        tmp_path,
        language=language,
        education__0__graduated="1999-07",
        education__0__certificate="99123456",
        degree__0__add="no",
    ) as seat:
        seat.until("education.0.graduated")
        (before,) = [each for each in seat.order("ask", asked).messages if isinstance(each, Answered)]
        assert before.applies == ()
        seat.until("degree.0.add")
        (after,) = [each for each in seat.order("ask", asked).messages if isinstance(each, Answered)]
        assert after.citations[0].paragraph == "14.2"
        assert [each.text for each in after.applies] == ["applies.education-before-2002"]
        assert set(before.citations) <= set(after.citations)
        assert all("1999" in said and "14.2" in said for said in render(seat.turn).values())
