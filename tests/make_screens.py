"""Takes the pictures of ``docs/`` from the real app: ``make screens``.

Each screen at three sizes, in three looks and both languages, in one walk a language over a real store.
"""

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
from assistant.conversation.messages import Prompt
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.idle import IdlePage
from assistant.kiosk.screens.picture import mended
from assistant.kiosk.theme import LOOKS
from assistant.pins import hash_pin
from assistant.records.queue import ReviewFilter
from assistant.settings import Settings
from assistant.staging import VERIFIERS, settle
from assistant.starting import content_of, edition_of, opened
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.keyboard import Keyboard
from flows.permissions import Staff
from flows.roles import Role
from tests.desk_screens import DESK_SCREENS, desk_tour
from tests.journeys.candidate import NUMBER, answer
from tests.trainer_screens import TRAINER_SCREENS, trainer_tour

HERE = Path(__file__).parent.parent / "docs" / "screens"
SIZES = ((80, 24), (120, 40), (160, 50))
THEMES = ("dark", "light", "contrast")
LANGUAGES = ("zh", "en")
SCREENS = {
    "welcome": "The first screen",
    "list": "A long list, narrowed down by pinyin initials or a word",
    "question": "A question, its rules ticking as one types",
    "error": "A problem stands by its field and says how to mend it",
    "keyboard": "The keyboard for touch screens",
    "records": "All education and degree records on one page",
    "answer": "A question of one's own, answered from the notice",
    "review": "Check your answers, before a point of no return",
    "steps": "The task list: now, not yet and why, done",
    "deadlines": "The deadlines, from the closing date backwards",
    "waiting": "Waiting: when to come back, and the code large and as QR",
    "letter": "The commitment letter, to read and sign",
    "confirm": "The last look before confirming",
    "done": "Registered: the reference, what comes next, what to keep",
    "help": "Help, by F1",
    "idle": "Are you still there?",
    "staff": "The staff PIN",
}
QUESTIONS = {"zh": "学历信息保存后可以删除吗？", "en": "Can an education record be deleted after saving?"}
NARROWING = {"zh": "js", "en": "jiang"}


class Tour:
    """Walks one candidate through the app and takes pictures on the way."""

    def __init__(self, language: str, folder: Path) -> None:
        self.language, self.folder = language, folder
        self.clock = SetClock(datetime(2020, 7, 1, 9, 0))  # noqa: DTZ001 - the clock puts China time on it
        self.talks: list[Conversation] = []
        self.portrait = folder / "portrait.jpg"
        photo.sample_photo(self.portrait)

    async def walk(self) -> None:
        """Go from welcome to paid."""
        settings = Settings(data=self.folder / "data", keys=self.folder / "keys")
        content = content_of(settings)
        edition = edition_of(content, "pilot", self.clock)
        allowed = Policy(False, any_folder=True, grace=0, staff_key=True)
        with opened(settings, content, self.clock, edition) as start:
            self.app = KioskApp(
                content,
                self._begin(start),
                allowed,
                language=self.language,
                staff_pin=hash_pin("2580"),
                keyboard=True,
            )
            async with self.app.run_test(size=SIZES[0]) as self.pilot:
                await self._settle()
                await self._take("welcome")
                await self._press("1")
                await self._register()
                await self._apply()

    async def _register(self) -> None:
        await self._to("province")
        await self._press(*NARROWING[self.language])
        await self._take("list")
        self.panel.composer.put("")
        await self._to("id_number")
        self.panel.composer.put(NUMBER[:-2])
        await self._settle()
        await self._take("question")
        await self._press("enter")
        await self._take("error")
        keyboard = self.app.screen.query_one(Keyboard)
        keyboard.display = True
        await self._settle()
        if not keyboard.open:
            keyboard.toggle()
        await self._settle()
        await self._take("keyboard")
        await self._to("education.0.school")
        await self._press("f8")
        await self._take("records")
        await self._press("escape")
        self._fold()
        await self._type(QUESTIONS[self.language])
        await self._take("answer")
        await self._to("academic.submit")
        await self._take("review")
        await self._press("f9")
        await self._take("steps")
        await self._press("2")
        await self._take("deadlines")
        await self._press("escape")
        await self._to("wait.verification")
        await self._take("waiting")

    async def _apply(self) -> None:
        await self._to("signature.name")
        await self._take("letter")
        await self._press("f1")
        await self._take("help")
        await self._press("escape")
        self.app.push_screen(IdlePage(45, self.talks[-1].code))
        await self._settle()
        await self._take("idle")
        self.app.pop_screen()
        await self._settle()
        await self._press("f12")
        await self._take("staff")
        await self._press("escape")
        await self._to("application.confirm")
        await self._take("confirm")
        await self._to("wait.manual-review")
        talk, now = self.talks[-1], self.clock.now()
        with talk.outside.records.turn() as turn:
            for case in turn.review_page(ReviewFilter(), by=VERIFIERS[0], now=now).rows:
                settle(turn, case.registration, "pass", "seen", now)
        await self._to("wait.application-pay")
        with talk.outside.records.turn() as turn:
            slip = talk.dossier.text("payment.slip")
            turn.take_payment(slip, receipt="2020-0001", by=Staff("c", frozenset({Role.CASHIER})), now=now)
        await self._to("end.consequences")
        await self._take("done")

    # At the terminal -----------------------------------------------------------------------------------

    def _begin(self, start: Callable[[str, str], Conversation]) -> Callable[[str, str], Conversation]:
        def begin(language: str, mode: str) -> Conversation:
            self.talks.append(start(language, mode))
            return self.talks[-1]

        return begin

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    def _fold(self) -> None:
        """Put the keyboard away: it stands in a picture of its own."""
        self.app.screen.query_one(Keyboard).display = False

    async def _settle(self) -> None:
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause(0.05)

    async def _press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self._settle()

    async def _type(self, text: str) -> None:
        self.panel.composer.put(text)
        await self._press("enter")

    async def _to(self, key: str) -> None:
        self._fold()
        while (prompt := self.panel.prompt) is not None and prompt.key != key:
            await self._answer(prompt)

    async def _answer(self, prompt: Prompt) -> None:
        if prompt.kind == "wait":
            self.clock.advance(timedelta(hours=24))
            await self._press("1")
        elif prompt.key == "subjects":
            await self._type("1 2 3 4")
        else:
            if prompt.key == "application.read":
                await self._press("ctrl+end")
            await self._type(answer(prompt, self.talks[-1].memory.challenge, self.portrait))

    async def _take(self, name: str) -> None:
        """Take a picture at every size and in every look."""
        for width, height in SIZES:
            await self.pilot.resize_terminal(width, height)
            await self._settle()
            for look in THEMES:
                self.app.theme = LOOKS[look].name
                await self.pilot.pause()
                picture = slim(self.app.export_screenshot(title="Chengnuo"))
                HERE.mkdir(parents=True, exist_ok=True)
                file = HERE / f"{name}-{self.language}-{width}x{height}-{look}.svg"
                file.write_text(picture, encoding="utf-8")
        self.app.theme = LOOKS[THEMES[0]].name
        await self.pilot.resize_terminal(*SIZES[0])
        await self._settle()


def slim(picture: str) -> str:
    """Mend a picture, and leave out what it does without: a clipping path for every line."""
    picture = mended(picture)
    picture = re.sub(r"<clipPath id=\"[^\"]*-line-\d+\">.*?</clipPath>\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r" clip-path=\"url\(#[^\"]*-line-\d+\)\"", "", picture)
    picture = re.sub(r"terminal-\d+-", "", picture)
    picture = picture.replace("&#160;", "\u00a0")
    return re.sub(r"\n\s+", "\n", picture)


def page() -> str:
    """Return the page that shows the pictures."""
    lines = [
        "# Screens",
        "",
        "Taken by `make screens` from the real app over a real store. The candidate is made up.",
        "",
    ]
    for name, said in {**SCREENS, **DESK_SCREENS, **TRAINER_SCREENS}.items():
        lines += [f"## {said}", "", f"![{said}](screens/{name}-zh-80x24-dark.svg)", ""]
        for language in LANGUAGES:
            links = [
                f"[{w}×{h} {look}](screens/{name}-{language}-{w}x{h}-{look}.svg)"
                for w, h in (SIZES if name in SCREENS else SIZES[:2])
                for look in THEMES
            ]
            lines += [f"{'中文' if language == 'zh' else 'English'}: " + " · ".join(links), ""]
    return "\n".join(lines)


def main() -> None:
    """Take all pictures."""
    for old in HERE.glob("*.svg"):
        old.unlink()
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(Tour(language, Path(folder)).walk())
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(desk_tour(language, Path(folder), HERE, sizes=SIZES[:2], themes=THEMES, slim=slim))
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(trainer_tour(language, Path(folder), HERE, sizes=SIZES[:2], themes=THEMES, slim=slim))
    HERE.with_suffix(".md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
