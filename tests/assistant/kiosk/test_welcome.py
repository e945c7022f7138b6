"""The welcome: what a hurried hand does before the next screen is painted."""

from __future__ import annotations

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
