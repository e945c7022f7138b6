"""Makes sentences of text ids and arguments, and blocks of messages, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from assistant.conversation import answering, papers
from assistant.conversation.blocks import Asked, AskedOption, Block, Line, Moment, Pair, Part, Quote
from assistant.conversation.known_as import findable
from assistant.conversation.messages import (
    Answered,
    Card,
    Deadline,
    Document,
    Echoed,
    Message,
    Objected,
    Option,
    Plan,
    Progress,
    Prompt,
    Row,
    Said,
    Warned,
)
from content.loader import Content
from content.schema import City, Exam, Level, Major, Province, Subject, VerificationPoint
from flows.text import clean
from flows.verdict import NO_ARGS, Arg, Named, Problem


class Wording:
    """The product's sentences in one language. All that it returns is safe to show."""

    def __init__(self, content: Content, language: str) -> None:
        """Speak ``language`` (``en`` or ``zh``)."""
        self.content = content
        self.language = language

    @property
    def chinese(self) -> bool:
        """Whether it speaks Chinese."""
        return self.language == "zh"

    # Sentences -----------------------------------------------------------------------------------------

    def has(self, key: str) -> bool:
        """Whether there is a sentence ``key``."""
        return key in self.content.words[self.language]

    def text(self, key: str, args: Mapping[str, Arg] = NO_ARGS) -> str:
        """Fill the sentence ``key``.

        Raises:
            KeyError: There is no such sentence, or it has a place that ``args`` does not fill.
        """
        template = self.content.words[self.language][key]
        return clean(template.format_map({name: self.arg(value) for name, value in args.items()}))

    def problem(self, problem: Problem) -> str:
        """Say a problem, warning or note."""
        return self.text(f"problem.{problem.code}", problem.args)

    def fact(self, key: str) -> str:
        """Name a fact; one of several records has its number after it."""
        name = self.text(f"fact.{_generic(key)}")
        number = next((part for part in key.split(".") if part.isdigit()), None)
        return (
            name if number is None else self.text("face.numbered", {"fact": name, "number": int(number) + 1})
        )

    def arg(self, arg: Arg) -> str:
        """Say one argument as it stands within a sentence."""
        match arg:
            case Named():
                return clean(self._named(arg))
            case Problem():
                return self.problem(arg)
            case tuple():
                return self._list([self.arg(each) for each in arg])
            case datetime():
                return self._moment(arg)
            case date():
                return self._day(arg)
            case float():
                return f"{arg:g}"
            case _:
                return clean(str(arg))

    def value(self, arg: Arg) -> str:
        """Say one argument as it stands alone in a row: several things are set side by side."""
        if isinstance(arg, tuple):
            return ("、" if self.chinese else ", ").join(each for each in map(self.arg, arg) if each)
        return self.arg(arg)

    # Messages ------------------------------------------------------------------------------------------

    def message(self, message: Message) -> Block:
        """Put a message into words."""
        match message:
            case Said(text, args):
                return Block("said", _lines(self.text(text, args)))
            case Echoed(key, value, correctable):
                said = Pair(self._label(key), self.value(value), key if correctable else None)
                return Block("echoed", (said,), key=said.key)
            case Objected(key, problems):
                return Block("objected", tuple(Line(self._of(key, each)) for each in problems), key=key)
            case Warned(key, problems):
                return Block("warned", tuple(Line(self._of(key, each)) for each in problems), key=key)
            case Answered():
                return answering.answer(message, self)
            case Card():
                return self._card(message)
            case Plan():
                return self._plan(message)
            case Document(kind):
                body = clean(message.zh if self.chinese else message.en)
                paper = tuple(papers.lines(body, self._paper_headings()))
                return Block("document", paper, self.text(f"face.document.{kind}"), kind)

    def prompt(self, prompt: Prompt) -> Asked:
        """Put a prompt into words; help and example stay out where nothing is written for them."""
        help_ = self.text(prompt.help, prompt.args) if prompt.help and self.has(prompt.help) else ""
        example = prompt.example if prompt.example and self.has(prompt.example) else ""
        return Asked(
            question=self.text(prompt.text, prompt.args),
            help=tuple(line for line in help_.split("\n") if line),
            example=self.text(example, prompt.args) if example else "",
            options=tuple(self._option(each) for each in prompt.options),
        )

    def progress(self, progress: Progress) -> str:
        """Say where the candidate is: ``Step 5 of 22: Account``."""
        named: dict[str, Arg] = {
            "number": progress.number,
            "of": progress.of,
            "step": Named("step", progress.step),
        }
        return self.text("face.progress", named)

    def passage(self, progress: Progress) -> Block:
        """Put what the notice says about a step into words: its paragraph, or all of its item."""
        item = self.content.item(progress.item, self.language)
        said = [each for each in item.paragraphs if each.id == progress.paragraph] or item.paragraphs
        parts: list[Part] = [Line(clean(item.title), "heading")]
        for each in said:
            place: dict[str, Arg] = {"item": progress.item, "paragraph": each.id}
            parts.append(Quote(self.text("face.paragraph", place), clean(each.text)))
        return Block("answered", tuple(parts), variant="passage")

    def _of(self, key: str, problem: Problem) -> str:
        """Say a problem; of records there are several, so there the field is named before it."""
        said = self.problem(problem)
        numbered = any(part.isdigit() for part in key.split("."))
        label = self._label(key) if numbered else ""
        return self.text("face.pair", {"label": label, "value": said}) if label else said

    def _paper_headings(self) -> frozenset[str]:
        """Return the titles and headings of all papers."""
        found = self.content.papers.values()
        said = [heading for each in found for heading in (each.title, *(part.heading for part in each.parts))]
        return frozenset(heading.said(self.language) for heading in said)

    # Parts of messages ---------------------------------------------------------------------------------

    def _card(self, card: Card) -> Block:
        parts: list[Part] = [
            Pair(self._row_label(row, card), self.value(row.value), row.key, row.large) for row in card.rows
        ]
        if card.warning is not None:
            parts.append(Line(self.text(card.warning, card.args), "warning"))
        return Block("card", tuple(parts), self.text(card.title, card.args), card.kind)

    def _plan(self, plan: Plan) -> Block:
        """Put the plan into words, this moment among its dates; what falls on it is over."""
        over = [self._date(each, plan.now) for each in plan.deadlines if each.at <= plan.now]
        ahead = [self._date(each, plan.now) for each in plan.deadlines if each.at > plan.now]
        now = Moment(self.text("plan.now"), self.arg(plan.now), self.text("away.today"), "now", 0)
        parts: list[Part] = [*over, now, *ahead]
        if plan.warning is not None:
            parts.append(Line(self.text(plan.warning, plan.args), "warning"))
        return Block("card", tuple(parts), self.text(plan.title, plan.args), "plan")

    def _date(self, deadline: Deadline, now: datetime) -> Moment:
        days = (deadline.at.date() - now.astimezone(deadline.at.tzinfo).date()).days
        over = deadline.at <= now
        return Moment(
            self.text(deadline.label),
            self.arg(deadline.at),
            self._away(days, over=over),
            "past" if over else "ahead",
            days,
            deadline.closing,
        )

    def _away(self, days: int, *, over: bool) -> str:
        """Say how far away a day is. One day has a word of its own, so a number is always several."""
        key = {-1: "away.yesterday", 0: "away.over-today" if over else "away.later-today", 1: "away.tomorrow"}
        return self.text(key.get(days, "away.days-ago" if over else "away.in-days"), {"days": abs(days)})

    def _option(self, option: Option) -> AskedOption:
        return AskedOption(
            option.id,
            self.value(option.label),
            self.text(option.hint) if option.hint else "",
            self.problem(option.refused) if option.refused else "",
            findable(option, self.content).names,
        )

    def _label(self, key: str) -> str:
        # Some echoes answer a question that is no fact, such as whether to add a record.
        return self.fact(key) if self.has(f"fact.{_generic(key)}") else ""

    def _row_label(self, row: Row, card: Card) -> str:
        label = self.text(row.label, card.args)
        number = next((part for part in (row.key or "").split(".") if part.isdigit()), None)
        if number is None:
            return label
        return self.text("face.numbered", {"fact": label, "number": int(number) + 1})

    # Arguments -----------------------------------------------------------------------------------------

    def _list(self, said: list[str]) -> str:
        if len(said) < 2:
            return "".join(said)
        comma, last = ("、", "和") if self.chinese else (", ", " and ")
        return comma.join(said[:-1]) + last + said[-1]

    def _day(self, day: date) -> str:
        if self.chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {day:%B %Y}"

    def _moment(self, moment: datetime) -> str:
        # In Chinese nobody thinks of another zone; in English a reader may sit in one.
        said = f"{self._day(moment.date())} {moment:%H:%M}"
        return said if self.chinese else f"{said} (China time)"

    def _named(self, named: Named) -> str:
        found = self._in_catalogue(named.kind, named.id.split("/"))
        if found is not None:
            return found
        if named.kind == "word":
            return self.text(named.id)
        if named.kind == "item":
            return self._item(named.id)
        if named.kind == "fact":
            return self.fact(named.id)
        if named.kind == "step":
            return self.text(f"step.{named.id}")
        # An id that the catalogue no longer knows, in a registration of an older content version.
        return named.id.rpartition("/")[2]

    def _item(self, id: str) -> str:
        """Name what is verified; a record has its number after it: ``education.0`` is ``Education 1``."""
        name, _, index = id.partition(".")
        said = self.text(f"item.{name}")
        return self.text("face.numbered", {"fact": said, "number": int(index) + 1}) if index else said

    def _in_catalogue(self, kind: str, ids: list[str]) -> str | None:
        content = self.content
        found: Exam | Province | City | VerificationPoint | Level | Major | Subject | None = None
        match kind, ids:
            case "exam", [exam]:
                found = content.exams.get(exam)
            case "province", [province]:
                found = content.provinces.get(province)
            case "city", [province, city]:
                found = content.city(province, city)
            case "point", [province, id]:
                office = content.office(province)
                found = next((each for each in (office.points if office else ()) if each.id == id), None)
            case "level" | "major" | "subject", [exam, id] if exam in content.exams:
                known = content.exams[exam]
                found = {"level": known.level, "major": known.major, "subject": known.subject}[kind](id)
        return found.name.said(self.language) if found is not None else None


def _generic(key: str) -> str:
    """Leave the number of a record out of a key: ``education.0.school`` becomes ``education.school``."""
    return ".".join(part for part in key.split(".") if not part.isdigit())


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(line) for line in text.split("\n") if line.strip())
