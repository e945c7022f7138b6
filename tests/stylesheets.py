"""Style sheets are parsed once in each process of the tests, not once for each app."""

from __future__ import annotations

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation


def parse_once() -> None:
    """Let every style sheet of this process share what is parsed of the same text with the same variables.

    A style sheet shares it among the screens of an app: nothing writes into rules once they are parsed.
    """
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def shared(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = frozenset(sheet._variables.items())
        known = (css, read_from, is_default_rules, tie_breaker, scope, variables)
        if known not in parsed:
            parsed[known] = parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
        return parsed[known]

    Stylesheet._parse_rules = shared  # type: ignore[method-assign]
