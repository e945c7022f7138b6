"""One candidate before the full screen over a real store, and the offices behind it."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from assistant import photo
from assistant.cli import run
from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.conversation.messages import Prompt
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import policy
from assistant.settings import Settings
from assistant.starting import content_of, edition_of, opened
from assistant.widgets.ask_panel import AskPanel
from flows import challenge
from tests.assistant.kiosk.fingers import Fingers
from tests.assistant.kiosk.quiet import quiet
from tests.journeys.candidate import ANSWERS, NUMBER

NOW = datetime(2020, 7, 1, 9, 0)  # noqa: DTZ001 - the clock puts China time on it
MOST = 80
"""Prompts after which a walk is lost."""

CERTIFICATE = (
    f"kind,number,name,level,year\neducation,{ANSWERS['education.0.certificate']},王小明,bachelor,2005\n"
)

SUBJECTS = (1, 2, 3, 4)
"""The numbers of the subjects that are ticked."""


class Visit:
    """What a person sees and does at the terminal, and what the offices behind it do meanwhile."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], clock: SetClock, talks: list[Conversation]) -> None:
        self.app, self.pilot, self.clock, self.talks = app, pilot, clock, talks
        self.pressed: Counter[str] = Counter()
        """Key presses beyond the data by the prompt that they were for."""
        self.data: Counter[str] = Counter()
        """Characters of the data, and keys that pick."""
        self.fingers = Fingers(app)

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    @property
    def prompt(self) -> Prompt:
        prompt = self.panel.prompt
        assert prompt is not None, "no prompt stands"
        return prompt

    @property
    def talk(self) -> Conversation:
        return self.talks[-1]

    async def moved_on(self, prompt: Prompt | None) -> None:
        """Wait until a turn brought another prompt than this one, or the same one anew."""
        for _ in range(4000):
            await asyncio.sleep(0.005)
            standing = next((each.prompt for each in self.app.screen.query(AskPanel)), None)
            if standing is not None and standing is not prompt and not self.panel.locked:
                break
        await quiet(self.app)

    # The other side ------------------------------------------------------------------------------------

    def let_arrive(self, wait: str) -> None:
        """Let the day pass that a verification takes, or let the cashier record the payment."""
        match wait:
            case "wait.verification":
                self.clock.advance(timedelta(hours=24))
            case "wait.application-pay":
                slip = self.talk.dossier.text("payment.slip")
                assert run(["payment", "record", slip, "--receipt", "R-7"]) == 0

    def typed(self, prompt: Prompt) -> str:
        """Return what this candidate types at a prompt."""
        if prompt.key.endswith(".code"):
            standing = self.talk.memory.challenge
            assert standing is not None
            return challenge.answer(standing)
        return ANSWERS[prompt.key]

    def numbers(self, prompt: Prompt) -> tuple[int, ...]:
        """Return the numbers of the options that this candidate picks."""
        if prompt.kind == "several":
            return SUBJECTS
        if prompt.kind in {"acknowledge", "wait", "file"}:
            return (1,)
        ids = [option.id for option in prompt.options]
        return (ids.index(ANSWERS[prompt.key]) + 1,)

    def assert_paid(self) -> None:
        """The registration is signed and paid."""
        assert self.talk.place().step.id == "consequences", list(self.pressed)[-5:]
        assert self.talk.dossier.text("payment.receipt") == "R-7"
        assert self.talk.dossier.text("name") == "王小明"
        assert self.talk.dossier.text("education.0.school") == ANSWERS["education.0.school"]
        assert "signature" in self.talk.dossier


@asynccontextmanager
async def visiting(
    home: Path, *, language: str = "zh", size: tuple[int, int] = (80, 24), keyboard: bool = False
) -> AsyncIterator[Visit]:
    """Open a kiosk over a store of its own, where the registers know the candidate and the diploma."""
    stick = home / "stick"
    stick.mkdir()
    photo.sample_photo(stick / "portrait.jpg")
    settings = Settings(data=home / "data", keys=home / "keys")
    clock = SetClock(NOW)
    content = content_of(settings)
    # A person takes longer to read a question than the moment in which Enter answers nothing.
    allowed = replace(policy("kiosk", (stick,)), grace=0)
    with _variables(CHENGNUO_DATA=str(settings.data), CHENGNUO_KEYS=str(settings.keys)):
        _register(home)
        with opened(settings, content, clock, edition_of(content, "pilot", clock)) as start:
            talks: list[Conversation] = []

            def begin(language: str, mode: str) -> Conversation:
                talks.append(start(language, mode))
                return talks[-1]

            app = KioskApp(content, begin, allowed, language="zh", keyboard=keyboard)
            async with app.run_test(size=size) as pilot:
                visit = Visit(app, pilot, clock, talks)
                await quiet(app)
                yield visit


def _register(home: Path) -> None:
    """Tell the registers of identities and diplomas what they know."""
    people, certificates = home / "people.csv", home / "certificates.csv"
    people.write_text(f"id_number,name\n{NUMBER},王小明\n", encoding="utf-8")
    certificates.write_text(CERTIFICATE, encoding="utf-8")
    for file in (people, certificates):
        assert run(["authority", "import", str(file)]) == 0


@contextmanager
def _variables(**values: str) -> Iterator[Mapping[str, str]]:
    with patch.dict(os.environ, values):
        yield values
