"""Fills the papers with the candidate's own data, and seals the letter (FAQ 3, 4, 5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assistant.conversation.messages import Document
from assistant.conversation.naming import shown, summary
from assistant.conversation.outside import Outside
from assistant.conversation.wording import Wording
from content.schema import Bilingual
from flows.rules.eligibility import table_for
from flows.situation import Situation
from flows.verdict import Arg, Named, Verdict

if TYPE_CHECKING:
    from assistant.letter import LetterData, Sealed
    from assistant.records import Turn

LETTER_PAPERS = {"two": "commitment-letter", "one": "combined-paper"}


def notice_paper(situation: Situation, outside: Outside) -> Document:
    """Write the notice for the chosen exam, in both languages (FAQ 3.1, 13.2)."""
    from assistant.letter import compose_all

    paper = situation.content.papers["notice-paper"]
    texts = compose_all(paper, data(situation, outside, ""))
    return Document("notice-paper", texts["en"], texts["zh"])


def commitment_letter(situation: Situation, outside: Outside, reference: str) -> Document:
    """Write the commitment letter from the form, in both languages (FAQ 5.1)."""
    from assistant.letter import compose_all

    paper = situation.content.papers[LETTER_PAPERS[situation.edition.papers]]
    texts = compose_all(paper, data(situation, outside, reference))
    return Document("commitment-letter", texts["en"], texts["zh"])


def seal(situation: Situation, outside: Outside, turn: Turn, registration: str) -> Verdict[Sealed]:
    """Seal the letter as it stands now, or say why it cannot be sealed.

    The caller has checked the password just before.
    """
    from assistant import letter

    reference = turn.load(registration).code
    paper = situation.content.papers[LETTER_PAPERS[situation.edition.papers]]
    return letter.seal(
        letter.compose_all(paper, data(situation, outside, reference, situation.now)),
        typed_name=situation.dossier.text("signature.name"),
        name=situation.dossier.text("name"),
        signed_at=situation.now,
        reference=reference,
        edition=situation.edition.id,
        content_version=situation.content.version,
        password_ok=True,
        signer=outside.signer,
        training=outside.training,
    )


def data(
    situation: Situation, outside: Outside, reference: str, signed_at: datetime | None = None
) -> LetterData:
    """Gather what fills the papers; what is not known yet is said to be so."""
    from assistant.letter import LetterData

    english, chinese = (Wording(outside.content, language) for language in ("en", "zh"))
    known = situation.dossier
    missing = Named("word", "letter.not-yet")

    def both(arg: Arg) -> Bilingual:
        return Bilingual(en=english.arg(arg), zh=chinese.arg(arg))

    def of(key: str) -> Bilingual:
        value = known.value(key)
        return both(missing if value is None else shown(key, value, known))

    def lines(records: tuple[Arg, ...]) -> Bilingual:
        if not records:
            return both(Named("word", "letter.none"))
        return Bilingual(
            en="; ".join(english.value(each) for each in records),
            zh="；".join(chinese.value(each) for each in records),
        )

    return LetterData(
        name=known.text("name") or english.arg(missing),
        id_type=of("id_type"),
        # The candidate's own copy carries the whole number: it is what identifies who signed.
        id_number=known.text("id_number") or "-",
        exam=of("exam"),
        province=of("province"),
        city=of("city"),
        point=of("verification_point"),
        level=of("level"),
        major=of("major") if "major" in known else both(Named("word", "letter.none")),
        subjects=tuple(both(each) for each in _subjects(situation)),
        education=lines(tuple(summary(each) for each in situation.education)),
        degree=lines(tuple(summary(each) for each in situation.degrees)),
        work_years=of("work_years"),
        conditions=Bilingual(en=conditions(situation, english), zh=conditions(situation, chinese)),
        edition=situation.edition.name,
        content_version=situation.content.version,
        reference=reference or "-",
        signed_at=signed_at,
        mark=both(Named("word", "face.training.paper")) if outside.training else None,
    )


def _subjects(situation: Situation) -> tuple[Named, ...]:
    if situation.exam is None or situation.level is None:
        return (Named("word", "letter.not-yet"),)
    chosen = situation.dossier.value("subjects")
    taken = chosen if isinstance(chosen, tuple) else situation.level.subjects
    return tuple(Named("subject", f"{situation.exam.id}/{each}") for each in taken)


def conditions(situation: Situation, wording: Wording) -> str:
    """Write the conditions of the chosen exam: years of work for each level of education."""
    exam = situation.exam
    level = situation.level or (exam.levels[0] if exam else None)
    table = table_for(exam, level, situation.edition.eligibility) if exam and level else None
    rows = tuple(row for row in table.rows if row.years is not None) if table else ()
    if table is None or not rows:
        return wording.text("letter.conditions-unknown")
    kinds = {None: "letter.condition", True: "letter.condition.related", False: "letter.condition.other"}
    written = tuple(
        wording.text(
            kinds[row.related],
            {"education": Named("word", f"education.level.{row.education}"), "years": row.years or 0},
        )
        for row in rows
    )
    return wording.text("letter.conditions", {"rows": written, "since": table.since})
