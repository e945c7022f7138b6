"""Whether the conditions of an exam are met: education, related or not, years of work (FAQ 13.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content.schema import Edition, EligibilityRow, EligibilityTable, Exam, Level
from flows.dossier import AcademicRecord
from flows.rules.months import check_month
from flows.text import field
from flows.verdict import Arg, Problem, Verdict, accept, refuse

MOST_YEARS = 70
EARLIEST = date(1950, 1, 1)
OPEN_END = frozenset({"now", "today", "present", "to now", "今", "至今", "现在", "目前"})

_PERIOD = re.compile(
    r"^(?P<begins>.+?)\s*(?:/|~|—|–|至|到|-{1,2}(?=\s)|\s-\s|\bto\b|\buntil\b)\s*(?P<ends>.+)$", re.IGNORECASE
)
_YEARS = re.compile(r"^(?P<years>[0-9]{1,2}(?:\.[0-9])?)\s*(?:years?|yrs?|y|年)?$", re.IGNORECASE)


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
        ``"6"``, or ``"2012-07/2015-06;2016-01/2020-12"``.
    """
    said = field(typed)
    if not said:
        return refuse(Problem("work-empty"))
    if match := _YEARS.match(said):
        years = float(match["years"])
        if years > MOST_YEARS:
            return refuse(Problem("work-too-long", {"most": MOST_YEARS}))
        return accept(f"{years:g}")
    periods: list[str] = []
    for part in filter(None, (each.strip() for each in re.split(r"[;；,，、\n]+", said))):
        period = _period(part, exam_year)
        if isinstance(period, Problem):
            return refuse(period)
        periods.append(period)
    return accept(";".join(periods)) if periods else refuse(Problem("work-not-understood"))


def _period(part: str, exam_year: int) -> str | Problem:
    match = _PERIOD.match(part)
    if match is None:
        return Problem("work-not-understood")
    latest = f"{exam_year}-12"
    begins = check_month(match["begins"], earliest=EARLIEST, latest=date(exam_year, 12, 31))
    ends = match["ends"].strip().casefold()
    last = (
        accept(latest)
        if ends in OPEN_END
        else check_month(ends, earliest=EARLIEST, latest=date(2100, 12, 31))
    )
    if begins.value is None or last.value is None:
        return Problem("work-month", {"period": part[:40]})
    if last.value < begins.value:
        return Problem("work-order", {"period": part[:40]})
    return f"{begins.value}/{min(last.value, latest)}"


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
    if table is None or not table.rows:
        return EligibilityAnswer(
            None, None, work.years, None, None, True, None, (Problem("eligibility-unknown"),), None
        )
    held = {each.fields["level"] for each in (*education, *degrees)}
    rows = [row for row in table.rows if row.education in held and row.years is not None]
    if not rows:
        met = None if table.uncertain else False
        reason = Problem("eligibility-uncertain" if table.uncertain else "eligibility-education")
        return EligibilityAnswer(met, None, work.years, None, None, table.uncertain, None, (reason,), None)
    best = min(rows, key=_demand)
    needed = best.years or 0
    short = needed * 12 - work.months
    reasons = [_worked(needed, work, short)]
    if best.related:
        reasons.append(Problem("eligibility-related-assumed"))
    if table.uncertain:
        reasons.append(Problem("eligibility-uncertain"))
    met = True if short <= 0 else None if table.uncertain else False
    return EligibilityAnswer(
        met=met,
        needed=needed,
        have=work.years,
        by=best.education,
        related=best.related,
        uncertain=table.uncertain,
        outdated=_outdated(exam, level, edition, best),
        reasons=tuple(reasons),
        # Work goes on counting, so the years are reached this many years from the exam's own.
        eligible_from=int(work.until[:4]) + -(-short // 12),
    )


def _demand(row: EligibilityRow) -> tuple[int, bool]:
    return (row.years or 0, row.related is True)


def _worked(needed: int, work: WorkSum, short: int) -> Problem:
    args: dict[str, Arg] = {"needed": needed, "have": work.years, "until": work.until}
    return Problem("eligibility-met", args) if short <= 0 else Problem("eligibility-short", args)


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
