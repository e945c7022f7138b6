"""``chengnuo supervision``, ``results`` and ``overview``: results, the sample, the public list, the figures.

Who may run these on the machine holds database and key: they act there as the operator, in the role that the
act asks for, under the name that ``--staff`` gives.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import Clock, SetClock, SystemClock
from assistant.stopping import USAGE, Stopped
from flows.permissions import Staff
from flows.roles import Role
from flows.text import field

if TYPE_CHECKING:
    from assistant.records import Records

Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

EXAMPLES = """examples:
  chengnuo results import results.csv
  chengnuo supervision sample economics 2020 --percent 10 --seed 2020-12
  chengnuo supervision list 1                    who is drawn in sample 1
  chengnuo supervision publish economics 2020 --province jiangsu --begins 2020-12-01 --ends 2020-12-10
  chengnuo supervision lists                     what was made public
  chengnuo supervision export 1 --out list.csv   or list.html
  chengnuo overview --csv
"""


def add_commands(add: Add) -> None:
    """Add the commands of supervision to the command line."""
    results = add("results", _results, "import results of examinations, from CSV")
    results.add_argument("act", choices=("import",))
    results.add_argument(
        "file", type=Path, help="columns code or id_number, exam, level, subject, passed, year"
    )
    results.add_argument("--staff", default="operator", help="who imports them")
    supervision = add("supervision", _supervision, "draw who is checked, and make public who passed")
    supervision.epilog, supervision.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    supervision.add_argument("act", choices=("sample", "list", "publish", "lists", "export"))
    supervision.add_argument(
        "what", nargs="?", default="", help="an exam's id, or the number of a sample or list"
    )
    supervision.add_argument("year", nargs="?", type=int)
    supervision.add_argument("--province", default="", help="one province; without it all")
    supervision.add_argument("--percent", type=int, help="the share that is drawn")
    supervision.add_argument("--seed", default="", help="what makes the draw; without it exam and year")
    supervision.add_argument("--begins", type=date.fromisoformat, help="first day of the list, 2020-12-01")
    supervision.add_argument("--ends", type=date.fromisoformat, help="its last day")
    supervision.add_argument("--out", type=Path, help="where an exported list goes: .csv or .html")
    supervision.add_argument("--staff", default="operator", help="who acts")
    overview = add("overview", _overview, "the figures: where registrations stand, wait and stop")
    overview.add_argument("--csv", action="store_true", help="as a table")


def _clock(options: argparse.Namespace) -> Clock:
    return SetClock(options.now) if options.now else SystemClock()


def _opened() -> Records:
    from assistant.records import open_records
    from assistant.settings import from_environment

    settings = from_environment()
    return open_records(settings.database, settings.field_key)


def _percent(options: argparse.Namespace) -> int:
    from assistant.settings import from_environment

    return from_environment().sample_percent if options.percent is None else int(options.percent)


def _by(options: argparse.Namespace, role: Role) -> Staff:
    return Staff(field(options.staff), frozenset({role}))


def _results(options: argparse.Namespace) -> int:
    from assistant.results_file import read_results
    from content.loader import load

    exams = load().exams
    lines = list(read_results(options.file, exams))
    records = _opened()
    try:
        with records.turn() as turn:
            found = turn.import_results(
                lines, dict(exams), by=_by(options, Role.SUPERVISOR), now=_clock(options).now()
            )
    finally:
        records.close()
    facts = {"new": found.fresh, "corrected": found.changed, "same": found.same, "passers": found.passers}
    if options.json:
        print(json.dumps({"ok": True, **facts}))
    else:
        print(", ".join(f"{name} {count}" for name, count in facts.items()))
    return 0


def _supervision(options: argparse.Namespace) -> int:
    records = _opened()
    try:
        rows = list(_acted(options, records))
    finally:
        records.close()
    for row in rows:
        print(json.dumps(row, ensure_ascii=False) if options.json else "  ".join(map(str, row.values())))
    return 0


def _acted(options: argparse.Namespace, records: Records) -> Iterator[dict[str, str | int]]:
    now = _clock(options).now()
    with records.turn() as turn:
        match options.act:
            case "sample":
                exam, year = _exam_and_year(options)
                seed = options.seed or f"{exam}-{year}"
                made = turn.draw_sample(
                    exam,
                    year,
                    options.province,
                    percent=_percent(options),
                    seed=seed,
                    by=_by(options, Role.SUPERVISOR),
                    now=now,
                )
                yield {"sample": made.id, "seed": seed, "passers": made.passers, "drawn": made.drawn}
            case "list":
                page, by = 0, _by(options, Role.SUPERVISOR)
                while found := turn.checks(_number(options), by=by, now=now, page=page):
                    for each in found:
                        yield {
                            "code": each.code,
                            "province": each.province,
                            "outcome": each.outcome or "open",
                        }
                    page += 1
            case "publish":
                exam, year = _exam_and_year(options)
                if options.begins is None or options.ends is None:
                    raise Stopped("chengnuo supervision publish: write --begins and --ends.", USAGE)
                public = turn.publish_list(
                    exam,
                    year,
                    options.province,
                    begins=options.begins,
                    ends=options.ends,
                    by=_by(options, Role.PUBLISHER),
                    now=now,
                )
                yield {"list": public.id, "entries": public.length}
            case "lists":
                page = 0
                while lists := turn.publicities(page):
                    for one in lists:
                        yield {
                            "list": one.id,
                            "exam": one.exam,
                            "year": one.year,
                            "province": one.province or "-",
                            "days": f"{one.begins.isoformat()} {one.ends.isoformat()}",
                            "entries": one.length,
                        }
                    page += 1
            case _:
                yield _exported(options, records, turn.published(_number(options)))


def _exported(options: argparse.Namespace, records: Records, public: object) -> dict[str, str | int]:
    from assistant.publishing import as_csv, as_page
    from assistant.records.publicity import Publicity
    from content.loader import load

    assert isinstance(public, Publicity)
    if options.out is None or options.out.suffix not in {".csv", ".html"}:
        raise Stopped("chengnuo supervision export: write --out FILE.csv or FILE.html.", USAGE)
    made = (as_csv if options.out.suffix == ".csv" else as_page)(public, load())
    try:
        with options.out.open("xb") as file:
            file.write(made)
    except FileExistsError as error:
        raise Stopped(f"{options.out}: there is a file already. Name another one.") from error
    except (OSError, ValueError) as error:
        raise Stopped(f"{options.out}: it cannot be written. Check the path and the rights.") from error
    return {"out": str(options.out), "entries": len(public.entries)}


def _exam_and_year(options: argparse.Namespace) -> tuple[str, int]:
    if not options.what or options.year is None:
        raise Stopped(f"chengnuo supervision {options.act}: write EXAM YEAR.", USAGE)
    return options.what, options.year


def _number(options: argparse.Namespace) -> int:
    if not options.what.isdecimal() or len(options.what) > 12:
        raise Stopped(f"chengnuo supervision {options.act}: write the number of it.", USAGE)
    return int(options.what)


def _overview(options: argparse.Namespace) -> int:
    from assistant.records.overview import as_rows

    records = _opened()
    try:
        with records.turn() as turn:
            by = Staff("operator", frozenset({Role.SUPERVISOR}))
            rows = as_rows(turn.overview(by=by, now=_clock(options).now()))
    finally:
        records.close()
    if options.json:
        print(json.dumps({"figures": rows}))
    elif options.csv:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([("figure", "kind", "count"), *rows])
        print(out.getvalue(), end="")
    else:
        for figure, kind, count in rows:
            print(f"{figure:24} {kind:18} {count:>8}")
    return 0
