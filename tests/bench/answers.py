"""Prints how well and how fast questions are answered: ``make bench-answers``, ``DATA=`` adds public sets.

Nothing is chosen here and nothing asserted: each figure stands as it is, beside its goal.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answers import ways
from assistant.answers.ways import Asked, read_questions
from content.loader import load
from content.schema import LANGUAGES
from tests.bench import fresh, own_sets, packs

Table = dict[str, dict[str, float]]
"""Figures by column, then by name."""


def own_tables(sets: Mapping[str, Sequence[Asked]]) -> dict[str, Table]:
    """Measure the product and the baselines on each set of questions, by language."""
    content = load()
    tables: dict[str, Table] = {}
    styles: Table = {}
    for language in LANGUAGES:
        asked = {
            name: [each for each in questions if each.language == language]
            for name, questions in sets.items()
        }
        table: Table = {}
        for name, questions in asked.items():
            outcomes = own_sets.product(content, questions, language)
            table[name] = {**own_sets.figures(outcomes), **own_sets.promises(outcomes)}
            styles[f"{language} {name}"] = own_sets.by_style(outcomes)
        for baseline in own_sets.BASELINES:
            found = own_sets.baseline(baseline, content, asked["calibration"], asked, language)
            for name, outcomes in found.items():
                table[f"{baseline} {name}"] = own_sets.figures(outcomes)
        tables[f"The notice, {language}"] = table
    tables["Right item first, by style"] = styles
    tables["A fresh process"] = {language: fresh.fresh(language) for language in LANGUAGES}
    return tables


def printed(title: str, table: Table, goals: Mapping[str, str]) -> str:
    """Lay a table out, a figure a line."""
    names = list(dict.fromkeys(name for column in table.values() for name in column))
    wide = max(map(len, names))
    columns = {column: max(6, *map(len, column.split())) for column in table}
    heads = [(" ".join(column.split()[:-1]), column.split()[-1]) for column in table]
    lines = [title]
    for at in (0, 1):
        cells = (f"{head[at]:>{w}}" for head, w in zip(heads, columns.values(), strict=True))
        lines.append(f"{'':<{wide}}  {'  '.join(cells)}{'  goal' * at}".rstrip())
    lines = [line for line in lines if line]
    for name in names:
        cells = (_cell(table[column].get(name), wide_) for column, wide_ in columns.items())
        lines.append(f"{name:<{wide}}  {'  '.join(cells)}  {goals.get(name, '')}".rstrip())
    return "\n".join(lines)


def main() -> None:
    """Measure, and print tables or JSON."""
    parser = argparse.ArgumentParser(description="Measure how questions are answered.")
    parser.add_argument("--data", type=Path, help="a folder with dev_questions.tsv and the public sets")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    sets = {
        "calibration": read_questions(ways.calibration()),
        "final": read_questions(ways.calibration().with_name("final.tsv")),
    }
    if given.data:
        sets["dev"] = read_questions(given.data / "dev_questions.tsv")
    tables = own_tables(sets)
    tables["Packs, by paragraphs"] = packs.tables()
    goals = {**own_sets.GOALS, **fresh.GOALS, **packs.GOALS}
    if given.data:
        # It needs numpy, and our own sets need none.
        from tests.bench import public_sets

        tables["Public sets"] = public_sets.tables(given.data)
        goals |= public_sets.GOALS
    if given.json:
        print(json.dumps(tables, ensure_ascii=False, indent=1))
        return
    print("\n\n".join(printed(title, table, goals) for title, table in tables.items()))
    print("\nThe confidence was fitted on `calibration`. On `final` nothing was fitted, but it was seen.")


def _cell(value: float | None, wide: int) -> str:
    if value is None:
        return " " * wide
    if float(value).is_integer() and abs(value) > 1:
        return f"{value:>{wide}.0f}"
    return f"{value:>{wide}.3f}" if abs(value) <= 1.5 else f"{value:>{wide}.1f}"


if __name__ == "__main__":
    main()
