"""Papers on a screen: every word stands, headings stand out, and facts take one line each."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.clock import CHINA
from assistant.conversation.blocks import Line
from assistant.conversation.messages import Document
from assistant.conversation.wording import Wording
from assistant.letter import LetterData, compose
from content.schema import Bilingual, Paper
from tests.factories import content


def filled(paper: Paper, language: str) -> str:
    known = Bilingual(en="one; two. Three", zh="一；二。三")
    return compose(
        paper,
        LetterData(
            name="王小明",
            id_type=Bilingual(en="Resident ID card", zh="居民身份证"),
            id_number="-",
            work_years=Bilingual(en="8", zh="8"),
            subjects=(known, known),
            edition="2020",
            content_version="1",
            reference="ABCD-2345",
            signed_at=datetime(2020, 7, 1, 9, tzinfo=CHINA),
            **dict.fromkeys(
                ("exam", "province", "city", "point", "level", "major", "education", "degree"),
                known,
            ),
            conditions=known,
        ),
        language,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("id", sorted(content().papers))
def test_a_paper_on_the_screen_keeps_every_word_in_its_order_and_marks_its_headings(
    id: str, language: str
) -> None:
    paper = content().papers[id]
    text = filled(paper, language)
    block = Wording(content(), language).message(Document("commitment-letter", text, text))
    shown = [part for part in block.parts if isinstance(part, Line)]
    assert [line.text for line in shown if line.text] == [line for line in text.split("\n") if line]
    marked = [line.text for line in shown if line.tone == "heading"]
    assert marked == [
        heading.said(language) for heading in (paper.title, *(each.heading for each in paper.parts))
    ]
    # Before and after each heading there is a line.
    for before, heading, after in zip(shown, shown[1:], shown[2:], strict=False):
        assert heading.tone != "heading" or (before.text, after.text) == ("", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_facts_follow_one_another_and_sentences_stand_apart(language: str) -> None:
    text = filled(content().papers["commitment-letter"], language)
    block = Wording(content(), language).message(Document("commitment-letter", text, text))
    shown = [part.text for part in block.parts if isinstance(part, Line)]
    name = next(n for n, line in enumerate(shown) if "王小明" in line)
    assert all(shown[name : name + 5])
    promise = content().papers["commitment-letter"].parts[2].paragraphs[0].said(language)
    assert shown[shown.index(promise) + 1] == ""
