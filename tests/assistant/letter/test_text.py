"""The letter is made from the form, holds the candidate's own data, and is always the same text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.letter import PLACES, canonical, compose
from content.loader import read
from content.schema import LANGUAGES, Paper

from . import letters

LETTERS = Path(__file__).parents[3] / "content" / "letters"


@pytest.mark.req("5.1")
def test_every_fact_of_the_candidate_stands_in_the_letter_in_both_languages() -> None:
    for language in LANGUAGES:
        data = letters.data()
        text = compose(letters.paper(), data, language)
        for place in PLACES - {"signed_at", "subjects", "conditions"}:
            value = getattr(data, place)
            assert (value if isinstance(value, str) else value.said(language)) in text, place
        for subject in data.subjects:
            assert subject.said(language) in text
        assert "{" not in text
    assert "2020年7月1日 09:30:15" in compose(letters.paper(), letters.data(), "zh")


@pytest.mark.req("5.1")
def test_a_letter_that_is_still_read_leaves_its_time_open() -> None:
    assert "________" in compose(letters.paper(), letters.data(signed_at=None), "en")


@pytest.mark.req("5.1")
@pytest.mark.parametrize(
    "name", ["\U00020bb7田", "\U00031350", "金\uf9d1", "é{name}", "e\u0301", "{id_number}", "%s"]
)
def test_a_name_stands_as_it_was_entered(name: str) -> None:
    text = compose(letters.paper(), letters.data(name=name), "zh")
    assert f"本人{name}（" in text


@pytest.mark.parametrize(
    "name", ["王\n小明", "王\r", "王\u2028", "王\x1b[2J", "王\x85", "================ SEAL", "\ud800"]
)
def test_no_fact_can_forge_a_line_of_the_letter(name: str) -> None:
    with pytest.raises(ValueError, match="name cannot stand in a letter"):
        compose(letters.paper(), letters.data(name=name), "en")


def test_a_paper_with_an_unknown_place_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"commitment-letter/extra: no data fills salary"):
        compose(letters.paper(extra="{salary}"), letters.data(), "en")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_the_canonical_form_is_reached_in_one_step_and_changes_no_name(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert once.endswith("\n")
    assert "\r" not in once
    assert not any(line != line.rstrip(" \t") for line in once.split("\n"))
    kept = [each for each in text if unicodedata.category(each) not in ("Zs", "Cc")]
    assert [each for each in once if unicodedata.category(each) not in ("Zs", "Cc")] == kept


@pytest.mark.req("3.1", "4.1", "5.1")
def test_every_paper_of_the_content_can_be_filled_and_keeps_each_paragraph() -> None:
    papers = [read(path, Paper) for path in sorted(LETTERS.glob("*.yaml"))]
    assert {"notice-paper", "commitment-letter", "combined-paper"} == {paper.id for paper in papers}
    for paper in papers:
        for language in LANGUAGES:
            text = compose(paper, letters.data(), language)
            for part in paper.parts:
                assert part.heading.said(language) in text
                for paragraph in part.paragraphs:
                    for piece in re.split(r"\{[a-z_]+\}", paragraph.said(language).rstrip()):
                        assert piece in text
