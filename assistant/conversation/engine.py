"""The conversation: one input in, messages and one prompt out. It knows no terminal.

Where the candidate is, follows from the dossier at every turn; what is remembered here is only what a
person would: what was already told, what is being corrected, which verification code stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.conversation import (
    acts,
    changing,
    choosing,
    claiming,
    digressing,
    going_back,
    overview,
    parting,
    reporting,
    resuming,
    showing,
    telling,
    training,
)
from assistant.conversation.academic_form import RecordsSheet, sheet_of, take_form
from assistant.conversation.arrivals import arrived, news
from assistant.conversation.commands import LANGUAGE_NAMES, command, is_slashed
from assistant.conversation.inputs import Command, Input, Records, Text
from assistant.conversation.memory import Memory
from assistant.conversation.messages import Echoed, Message, Objected, Prompt, Said, Turn, Warned
from assistant.conversation.naming import shown
from assistant.conversation.outside import Outside
from assistant.conversation.sight import Sight
from content.schema import Edition
from flows import challenge
from flows.dependencies import corrected, doubted_by
from flows.dossier import Dossier, Fact, Value
from flows.journey import Place
from flows.situation import Situation
from flows.steps.model import Ask
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.records import Turn as Transaction


class Conversation:
    """One candidate at one terminal, from hello to paid."""

    def __init__(self, outside: Outside, *, language: str = "zh", mode: str = "register") -> None:
        """Begin a conversation; nothing is stored before the first answer.

        Args:
            outside: The parts that do I/O.
            language: ``en`` or ``zh``.
            mode: ``register``, or ``resume`` to begin with the resume code.
        """
        self.outside = outside
        self.language = language
        self.transcript: list[Message] = []
        self.dossier = Dossier()
        self.edition: Edition = outside.edition
        self.registration: str | None = None
        self.code: str | None = None
        self.memory = Memory()
        self._sight = Sight()
        self.finished = False
        if mode == "resume":
            self.memory.mode = resuming.Mode()

    # What faces call -----------------------------------------------------------------------------------

    def open(self) -> Turn:
        """Say hello and stand at the first prompt."""
        hello = Said("said.hello" if self.memory.mode is None else "said.hello-back")
        with self.outside.records.turn() as transaction:
            return self._turn(transaction, [hello])

    def look(self) -> Turn:
        """Say what time or an office has changed since the last turn."""
        with self.outside.records.turn() as transaction:
            return self._turn(transaction, [])

    def go_on(self, code: str) -> Turn:
        """Go on with a registration, without its second secret, for whom a server has kept the place."""
        with self.outside.records.turn() as transaction:
            return self._turn(transaction, resuming.reload(self, transaction, code))

    def take(self, given: Input) -> Turn:
        """Take one input: everything that it changes is one transaction.

        Raises:
            assistant.records.RecordsError: The store could not keep it; nothing of the turn happened.
        """
        before = (self.dossier, self.registration, self.code, self.edition, self.language, self.finished)
        length = len(self.transcript)
        remembered = replace(self.memory, told=set(self.memory.told), drafts=dict(self.memory.drafts))
        try:
            with self.outside.records.turn() as transaction:
                said = self._handle(transaction, given)
                return self._turn(transaction, said)
        except BaseException:
            # The transaction is rolled back; so is what this object believes.
            (self.dossier, self.registration, self.code, self.edition, self.language, self.finished) = before
            self.memory = remembered
            del self.transcript[length:]
            raise

    @property
    def situation(self) -> Situation:
        """Where the candidate stands at this moment."""
        outside = self.outside
        return self._sight.situation(self.dossier, self.edition, outside.content, outside.clock.now())

    def place(self) -> Place:
        """Where the candidate is in the journey at this moment."""
        return self._sight.place(self.situation)

    def prompt(self) -> Prompt:
        """Return the prompt that stands now."""
        return self._prompt(self.place())

    def records(self) -> RecordsSheet:
        """Return what stands on the form of all academic records now."""
        return sheet_of(self.situation, self.memory.drafts)

    # One input -----------------------------------------------------------------------------------------

    def _handle(self, transaction: Transaction, given: Input) -> list[Message]:
        if isinstance(given, Command):
            return self._command(transaction, given)
        if isinstance(given, Records):
            return take_form(self, transaction, given)
        place = self.place()
        prompt = self._prompt(place)
        if isinstance(given, Text):
            typed = command(given.text)
            if typed is not None:
                return self._command(transaction, typed)
            if is_slashed(given.text) and prompt.kind not in {"secret", "file"}:
                return [Objected(prompt.key, (Problem("unknown-command"),))]
            if isinstance(self.memory.mode, choosing.Mode | resuming.Mode) and prompt.kind != "secret":
                asked = digressing.aside(self, transaction, prompt, given.text)
                if asked is not None:
                    return asked
        if self.memory.mode is not None:
            return self.memory.mode.take(self, transaction, given)
        if prompt.kind in {"wait", "end"} or place.ask is None:
            return self._at_rest(transaction, prompt, given)
        return self.answer(transaction, place.ask, prompt, given)

    def answer(self, transaction: Transaction, ask: Ask, prompt: Prompt, given: Input) -> list[Message]:
        """Take an answer to ``ask``, or what stands in its place: a question, a correction in words."""
        if isinstance(given, Text) and prompt.kind != "secret":
            parted = parting.take(self, transaction, ask, prompt, given.text)
            if parted is not None:
                return parted
            aside = digressing.aside(self, transaction, prompt, given.text)
            if aside is not None:
                return aside
        verdict = choosing.judged(ask, prompt, given, self.situation)
        if not verdict.ok or verdict.value is None:
            self._draft(ask, given)
            return [Objected(ask.key, verdict.problems)]
        noted = (*verdict.notes, *verdict.warnings)
        said: list[Message] = [Warned(ask.key, noted)] if noted else []
        kept = self.keep(transaction, ask, verdict.value, said)
        if any(isinstance(each, Objected) and each.key == ask.key for each in kept):
            self._draft(ask, given)
        return kept

    def _draft(self, ask: Ask, given: Input) -> None:
        """Keep what was refused in the field; a verification code is of no use twice."""
        if isinstance(given, Text) and ask.kind == "text" and ask.act != "check-code":
            self.memory.drafts[ask.key] = given.text

    def keep(self, transaction: Transaction, ask: Ask, value: Value, said: list[Message]) -> list[Message]:
        """Perform the act of an ask and keep its facts; say what else they change."""
        self.begin(transaction, said)
        acted = self._act(transaction, ask, value)
        if acted.problems:
            self.forget(transaction, acted.removed)
            return [*said, Objected(ask.key, acted.problems)]
        said += acted.messages
        self.memory.drafts.pop(ask.key, None)
        if ask.act == "choose-exam" and value in {"exam", "province"}:
            return [*said, *changing.start(self, transaction, str(value))]
        if ask.kind not in {"acknowledge", "file"} and ask.act != "check-code":
            told = shown(ask.key, value, self.dossier.put(*acted.facts))
            said.insert(0, Echoed(ask.key, told, correctable=ask.act in changing.CORRECTABLE))
        said += self.learn(transaction, acted.facts)
        self.forget(transaction, acted.removed)
        if acted.then is not None:
            acted.then()
        return said

    def _act(self, transaction: Transaction, ask: Ask, value: Value) -> acts.Acted:
        """Perform the act of an ask; without one, its answer is the fact."""
        now, role = self.situation.now, self.outside.role
        if ask.key in {"mobile", "email"} and "account" in self.dossier:
            problem = self._change_contact(transaction, ask.key, str(value))
            if problem is not None:
                return acts.Acted(problems=(problem,))
        if ask.act is None:
            known: Value = True if ask.kind == "acknowledge" else value
            return acts.Acted((Fact(ask.key, known, now, role),), removed=self._dropped(ask, value))
        acted = self._perform(transaction, ask, value)
        if ask.act == "check-code":
            # Right or wrong, a verification code serves once.
            self.memory.challenge = None
        if acted.refused_role is not None:
            transaction.note(f"refused:{acted.refused_role}", self.code or "", now=now, role=role)
        return acted

    def _dropped(self, ask: Ask, value: Value) -> tuple[str, ...]:
        """Return what is left of a record that the candidate does not want to add after all."""
        if not ask.key.endswith(".add") or value != "no":
            return ()
        record = ask.key.removesuffix("add")
        return tuple(key for key in self.dossier.facts if key.startswith(record) and key != ask.key)

    def _perform(self, transaction: Transaction, ask: Ask, value: Value) -> acts.Acted:
        assert self.registration is not None
        return acts.ACTS[ask.act or ""](
            acts.Acting(
                self.outside,
                transaction,
                self.registration,
                self.situation,
                ask.key,
                value if isinstance(value, str) else "",
                self.memory.challenge,
            )
        )

    def _change_contact(self, transaction: Transaction, key: str, value: str) -> Problem | None:
        """Change what the account holds too; one mobile number belongs to one user (FAQ 11.2)."""
        from assistant.records import MobileTaken

        account, now = self.dossier.text("account"), self.situation.now
        try:
            if key == "mobile":
                transaction.change_mobile(account, value, now=now)
            else:
                transaction.change_email(account, value, now=now)
        except MobileTaken:
            return Problem("mobile-taken", self.situation.exam_and_province)
        return None

    # Facts ---------------------------------------------------------------------------------------------

    def begin(self, transaction: Transaction, said: list[Message]) -> None:
        """Begin to store this registration with the first answer, and say how to come back to it."""
        if self.registration is not None:
            return
        begun = transaction.begin(
            edition=self.edition.id,
            language=self.language,
            content_version=self.outside.content.version,
            now=self.situation.now,
            role=self.outside.role,
        )
        self.registration, self.code = begun.registration, begun.code
        said.append(Said("said.code", {"code": begun.code, "pin": begun.pin}))

    def learn(self, transaction: Transaction, facts: Iterable[Fact]) -> list[Message]:
        """Keep facts, put in doubt what depended on them, and say which answers those are."""
        assert self.registration is not None
        before = self.dossier
        doubted: dict[str, None] = {}
        changed = self.dossier
        for fact in facts:
            earlier = changed.earlier(fact.key)
            if earlier is not None and earlier.value != fact.value:
                doubted.update(dict.fromkeys(doubted_by(changed, fact.key)))
            changed = corrected(changed, fact)
        put = [fact for fact in changed if before.facts.get(fact.key) != fact]
        self.dossier = changed
        self._tell_again(doubted)
        transaction.save(self.registration, put=put, removed=(), now=self.situation.now)
        return changing.aftermath(self, transaction, tuple(doubted))

    def forget(self, transaction: Transaction, keys: Iterable[str]) -> None:
        """Forget facts that no longer hold."""
        assert self.registration is not None
        gone = [key for key in keys if key in self.dossier.facts]
        self.dossier = self.dossier.without(gone)
        transaction.save(self.registration, put=(), removed=gone, now=self.situation.now)

    def doubt(self, transaction: Transaction, keys: Iterable[str]) -> None:
        """Put facts in doubt without a new value: they are asked again."""
        assert self.registration is not None
        doubted = [key for key in keys if key in self.dossier]
        self.dossier = self.dossier.doubting(doubted)
        self._tell_again(doubted)
        put = [self.dossier.facts[key] for key in doubted]
        transaction.save(self.registration, put=put, removed=(), now=self.situation.now)
        if "signature" in doubted:
            transaction.supersede_letters(self.registration, now=self.situation.now)

    def _tell_again(self, doubted: Iterable[str]) -> None:
        """Show a paper anew before it is said to be read: it is filled in for the exam (FAQ 3, 13.2)."""
        self.memory.told -= {telling.READ_IN[key] for key in doubted if key in telling.READ_IN}

    # Commands ------------------------------------------------------------------------------------------

    def _command(self, transaction: Transaction, given: Command) -> list[Message]:
        match given.name:
            case "language":
                return self._language(transaction, given.argument)
            case "quit":
                self.finished = True
                return [Said("said.bye", {"code": self.code})] if self.code else [Said("said.bye-unsaved")]
            case "resume":
                self.memory.mode = resuming.Mode()
                return []
            case "back":
                return going_back.back(self, transaction)
            case "change":
                return changing.start(self, transaction, given.argument)
            case "cancel":
                had, self.memory.mode = self.memory.mode, None
                if isinstance(had, changing.Mode):
                    self.memory.drafts.pop(had.ask.key, None)
                return [Said("said.cancelled" if had else "said.nothing-to-cancel")]
            case "withdraw":
                return changing.withdraw(self, transaction)
            case "say-again":
                return telling.again(self, self.place())
            case _:
                return digressing.command(self, transaction, given)

    def _language(self, transaction: Transaction, argument: str) -> list[Message]:
        other = "en" if self.language == "zh" else "zh"
        self.language = LANGUAGE_NAMES.get(argument.casefold(), other)
        if self.registration is not None:
            transaction.set_language(self.registration, self.language)
        return [Said("said.language")]

    def _at_rest(self, transaction: Transaction, prompt: Prompt, given: Input) -> list[Message]:
        """Take an input where nothing is asked: look again, leave, mend, or a question."""
        picked = choosing.picked(prompt, given, self.outside.content)
        if picked is not None:
            if picked == "leave":
                return self._command(transaction, Command("quit"))
            starts = {"claim": claiming.start, "report": reporting.start}
            if picked in starts:
                return starts[picked](self)
            if picked.startswith("change:"):
                return changing.start(self, transaction, picked.removeprefix("change:"))
            return [Said("said.looked", {"at": self.situation.now})]
        if isinstance(given, Text):
            corrected = changing.in_words(self, transaction, given.text)
            return digressing.question(self, transaction, given.text) if corrected is None else corrected
        return [Objected(prompt.key, (Problem("nothing-to-answer"),))]

    # The turn that comes back --------------------------------------------------------------------------

    def _turn(self, transaction: Transaction, said: list[Message]) -> Turn:
        said += self._receive(transaction)
        place = self.place()
        if self.memory.mode is None:
            said += telling.entering(self, place)
        prompt = self._prompt(place)
        if self.outside.training:
            said = training.marked(said)
        self.transcript += said
        ahead = showing.next_deadline(self.situation)
        return Turn(
            messages=tuple(said),
            prompt=prompt,
            progress=showing.progress(place),
            language=self.language,
            reference=self.code,
            deadline=ahead.at if ahead else None,
            finished=self.finished,
            tasks=overview.tasks(place, self.situation),
            plan=showing.plan(self.situation),
            undo=None if self.finished else going_back.undone_by_back(self),
        )

    def _receive(self, transaction: Transaction) -> list[Message]:
        """Bring what arrived from outside into the dossier; return what is to be told of it."""
        if self.registration is None:
            return []
        account = self.dossier.text("account") or None
        facts = arrived(transaction, self.registration, account, self.dossier, self.situation.now)
        if facts:
            self.dossier = self.dossier.put(*facts)
            transaction.save(self.registration, put=facts, removed=(), now=self.situation.now)
        return news(facts, self.dossier)

    def _prompt(self, place: Place) -> Prompt:
        if self.memory.mode is not None:
            return self.memory.mode.prompt(self)
        if place.ending is not None:
            return showing.prompt_of_ending(place.ending, place)
        if place.wait is not None:
            return showing.prompt_of_wait(place.wait, place)
        if place.ask is None:
            return Prompt(f"end.{place.step.id}", "end", "ask.nothing")
        return self.prompt_of(place.ask)

    def prompt_of(self, ask: Ask) -> Prompt:
        """Make the prompt of an ask, with the draft that was refused still in the field."""
        prompt = showing.prompt_for(ask, self.situation, preset=self.memory.drafts.get(ask.key))
        if ask.act != "check-code":
            return prompt
        if self.memory.challenge is None:
            self.memory.challenge = challenge.make(self.outside.seed(), self.situation.now)
        return replace(prompt, args=self.memory.challenge.args, text=self.memory.challenge.text)
