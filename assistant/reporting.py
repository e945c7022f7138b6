"""The public's command: report a false promise, or ask where a report stands (FAQ 15.3)."""

from __future__ import annotations

import argparse
import json

from assistant.clock import SetClock, SystemClock
from assistant.stopping import USAGE, Stopped


def report(options: argparse.Namespace) -> int:
    """Take a report and print its receipt number, or print the state of the one that a number names.

    Raises:
        Stopped: There is nothing to report.
        RecordsError: The number is unknown, or the store cannot be used.
    """
    from assistant.conversation.wording import Wording
    from assistant.records import RecordsError, open_records
    from assistant.settings import from_environment
    from content.loader import load

    if bool(options.about) is bool(options.number):
        raise Stopped(
            "chengnuo report: say what you report, or give --number to see where one stands.", USAGE
        )
    settings = from_environment()
    words = Wording(load(), options.lang or settings.language)
    now = SetClock(options.now).now() if options.now else SystemClock().now()
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            number = options.number or turn.take_report(
                options.about, channel="public", now=now, name=options.name, contact=options.contact
            )
            outcome = turn.report_outcome(number)
            if outcome is None:
                raise RecordsError("report-unknown", {"number": number})
    finally:
        records.close()
    if options.json:
        found = {"ok": True, "number": number, "state": outcome.state, "reply": outcome.reply}
        print(json.dumps(found, ensure_ascii=False))
    else:
        state = words.text(f"case.report.state.{outcome.state}")
        print(words.text("report.stands", {"number": number, "state": state}))
        if outcome.reply:
            print(words.text("report.reply", {"reply": outcome.reply}))
    return 0
