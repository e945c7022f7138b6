"""Makes sentences of text ids and arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from content.loader import Content
from flows.text import clean
from flows.verdict import NO_ARGS, Arg, Named, Problem


class Wording:
    """The product's sentences in one language."""

    def __init__(self, content: Content, language: str) -> None:
        """Speak ``language`` (``en`` or ``zh``)."""
        self.content = content
        self.language = language

    def text(self, key: str, args: Mapping[str, Arg] = NO_ARGS) -> str:
        """Fill the sentence ``key``.

        Raises:
            KeyError: There is no such sentence, or it has a place that ``args`` does not fill.
        """
        template = self.content.words[self.language][key]
        return template.format_map({name: self.arg(value) for name, value in args.items()})

    def problem(self, problem: Problem) -> str:
        """Say a problem, warning or note."""
        return self.text(f"problem.{problem.code}", problem.args)

    def arg(self, arg: Arg) -> str:
        """Say one argument."""
        match arg:
            case Named():
                return self._named(arg)
            case Problem():
                return self.problem(arg)
            case tuple():
                return ("、" if self.language == "zh" else ", ").join(self.arg(each) for each in arg)
            case datetime():
                return f"{arg:%Y年%-m月%-d日 %H:%M}" if self.language == "zh" else f"{arg:%-d %B %Y, %H:%M}"
            case date():
                return f"{arg:%Y年%-m月%-d日}" if self.language == "zh" else f"{arg:%-d %B %Y}"
            case float():
                return f"{arg:g}"
            case _:
                return clean(str(arg))

    def _named(self, named: Named) -> str:
        content, parts = self.content, named.id.split("/")
        match named.kind:
            case "exam":
                return content.exams[named.id].name.said(self.language)
            case "province":
                return content.provinces[named.id].name.said(self.language)
            case _:
                return self._other(named, parts)

    def _other(self, named: Named, parts: list[str]) -> str:
        content = self.content
        if named.kind in {"level", "major", "subject"}:
            exam = content.exams[parts[0]]
            found = {"level": exam.level, "major": exam.major, "subject": exam.subject}[named.kind](parts[1])
            return found.name.said(self.language) if found else parts[1]
        if named.kind == "city":
            city = content.city(*parts)
            return city.name.said(self.language) if city else parts[1]
        if named.kind == "point":
            office = content.office(parts[0])
            point = next((each for each in (office.points if office else ()) if each.id == parts[1]), None)
            return point.name.said(self.language) if point else parts[1]
        if named.kind == "word":
            return self.text(named.id)
        key = ".".join(part for part in named.id.split(".") if not part.isdigit())
        return self.text(f"{named.kind}.{key}")
