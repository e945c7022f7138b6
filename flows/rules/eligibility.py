"""Whether the conditions of an exam are met: education, related or not, years of work (FAQ 13.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import get_args

from content.schema import Edition, EducationLevel, EligibilityRow, EligibilityTable, Exam, Level
from flows.dossier import AcademicRecord
from flows.rules.months import check_month
from flows.text import field
from flows.verdict import Arg, Named, Problem, Verdict, accept, refuse

MOST_YEARS = 70
MOST_TYPED = 1_000
"""Longer than a working life of yearly contracts; a longer entry is refused unread."""
EARLIEST = date(1950, 1, 1)
OPEN_END = frozenset({"now", "today", "present", "the present", "to now", "今", "至今", "现在", "目前"})
RANKS: tuple[str, ...] = get_args(EducationLevel)
"""Levels of education from the lowest up: who holds a higher one meets the rows of those below it too."""

_JOIN = r"(?:/|~|\uff5e|-{1,2}|–|—{1,2}|至|到|\bto\b|\buntil\b|\btill\b)"
_IN_FIGURES = re.compile(
    r"(?P<begins>[0-9]{4}(?:[-./]|年)[0-9]{1,2}月?|[0-9]{6})\s*"
    rf"{_JOIN}\s*(?P<ends>[0-9]{{4}}(?:[-./]|年)[0-9]{{1,2}}月?|[0-9]{{6}}|[^0-9]+)",
    re.IGNORECASE,
)
"""Tried first: a dash or a slash may stand within a month as well as between two."""
_IN_WORDS = re.compile(
    r"(?P<begins>\S.*?)\s*(?:~|–|—|至|到|\s-\s|\bto\b|\buntil\b|\btill\b)\s*(?P<ends>\S.*)", re.IGNORECASE
)
_SEVERAL = re.compile(r"[;；,，、\n]+|\band\b|和", re.IGNORECASE)
_YEARS = re.compile(r"(?P<years>[0-9]{1,2}(?:\.[0-9])?)\s*(?:years?|yrs?|y|年)?", re.IGNORECASE)
_HALF_YEARS = re.compile(r"(?P<years>[0-9]{1,2})\s*年半")
_CHINESE_YEARS = re.compile(
    r"(?P<tens>[一二三四五六]?十)?(?P<ones>[零一二两三四五六七八九])?年?(?P<half>半)?"
)
_FIGURES = {figure: number for number, figure in enumerate("零一二三四五六七八九")} | {"两": 2}
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class WorkSum:
    """Years of relevant work, added up.

    Args:
        months: Months counted, overlaps once.
        periods: The months ``YYYY-MM`` from and to that were added; none where a number was stated.
        until: The last month that counts: December of the exam year.
    """

    months: int
    periods: tuple[tuple[str, str], ...]
    until: str

    @property
    def years(self) -> float:
        """The sum in years, rounded down to a tenth."""
        return self.months * 10 // 12 / 10


@dataclass(frozen=True)
class EligibilityAnswer:
    """What the conditions come to.

    Args:
        met: Whether they are met; ``None`` where the product cannot tell, which never blocks.
        needed: Years of work that the best education demands.
        have: Years of work that were stated.
        by: The education that the answer rests on.
        related: Whether its row asks for a related major.
        uncertain: Whether the conditions themselves are uncertain here.
        outdated: The older figure that other pages still show, where it differs (requirement L.7).
        reasons: The answer in sentences.
        eligible_from: The first exam year in which the years are reached, where it can be told.
    """

    met: bool | None
    needed: int | None
    have: float
    by: str | None
    related: bool | None
    uncertain: bool
    outdated: int | None
    reasons: tuple[Problem, ...]
    eligible_from: int | None


def parse_work(typed: str, exam_year: int) -> Verdict[str]:
    """Read years of work: a number, or periods such as ``2012-07 to 2015-06; 2016-01 to now``.

    Args:
        typed: What was typed.
        exam_year: Periods count to the end of this year.

    Returns:
        ``"6"``, or ``"2012-07/2015-06;2016-01/2020-12"`` in the order of time.

    Source: FAQ 13.3 (years of work are checked); they count to 31 December of the exam year.
    """
    if len(typed) > MOST_TYPED:
        return refuse(Problem("entry-too-long", {"most": MOST_TYPED, "typed": len(typed)}))
    said = field(typed.replace("\n", ";")).strip("; ")
    if not said:
        return refuse(Problem("work-empty"))
    if (years := _number(said)) is not None:
        if float(years) > MOST_YEARS:
            return refuse(Problem("work-too-long", {"most": MOST_YEARS}))
        return accept(years)
    periods: list[tuple[str, str]] = []
    for part in filter(None, (each.strip() for each in _SEVERAL.split(said))):
        period = _period(part, exam_year)
        if isinstance(period, Problem):
            return refuse(period)
        periods.append(period)
    if not periods:
        return refuse(Problem("work-not-understood"))
    return _in_order(periods, exam_year)


def _number(said: str) -> str | None:
    """Read a bare number of years, in figures or words; ``None`` when it is something else."""
    if match := _YEARS.fullmatch(said):
        return f"{float(match['years']):g}"
    if match := _HALF_YEARS.fullmatch(said):
        return f"{int(match['years'])}.5"
    word = re.sub(r"\s*years?$", "", said.casefold())
    if word in _ENGLISH:
        return str(_ENGLISH.index(word))
    match = _CHINESE_YEARS.fullmatch(said)
    if match is None or not (match["tens"] or match["ones"]):
        return None
    tens = _FIGURES.get(match["tens"][0], 1) if match["tens"] else 0
    return f"{tens * 10 + _FIGURES[match['ones'] or '零']}{'.5' if match['half'] else ''}"


def _period(part: str, exam_year: int) -> tuple[str, str] | Problem:
    match = _IN_FIGURES.fullmatch(part) or _IN_WORDS.fullmatch(part)
    if match is None:
        return Problem("work-not-understood")
    shown = {"period": part[:40]}
    begins = check_month(match["begins"], earliest=EARLIEST, latest=date(2100, 12, 31))
    ends = match["ends"].strip().casefold()
    until = f"{exam_year}-12"
    last = (
        accept(until) if ends in OPEN_END else check_month(ends, earliest=EARLIEST, latest=date(2100, 12, 31))
    )
    if begins.value is None or last.value is None:
        return Problem("work-month", shown)
    if begins.value > until:
        return Problem("work-after-exam", {**shown, "year": exam_year})
    if last.value < begins.value:
        return Problem("work-order", shown)
    return begins.value, last.value


def _in_order(periods: list[tuple[str, str]], exam_year: int) -> Verdict[str]:
    until = f"{exam_year}-12"
    notes = []
    if any(ends > until for _, ends in periods):
        notes.append(Problem("work-cut-off", {"year": exam_year}))
    counted = sorted((begins, min(ends, until)) for begins, ends in periods)
    if any(later[0] <= earlier[1] for earlier, later in pairwise(counted)):
        notes.append(Problem("work-overlap"))
    normal = ";".join(f"{begins}/{ends}" for begins, ends in counted)
    if work_sum(normal, exam_year).months > MOST_YEARS * 12:
        return refuse(Problem("work-too-long", {"most": MOST_YEARS}))
    return accept(normal, notes=tuple(notes))


def work_sum(normal: str, exam_year: int) -> WorkSum:
    """Add up the years of work; overlapping months count once, none after December of the exam year.

    Args:
        normal: What :func:`parse_work` returned.
        exam_year: The year of the examination.

    Raises:
        ValueError: ``normal`` is not of that form.
    """
    until = f"{exam_year}-12"
    if "/" not in normal:
        return WorkSum(round(float(normal) * 12), (), until)
    periods = tuple((begins, ends) for begins, _, ends in (each.partition("/") for each in normal.split(";")))
    counted = {
        month
        for begins, ends in periods
        for month in range(_month(begins), min(_month(ends), _month(until)) + 1)
    }
    return WorkSum(len(counted), periods, until)


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def table_for(exam: Exam, level: Level, column: str) -> EligibilityTable | None:
    """Find the conditions that hold: the level's own, else the exam's."""
    keys = (f"{column}:{level.eligibility}", f"{column}:{level.id}", column)
    return next((exam.eligibility[key] for key in keys if key in exam.eligibility), None)


def eligibility(
    exam: Exam,
    level: Level,
    edition: Edition,
    education: Iterable[AcademicRecord],
    degrees: Iterable[AcademicRecord],
    work: WorkSum,
) -> EligibilityAnswer:
    """Hold education and years of work against the conditions of the exam.

    Whether a major is *related* is for the checking office to say: where it matters, the more favourable
    row counts here and a warning says so.

    Args:
        exam: The examination.
        level: The registration level.
        edition: Its column of the tables holds.
        education: Education records in force.
        degrees: Degree records in force; a higher degree counts as the education of its level.
        work: The years of work.
    """
    table = table_for(exam, level, edition.eligibility)
    records = (*education, *degrees)
    sum_shown = tuple(_counted(work, records))
    if table is None or not table.rows:
        reasons = (*sum_shown, Problem("eligibility-unknown"))
        return EligibilityAnswer(None, None, work.years, None, None, True, None, reasons, None)
    uncertain = table.uncertain or level.uncertain
    doubt = (Problem("eligibility-uncertain"),) if uncertain else ()
    best = min(_claims(table, records), key=_demand, default=None)
    if best is None:
        reasons = (*sum_shown, Problem("eligibility-education"), *doubt)
        met = None if uncertain else False
        return EligibilityAnswer(met, None, work.years, None, None, uncertain, None, reasons, None)
    record, row = best
    needed = row.years or 0
    short = needed * 12 - work.months
    since = _eligible_from(table, records, work)
    outdated = _outdated(exam, level, edition, row)
    older = (
        () if outdated is None else (Problem("eligibility-outdated", {"older": outdated, "needed": needed}),)
    )
    return EligibilityAnswer(
        met=None if uncertain else short <= 0,
        needed=needed,
        have=work.years,
        by=row.education,
        related=row.related,
        uncertain=uncertain,
        outdated=outdated,
        reasons=(*sum_shown, _worked(row, work, since), *older, *_major(table, record, row, work), *doubt),
        # An uncertain rule takes no earlier pass away.
        eligible_from=None if uncertain else since,
    )


def _claims(
    table: EligibilityTable, records: Iterable[AcademicRecord]
) -> Iterator[tuple[AcademicRecord, EligibilityRow]]:
    """Go through the rows that the records meet by their level of education."""
    for record in records:
        held = record.fields.get("level", "")
        for row in table.rows:
            if row.years is not None and held in RANKS and RANKS.index(row.education) <= RANKS.index(held):
                yield record, row


def _demand(claim: tuple[AcademicRecord, EligibilityRow]) -> tuple[int, int, bool]:
    row = claim[1]
    return (row.years or 0, -RANKS.index(row.education), row.related is True)


def _counted(work: WorkSum, records: Iterable[AcademicRecord]) -> Iterator[Problem]:
    """Show how the years were added up, and what full-time study does to them."""
    for begins, ends in work.periods:
        months = work_sum(f"{begins}/{ends}", int(work.until[:4])).months
        yield Problem("eligibility-period", {"begins": begins, "ends": ends, "months": months})
    graduated = max(
        (each.when for each in records if each.fields.get("study") == "full-time"),
        default="",
    )
    if graduated and work.periods and min(work.periods)[0] < graduated:
        yield Problem("eligibility-study-overlap", {"month": graduated})


def _shown(work: WorkSum) -> int | float:
    return int(work.years) if work.years.is_integer() else work.years


def _worked(row: EligibilityRow, work: WorkSum, since: int | None) -> Problem:
    args: dict[str, Arg] = {
        "needed": row.years or 0,
        "have": _shown(work),
        "year": int(work.until[:4]),
        "education": Named("word", f"education.level.{row.education}"),
    }
    if (row.years or 0) * 12 <= work.months:
        return Problem("eligibility-met", args)
    return Problem("eligibility-short", {**args, "from": since or int(work.until[:4]) + 1})


def _major(
    table: EligibilityTable, record: AcademicRecord, row: EligibilityRow, work: WorkSum
) -> tuple[Problem, ...]:
    """Warn where the major decides: whether it is a related one is for the checking office to say."""
    if not row.related:
        return ()
    others = [each.years or 0 for _, each in _claims(table, (record,)) if not each.related]
    if not others:
        return (Problem("eligibility-related-only"),)
    if work.months >= min(others) * 12:
        return ()
    return (Problem("eligibility-related-assumed", {"other": min(others)}),)


def _eligible_from(table: EligibilityTable, records: Iterable[AcademicRecord], work: WorkSum) -> int | None:
    """Return the first exam year that meets some row: years reached and education finished.

    ``None`` where it cannot be told: no years are asked for, and the year of graduation is not known.
    """
    years = (
        max(_reached(work, row.years or 0), int(record.when[:4] or 0))
        for record, row in _claims(table, records)
    )
    return min(years, default=0) or None


def _reached(work: WorkSum, needed: int) -> int:
    """Return the year by whose end ``needed`` years were worked; 0 when none are needed."""
    if needed == 0:
        return 0
    exam_year = int(work.until[:4])
    short = needed * 12 - work.months
    if short > 0 or not work.periods:
        # A bare number has no dates: the work is taken to run unbroken up to the end of the exam year.
        return exam_year + -(-short // 12)
    return next(
        year
        for year in range(int(min(work.periods)[0][:4]), exam_year + 1)
        if work_sum(";".join("/".join(each) for each in work.periods), year).months >= needed * 12
    )


def _outdated(exam: Exam, level: Level, edition: Edition, best: EligibilityRow) -> int | None:
    if edition.eligibility == "2019":
        return None
    older = table_for(exam, level, "2019")
    row = next(
        (
            each
            for each in (older.rows if older else ())
            if each.education == best.education and each.related == best.related
        ),
        None,
    )
    return row.years if row is not None and row.years != best.years else None
