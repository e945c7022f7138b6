"""Takes the pictures of ``docs/serve.md`` in a real Chromium: ``make screens``."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from assistant import photo
from tests.assistant.web.house import DRAWN, House, chromium, house, until_shown
from tests.assistant.web.visitor import Visitor
from tests.journeys.candidate import NUMBER

HERE = Path(__file__).parent.parent / "docs" / "screens"
WINDOWS = {"desktop": (1280, 800), "tablet": (820, 1180), "phone": (412, 915)}
STOP_AT = "photo"


async def _page(browser: Browser, house: House, window: str, locale: str) -> Page:
    width, height = WINDOWS[window]
    context = await browser.new_context(
        locale=locale, viewport={"width": width, "height": height}, has_touch=window != "desktop"
    )
    page = await context.new_page()
    await page.goto(house.address)
    await page.wait_for_selector(DRAWN)
    return page


async def _keep(page: Page, name: str) -> None:
    # The last frame is drawn behind the last byte.
    await asyncio.sleep(0.6)
    await page.screenshot(path=HERE / f"web-{name}.png")


async def _journey(browser: Browser, here: House, portrait: Path) -> None:
    page = await _page(browser, here, "desktop", "zh-CN")
    await _keep(page, "welcome-desktop-zh")
    visitor = Visitor(here, page, portrait)
    await page.keyboard.press("1")
    while (prompt := visitor.prompt()).key != STOP_AT:
        if prompt.key == "name":
            await until_shown(page, visitor.wording.prompt(prompt).question)
            await page.keyboard.insert_text("王小明")
            await _keep(page, "typing-desktop-zh")
            await page.keyboard.press("Enter")
        else:
            await visitor.answer(prompt)
        while visitor.prompt().key == prompt.key:
            await asyncio.sleep(0.05)
    await page.wait_for_selector("#photo:not([hidden])")
    await _keep(page, "photo-desktop-zh")
    await page.set_input_files("#picture", portrait)
    await until_shown(page, visitor.wording.text("ask.photo.confirm"))
    await _keep(page, "photo-taken-desktop-zh")
    await visitor.answer(visitor.prompt())
    await until_shown(page, visitor.wording.text("waiting.verification"))
    await _keep(page, "waiting-desktop-zh")


async def _desk(browser: Browser, here: House) -> None:
    page = await _page(browser, here, "desktop", "zh-CN")
    await _keep(page, "desk-desktop-zh")


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        portrait = folder / "photo.jpg"
        photo.sample_photo(portrait)
        async with house(folder / "house", settings={"CHENGNUO_GRACE": "0"}) as here, chromium() as browser:
            with here.records.turn() as turn:
                turn.know_person(NUMBER, "王小明")
            await _journey(browser, here, portrait)
            for window, locale in (("tablet", "zh-CN"), ("phone", "zh-CN"), ("desktop", "en-GB")):
                page = await _page(browser, here, window, locale)
                await page.keyboard.press("1")
                words = {"zh": "您是第一次", "en": "first time"}[locale[:2]]
                await until_shown(page, words)
                await _keep(page, f"question-{window}-{locale[:2]}")
            await page.goto(f"{here.address}/notice/zh")
            await page.set_viewport_size({"width": 412, "height": 915})
            await _keep(page, "notice-phone-zh")
            await page.goto(f"{here.address}/full")
            await _keep(page, "full-phone-zh")
            async with house(folder / "desk", app="desk") as desk:
                await _desk(browser, desk)


if __name__ == "__main__":
    asyncio.run(main())
