"""``chengnuo train``: the classroom, and the presenter's notes in a second terminal."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.stopping import USAGE, Stopped
from content.loader import scenarios

if TYPE_CHECKING:
    from assistant.operating import Add

EXAMPLES = """examples:
  chengnuo train                            the library of personas
  chengnuo train degree-2008-08             one persona, at once
  chengnuo train --lang en
  chengnuo train --notes                    the presenter's notes, for a second terminal
  chengnuo train --data ~/course            another training folder; the same for --notes
  chengnuo train --list                     the personas by id

Nothing in it is real: the classroom has a folder, a database and keys of its own and refuses those of an
installation. What is exported goes to its folder `exports`. F1 names the keys, F2 changes the language.
"""


def add_commands(add: Add) -> None:
    """Add the command to the command line."""
    train = add("train", _train, "show a class how registering goes, on a simulated clock")
    train.epilog, train.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    train.add_argument("persona", nargs="?", help="the persona to open with; by default the library")
    train.add_argument("--notes", action="store_true", help="the presenter's notes for the other terminal")
    train.add_argument(
        "--data", type=Path, metavar="FOLDER", help="the training folder; by default the settings'"
    )
    train.add_argument("--list", action="store_true", help="print the personas")


def _train(options: argparse.Namespace) -> int:
    from assistant.settings import from_environment

    settings = from_environment()
    language = options.lang or settings.language
    if options.list:
        return _listed(language, as_json=options.json)
    if options.persona and options.persona not in scenarios():
        raise Stopped(
            f"chengnuo train: there is no persona {options.persona}. `chengnuo train --list` prints them.",
            USAGE,
        )
    from assistant.kiosk.hatches import close_hatches, has_screen

    if not has_screen(os.environ):
        raise Stopped("chengnuo train: it needs a terminal with a full screen; run it in one.", USAGE)
    # Before the framework is imported: it reads the environment then.
    close_hatches("open", os.environ)
    from assistant.trainer.running import run_notes, run_train

    folder = (options.data or settings.classroom).expanduser()
    if options.notes:
        return run_notes(settings, folder, language=language)
    return run_train(settings, folder, persona=options.persona or "", language=language)


def _listed(language: str, *, as_json: bool) -> int:
    import json

    from assistant.trainer.personas import library
    from content.loader import load
    from content.teaching import read_teaching

    for card in library(read_teaching(load())):
        if as_json:
            row = {"id": card.id, "name": card.name(language), "shows": card.shows.said(language)}
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{card.id:<34}  {card.name(language)}")
    return 0
