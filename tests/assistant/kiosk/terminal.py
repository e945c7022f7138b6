"""Runs the kiosk with a scripted conversation in the terminal it is started in; it is told its policy."""

from __future__ import annotations

import sys

from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Turn
from assistant.kiosk.app import KioskApp, _driver, run
from assistant.kiosk.policy import policy
from assistant.widgets.ask_panel import AskPanel
from tests.assistant.kiosk.scripted import NAME, FakeConversation
from tests.factories import content


class Breaking(FakeConversation):
    """Answers, and breaks the screen when it is told to."""

    def take(self, given: Input) -> Turn:
        if isinstance(given, Text) and given.text.endswith("boom"):
            identity_number = given.text
            AskPanel._tick = lambda self: int(identity_number)  # type: ignore[method-assign,return-value]
        return super().take(given)


def main() -> int:
    app = KioskApp(
        content(),
        lambda language, mode: Breaking((NAME,) * 50, language),
        policy(sys.argv[1]),
        language="en",
        driver=_driver(),
    )
    return run(app)


if __name__ == "__main__":
    raise SystemExit(main())
