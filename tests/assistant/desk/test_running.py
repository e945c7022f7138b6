"""The desk as it is started: what the settings say reaches it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.clock import SetClock
from assistant.desk import running
from assistant.desk.app import DeskApp
from assistant.settings import Settings
from tests.factories import NOW


def test_lock_and_days_of_a_verification_come_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[DeskApp] = []

    def ended(app: DeskApp) -> int:
        started.append(app)
        return 0

    monkeypatch.setattr(running, "run", ended)
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys", review_lock_minutes=12, review_days=3)
    assert running.run_desk(settings, SetClock(NOW), language="zh") == 0
    [app] = started
    assert (app.house.review_lock, app.house.review_days) == (timedelta(minutes=12), 3)
