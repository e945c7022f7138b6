"""Fills the papers with the candidate's own data, and seals the letter (FAQ 3, 4, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation.messages import Document
from assistant.conversation.naming import shown, summary
from assistant.conversation.outside import Outside
from assistant.conversation.wording import Wording
from content.schema import LANGUAGES
from flows.situation import Situation
from flows.verdict import Arg, Named, Problem

if TYPE_CHECKING:
    from assistant.letter import LetterData, Sealed
    from assistant.records import Turn

NOTICE_PAPERS = {"two": "notice-paper", "one": "combined-paper"}
LETTER_PAPERS = {"two": "commitment-letter", "one": "combined-paper"}


def notice_paper(situation: Situation, outside: Outside) -> Document:
    """Write the notice for the chosen exam, in both languages (FAQ 3.1, 13.2)."""
    return _document(situation, outside, "notice-paper", NOTICE_PAPERS[situation.edition.papers], "")


def commitment_letter(situation: Situation, outside: Outside, reference: str) -> Document:
    """Write the commitment letter from the form, in both languages (FAQ 5.1)."""
    return _document(
        situation, outside, "commitment-letter", LETTER_PAPERS[situation.edition.papers], reference
    )


def seal(situation: Situation, outside: Outside, turn: Turn, registration: str) -> Sealed | Problem:
    """Seal the letter as it stands now.

    Returns:
        The sealed letter, or why it cannot be sealed.
    """
    from assistant import letter

    reference = turn.load(registration).code
    paper = situation.content.papers[LETTER_PAPERS[situation.edition.papers]]
    texts = {
        language: letter.compose(paper, data(situation, outside, language, reference), language)
        for language in LANGUAGES
    }
    return letter.seal(
        texts,
        typed_name=situation.dossier.text("signature.name"),
        name=situation.dossier.text("name"),
        signed_at=situation.now,
        reference=reference,
        password_ok=True,
        edition=situation.edition.id,
        content_version=situation.content.version,
        signer=outside.signer,
    )


def data(situation: Situation, outside: Outside, language: str, reference: str) -> LetterData:
    """Gather what fills the papers, in one language."""
    from assistant.letter import LetterData

    wording = Wording(outside.content, language)
    known = situation.dossier
    missing: Arg = Named("word", "letter.not-yet")

    def of(key: str) -> str:
        value = known.value(key)
        return wording.arg(missing if value is None else shown(key, value, known))

    def lines(records: tuple[Arg, ...]) -> str:
        return "；".join(wording.arg(each) for each in records) or wording.arg(missing)

    return LetterData(
        name=known.text("name") or wording.arg(missing),
        id_type=of("id_type"),
        # The candidate's own copy carries the whole number: it is what identifies who signed.
        id_number=known.text("id_number") or wording.arg(missing),
        exam=of("exam"),
        province=of("province"),
        city=of("city"),
        point=of("verification_point"),
        level=of("level"),
        major=of("major"),
        subjects=_subjects(situation, wording),
        education=lines(tuple(summary(each) for each in situation.education)),
        degree=lines(tuple(summary(each) for each in situation.degrees)),
        work_years=of("work_years"),
        conditions=conditions(situation, wording),
        edition=situation.edition.name.said(language),
        content_version=situation.content.version,
        signed_at=wording.arg(situation.now),
        reference=reference or wording.arg(missing),
    )


def _subjects(situation: Situation, wording: Wording) -> str:
    chosen = situation.dossier.value("subjects")
    if isinstance(chosen, tuple):
        return wording.arg(shown("subjects", chosen, situation.dossier))
    return wording.text("shown.all-subjects")


def conditions(situation: Situation, wording: Wording) -> str:
    """Write the conditions of the chosen exam: years of work for each level of education."""
    exam = situation.exam
    table = exam.eligibility.get(situation.edition.eligibility) if exam else None
    if table is None:
        return wording.text("letter.conditions-unknown")
    rows = [
        wording.text(
            "letter.condition"
            if row.related is None
            else f"letter.condition.{'related' if row.related else 'other'}",
            {"education": Named("word", f"education.level.{row.education}"), "years": row.years},
        )
        for row in table.rows
        if row.years is not None
    ]
    return wording.text("letter.conditions", {"rows": tuple(rows), "since": table.since})


def _document(situation: Situation, outside: Outside, kind: str, paper: str, reference: str) -> Document:
    from assistant import letter

    written = {
        language: letter.compose(
            situation.content.papers[paper], data(situation, outside, language, reference), language
        )
        for language in LANGUAGES
    }
    return Document(
        "notice-paper" if kind == "notice-paper" else "commitment-letter", written["en"], written["zh"]
    )
