"""Draws dates as a time line: a rail from top to bottom with a sign for each of them, today among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.conversation.blocks import Moment
from assistant.conversation.linebreak import cells, wrap
from assistant.widgets.glyphs import Glyphs
from flows.text import clean

Span = tuple[str, str]
"""A text and its style."""

LONG = 7
"""Days between two dates above which the rail shows that it is not to scale."""

_LEAST_BESIDE = 24
"""Cells that what is due has to have beside the distances; with fewer it stands under them."""

_GAP = "  "

_SEAL = "$background on $accent bold"
_STYLES = {"past": "$text-warning", "now": "$text-primary bold", "ahead": "bold"}


def rows(dates: Sequence[Moment], width: int, glyphs: Glyphs, *, airy: bool) -> list[tuple[Span, ...]]:
    """Draw a time line.

    Args:
        dates: The dates, earliest first, the moment of now among them.
        width: The cells of a line.
        glyphs: The signs.
        airy: Whether a line is left between any two dates, and not only where much time lies between.

    Returns:
        The lines, each as spans: a sign or a piece of rail, how far away the date is, what is due, and when.
    """
    column = max((cells(clean(each.away)) for each in dates), default=0)
    if width - 1 - len(_GAP) * 2 - column < _LEAST_BESIDE:
        column = 0
    drawn: list[tuple[Span, ...]] = []
    for date, following in zip_longest(dates, dates[1:]):
        for n, spans in enumerate(_date(date, column, width - 1 - len(_GAP))):
            drawn.append((_sign(date, glyphs) if n == 0 else _rail(date, following, glyphs), *spans))
        rail = _rail(date, following, glyphs)
        if following is not None and following.days - date.days > LONG:
            drawn.append(((glyphs.rail_long, rail[1]),))
        elif following is not None and airy:
            drawn.append((rail,))
    return drawn


def _sign(date: Moment, glyphs: Glyphs) -> Span:
    if date.closing:
        return glyphs.over if date.state == "past" else glyphs.closing, "$text-accent bold"
    return {"past": glyphs.over, "now": glyphs.today, "ahead": glyphs.due}[date.state], _STYLES[date.state]


def _rail(date: Moment, following: Moment | None, glyphs: Glyphs) -> Span:
    """Draw the rail from a date to the one after it; after the last there is none."""
    if following is None:
        return " ", ""
    return (glyphs.rail_over, "") if date.state == "past" else (glyphs.rail_due, "$text-muted")


def _date(date: Moment, column: int, width: int) -> Iterator[tuple[Span, ...]]:
    """Set how far away a date is beside what is due and when, or above it where ``column`` is 0."""
    away = clean(date.away)
    # The seal of the closing date has a blank at each end; so has every other, that the words stay in line.
    far = ((" ", ""), (f" {away} ", _SEAL if date.closing else _STYLES[date.state]))
    if not column:
        yield far
        yield from (((_GAP, ""), span) for span in _said(date, width))
        return
    for n, span in enumerate(_said(date, width - column - len(_GAP))):
        if n == 0:
            yield (*far, (" " * (column - cells(away) + 1), ""), span)
        else:
            yield (" " * (column + 2 * len(_GAP)), ""), span


def _said(date: Moment, width: int) -> Iterator[Span]:
    """Say what is due, and under it when; of now there is nothing to say but when."""
    if date.state != "now":
        style = "$text-accent bold" if date.closing else ""
        yield from ((line, style) for line in wrap(clean(date.label), width))
    style = _STYLES["now"] if date.state == "now" else "bold" if date.closing else "$text-muted"
    yield from ((line, style) for line in wrap(clean(date.at), width))
