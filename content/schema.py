"""The shape of everything in ``content``: read-only structures that the loader fills and proves.

Every structure refuses unknown keys, so a misspelt key in a file is an error and not a silent gap.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
EditionId = Literal["pilot", "current"]


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all content structures share: read-only, and no unknown keys."""


class Bilingual(Frozen, frozen=True):
    """One text in both languages."""

    en: str
    zh: str

    def said(self, language: str) -> str:
        """Return the text in ``language`` (``en`` or ``zh``)."""
        return self.zh if language == "zh" else self.en


# The notice ------------------------------------------------------------------------------------------


class Paragraph(Frozen, frozen=True):
    """A numbered paragraph of the notice.

    ``id`` is ``"13.5"``: the item and the place within it; an item of one paragraph has ``"5.1"``.
    """

    id: str
    text: str


def item_of(paragraph: str) -> int:
    """Return the number of the item that a paragraph id belongs to."""
    return int(paragraph.partition(".")[0])


class Item(Frozen, frozen=True):
    """One of the 18 items: a question and its answer."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]


class Erratum(Frozen, frozen=True):
    """A garbled place of the notice as it was given to us, and how it is read."""

    id: str
    item: int
    paragraph: str | None
    printed: str
    corrected: str
    why: Bilingual
    source: str


# Editions --------------------------------------------------------------------------------------------


class LaterRule(Frozen, frozen=True):
    """A rule that came after the notice and overrides passages of it."""

    id: str
    overrides: tuple[str, ...]
    text: Bilingual
    date: str
    source: str
    confidence: Literal["high", "medium", "low"] = "high"


class Edition(Frozen, frozen=True):
    """One set of rules: the pilot of 2019, or what came after.

    Args:
        choice: Whether adopting the commitment is the candidate's choice (requirement L.1).
        withdrawal: Whether a commitment can be withdrawn while unpaid and before closing (L.2).
        papers: ``two`` (notice and letter) or ``one`` (the combined paper, L.4).
        exams: Exams in scope nationwide; provincial ones are listed in ``provincial``.
        provincial: For each provincial exam, the provinces that announced it.
        lasting_review: Whether a manual verification holds for later registrations in the same province and
            exam field (L.6).
        eligibility: Which column of the exams' eligibility tables holds: the key of ``Exam.eligibility``.
    """

    id: EditionId
    name: Bilingual
    summary: Bilingual
    begins: date
    ends: date | None
    source: str
    choice: bool
    withdrawal: bool
    papers: Literal["one", "two"]
    exams: tuple[str, ...]
    provincial: dict[str, tuple[str, ...]]
    scope_paragraph: str
    eligibility: str
    lasting_review: bool = False
    later_rules: tuple[LaterRule, ...] = ()


# Examinations ----------------------------------------------------------------------------------------

EducationLevel = Literal[
    "secondary", "junior-college", "bachelor", "double-bachelor", "postgraduate-class", "master", "doctor"
]


class Subject(Frozen, frozen=True):
    """A paper that is sat. ``by_major``: its content differs with the major."""

    id: str
    name: Bilingual
    by_major: bool = False


class Major(Frozen, frozen=True):
    """A major (专业) of the examination."""

    id: str
    name: Bilingual


class Level(Frozen, frozen=True):
    """A registration level (报考级别): which subjects, how long scores live, who may take it.

    Args:
        kind: ``all`` subjects, ``exempt`` from some, or an ``additional`` major; ``grade`` for levels that
            are ranks of their own (primary, intermediate).
        score_years: How many years a passed subject counts; ``None`` where it is not known.
        condition: Who may take an exempt or additional level, in words.
        majors: Majors of this level when not all of the exam's.
        eligibility: Key of the eligibility table when the level has one of its own.
    """

    id: str
    name: Bilingual
    kind: Literal["all", "exempt", "additional", "grade"]
    subjects: tuple[str, ...]
    score_years: int | None
    condition: Bilingual | None = None
    majors: tuple[str, ...] | None = None
    eligibility: str | None = None
    uncertain: bool = False


class EligibilityRow(Frozen, frozen=True):
    """Years of relevant work that an education demands.

    Args:
        education: The level of education.
        related: ``True`` for the majors that the rule names, ``False`` for others, ``None`` for any.
        years: Years of work; ``None`` where this education does not qualify.
    """

    education: EducationLevel
    related: bool | None
    years: int | None


class EligibilityTable(Frozen, frozen=True):
    """The conditions to sit an examination, as of a date."""

    since: str
    source: str
    rows: tuple[EligibilityRow, ...]
    related: Bilingual | None = None
    uncertain: bool = False
    note: Bilingual | None = None


class Exam(Frozen, frozen=True):
    """An examination of the catalogue.

    Args:
        organiser: ``national`` or ``provincial``.
        eligibility: Tables keyed by the edition's ``eligibility`` key, or by ``key:level`` where the levels
            differ (``2019:primary``).
        uncertain: What is not certain here; it is shown as such and never blocks a candidate.
    """

    id: str
    name: Bilingual
    aliases: tuple[str, ...]
    organiser: Literal["national", "provincial"]
    levels: tuple[Level, ...]
    majors: tuple[Major, ...]
    subjects: tuple[Subject, ...]
    eligibility: dict[str, EligibilityTable]
    source: str
    uncertain: tuple[Bilingual, ...] = ()

    def level(self, id: str) -> Level | None:
        """Find a level by id."""
        return next((level for level in self.levels if level.id == id), None)

    def major(self, id: str) -> Major | None:
        """Find a major by id."""
        return next((major for major in self.majors if major.id == id), None)

    def subject(self, id: str) -> Subject | None:
        """Find a subject by id."""
        return next((subject for subject in self.subjects if subject.id == id), None)


# Places ----------------------------------------------------------------------------------------------


class City(Frozen, frozen=True):
    """A city of a province; its id is its name in pinyin, ``aliases`` are what people also call it."""

    id: str
    name: Bilingual
    aliases: tuple[str, ...] = ()


class Province(Frozen, frozen=True):
    """A province, autonomous region or municipality of the mainland.

    Args:
        code: Its GB/T 2260 prefix.
        aliases: What people also call it: 苏, 沪.
    """

    id: str
    code: str
    name: Bilingual
    cities: tuple[City, ...]
    aliases: tuple[str, ...] = ()


class VerificationPoint(Frozen, frozen=True):
    """The office that handles manual verification (核查点). It is not a venue."""

    id: str
    city: str
    name: Bilingual
    address: Bilingual
    telephone: str
    hours: Bilingual


class ProvinceOffice(Frozen, frozen=True):
    """What an operator says of one province: how to reach and how to pay."""

    province: str
    telephone: str
    payment: Literal["online", "counter", "both"]
    points: tuple[VerificationPoint, ...]


class Offices(Frozen, frozen=True):
    """Offices of all provinces. ``sample`` data is said to be so wherever it is shown."""

    sample: bool
    source: str
    offices: tuple[ProvinceOffice, ...]


# Deadlines -------------------------------------------------------------------------------------------


class Window(Frozen, frozen=True):
    """When registration is open, in China Standard Time.

    Args:
        exam: Exam id, or ``*`` for every exam without a window of its own.
        province: Province id, or ``*``.
        year: The year of the examination, or ``None`` when the window comes back every year.
        opens, closes, pay_by: ``MM-DD HH:MM``, both ends within the same year.
    """

    exam: str
    province: str
    year: int | None
    opens: str
    closes: str
    pay_by: str
    exam_day: str


class Calendar(Frozen, frozen=True):
    """Registration windows; the most particular one counts. ``sample`` is said wherever it is shown."""

    sample: bool
    source: str
    windows: tuple[Window, ...]


# Papers ----------------------------------------------------------------------------------------------


class LetterPart(Frozen, frozen=True):
    """A part of a paper: a heading and paragraphs that are filled with the candidate's data."""

    id: str
    heading: Bilingual
    paragraphs: tuple[Bilingual, ...]


class Paper(Frozen, frozen=True):
    """The notice paper, the commitment letter, or the combined paper."""

    id: Literal["notice-paper", "commitment-letter", "combined-paper"]
    title: Bilingual
    parts: tuple[LetterPart, ...]
    source: str


# Answering -------------------------------------------------------------------------------------------


class Phrasing(Frozen, frozen=True):
    """Ways in which people ask for one paragraph of the notice; a writer may write one language alone."""

    paragraph: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class Decoy(Frozen, frozen=True):
    """A topic that people ask about and the notice does not answer.

    Args:
        topic: What it is, as a noun phrase that fits into "the notice does not say ...".
        nearest: The item that comes nearest to it, when one does.
        later_rule: The later rule that does answer it, when one does.
    """

    id: str
    topic: Bilingual
    en: tuple[str, ...]
    zh: tuple[str, ...]
    nearest: int | None = None
    later_rule: str | None = None
