"""Questions and commands in the middle: they are answered, and the same prompt stands there again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation import around, changing, choosing, showing
from assistant.conversation.commands import LISTED
from assistant.conversation.inputs import Command, Text
from assistant.conversation.messages import (
    Answered,
    Card,
    Citation,
    Message,
    Objected,
    Option,
    Prompt,
    Row,
    Said,
)
from assistant.conversation.naming import generic
from flows import text
from flows.steps import BY_ID
from flows.verdict import Named, Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.letter import Sealed
    from assistant.records import Turn


def aside(conversation: Conversation, turn: Turn, prompt: Prompt, typed: str) -> list[Message] | None:
    """Take what is no answer to the prompt: a correction in words, or a question; ``None`` for an answer."""
    from assistant.answers import looks_like_question

    if prompt.options and choosing.picked(prompt, Text(typed), conversation.outside.content) is not None:
        return None
    if conversation.memory.mode is None:
        corrected = changing.in_words(conversation, turn, typed)
        if corrected is not None:
            return corrected
    if looks_like_question(typed, conversation.language):
        return question(conversation, turn, typed)
    return None


def question(conversation: Conversation, _: Turn, typed: str) -> list[Message]:
    """Answer a question from the notice, or say honestly that the notice does not answer it."""
    asked = text.cut(text.clean(typed))[0].strip()
    if not asked:
        return [Objected("ask", (Problem("question-empty"),))]
    found = conversation.outside.answers.ask(asked, conversation.language, conversation.edition.id)
    return [around.answer(conversation, asked, found)]


def command(conversation: Conversation, turn: Turn, given: Command) -> list[Message]:
    """Carry out a command that changes nothing."""
    situation = conversation.situation
    match given.name:
        case "why":
            return _why(conversation)
        case "help":
            names = LISTED[conversation.language]
            title = "said.help"
            rows = tuple(
                Row(f"command.{key}", f"/{name}") for key, name in zip(LISTED["en"], names, strict=True)
            )
            return [Card("status", title, rows)]
        case "status":
            return [showing.status(situation, conversation.place())]
        case "plan":
            card = showing.plan(situation)
            return [card] if card else [Said("said.no-plan")]
        case "ask":
            if not given.argument:
                return [Said("said.ask-anything")]
            return question(conversation, turn, given.argument)
        case "item":
            return _item(conversation, given.argument)
        case "original":
            return _original(conversation, given.argument)
        case "letter":
            return _keep_letter(conversation, turn, given.argument)
        case "characters":
            return _characters(conversation, given.argument)
        case _:
            return [Objected("command", (Problem("unknown-command"),))]


def _why(conversation: Conversation) -> list[Message]:
    place = conversation.place()
    key = generic(conversation.prompt().key)
    known = conversation.outside.content.words["en"]
    said: list[Message] = [Said(f"why.{key}" if f"why.{key}" in known else f"why.step.{place.step.id}")]
    item = BY_ID[place.step.id].item
    first = conversation.outside.content.item(item, "en").paragraphs[0].id
    return [*said, Answered("", "answered", (Citation(item, first),))]


def _number(argument: str) -> int | None:
    number = text.field(argument).removesuffix("条").removeprefix("第")
    return int(number) if number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= 18 else None


def _item(conversation: Conversation, argument: str) -> list[Message]:
    number = _number(argument)
    if number is None:
        return [Objected("item", (Problem("item-number"),))]
    paragraphs = conversation.outside.content.item(number, "en").paragraphs
    around.note(conversation, number)
    return [Answered("", "answered", tuple(Citation(number, each.id) for each in paragraphs))]


def _original(conversation: Conversation, argument: str) -> list[Message]:
    """Show the garbled places of an item as they were printed, and how they are read."""
    number = _number(argument) or conversation.memory.last_item or conversation.place().step.item
    errata = [each for each in conversation.outside.content.errata if each.item == number]
    if not errata:
        return [Said("said.no-errata", {"item": number})]
    rows = tuple(
        Row(label, value)
        for each in errata
        for label, value in (
            ("errata.printed", each.printed),
            ("errata.corrected", each.corrected),
            ("errata.why", each.why.said(conversation.language)),
        )
    )
    return [Card("status", "errata.title", rows, args={"item": number})]


def _keep_letter(conversation: Conversation, turn: Turn, argument: str) -> list[Message]:
    """Write the sealed letter where the candidate says (FAQ 5.3)."""
    from assistant import letter

    kept = turn.letters(conversation.registration) if conversation.registration else ()
    standing = next((each for each in reversed(kept) if each.superseded_at is None), None)
    if standing is None:
        return [Objected("letter", (Problem("letter-none"),))]
    sealed = letter.verify_bytes(standing.file, expected=standing.sha256).letter
    if sealed is None:
        return [Objected("letter", (Problem("letter-none"),))]
    if conversation.outside.out is not None:
        return _send_letter(sealed, conversation.outside.out, standing.sha256)
    try:
        folder = Path(argument or ".").expanduser()
        path = folder / sealed.file_name if folder.is_dir() else folder
    except (OSError, RuntimeError, ValueError):
        return [Objected("letter", (Problem("file-name"),))]
    problem = letter.write(sealed, path)
    if problem is not None:
        return [Objected("letter", (problem,))]
    return [Said("said.letter-kept", {"path": str(path.resolve()), "sha256": standing.sha256})]


def _send_letter(sealed: Sealed, out: Path, sha256: str) -> list[Message]:
    """Put the letter where the page in the browser fetches it, whatever place was named."""
    from assistant import letter

    path = out / sealed.file_name
    try:
        out.mkdir(mode=0o700, exist_ok=True)
        problem = None if path.exists() else letter.write(sealed, path)
    except OSError:
        problem = Problem("file-name")
    if problem is not None:
        return [Objected("letter", (problem,))]
    return [Said("said.letter-sent", {"file": sealed.file_name, "sha256": sha256})]


def _characters(conversation: Conversation, argument: str) -> list[Message]:
    """Find an uncommon character and put it into the name; ``王 zhe`` keeps ``王`` (FAQ 11.3)."""
    from flows import characters

    before, _, wanted = argument.strip().rpartition(" ")
    if not wanted:
        return [Said("said.characters-help")]
    found = characters.find(wanted)
    if not found:
        return [Objected("characters", (Problem("character-not-found"),))]
    if conversation.prompt().key != "name":
        rows = tuple(Row("characters.row", (each.char, each.code, *each.pinyin)) for each in found)
        return [Card("status", "characters.title", rows)]
    options = (
        *(Option(each.char, (each.char, each.code, *each.pinyin)) for each in found),
        Option("none", Named("word", "option.characters.none")),
    )
    start = before or conversation.memory.drafts.get("name", "")

    def then(conversation: Conversation, _: Turn, char: str) -> list[Message]:
        if char == "none":
            return [Said("said.characters-help")]
        conversation.memory.drafts["name"] = f"{start}{char}"
        return [Said("said.character-taken", {"name": f"{start}{char}"})]

    prompt = Prompt("characters", "choice", "ask.characters", help="help.characters", options=options)
    conversation.memory.mode = choosing.Mode(prompt, then)
    return []
