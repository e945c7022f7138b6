"""Takes the pictures of ``docs/`` from the real app, 80×24, in both languages: ``make screens``."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from assistant import photo
from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.settings import Settings
from assistant.starting import content_of, edition_of, opened
from assistant.widgets.ask_panel import AskPanel
from tests.journeys.candidate import NUMBER, answer

HERE = Path(__file__).parent.parent / "docs" / "screens"
SIZE = (80, 24)
NAMES = ("welcome", "question", "error", "answer", "check-your-answers", "letter", "sealed")
QUESTIONS = {"zh": "学历信息保存后可以删除吗？", "en": "Can an education record be deleted after saving?"}


class Tour:
    """Walks one candidate through the app and takes a picture where one is wanted."""

    def __init__(self, language: str, folder: Path) -> None:
        self.language, self.folder = language, folder
        self.clock = SetClock(datetime(2020, 7, 1, 9, 0))  # noqa: DTZ001 - the clock puts China time on it
        self.talks: list[Conversation] = []
        self.portrait = folder / "portrait.jpg"
        photo.sample_photo(self.portrait)

    async def walk(self) -> None:
        """Go from welcome to the sealed letter."""
        settings = Settings(data=self.folder / "data", keys=self.folder / "keys")
        content = content_of(settings)
        edition = edition_of(content, "pilot", self.clock)
        with opened(settings, content, self.clock, edition) as start:
            self.app = KioskApp(content, self._begin(start), Policy(True, any_folder=True, grace=0))
            async with self.app.run_test(size=SIZE) as self.pilot:
                await self._settle()
                await self._press("2" if self.language == "zh" else "1")
                self._take("welcome")
                await self._press("1")
                await self._to("id_number")
                self.panel.composer.put(NUMBER[:-2])
                await self._settle()
                self._take("question")
                await self._press("enter")
                self._take("error")
                await self._to("education.0.school")
                await self._type(QUESTIONS[self.language])
                self._take("answer")
                await self._to("academic.submit")
                self._take("check-your-answers")
                await self._to("signature.name")
                self._take("letter")
                await self._to("application.confirm")
                self._take("sealed")

    def _begin(self, start: Callable[[str, str], Conversation]) -> Callable[[str, str], Conversation]:
        def begin(language: str, mode: str) -> Conversation:
            self.talks.append(start(language, mode))
            return self.talks[-1]

        return begin

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    async def _settle(self) -> None:
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause(0.1)

    async def _press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self._settle()

    async def _type(self, text: str) -> None:
        self.panel.composer.put(text)
        await self._press("enter")

    async def _to(self, key: str) -> None:
        while (prompt := self.panel.prompt) is not None and prompt.key != key:
            if prompt.kind == "wait" and key != prompt.key:
                self.clock.advance(timedelta(hours=24))
                await self._press("1")
            elif prompt.key == "subjects":
                await self._type("1 2 3 4")
            else:
                await self._type(answer(prompt, self.talks[-1].memory.challenge, self.portrait))

    def _take(self, name: str) -> None:
        picture = self.app.export_screenshot(title="Chengnuo")
        # The pictures name no font of another site: a viewer's own fixed-width font is as good.
        picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
        picture = re.sub(r"font-family: ?Fira Code[^;]*;", "font-family: monospace;", picture)
        HERE.mkdir(parents=True, exist_ok=True)
        (HERE / f"{name}-{self.language}-80x24.svg").write_text(picture, encoding="utf-8")


def page() -> str:
    """Return the page that shows all pictures."""
    lines = ["# Screens", "", "At 80×24, taken by `make screens` from the real app.", ""]
    for name in NAMES:
        lines += [f"## {name.replace('-', ' ').capitalize()}", ""]
        lines += [f"![{name}, {language}](screens/{name}-{language}-80x24.svg)" for language in ("zh", "en")]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Take all pictures."""
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(Tour(language, Path(folder)).walk())
    HERE.with_suffix(".md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
