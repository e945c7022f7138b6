"""A candidate at a page in Chromium: they read the screen and type, and know what the store knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.async_api import Page

from assistant.conversation import showing
from assistant.conversation.messages import Prompt
from assistant.conversation.wording import Wording
from content.loader import Content
from flows import challenge, journey
from flows.dossier import Dossier
from flows.journey import Place
from flows.situation import Situation
from tests.assistant.web.house import DRAWN, House, until_shown
from tests.factories import content
from tests.journeys.candidate import ANSWERS


@dataclass
class Visitor:
    """Somebody before a page."""

    house: House
    page: Page
    portrait: Path
    language: str = "zh"

    @property
    def content(self) -> Content:
        return content()

    @property
    def wording(self) -> Wording:
        return Wording(self.content, self.language)

    @property
    def code(self) -> str:
        """The code of the registration under way, as the server keeps it."""
        return next((seat.code for seat in self.house.server.seats.all() if seat.code), "")

    def situation(self) -> Situation:
        dossier = Dossier()
        if code := self.code:
            with self.house.records.turn() as turn:
                dossier = turn.load(turn.find(code) or "").dossier
        return Situation(dossier, self.content.editions["pilot"], self.content, self.house.clock.now())

    def place(self) -> Place:
        return journey.locate(self.situation())

    def prompt(self) -> Prompt:
        """Return what is asked by what the store knows."""
        situation = self.situation()
        place = journey.locate(situation)
        if place.wait is not None:
            return showing.prompt_of_wait(place.wait, place)
        if place.ask is None:
            return Prompt(f"end.{place.step.id}", "end", "ask.nothing")
        prompt = showing.prompt_for(place.ask, situation)
        # The task of a verification code is made up on the spot and stands on the screen alone.
        return replace(prompt, args={}) if place.ask.act == "check-code" else prompt

    async def arrive(self) -> None:
        """Wait until the terminal has drawn."""
        await self.page.wait_for_selector(DRAWN)

    async def type(self, text: str) -> None:
        """Put text in as an input method commits it, and enter it."""
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Enter")

    async def compose(self, spelt: str, text: str) -> None:
        """Spell a word in pinyin and pick it, as with an input method, and enter it."""
        line = await self.page.context.new_cdp_session(self.page)
        for end in range(1, len(spelt) + 1):
            await line.send(
                "Input.imeSetComposition",
                {"text": spelt[:end], "selectionStart": end, "selectionEnd": end},
            )
        await line.send("Input.insertText", {"text": text})
        await line.detach()
        await self.page.keyboard.press("Enter")

    async def answer(self, prompt: Prompt) -> None:
        """Answer what is asked, once it stands on the screen."""
        if prompt.key.endswith(".code") and not prompt.options:
            await self.type(self._solved(await self._asked()))
            return
        asked = self.wording.prompt(prompt)
        # While something is awaited, a card says so in place of the question.
        await until_shown(self.page, asked.options[0].label if prompt.kind == "wait" else asked.question)
        if prompt.kind == "file":
            await self.page.set_input_files("#picture", self.portrait)
        elif prompt.key == "name":
            await self.compose("wangxiaoming", ANSWERS["name"])
        elif prompt.key == "subjects":
            await self.type("1 2 3 4")
        elif prompt.kind == "wait":
            await self.page.keyboard.press("1")
        elif prompt.kind == "acknowledge":
            await self.type("是")
        else:
            given = ANSWERS[prompt.key]
            named = {each.id: each.label for each in asked.options}
            await self.type(named.get(given, given))

    async def _asked(self) -> str:
        """Return the screen once a verification code is asked for."""
        return await until_shown(self.page, *(each.partition("{")[0] for each in self._tasks()))

    def _tasks(self) -> tuple[str, str]:
        words = self.content.words[self.language]
        return words["challenge.sum"], words["challenge.characters"]

    def _solved(self, screen: str) -> str:
        total, copied = (_pattern(each) for each in self._tasks())
        if found := total.search(screen):
            return str(int(found["left"]) + int(found["right"]))
        found = copied.search(screen)
        assert found is not None, screen
        return found["characters"]


def _pattern(template: str) -> re.Pattern[str]:
    """Make a pattern of a sentence with places, as it stands on the screen without spaces."""
    shapes = {"left": "[0-9]+", "right": "[0-9]+", "characters": f"[{challenge.LETTERS}]{{4}}"}
    pieces = re.split(r"\{([a-z]+)\}", "".join(template.split()))
    return re.compile(
        "".join(
            re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>{shapes[piece]})"
            for at, piece in enumerate(pieces)
        )
    )
