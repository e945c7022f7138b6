"""Reads results of examinations from a CSV table (see :mod:`assistant.services.tables`).

Columns, in any order: ``code`` 登记码 or ``id_number`` 证件号码, ``exam`` 考试, ``level`` 报考级别,
``subject`` 科目, ``year`` 年份, ``passed`` 是否合格 (yes, no, 合格, 不合格) and, if there are any, ``score``
成绩. Exams, levels and subjects are written by id or by their Chinese or English name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.records.results import Result
from assistant.services.tables import Column, Line, TableRefused, line_refused, read_table
from content.schema import Exam

COLUMNS = (
    Column("who", ("code", "登记码", "报名登记码", "id_number", "证件号码", "身份证号")),
    Column("exam", ("考试", "考试名称")),
    Column("level", ("级别", "报考级别")),
    Column("subject", ("科目", "考试科目")),
    Column("year", ("年份", "年度", "考试年度")),
    Column("passed", ("是否合格", "合格", "结果")),
    Column("score", ("成绩", "分数"), needed=False),
)

YES = frozenset({"yes", "y", "true", "1", "是", "合格", "通过", "pass", "passed"})
NO = frozenset({"no", "n", "false", "0", "否", "不合格", "未通过", "缺考", "fail", "failed"})


def read_results(path: Path, exams: Mapping[str, Exam]) -> Iterator[Result]:
    """Read results.

    Raises:
        TableRefused: The file or one of its lines cannot be used.
    """
    for line in read_table(path, COLUMNS):
        yield _result(path, line, exams)


def _result(path: Path, line: Line, exams: Mapping[str, Exam]) -> Result:
    said = line.values
    exam = _named(exams.values(), said["exam"])
    if exam is None:
        raise _unknown(path, line, "exam")
    level = _named(exam.levels, said["level"])
    if level is None:
        raise _unknown(path, line, "level")
    subject = _named((each for each in exam.subjects if each.id in level.subjects), said["subject"])
    if subject is None:
        raise _unknown(path, line, "subject")
    if not (said["year"].isascii() and said["year"].isdecimal() and 1990 <= int(said["year"][:5]) <= 2100):
        raise line_refused(path, line.number, "results-year")
    passed = said["passed"].casefold()
    if passed not in YES | NO:
        raise line_refused(path, line.number, "results-passed")
    return Result(
        said["who"], exam.id, level.id, subject.id, int(said["year"]), passed in YES, said["score"][:20]
    )


def _named(known: Iterable[Any], written: str) -> Any:
    return next((each for each in known if written in {each.id, each.name.zh, each.name.en}), None)


def _unknown(path: Path, line: Line, column: str) -> TableRefused:
    return line_refused(path, line.number, "results-value", column=column)
