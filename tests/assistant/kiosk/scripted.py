"""A conversation that follows a script: what a face does is tested without an engine or a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from assistant.conversation.academic_form import RecordsSheet
from assistant.conversation.inputs import Command, Input, Text
from assistant.conversation.messages import (
    Answered,
    Citation,
    Echoed,
    Message,
    Objected,
    Option,
    Plan,
    Progress,
    Prompt,
    Said,
    Task,
    Turn,
)
from flows.steps import STEPS
from flows.verdict import Named, Problem, RefusedError

HERE = Progress("account-rules", 11, "register", 8, 22, ("system", "scope", "notice", "promises"))
TASKS = tuple(
    Task(step.id, step.item, step.stage, "here", needs=(Named("fact", "name"),))
    if step.id == HERE.step
    else Task(step.id, step.item, step.stage, "done")
    if step.id in HERE.passed
    else Task(
        step.id,
        step.item,
        step.stage,
        "ahead",
        Said(f"tasks.brief.{step.id}"),
        (),
        Said(f"tasks.after.{step.id}"),
    )
    for step in STEPS
)

NAME = Prompt("name", "text", "ask.name", help="help.name", example="example.name", ticks="name")
MOBILE = Prompt("mobile", "text", "ask.mobile", help="help.mobile", private=True, ticks="mobile")
PASSWORD = Prompt("password", "secret", "ask.password", help="help.password", private=True, ticks="password")
FIRST_TIME = Prompt(
    "first_time",
    "choice",
    "ask.first_time",
    help="help.first_time",
    options=(
        Option("yes", Named("word", "option.first_time.yes")),
        Option("no", Named("word", "option.first_time.no")),
    ),
)
PROVINCES = ("beijing", "shanghai", "jiangsu", "zhejiang", "anhui", "fujian", "jiangxi", "shandong", "henan")
PROVINCE = Prompt(
    "province",
    "choice",
    "ask.province",
    help="help.province",
    options=tuple(Option(id, Named("province", id)) for id in (*PROVINCES, "hubei", "hunan")),
)
SUBJECTS = Prompt(
    "subjects",
    "several",
    "ask.subjects",
    help="help.subjects",
    options=tuple(Option(id, Named("province", id)) for id in ("beijing", "shanghai", "jiangsu")),
)
CONFIRM = replace(FIRST_TIME, key="application.confirm", irreversible=True)
PHOTO = Prompt("photo", "file", "ask.photo", help="help.photo")
END = Prompt("end.consequences", "end", "ask.nothing")


@dataclass
class FakeConversation:
    """Stands at the prompts of a script in order.

    Attributes:
        script: The prompts.
        refuses: Answers by prompt that are objected to.
        fails: What is raised when a text is put in.
        waits: What is called inside every turn: a test can hold it.
        given: Everything that was put in.
        sheet: What stands on the form of all records.
        plan: The deadlines.
    """

    script: tuple[Prompt, ...]
    language: str = "en"
    refuses: Mapping[str, Problem] = field(default_factory=dict)
    fails: Mapping[str, Exception] = field(default_factory=dict)
    waits: Callable[[], object] = lambda: None
    given: list[Input] = field(default_factory=list)
    transcript: list[Message] = field(default_factory=list)
    at: int = 0
    reference: str | None = None
    gone_on: str = ""
    sheet: RecordsSheet | None = None
    plan: Plan | None = None

    def records(self) -> RecordsSheet:
        assert self.sheet is not None
        return self.sheet

    def open(self) -> Turn:
        return self._turn([Said("said.hello")])

    def go_on(self, code: str) -> Turn:
        self.gone_on = code
        return self._turn([Said("said.resumed", {"code": code})])

    def take(self, given: Input) -> Turn:
        self.waits()
        self.given.append(given)
        typed = given.text if isinstance(given, Text) else ""
        if typed in self.fails:
            raise self.fails[typed]
        match given:
            case Command("language", language):
                self.language = language
                return self._turn([])
            case Command("back"):
                self.at = max(0, self.at - 1)
                return self._turn([])
            case Command("ask", question):
                return self._turn([Answered(question, "answered", (Citation(5, "5.1"),))])
            case Command("quit"):
                return self._turn([Said("said.bye-unsaved")], finished=True)
            case Command():
                return self._turn([])
        if typed in self.refuses:
            return self._turn([Objected(self.script[self.at].key, (self.refuses[typed],))])
        if typed.endswith("?"):
            return self._turn([Answered(typed, "answered", (Citation(5, "5.1"),))])
        key = self.script[self.at].key
        self.at += 1
        self.reference = "ABCD-2345"
        return self._turn([Echoed(key, typed)] if typed else [])

    def _turn(self, said: list[Message], *, finished: bool = False) -> Turn:
        self.transcript += said
        prompt = self.script[min(self.at, len(self.script) - 1)]
        undo = Said("undo.fact", {"fact": Named("fact", self.script[self.at - 1].key)}) if self.at else None
        return Turn(
            tuple(said),
            prompt,
            HERE,
            self.language,
            self.reference,
            finished=finished,
            tasks=TASKS,
            plan=self.plan,
            undo=undo,
        )


def refused(code: str) -> RefusedError:
    return RefusedError(code)
