"""In a real Chromium: who is refused sees why, who comes at once gets in, and a broken line is mended."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import Page

from content.schema import LANGUAGES
from tests.assistant.web.house import DRAWN, chromium, house, opened_page
from tests.factories import content

TOKEN = "a-token-that-is-long"


async def _reads(page: Page, what: str) -> bool:
    text = await page.inner_text("body")
    return all(content().words[each][f"web.{what}.text"] in text for each in LANGUAGES)


async def test_a_foreign_page_a_missing_token_and_one_too_many_are_refused_with_a_clear_page(
    tmp_path: Path, store: Path
) -> None:
    async with house(tmp_path, store=store, most=1, token=TOKEN) as here, chromium() as browser:
        page = await opened_page(browser, here)
        assert await _reads(page, "token")

        await page.goto(f"{here.address}/?token={TOKEN}")
        await page.wait_for_selector(DRAWN)
        assert page.url == f"{here.address}/", "the token stands in no address that others may see"
        assert TOKEN not in await page.evaluate("document.cookie")

        # Another name of this machine is another site: its pages send no cookie, and their line is refused.
        foreign = await page.context.new_page()
        await foreign.goto("about:blank")
        await foreign.set_content(
            f'<form method="post" action="{here.address}/photo"><button>x</button></form>'
        )
        await foreign.click("button")
        await foreign.wait_for_url(f"{here.address}/photo")
        assert await _reads(foreign, "origin")
        await foreign.goto(f"http://localhost:{here.port}/static/page.css")
        ended = await foreign.evaluate(
            "(address) => new Promise((say) => { const line = new WebSocket(address);"
            "line.onopen = () => say('open'); line.onerror = () => say('refused') })",
            f"ws://127.0.0.1:{here.port}/ws",
        )
        assert ended == "refused"

        second = await opened_page(browser, here, path=f"/?token={TOKEN}")
        await second.wait_for_url(f"{here.address}/full")
        assert await _reads(second, "full")
        assert here.server.seats.taken == 1
        assert await page.is_hidden("#said")


async def test_three_at_once_see_the_first_screen_and_a_line_that_breaks_is_taken_up_again(
    tmp_path: Path, store: Path
) -> None:
    problems: list[str] = []
    async with house(tmp_path, store=store) as here, chromium() as browser:

        async def come(locale: str) -> Page:
            page = await opened_page(browser, here, path="/notice/en", locale=locale)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
            page.on("requestfailed", lambda request: problems.append(request.url))
            await page.goto(here.address)
            await page.wait_for_selector(DRAWN)
            return page

        pages = await asyncio.gather(*(come(locale) for locale in ("zh-CN", "en-GB", "zh-CN")))
        assert here.server.seats.taken == 3
        titles = [await page.title() for page in pages]
        words = content().words
        assert titles == [words[each]["web.title"] for each in ("zh", "en", "zh")]
        assert problems == []

        page = pages[0]
        key = await page.evaluate("sessionStorage.getItem('chengnuo-seat')")
        await here.server._sessions[key].end("lost")
        await page.wait_for_selector("body[data-said=lost]")
        await page.wait_for_selector(DRAWN)

        before = await page.evaluate("document.getElementById('terminal').terminal.cols")
        await page.click("#larger")
        assert await page.evaluate("document.getElementById('terminal').terminal.cols") < before

        here.server.stop()
        for each in pages:
            await each.wait_for_selector("body[data-said=stopping]")
