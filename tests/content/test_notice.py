"""The notice is whole in both languages, its garbled places are mended, and its papers say what it says."""

from __future__ import annotations

import re

import pytest

from content.loader import places
from content.schema import LANGUAGES, Item, Paper
from tests.factories import content

PARTS = {
    1: 5,
    2: 2,
    5: 3,
    6: 2,
    7: 4,
    8: 2,
    9: 2,
    10: 3,
    11: 6,
    12: 3,
    13: 7,
    14: 5,
    15: 4,
    16: 3,
    17: 2,
    18: 6,
}

MAY_FILL = frozenset(
    [
        "name",
        "id_type",
        "id_number",
        "exam",
        "province",
        "city",
        "point",
        "level",
        "major",
        "subjects",
        "education",
        "degree",
        "work_years",
        "conditions",
        "edition",
        "content_version",
        "signed_at",
        "reference",
    ]
)
KNOWN_BEFORE_THE_FORM = frozenset({"exam", "province", "conditions", "edition", "content_version"})


def whole(language: str) -> str:
    items: tuple[Item, ...] = content().notices[language]
    return "\n".join([each.title + "\n" + "\n".join(p.text for p in each.paragraphs) for each in items])


def paper_text(paper: Paper, part: str, language: str) -> list[str]:
    found = next(each for each in paper.parts if each.id == part)
    return [each.said(language) for each in found.paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_has_the_parts_of_the_notice(language: str) -> None:
    counted = {item.number: len(item.paragraphs) for item in content().notices[language]}
    assert counted == {number: PARTS.get(number, 1) for number in range(1, 19)}


def test_the_languages_speak_of_the_same_figures_in_each_paragraph() -> None:
    """A figure that only one language holds is a slip of the translation."""
    months = {"September 2008": "2008年9月"}
    for english, chinese in zip(content().notices["en"], content().notices["zh"], strict=True):
        for one, other in zip(english.paragraphs, chinese.paragraphs, strict=True):
            said = one.text
            for month, written in months.items():
                said = said.replace(month, written)
            figures = [set(re.findall(r"[0-9]{2,}", text)) for text in (said, other.text)]
            assert figures[0] == figures[1], one.id


def test_no_garbled_place_is_left_and_each_is_mended_word_for_word() -> None:
    english, chinese = whole("en"), whole("zh")
    assert len(content().errata) >= 25
    for erratum in content().errata:
        assert erratum.corrected in english, erratum.id
        if erratum.printed:
            assert erratum.printed not in english, erratum.id
            assert erratum.printed not in chinese, erratum.id


def test_each_erratum_is_mended_in_the_paragraph_that_it_names() -> None:
    for erratum in content().errata:
        item = content().item(erratum.item, "en")
        paragraph = content().paragraph(erratum.paragraph, "en") if erratum.paragraph else None
        assert erratum.corrected in (paragraph.text if paragraph else item.title), erratum.id
        assert paragraph is None or paragraph in item.paragraphs, erratum.id
        assert "http" not in erratum.source


def test_errata_ids_stand_once() -> None:
    ids = [each.id for each in content().errata]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("paragraph", "english", "chinese"),
    [
        ("2.1", "second half of 2019", "2019年下半年"),
        ("7.2", "24 hours after", "24小时后"),
        ("12.3", "295 × 413 px", "295px×413px"),
        ("13.3", "the verification point", "核查点"),
        ("13.3", "years of work", "工作年限"),
        ("14.2", "2002 or before", "2002年及以前"),
        ("18.1", "degrees since September 2008", "2008年9月以来的学位"),
        ("18.6", "do not affect registration", "不影响报名"),
    ],
)
def test_the_known_damage_reads_right_in_both_languages(paragraph: str, english: str, chinese: str) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        found = content().paragraph(paragraph, language)
        assert found is not None
        assert expected in found.text


@pytest.mark.req("3.1")
def test_the_notice_paper_has_the_five_parts_of_item_3_and_other_points() -> None:
    parts = [part.id for part in content().papers["notice-paper"].parts]
    assert parts == ["obligation", "content", "conditions", "way", "liability", "other"]


@pytest.mark.req("4.1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", ["commitment-letter", "combined-paper"])
def test_the_promises_of_a_letter_are_those_of_paragraph_1_2_word_for_word(id: str, language: str) -> None:
    paragraph = content().paragraph("1.2", language)
    assert paragraph is not None
    promises = [each.rstrip(".。") for each in paper_text(content().papers[id], "promises", language)]
    assert len(promises) == 4
    told = re.split("[:：]", paragraph.text, maxsplit=1)[1].rstrip(".。")
    assert [each.strip() for each in re.split("[;；]", told)] == promises


@pytest.mark.req("L.4")
def test_the_combined_paper_informs_and_takes_the_promises() -> None:
    parts = [part.id for part in content().papers["combined-paper"].parts]
    assert parts[0] == "basic"
    assert {"matters", "basis", "content", "way", "liability", "checks", "publicity"} < set(parts)
    assert parts.index("liability") < parts.index("promises")


def test_papers_fill_the_same_known_places_in_both_languages() -> None:
    for paper in content().papers.values():
        for part in paper.parts:
            for text in (part.heading, *part.paragraphs):
                assert places(text.en) == places(text.zh), (paper.id, part.id)
                assert places(text.en) <= MAY_FILL, (paper.id, part.id)


def test_the_notice_paper_fills_only_what_is_known_before_the_form() -> None:
    for part in content().papers["notice-paper"].parts:
        for text in part.paragraphs:
            assert places(text.en) <= KNOWN_BEFORE_THE_FORM, part.id


@pytest.mark.parametrize("id", ["commitment-letter", "combined-paper"])
def test_a_signed_paper_holds_the_candidates_data_and_the_seal(id: str) -> None:
    filled = {
        place for part in content().papers[id].parts for text in part.paragraphs for place in places(text.en)
    }
    assert filled == MAY_FILL
