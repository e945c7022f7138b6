"""The looks: everything readable, everything marked by more than colour, and one without any colour."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import Color
from textual.widget import Widget

from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.asides import HelpPage
from assistant.kiosk.theme import LOOKS, after, first_look
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.choices import Choices
from assistant.widgets.glyphs import ASCII
from flows.verdict import Problem
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import FIRST_TIME, NAME, PASSWORD, FakeConversation
from tests.assistant.kiosk.terminals import Terminals
from tests.factories import content

OPEN = Policy(can_quit=True, any_folder=True, grace=0)

TEXTS = ("foreground", *(f"text-{each}" for each in ("primary", "accent", "success", "warning", "error")))
GROUNDS = ("background", "surface", "panel", "here", "control")
COLOURED = ("dark", "light", "contrast")

COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")
"""A sequence that sets a colour: one of 8 or 16, of 256, or of 24 bits."""


def variables(look: str) -> dict[str, str]:
    theme = LOOKS[look]
    return {**theme.to_color_system().generate(), **theme.variables}


def contrast(one: str, other: str) -> float:
    """Return the ratio of contrast of two colours (WCAG 2.2, from 1 to 21)."""

    def luminance(colour: str) -> float:
        def linear(value: int) -> float:
            share = value / 255
            return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

        red, green, blue = (linear(value) for value in Color.parse(colour).rgb)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def of_sixteen(colour: str) -> str:
    """Return what a terminal of 16 colours shows for a colour."""
    number = RichColor.parse(colour.casefold()).downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return Color(*STANDARD_PALETTE[number]).hex


# Contrast ----------------------------------------------------------------------------------------------


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("look", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7)])
def test_every_text_is_readable_on_every_ground(look: str, least: float) -> None:
    colours = variables(look)
    found = {
        (text, ground): contrast(colours[text], colours[ground])
        for text in (*TEXTS, "text-muted")
        for ground in GROUNDS
    }
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


def test_with_strong_contrast_panes_cards_and_fields_stand_out_from_one_another() -> None:
    colours = variables("contrast")
    grounds = ("background", "surface", "panel", "control")
    for lower, upper in pairwise(colours[each] for each in grounds):
        assert contrast(lower, upper) >= 1.15, (lower, upper)


@pytest.mark.parametrize("look", COLOURED)
def test_the_signs_of_focus_error_and_warning_stand_out_from_the_ground(look: str) -> None:
    colours = variables(look)
    for sign in ("primary", "error", "warning", "input-cursor-background"):
        for ground in ("background", "surface"):
            assert contrast(colours[sign], colours[ground]) >= 3, (sign, ground)
    assert contrast(colours["input-cursor-background"], colours["input-cursor-foreground"]) >= 4.5


@pytest.mark.parametrize("look", COLOURED)
def test_texts_stay_readable_on_a_terminal_of_sixteen_colours(look: str) -> None:
    colours = variables(look)
    found = {
        (text, ground): contrast(of_sixteen(colours[text]), of_sixteen(colours[ground]))
        for text in (*TEXTS, "text-muted")
        for ground in GROUNDS
    }
    assert {pair: ratio for pair, ratio in found.items() if ratio < 3} == {}


# Which look --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "environment", "look"),
    [
        ("auto", {"TERM": "xterm-256color"}, "dark"),
        ("auto", {"TERM": "linux"}, "dark"),
        ("auto", {"NO_COLOR": "1"}, "plain"),
        ("auto", {"NO_COLOR": ""}, "dark"),
        ("auto", {"TERM": "vt100"}, "plain"),
        ("auto", {"TERM": "vt220-8bit"}, "plain"),
        ("auto", {"TERM": "xterm-mono"}, "plain"),
        ("light", {"NO_COLOR": "1"}, "light"),
        ("contrast", {"TERM": "vt100"}, "contrast"),
    ],
)
def test_the_terminal_chooses_the_look_where_nobody_did(
    wanted: str, environment: dict[str, str], look: str
) -> None:
    assert first_look(wanted, environment) == look


async def test_f6_puts_on_every_look_in_turn_and_the_next_person_gets_the_first_again() -> None:
    app = KioskApp(content(), lambda *_: FakeConversation((NAME,)), OPEN, language="en", theme="contrast")
    async with app.run_test(size=(80, 24)) as pilot:
        seen = [app.theme]
        for _ in LOOKS:
            await pilot.press("f6")
            seen.append(app.theme)
        names = [theme.name for theme in LOOKS.values()]
        first = names.index(LOOKS["contrast"].name)
        assert seen == [*names[first:], *names[: first + 1]]
        await pilot.press("f6")
        await app.to_start()
        await quiet(pilot.app)
        assert app.theme == LOOKS["contrast"].name


def test_after_an_unknown_theme_comes_the_first_look() -> None:
    assert after("textual-dark") is LOOKS["dark"]


# Without colour ----------------------------------------------------------------------------------------


def segments(app: KioskApp, widget: Widget) -> list[Segment]:
    """Return what the screen shows of a widget."""
    region = widget.region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    return [each for strip in strips for each in strip.crop(region.x, region.right)]


def drawn(app: KioskApp) -> str:
    """Return what goes to the terminal for the whole screen."""
    return "\n".join(strip.render(app.console) for strip in app.screen._compositor.render_strips())


async def at(app: KioskApp, pilot: object, *keys: str) -> None:
    await pilot.press(*keys)  # type: ignore[attr-defined]
    await quiet(pilot.app)  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()
    await quiet(pilot.app)  # type: ignore[attr-defined]


async def test_the_plain_look_sends_no_colour_and_marks_what_colours_mark() -> None:
    talk = FakeConversation((FIRST_TIME, PASSWORD, NAME), refuses={"short": Problem("password-no-digit")})
    app = KioskApp(content(), lambda *_: talk, OPEN, language="en", theme="plain")
    async with app.run_test(size=(120, 40)) as pilot:
        await quiet(pilot.app)
        assert COLOUR.search(drawn(app)) is None
        await at(app, pilot, "1")
        row = app.screen.query_one(Choices).highlighted
        assert row is not None
        # The highlighted option is reversed as far as it reaches, the others are not.
        assert all(each.style is not None and each.style.reverse for each in segments(app, row))
        other = next(each for each in app.screen.query_one(Choices).rows if not each.here)
        assert not any(each.style is not None and each.style.reverse for each in segments(app, other))
        assert COLOUR.search(drawn(app)) is None
        await at(app, pilot, "1")
        panel = app.screen.query_one(AskPanel)
        app.screen.set_focus(None)
        await quiet(pilot.app)
        blurred = segments(app, panel.composer)
        assert blurred[0].text.strip() == ""
        assert not any(each.style is not None and each.style.reverse for each in blurred)
        panel.composer.focus()
        panel.composer.put("short")
        await at(app, pilot, "enter")
        composer = segments(app, panel.composer)
        # The bar before the field is drawn while it has the focus, and the caret is reversed.
        assert composer[0].text.strip() != ""
        assert any(each.style is not None and each.style.reverse for each in composer)
        refused = app.screen.query_one("#notice")
        assert "Error" in "".join(each.text for each in segments(app, refused))
        assert COLOUR.search(drawn(app)) is None
        await at(app, pilot, "f1")
        assert isinstance(app.screen, HelpPage)
        assert COLOUR.search(drawn(app)) is None


@pytest.mark.parametrize(("look", "coloured"), [("plain", False), ("dark", True)])
async def test_no_color_leaves_the_choice_to_the_look(
    monkeypatch: pytest.MonkeyPatch, look: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    app = KioskApp(content(), lambda *_: FakeConversation((NAME,)), OPEN, language="en", theme=look)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot.app)
        shown = drawn(app)
        assert (COLOUR.search(shown) is not None) == coloured
        if coloured:
            red, green, blue = Color.parse(variables(look)["background"]).rgb
            assert f"48;2;{red};{green};{blue}" in shown


async def test_a_click_finds_its_option_in_the_plain_look_too() -> None:
    talk = FakeConversation((FIRST_TIME, NAME))
    app = KioskApp(content(), lambda *_: talk, OPEN, language="en", theme="plain")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(app, pilot, "1")
        await pilot.click(app.screen.query_one(Choices).rows[1], offset=(4, 0))
        await at(app, pilot)
        assert talk.at == 1


async def test_with_signs_of_ascii_no_border_needs_a_block() -> None:
    talk = FakeConversation((NAME, NAME), refuses={"x": Problem("name-missing")})
    app = KioskApp(content(), lambda *_: talk, OPEN, language="en", glyphs=ASCII)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(app, pilot, "1")
        for typed in ("x", "Wang"):
            app.screen.query_one(AskPanel).composer.put(typed)
            await at(app, pilot, "enter")
        shown = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert re.findall("[▀-▟─-╿]", shown) == []
        assert "|" in shown


def test_in_a_terminal_no_color_sends_no_colour(terminals: Terminals, tmp_path: Path) -> None:
    environment = {
        "COLORTERM": "truecolor",
        "NO_COLOR": "1",
        "CHENGNUO_DATA": str(tmp_path / "data"),
        "CHENGNUO_KEYS": str(tmp_path / "keys"),
        "CHENGNUO_POLICY": "open",
    }
    with terminals.program(tmp_path, "chengnuo", environment=environment) as terminal:
        assert terminal.shows("press E")
        terminal.send("\x11")
        assert terminal.ended() == 0
        sent = terminal.sent.decode()
    assert COLOUR.search(sent) is None
    assert "\x1b[1m" in sent or "\x1b[1;" in sent or "\x1b[7m" in sent
