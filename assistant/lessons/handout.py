"""Writes a run as a handout for a class: Markdown, or one HTML page that needs nothing else."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.conversation.messages import Answered, Message, Objected, Prompt, Warned
from assistant.conversation.paragraphs import paragraphs
from assistant.conversation.wording import Wording
from assistant.lessons.cast import answered
from assistant.lessons.chart import Why
from assistant.lessons.moments import Moment
from assistant.lessons.outcome import came_of
from assistant.lessons.run import Run
from assistant.lessons.telling import happened
from flows.steps import BY_ID
from flows.verdict import Named

Screens = Callable[[int], str]
"""Draws the real screen, as SVG, as it stands after so many moments of the run; 0 is the beginning."""


@dataclass(frozen=True)
class Exchange:
    """A question and what was answered, or what time and the offices did.

    Attributes:
        asked: The question; nothing where nobody was asked.
        given: What was answered or happened, with what a screen hides hidden.
        remarks: Objections, warnings and answers to questions that came of it.
    """

    asked: str
    given: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One stay at a step.

    Attributes:
        name: The step in words.
        source: The item of the notice, in words.
        at: How many moments had been applied when it began: the screen that belongs to it.
        exchanges: What was asked and done there.
        end: What is said where the way ends or waits; nothing elsewhere.
    """

    name: str
    source: str
    at: int
    exchanges: tuple[Exchange, ...]
    end: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handout:
    """A handout in one language, before it is laid out.

    Attributes:
        language: ``en`` or ``zh``.
        mark: That it is for training, for every page.
        title: What the run is called.
        story: Who it is.
        facts: Labels and values of the run as a whole.
        way: The map: each state with how it stands, and why.
        sections: The steps in the order in which they were walked.
    """

    language: str
    mark: str
    title: str
    story: str
    facts: tuple[tuple[str, str], ...]
    way: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]


def handout(run: Run, wording: Wording) -> Handout:
    """Gather what a handout says of a run up to where it stands."""
    language = wording.language
    found = came_of(run)
    facts = (
        (wording.text("lesson.edition"), run.conversation.edition.name.said(language)),
        (wording.text("lesson.began"), wording.value(run.began)),
        (wording.text("lesson.ended"), wording.value(run.now)),
        (wording.text("lesson.outcome"), wording.text(f"lesson.outcome.{found.outcome}")),
        *(
            (wording.text("lesson.group"), f"{wording.text(f'group.{group}')} {_sentence(wording, why)}")
            for group, _, why in run.map().groups
        ),
    )
    way = tuple(
        (
            wording.arg(Named("step", stop.step)),
            wording.text(f"lesson.standing.{stop.standing}"),
            _sentence(wording, stop.why) if stop.why else "",
        )
        for stop in run.map().stops
    )
    return Handout(
        language,
        wording.text("face.training.paper"),
        run.scenario.called(language),
        run.scenario.told(language),
        facts,
        way,
        tuple(_sections(run, wording)),
    )


def as_markdown(handout: Handout, pictures: Callable[[int], str] | None = None) -> str:
    """Lay a handout out as Markdown.

    Args:
        handout: What it says.
        pictures: Gives the address of the picture of the screen after so many moments; none without it.
    """
    lines = [f"# {_plain(handout.title)}", "", f"**{_plain(handout.mark)}**", "", _plain(handout.story), ""]
    lines += [f"- {_plain(label)}: {_plain(value)}" for label, value in handout.facts]
    lines += ["", "| | | |", "|---|---|---|"]
    lines += [f"| {' | '.join(_plain(each) for each in row)} |" for row in handout.way]
    for section in handout.sections:
        lines += ["", f"## {_plain(section.name)}", "", f"*{_plain(section.source)}*", ""]
        if pictures is not None:
            lines += [f"![{_plain(section.name)}]({pictures(section.at)})", ""]
        for each in section.exchanges:
            asked = f"{_plain(each.asked)} **{_plain(each.given)}**" if each.asked else _plain(each.given)
            lines.append(f"- {asked}")
            lines += [f"  - {_plain(remark)}" for remark in each.remarks]
        lines += [line for said in section.end for line in ("", f"> {_plain(said)}")]
    return "\n".join([*lines, "", f"**{_plain(handout.mark)}**", ""])


def as_html(handout: Handout, screens: Screens) -> str:
    """Lay a handout out as one HTML page, with a picture of the screen for each step.

    Args:
        handout: What it says.
        screens: Draws the screens. A picture is embedded as a picture, so that nothing in it is run and
            nothing is fetched for it.
    """
    mark = html.escape(handout.mark)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{handout.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(handout.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<p class="mark">{mark}</p>\n<h1>{html.escape(handout.title)}</h1>\n'
        f"<p>{html.escape(handout.story)}</p>\n<dl>\n"
    ]
    parts += [
        f"<dt>{html.escape(label)}</dt><dd>{html.escape(value)}</dd>\n" for label, value in handout.facts
    ]
    parts.append("</dl>\n<table>\n")
    parts += [
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in handout.way
    ]
    parts.append("</table>\n")
    for section in handout.sections:
        picture = base64.b64encode(screens(section.at).encode()).decode()
        name = html.escape(section.name)
        parts.append(
            f'<section>\n<h2>{name}</h2>\n<p class="source">{html.escape(section.source)}</p>\n'
            f'<img alt="{name}" src="data:image/svg+xml;base64,{picture}">\n<ul>\n'
        )
        for each in section.exchanges:
            remarks = "".join(f"<li>{html.escape(remark)}</li>" for remark in each.remarks)
            asked = f"{html.escape(each.asked)} " if each.asked else ""
            parts.append(
                f"<li>{asked}<strong>{html.escape(each.given)}</strong>"
                f"{f'<ul>{remarks}</ul>' if remarks else ''}</li>\n"
            )
        parts.append("</ul>\n")
        parts += [f"<blockquote>{html.escape(said)}</blockquote>\n" for said in section.end]
        parts.append("</section>\n")
    return "".join([*parts, "</body>\n</html>\n"])


_STYLE = """
body{font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
max-width:60rem;margin:3.5rem auto 2rem;padding:0 1rem;color:#1b1b1b;background:#fff}
.mark{position:fixed;top:0;left:0;right:0;margin:0;padding:.4rem;text-align:center;font-weight:bold;
color:#7a0019;background:#fff;border-bottom:3px double #7a0019}
img{max-width:100%;border:1px solid #888}dt{font-weight:bold;float:left;clear:left;margin-right:.5em}
table{border-collapse:collapse}td{border:1px solid #888;padding:.2rem .6rem;vertical-align:top}
section{break-inside:avoid-page}.source{color:#444;margin-top:-.8rem}
blockquote{border-left:4px solid #555;margin-left:0;padding-left:1rem;white-space:pre-line}
"""


def _sections(run: Run, wording: Wording) -> Iterable[Section]:
    prompt, begun, step = run.opened.prompt, 0, ""
    gathered: list[Exchange] = []
    for moment in run.moments[: run.at]:
        if step and moment.before != step:
            yield _section(step, begun, gathered, wording)
            gathered, begun = [], moment.number - 1
        step = moment.before
        gathered.append(_exchange(moment, prompt, wording))
        prompt = moment.prompt
    here = run.place().step.id
    if step and here != step:
        yield _section(step, begun, gathered, wording)
        gathered, begun = [], run.at
    stop = run.map().stop(here)
    end = (_sentence(wording, stop.why),) if stop.why else ()
    yield _section(here, begun, gathered, wording, end)


def _section(
    step: str, begun: int, gathered: list[Exchange], wording: Wording, end: tuple[str, ...] = ()
) -> Section:
    source = wording.text("lesson.source", {"item": BY_ID[step].item})
    return Section(wording.arg(Named("step", step)), source, begun, tuple(gathered), end)


def _exchange(moment: Moment, prompt: Prompt, wording: Wording) -> Exchange:
    given = answered(moment.act, prompt, wording)
    remarks = tuple(_remarks(moment.messages, wording))
    if given is None:
        return Exchange("", happened(moment, wording), remarks)
    return Exchange(wording.prompt(prompt).question, given, remarks)


def _remarks(said: Iterable[Message], wording: Wording) -> Iterable[str]:
    for message in said:
        if isinstance(message, Objected | Warned | Answered):
            yield from paragraphs(wording.message(message), wording)


def _sentence(wording: Wording, why: Why) -> str:
    return wording.text(why.text, why.args)


def _plain(text: str) -> str:
    """Keep text from being taken for Markdown, on one line."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in " ".join(text.split()))
