"""Work that takes time: in a thread, so that a page goes on drawing and taking keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual.screen import Screen

from assistant.kiosk.faults import report
from flows.verdict import Problem, RefusedError

T = TypeVar("T")

Then = Callable[[], Awaitable[None] | None]


def begin(
    page: Screen[None],
    act: Callable[[], T],
    *,
    then: Callable[[T], Awaitable[None] | None],
    refuse: Callable[[Problem], None],
    fault: str,
    ended: Callable[[Then], Awaitable[None]],
) -> None:
    """Do something in a thread, and let the page take the outcome in the event loop.

    Args:
        page: Whose work it is.
        act: What is done in the thread.
        then: Takes the outcome.
        refuse: Takes why it did not happen: a refusal, or a fault of ours with its reference.
        fault: The code of the problem that a fault of ours is told as.
        ended: Called in the event loop with what is to be done there.
    """

    def work() -> None:
        try:
            outcome = act()
        except RefusedError as refused:
            problem = Problem(refused.code, refused.arguments)
            page.call_later(ended, lambda: refuse(problem))
        except Exception as error:  # noqa: BLE001 - the page can still be used, and says a reference
            broken = Problem(fault, {"reference": report(error)})
            page.call_later(ended, lambda: refuse(broken))
        else:
            page.call_later(ended, lambda: then(outcome))

    page.run_worker(work, thread=True, group="work", exit_on_error=False)
