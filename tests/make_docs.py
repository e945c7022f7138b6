"""Writes the generated parts of ``docs/``: the journey, the cases and the calls. ``make docs`` runs it."""

from __future__ import annotations

from pathlib import Path

from content.loader import load
from flows.casework.false_promise import FALSE_PROMISE
from flows.casework.model import Kind, diagram
from flows.casework.report import REPORT
from flows.casework.review import REVIEW
from flows.journey import WAYS
from flows.permissions import MAY
from flows.steps import STEPS
from flows.steps.model import STAGES
from tests.assistant.desk.call_situations import MOST_KEYS, SITUATIONS

DOCS = Path(__file__).parent.parent / "docs"
CASES: tuple[tuple[str, str, Kind], ...] = (
    ("Manual verification", "flows/casework/review.py", REVIEW),
    ("Report from the public", "flows/casework/report.py", REPORT),
    ("False promise", "flows/casework/false_promise.py", FALSE_PROMISE),
)
"""Each kind of case: its heading, where it is written, and its machine."""


def journey() -> str:
    """Return the page with the Mermaid diagram of the machine and the table of its states."""
    words = load().words["en"]
    lines = [
        "# The journey",
        "",
        "Made by `make docs` from `flows/journey.py`; a test fails when it is stale.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    direction TB",
        f"    [*] --> {_id(STEPS[0].id)}",
    ]
    for stage in STAGES:
        lines.append(f'    state "{words[f"stage.{stage}"]}" as {stage} {{')
        for step in (each for each in STEPS if each.stage == stage):
            lines.append(f'        state "{words[f"step.{step.id}"]} ({step.item})" as {_id(step.id)}')
        lines.append("    }")
    for way in WAYS:
        guards = " and ".join(guard.name for guard in way.guards)
        label = f"{way.trigger} [{guards}]" if guards else way.trigger
        lines.append(f"    {_id(way.source)} --> {_id(way.dest)}: {label}")
    lines += [f"    {_id(STEPS[-1].id)} --> [*]", "```", ""]
    lines += ["| state | item | stage | moved on by |", "|---|---|---|---|"]
    lines += [f"| `{step.id}` | {step.item} | {step.stage} | {step.owner} |" for step in STEPS]
    return "\n".join(lines) + "\n"


def casework() -> str:
    """Return the page with the diagram of each kind of case, what its states are called, and who moves it."""
    words = load().words
    lines = [
        "# The cases of the staff",
        "",
        "Made by `make docs` from `flows/casework`; a test fails when it is stale.",
        "",
    ]
    for heading, written, kind in CASES:
        lines += [f"## {heading}", "", f"`{written}`", "", "```mermaid", diagram(kind).rstrip(), "```", ""]
        lines += ["| state | English | 中文 |", "|---|---|---|"]
        for state in kind.states:
            key = f"case.{kind.name}.state.{state}"
            lines.append(f"| `{state}` | {words['en'][key]} | {words['zh'][key]} |")
        lines += ["", "| move | from | to | roles |", "|---|---|---|---|"]
        for move in kind.moves:
            roles = ", ".join(sorted(MAY[move.deed])) if move.deed else "the product"
            lines.append(f"| `{move.name}` | {', '.join(move.sources)} | {move.to} | {roles} |")
        lines.append("")
    return "\n".join(lines)


CALLS = "<!-- calls: made by `make docs` -->"
"""The lines between which the table of ``desk.md`` stands; the rest of the page is written by hand."""


def calls() -> str:
    """Return the table of the written call situations, with the count of key presses of each."""
    lines = [
        f"Each is a test, which presses exactly these keys; {MOST_KEYS} are allowed.",
        "",
        "| # | the caller says | 来电人说 | keys after login | presses |",
        "|---|---|---|---|---|",
    ]
    for number, each in enumerate(SITUATIONS, start=1):
        opens = each.keys[0]
        keys = f"`{opens}` `{each.typed}` `Enter`"
        lines.append(f"| {number} | {each.en} | {each.zh} | {keys} | {len(each.keys)} |")
    return "\n".join(lines) + "\n"


def with_calls(page: str) -> str:
    """Return ``desk.md`` with its table as it is to be."""
    before, _, rest = page.partition(CALLS)
    _, _, after = rest.partition(CALLS)
    return f"{before}{CALLS}\n{calls()}{CALLS}{after}"


def _id(state: str) -> str:
    return state.replace("-", "_")


def main() -> None:
    """Write the pages."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / "journey.md").write_text(journey(), encoding="utf-8")
    (DOCS / "casework.md").write_text(casework(), encoding="utf-8")
    desk = DOCS / "desk.md"
    desk.write_text(with_calls(desk.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
