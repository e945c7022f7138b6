"""The full screen over the real conversation and store, from welcome to paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant import photo
from assistant.cli import run
from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.settings import from_environment
from assistant.starting import content_of, edition_of, opened
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.choices import Choices
from assistant.widgets.transcript import TranscriptView
from tests.assistant.kiosk.quiet import quiet
from tests.journeys.candidate import NUMBER, answer

NOW = datetime(2020, 7, 1, 9, 0)  # noqa: DTZ001 - the clock puts China time on it
MOST = 80


class Visit:
    """One candidate before the full screen."""

    def __init__(self, app: KioskApp, pilot: Pilot[None], clock: SetClock, portrait: Path) -> None:
        self.app, self.pilot, self.clock, self.portrait = app, pilot, clock, portrait
        self.talks: list[Conversation] = []
        self.keys: list[str] = []

    async def settle(self) -> None:
        await quiet(self.app)
        await self.app.workers.wait_for_complete()
        await quiet(self.app)
        await quiet(self.app)

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def one_answer(self) -> None:
        prompt = self.panel.prompt
        assert prompt is not None
        self.keys.append(prompt.key)
        if prompt.key == "subjects":
            await self.press("1", "2", "3", "4")
            await self.press("enter") if self.panel.query_one(Choices).has_focus else await self._type(
                "1 2 3 4"
            )
        elif prompt.kind == "wait":
            self._let_arrive(prompt.key)
            await self.press("1")
        else:
            await self._type(answer(prompt, self.talks[-1].memory.challenge, self.portrait))

    async def _type(self, text: str) -> None:
        self.panel.composer.put(text)
        await self.press("enter")

    def _let_arrive(self, wait: str) -> None:
        known = self.talks[-1].dossier
        match wait:
            case "wait.verification":
                self.clock.advance(timedelta(hours=24))
            case "wait.manual-review":
                code = self.talks[-1].code or ""
                assert run(["review", "decide", code, "pass", "--reason", "原件已核对"]) == 0
            case "wait.application-pay":
                assert run(["payment", "record", known.text("payment.slip"), "--receipt", "R-7"]) == 0


@pytest.mark.req("9.2", "13.6", "13.7")
@pytest.mark.parametrize(("language", "size"), [("zh", (80, 24))])
async def test_a_first_time_candidate_gets_from_welcome_to_paid_on_the_full_screen(
    language: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    portrait = tmp_path / "portrait.jpg"
    photo.sample_photo(portrait)
    people = tmp_path / "people.csv"
    people.write_text(f"id_number,name\n{NUMBER},王小明\n", encoding="utf-8")
    assert run(["authority", "import", str(people)]) == 0

    settings, clock = from_environment(), SetClock(NOW)
    content = content_of(settings)
    with opened(settings, content, clock, edition_of(content, "pilot", clock)) as start:
        allowed = Policy(can_quit=True, any_folder=True, grace=0)
        talks: list[Conversation] = []

        def begin(language: str, mode: str) -> Conversation:
            talks.append(start(language, mode))
            return talks[-1]

        app = KioskApp(content, begin, allowed, language=language)
        async with app.run_test(size=size) as pilot:
            visit = Visit(app, pilot, clock, portrait)
            visit.talks = talks
            await visit.settle()
            await visit.press("1")
            for _ in range(MOST):
                prompt = visit.panel.prompt
                if prompt is not None and prompt.kind == "end":
                    break
                await visit.one_answer()
            talk = talks[-1]
            assert talk.place().step.id == "consequences", visit.keys[-5:]
            assert talk.dossier.text("payment.receipt") == "R-7"
            assert "signature" in talk.dossier
            assert visit.app.screen.query_one(TranscriptView).children
            assert "wait.manual-review" in visit.keys, "the diploma is in no register, so an office decides"
