"""Composes the papers: the text that a candidate reads, signs and keeps.

The text is canonical: UTF-8, lines ended by LF alone, no blanks at the end of a line, one line end at the end
of the text. Names are never normalised: a rare character stays the one that was entered.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from assistant.clock import in_china
from content.loader import places
from content.schema import LANGUAGES, Bilingual, Paper

RULE = "=" * 16
"""Begins the lines that part a letter file; no line of a text may begin so."""

TO_BE_SIGNED = "________"


@dataclass(frozen=True)
class LetterData:
    """What a paper is filled with, all of it from the form: nobody types the letter (FAQ 5).

    ``signed_at`` is ``None`` while the candidate still reads; ``subjects`` are in the order of the exam.
    ``mark`` stands above, within and below a paper that is not real: a classroom's.
    """

    name: str
    id_type: Bilingual
    id_number: str
    exam: Bilingual
    province: Bilingual
    city: Bilingual
    point: Bilingual
    level: Bilingual
    major: Bilingual
    subjects: tuple[Bilingual, ...]
    education: Bilingual
    degree: Bilingual
    work_years: Bilingual
    conditions: Bilingual
    edition: Bilingual
    content_version: str
    reference: str
    signed_at: datetime | None = None
    mark: Bilingual | None = None


PLACES = frozenset(LetterData.__dataclass_fields__) - {"mark"}
"""The places that the papers of ``content/letters`` may fill."""


def compose(paper: Paper, data: LetterData, language: str) -> str:
    """Fill a paper with a candidate's data.

    Returns:
        The canonical text: title, then each part with its heading and paragraphs.

    Raises:
        ValueError: The paper has a place that no data fills, or a single fact holds a line break or a
            control character, which could forge a line of the letter.

    Source: FAQ 3 and 4 (what is told and what is promised), FAQ 5 (made from the form).
    """
    filled = _filled(data, language)
    # No part is as long as a page, so every page that is printed bears the mark.
    mark = [] if data.mark is None else [data.mark.said(language), ""]
    lines = [*mark, paper.title.said(language)]
    for part in paper.parts:
        lines += ["", *mark, part.heading.said(language)]
        for paragraph in part.paragraphs:
            template = paragraph.said(language)
            if unknown := places(template) - PLACES:
                raise ValueError(f"{paper.id}/{part.id}: no data fills {', '.join(sorted(unknown))}")
            lines += ["", template.format_map(filled)]
    return canonical("\n".join([*lines, "", *mark]))


def compose_all(paper: Paper, data: LetterData) -> dict[str, str]:
    """Fill a paper in every language."""
    return {language: compose(paper, data, language) for language in LANGUAGES}


def canonical(text: str) -> str:
    """Bring a text into the one form that is hashed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n") + "\n"


def said_time(moment: datetime, language: str) -> str:
    """Say a time to the second, in China Standard Time."""
    local = in_china(moment)
    clock = local.strftime("%H:%M:%S")
    if language == "zh":
        return f"{local.year}年{local.month}月{local.day}日 {clock}（北京时间）"
    return f"{local.strftime('%Y-%m-%d')} {clock} (China Standard Time, UTC+8)"


def prove_single_line(name: str, value: str) -> str:
    """Return ``value``, which must not be able to begin a line of its own.

    Raises:
        ValueError: It holds a line break or a control character, or it begins like a dividing line.
    """
    if value.startswith(RULE) or any(
        unicodedata.category(each) in ("Cc", "Zl", "Zp", "Cs") for each in value
    ):
        raise ValueError(f"{name} cannot stand in a letter: it holds a line break or a control character")
    return value


def _filled(data: LetterData, language: str) -> dict[str, str]:
    comma = "、" if language == "zh" else ", "
    filled = {
        "subjects": comma.join(subject.said(language) for subject in data.subjects),
        "signed_at": said_time(data.signed_at, language) if data.signed_at else TO_BE_SIGNED,
    }
    for name in PLACES - filled.keys():
        value = getattr(data, name)
        # Content may run over lines; it is ours, so its line breaks mean nothing.
        text = " ".join(value.said(language).split()) if isinstance(value, Bilingual) else value
        filled[name] = prove_single_line(name, text)
    return filled
