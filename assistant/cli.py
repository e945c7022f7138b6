"""The commands. Each is thin: it gathers the parts, calls one of them, prints, and returns an exit code.

Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 not answered.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from assistant.clock import Clock, SetClock, SystemClock, in_china
from assistant.files import FileRefusedError
from assistant.settings_file import nothing_is_set
from assistant.starting import content_of, edition_of, opened
from assistant.stopping import Stopped
from content.loader import Content, ContentError, load
from flows.verdict import Problem, RefusedError

if TYPE_CHECKING:
    from assistant.conversation.wording import Wording
    from assistant.settings import Settings

DONE, FAILED, USAGE, NOT_ANSWERED = 0, 1, 2, 3

EXAMPLES = """examples:
  chengnuo                               register, in the full screen
  chengnuo --plain --lang en             the same, line by line
  chengnuo ask "Do I need to bring my diploma?"
  chengnuo check id_number 11010519491231002X
  chengnuo photo process picture.jpg --out photo.jpg
  chengnuo play first-time-clean --json
  chengnuo content list exams
  chengnuo content import notice.txt     a notice with "1. question" and "A: answer" as a content pack
  chengnuo settings                      what is set, and by what
"""


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program's name.

    Returns:
        The exit code.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Names hold characters that a terminal's own encoding may lack; a lost one is shown, never fatal.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = None
    try:
        options = _parser().parse_args(arguments)
        language = options.lang
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except SystemExit as left:
        # How argparse ends: 0 after help, 2 after words that it does not know.
        return left.code if isinstance(left.code, int) else DONE
    except Stopped as stopped:
        return _say(stopped.sentence, stopped.code)
    except ContentError as error:
        return _say(f"The content cannot be used. {error}", FAILED)
    except KeyboardInterrupt:
        return _say("Stopped. What was answered is saved.", 130)
    except BrokenPipeError:
        # Whoever read the output has gone; what is left must not be written at the exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except FileRefusedError as refused:
        return _say(_in_words(refused.problem, language), FAILED)
    except RefusedError as refused:
        return _say(_in_words(Problem(refused.code, refused.arguments), language), FAILED)
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback may hold what people typed
        return _say(_fault(error), FAILED)


def _in_words(problem: Problem, language: str | None) -> str:
    from assistant.conversation.wording import Wording

    try:
        return Wording(load(), language or _settings().language).problem(problem)
    except ContentError as error:
        return f"{problem.code}. The content cannot be used either. {error}"


def _fault(error: Exception) -> str:
    """Name a fault of the program by its kind and place, and nothing of what was typed."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"A fault in Chengnuo: {type(error).__name__} at {Path(place.filename).name}:{place.lineno}. "
        "Answers up to the last question are saved. Report this line."
    )


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a command, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See `{self.prog} --help`.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="chengnuo",
        description="Chengnuo (承诺): registers candidates for China's professional qualification exams.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # What stands before the command holds for it too, so that a command has no defaults of its own.
    common = _common(argparse.SUPPRESS)
    parser.add_argument("--plain", action="store_true", help="line by line: for pipes and screen readers")
    parser.add_argument("--lang", choices=("en", "zh"), help="language of the first screen")
    parser.add_argument(
        "--edition", choices=("pilot", "current"), help="the rules: the 2019 pilot, or since 2021"
    )
    parser.add_argument("--now", type=_moment, help="set the clock, such as 2020-07-01T09:00 (China time)")
    parser.set_defaults(run=_register, json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=help, description=help)
        command.set_defaults(run=run)
        return command

    ask = add("ask", _ask, "answer a question from the notice")
    ask.add_argument("question", nargs="?", help="the question, in Chinese or English")
    ask.add_argument("--pack", type=Path, metavar="FOLDER", help="a content pack in place of the notice")
    ask.add_argument("--batch", metavar="FILE|-", help="a question a line in, a JSON object a line out")
    play = add("play", _play, "play a scenario from facts to outcome")
    play.add_argument("scenario", help="a scenario file, or the name of one that comes with the product")
    check = add("check", _check, "judge one field as the registration would")
    check.add_argument(
        "field", help="name, id_number, mobile, email, password, education_certificate, degree_certificate"
    )
    check.add_argument("value", help="what would be typed")
    photo = add("photo", _photo, "judge or process an ID photo")
    photo.add_argument("act", choices=("check", "process"))
    photo.add_argument("file", type=Path)
    photo.add_argument("--out", type=Path, help="where the processed photo goes; by default beside the file")
    letter = add("letter", _letter, "prove a saved commitment letter unchanged")
    letter.add_argument("act", choices=("verify",))
    letter.add_argument("file", type=Path)
    content = add("content", _content, "check or list the content, import notices, list what found no answer")
    from assistant import content_acts, operating, serving, staffing, supervising, training

    content_acts.add_acts(content, common)
    settings = add("settings", _configure, "print the settings, each with where it comes from")
    settings.add_argument(
        "act", nargs="?", choices=("pin", "example"), help="make the staff PIN's line; print a settings file"
    )
    database = add("db", _database, "look after the database")
    database.add_argument("act", choices=("upgrade", "backup", "verify", "purge"))
    database.add_argument(
        "target",
        nargs="?",
        help="the backup's path, the days without use to purge, or the trail's end to verify against",
    )
    operating.add_commands(add)
    staffing.add_commands(add)
    supervising.add_commands(add)
    training.add_commands(add)
    serving.add_commands(add)
    return parser


def _common(default: str) -> _Parser:
    """Make the options that every command takes."""
    common = _Parser(add_help=False, argument_default=default)
    common.add_argument("--lang", choices=("en", "zh"), help="language; by default the settings'")
    common.add_argument(
        "--edition", choices=("pilot", "current"), help="the rules: the 2019 pilot, or since 2021"
    )
    common.add_argument("--json", action="store_true", help="print one JSON object")
    common.add_argument("--now", type=_moment, help="set the clock, such as 2020-07-01T09:00 (China time)")
    return common


def _moment(text: str) -> datetime:
    try:
        return in_china(datetime.fromisoformat(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a time; write 2020-07-01T09:00") from error


# The journey -------------------------------------------------------------------------------------------


def _register(options: argparse.Namespace) -> int:
    settings = _settings()
    language = options.lang or settings.language
    clock = clock_of(options)
    from assistant.kiosk.hatches import close_hatches, has_screen

    if options.plain or not has_screen(os.environ):
        content = content_of(settings)
        edition = edition_of(content, options.edition or settings.edition, clock)
        with opened(settings, content, clock, edition) as start:
            from assistant.plain import run_plain

            return run_plain(start(language, "register"), _wording_for(content), sys.stdin, sys.stdout)
    close_hatches(settings.policy, os.environ)
    from assistant.kiosk.running import run_kiosk

    return run_kiosk(settings, clock, language=language, edition=options.edition or settings.edition)


def _settings() -> Settings:
    # Imported here: 110 ms for pydantic, which help and wrong usage need not wait for.
    from assistant.settings import from_environment

    return from_environment()


def _wording_for(content: Content) -> Callable[[str], Wording]:
    from assistant.conversation.wording import Wording

    return lambda language: Wording(content, language)


def clock_of(options: argparse.Namespace) -> Clock:
    """Return the clock that the command asks for."""
    return SetClock(options.now) if options.now else SystemClock()


# Questions, scenarios, checks --------------------------------------------------------------------------


def _ask(options: argparse.Namespace) -> int:
    from assistant import asking

    if nothing_is_set(os.environ):
        # What is set takes 110 ms to read, which is most of what a question takes.
        content, wanted = load(), options.edition
    else:
        settings = _settings()
        content, wanted = content_of(settings), options.edition or settings.edition
    edition = edition_of(content, wanted or "pilot", clock_of(options))
    if options.pack and (options.batch or options.question):
        return asking.of_pack(content, options)
    if options.batch:
        return asking.batch(content, options.batch, options.lang, edition.id)
    if not options.question:
        return _say("chengnuo ask: a question is needed, in quotes. See `chengnuo ask --help`.", USAGE)
    return asking.one(content, options.question, options.lang, edition.id, as_json=options.json)


def _play(options: argparse.Namespace) -> int:
    from assistant.play import play
    from assistant.scenario import as_json, read_scenario
    from content.loader import scenarios

    settings = _settings()
    path = scenarios().get(options.scenario) or Path(options.scenario)
    try:
        scenario = read_scenario(path)
    except (ContentError, ValueError) as error:
        # A path that holds a NUL is a ValueError.
        return _say(f"The scenario cannot be used. {error}", FAILED)
    played = play(scenario, content_of(settings), beside=path.parent)
    if options.json:
        print(as_json(played))
    else:
        print(f"{played.title}: {played.outcome}, {played.turns} turns")
        print(" -> ".join(played.path))
        for failure in played.failures:
            print(f"  not as expected: {failure}")
        if played.unasked:
            print(f"  never asked for: {', '.join(played.unasked)}")
    return DONE if played.ok else FAILED


def _check(options: argparse.Namespace) -> int:
    from assistant.conversation.wording import Wording
    from flows.rules.fields import FIELDS, check_field

    if options.field not in FIELDS:
        return _say(f"chengnuo check: there is no field {options.field}. Fields: {', '.join(FIELDS)}.", USAGE)
    settings = _settings()
    wording = Wording(content_of(settings), options.lang or settings.language)
    verdict = check_field(options.field, options.value, _today(options))

    def said(problems: Sequence[Any]) -> list[dict[str, str]]:
        return [{"code": each.code, "message": wording.problem(each)} for each in problems]

    if options.json:
        found = {
            "field": options.field,
            "value": options.value,
            "ok": verdict.ok,
            "normalised": verdict.value,
            "problems": said(verdict.problems),
            "warnings": said((*verdict.notes, *verdict.warnings)),
        }
        print(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"))
    else:
        print(verdict.value if verdict.ok else "-")
        for each in said((*verdict.problems, *verdict.notes, *verdict.warnings)):
            print(f"  {each['message']}")
    return DONE if verdict.ok else FAILED


def _today(options: argparse.Namespace) -> date:
    return clock_of(options).now().date()


def _photo(options: argparse.Namespace) -> int:
    from assistant import judging

    settings = _settings()
    return judging.photo(options, content_of(settings), options.lang or settings.language)


def _letter(options: argparse.Namespace) -> int:
    from assistant import judging

    settings = _settings()
    return judging.letter(options, settings, content_of(settings), options.lang or settings.language)


def _content(options: argparse.Namespace) -> int:
    from assistant import content_acts

    settings = _settings()
    content = content_of(settings)
    return content_acts.run(options, settings, content, _wording_for(content))


def _configure(options: argparse.Namespace) -> int:
    from assistant import configuring

    return configuring.run(options)


def _database(options: argparse.Namespace) -> int:
    from assistant import operating

    return operating.database(options, _settings(), clock_of(options))
