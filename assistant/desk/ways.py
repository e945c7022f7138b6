"""How the moves of reports and false-promise cases are asked for at the desk: fields, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from assistant.clock import CHINA
from assistant.desk.duty import Duty
from assistant.records import Turn
from assistant.records.false_promises import Person
from content.loader import Content
from flows import text
from flows.casework import false_promise, model, report
from flows.casework.measures import MEASURES
from flows.dossier import Value
from flows.rules import identity
from flows.verdict import RefusedError

Values = Mapping[str, str]
Args = Mapping[str, Value]
Does = Callable[[Turn, str, Duty, Values], object]

SHOWN_DAYS = 60
"""Days of publicity that the form proposes. The sources name none; whoever publishes sets the dates."""


@dataclass(frozen=True)
class Way:
    """How one move is asked for.

    Args:
        fields: What is asked; their words are ``desk.field.NAME``.
        args: Makes what comes with the move; refuses what cannot be read.
        options: For fields that are picked: the text ids of what can be picked.
        begins: What stands in the fields at first.
        final: Whether it cannot be taken back by anything: then it is shown whole and asked once more.
        does: Does it in the store, where it is more than the move alone.
    """

    fields: tuple[str, ...]
    args: Callable[[Values, Duty], Args] = lambda _values, _duty: model.NOTHING
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: Callable[[Duty], Values] = lambda _duty: {}
    final: bool = False
    does: Does | None = None


@dataclass(frozen=True)
class Kept:
    """A kind of case with everything that its pages need to know.

    Args:
        kind: Its moves.
        ways: How each move is asked for.
        load: Returns a case.
        work: Makes a move in the store.
    """

    kind: model.Kind
    ways: Mapping[str, Way]
    load: Callable[[Turn, str, Duty], model.Case]
    work: Callable[[Turn, str, str, Duty, Args], object]

    def do(self, turn: Turn, number: str, move: str, duty: Duty, values: Values) -> None:
        """Make a move with what stands in the fields."""
        way = self.ways[move]
        if way.does is not None:
            way.does(turn, number, duty, values)
        else:
            self.work(turn, number, move, duty, way.args(values, duty))


# Reading what was typed ------------------------------------------------------------------------------------


def moment_of(typed: str) -> datetime:
    """Read a time of China such as ``2020-07-01 09:30``; a day alone is its beginning.

    Raises:
        RefusedError: It is none.
    """
    written = text.field(typed)
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(written, form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    raise RefusedError("desk-moment")


def day_of(typed: str) -> date:
    """Read a day such as ``2020-07-01``.

    Raises:
        RefusedError: It is none.
    """
    try:
        return date.fromisoformat(text.field(typed))
    except ValueError:
        raise RefusedError("desk-day") from None


def year_of(typed: str) -> int:
    """Read the year of a sitting.

    Raises:
        RefusedError: It is none.
    """
    written = text.field(typed)
    if not (written.isascii() and written.isdigit() and len(written) == 4):
        raise RefusedError("desk-year")
    return int(written)


def exam_of(typed: str, content: Content) -> str:
    """Find the one examination whose id or name has what was typed in it.

    Raises:
        RefusedError: None has, or several have and none is called so.
    """
    wanted = text.field(typed).casefold()
    names = {
        id: {id.casefold(), *(name.casefold() for name in (exam.name.zh, exam.name.en, *exam.aliases))}
        for id, exam in content.exams.items()
    }
    called = [id for id, known in names.items() if wanted in known]
    if len(called) != 1:
        called = [id for id, known in names.items() if wanted and any(wanted in name for name in known)]
    if len(called) != 1:
        raise RefusedError("desk-exam", {"exam": typed.strip()})
    return called[0]


# Reports (FAQ 15.3) ----------------------------------------------------------------------------------------

PERSON = ("case-code", "case-name", "case-id-type", "case-id-number", "case-exam", "case-year")


ID_TYPES = tuple(f"id_type.{each}" for each in identity.ID_TYPES)


def open_case(turn: Turn, duty: Duty, values: Values, *, source: str, from_report: str = "") -> str:
    """Open a case: on a registration of this house by its code, else on a person by name and number."""
    year, why = year_of(values["case-year"]), values["case-why"]
    if values["case-code"].strip():
        return turn.open_on_registration(
            text.field(values["case-code"]),
            source=source,
            why=why,
            year=year,
            by=duty.staff,
            now=duty.now,
            report=from_report,
        )
    person = Person(
        text.field(values["case-name"]), values["case-id-type"], text.field(values["case-id-number"])
    )
    if not person.name or not person.id_number:
        raise RefusedError("case-person-missing")
    return turn.open_false_promise(
        person,
        source=source,
        why=why,
        exam=exam_of(values["case-exam"], duty.content),
        year=year,
        by=duty.staff,
        now=duty.now,
        report=from_report,
    )


def proposed(duty: Duty) -> Values:
    """Propose the usual document, and the year of now for the sitting."""
    return {"case-year": str(duty.now.year), "case-id-type": "resident-id"}


def _founded(turn: Turn, number: str, duty: Duty, values: Values) -> None:
    """Open the case and close the report with its number, both or neither."""
    if not values["case-why"].strip():
        raise RefusedError("report-finding-missing")
    opened = open_case(turn, duty, values, source="report", from_report=number)
    args = report.finding(values["case-why"], reply=values["report-reply"], case=opened)
    turn.work_report(number, "founded", by=duty.staff, now=duty.now, args=args)


def opening(values: Values, duty: Duty) -> Args:
    """Read what a case is opened with, so that it is refused before it is asked once more."""
    year_of(values["case-year"])
    if not values["case-code"].strip():
        if not values["case-name"].strip() or not values["case-id-number"].strip():
            raise RefusedError("case-person-missing")
        exam_of(values["case-exam"], duty.content)
    # The number of the case comes with opening it.
    return report.finding(values["case-why"], reply=values.get("report-reply", ""), case="F")


def _why(values: Values, _: Duty) -> Args:
    return {"why": values["case-why"].strip()}


REPORTS = Kept(
    report.REPORT,
    {
        "assign": Way(
            ("report-owner",),
            lambda values, _: report.assigning(values["report-owner"]),
            begins=lambda duty: {"report-owner": duty.staff.id},
        ),
        "check": Way(()),
        "note": Way(("case-why",), lambda values, _: report.finding(values["case-why"])),
        "founded": Way(
            ("case-why", "report-reply", *PERSON),
            opening,
            options={"case-id-type": ID_TYPES},
            begins=proposed,
            final=True,
            does=_founded,
        ),
        "unfounded": Way(
            ("case-why", "report-reply"),
            lambda values, _: report.finding(values["case-why"], reply=values["report-reply"]),
            final=True,
        ),
        "refer": Way(
            ("report-office", "case-why", "report-reply"),
            lambda values, _: report.finding(
                values["case-why"], reply=values["report-reply"], office=values["report-office"]
            ),
            final=True,
        ),
    },
    lambda turn, number, duty: turn.report_case(number, by=duty.staff, now=duty.now),
    lambda turn, number, move, duty, args: turn.work_report(
        number, move, by=duty.staff, now=duty.now, args=args
    ),
)
"""Reports at the desk."""


# False promises (FAQ 16) -----------------------------------------------------------------------------------

_MEASURES = tuple(f"desk.measure.{each}" for each in MEASURES)
_MEANS = tuple(f"desk.means.{each}" for each in false_promise.MEANS)
_SERVICE = ("case-means", "case-address", "case-served")


def _serving(values: Values, days: int) -> Args:
    served = moment_of(values["case-served"])
    return false_promise.serving(values["case-means"], values["case-address"], served, days=days)


def _notice(values: Values, duty: Duty) -> Args:
    meant = false_promise.intending(values["case-measure"], values["case-why"])
    return {**meant, **_serving(values, duty.house.defence_days)}


def _decision(values: Values, _: Duty) -> Args:
    return false_promise.deciding(
        values["case-measure"],
        values["case-why"],
        answer=values.get("case-answer", ""),
        organ=values.get("case-organ", ""),
        subject=values["case-subject"].strip(),
    )


def _served_now(duty: Duty) -> Values:
    return {"case-served": f"{duty.now:%Y-%m-%d %H:%M}"}


def _publicity(values: Values, _: Duty) -> Args:
    begins, ends = day_of(values["case-from"]), day_of(values["case-until"])
    return {"from": begins.isoformat(), "until": ends.isoformat()}


def _publish(turn: Turn, number: str, duty: Duty, values: Values) -> None:
    turn.publish_decision(
        number,
        begins=day_of(values["case-from"]),
        until=day_of(values["case-until"]),
        by=duty.staff,
        now=duty.now,
    )


FALSE_PROMISES = Kept(
    false_promise.FALSE_PROMISE,
    {
        "notify": Way(
            ("case-measure", "case-why", *_SERVICE),
            _notice,
            {"case-measure": _MEASURES, "case-means": _MEANS},
            _served_now,
        ),
        "hear": Way(("case-why",), _why),
        "decide": Way(
            ("case-measure", "case-why", "case-answer", "case-subject", "case-organ"),
            _decision,
            {"case-measure": _MEASURES},
            final=True,
        ),
        "drop": Way(("case-why",), _why, final=True),
        "serve": Way(
            _SERVICE,
            lambda values, duty: _serving(values, duty.house.objection_days),
            {"case-means": _MEANS},
            _served_now,
        ),
        "object": Way(("case-why",), _why),
        "take-effect": Way((), final=True),
        "uphold": Way(("case-why",), _why, final=True),
        "change": Way(
            ("case-measure", "case-why", "case-subject"), _decision, {"case-measure": _MEASURES}, final=True
        ),
        "revoke": Way(("case-why",), _why, final=True),
        "publish": Way(
            ("case-from", "case-until"),
            _publicity,
            begins=lambda duty: {
                "case-from": duty.now.date().isoformat(),
                "case-until": (duty.now.date() + timedelta(days=SHOWN_DAYS)).isoformat(),
            },
            final=True,
            does=_publish,
        ),
        "close": Way(("case-why",), _why, final=True),
    },
    lambda turn, number, duty: turn.false_promise(number, by=duty.staff, now=duty.now),
    lambda turn, number, move, duty, args: turn.work_false_promise(
        number, move, by=duty.staff, now=duty.now, args=args
    ),
)
"""Cases on false promises at the desk."""
