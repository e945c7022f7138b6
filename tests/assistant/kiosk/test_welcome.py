"""The welcome: what a hurried hand does before the next screen is painted."""

from __future__ import annotations

import asyncio

from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.welcome import WelcomePage
from tests.assistant.kiosk.scripted import NAME, FakeConversation
from tests.factories import content


async def test_a_choice_made_twice_before_the_paint_begins_one_conversation() -> None:
    begun: list[str] = []

    def start(language: str, mode: str) -> FakeConversation:
        begun.append(mode)
        return FakeConversation((NAME,))

    app = KioskApp(content(), start, Policy(can_quit=True, any_folder=True, grace=0), language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        welcome = app.screen
        assert isinstance(welcome, WelcomePage)
        welcome.post_message(WelcomePage.Chosen("register"))
        welcome.post_message(WelcomePage.Chosen("register"))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert begun == ["register"]
        assert sum(isinstance(page, ConversationPage) for page in app.screen_stack) == 1


async def test_leaving_while_a_page_opens_is_no_fault() -> None:
    # The moment lies within the first two turns of the loop after the page was pushed.
    for turns in range(3):
        app = KioskApp(
            content(), lambda *_: FakeConversation((NAME,)), Policy(can_quit=True, any_folder=True, grace=0)
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.push_screen(WelcomePage())
            for _ in range(turns):
                await asyncio.sleep(0)
        assert app.return_code is None, turns
