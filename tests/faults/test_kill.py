"""A kill at any moment of the journey loses nothing acknowledged, and leads back to the same prompt."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Input
from assistant.conversation.messages import Turn
from assistant.play import play
from assistant.scenario import Scenario, read_scenario
from assistant.staging import stage
from content.loader import scenarios
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import content, opened

from . import driver

ROOT = Path(__file__).parents[2]
Told = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One turn of the journey as it was played: what was put in, and when."""

    given: Input
    now: datetime


class Seat:
    """A candidate's process."""

    def __init__(self, control: socket.socket, folder: Path, now: datetime, code: str, pin: str) -> None:
        mine, theirs = socket.socketpair()
        order = {"folder": str(folder), "now": now.isoformat(), "code": code, "pin": pin}
        with theirs:
            socket.send_fds(control, [json.dumps(order).encode()], [theirs.fileno()])
        mine.settimeout(30)
        self._line = mine
        self._said = mine.makefile("r", encoding="utf-8")
        self._pid = int(self._said.readline())
        self.standing: Told = json.loads(self._said.readline())

    def put(self, step: Step) -> None:
        self._line.sendall(json.dumps(driver.written(step.given, step.now)).encode() + b"\n")

    def take(self, step: Step) -> Told:
        self.put(step)
        told: Told = json.loads(self._said.readline())
        return told

    def kill(self) -> None:
        """Kill the process at once and wait until it is gone."""
        os.kill(self._pid, signal.SIGKILL)
        with suppress(ConnectionResetError):
            # Reset when the process died with an input unread.
            self._said.read()
        self._said.close()
        self._line.close()


@pytest.fixture
def control() -> Iterator[socket.socket]:
    mine, theirs = socket.socketpair()
    with closing(mine):
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.driver", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
            )
        yield mine
    process.wait(timeout=10)


def journey(scenario: Scenario, patch: pytest.MonkeyPatch) -> list[Step]:
    """Play a scenario once and keep what was put in at each turn."""
    steps: list[Step] = []
    take, look = Conversation.take, Conversation.look

    def kept(self: Conversation, given: Input) -> Turn:
        steps.append(Step(given, self.outside.clock.now()))
        return take(self, given)

    def looked(self: Conversation) -> Turn:
        # In a play the clock and the offices move it on; here the candidate looks again.
        steps.append(Step(driver.Choice(("look",)), self.outside.clock.now()))
        return look(self)

    with patch.context() as patched:
        patched.setattr(Conversation, "take", kept)
        patched.setattr(Conversation, "look", looked)
        # The photo of the played scenario is gone afterwards, so one that stays is put in its place.
        assert play(scenario, content()).ok
    return steps


def pay(folder: Path, code: str, now: datetime) -> None:
    records = opened(folder)
    with records.turn() as turn:
        registration = turn.find(code)
        assert registration is not None
        slip = turn.payment_slip(registration, now=now)
        turn.take_payment(slip, receipt="R", by=Staff("c", frozenset({Role.CASHIER})), now=now)
    records.close()


def stands(found: Told, told: Told) -> bool:
    return (found["key"], found["facts"]) == (told["key"], told["facts"])


def came_back(before: Told, after: Told, found: Told) -> bool:
    """Whether what was found is the state before a turn or the one after it, with every earlier answer."""
    kept = {key for key, value in before["facts"].items() if after["facts"].get(key) == value}
    return stands(found, before) or (
        found["key"] == after["key"]
        and found["facts"].keys() == after["facts"].keys()
        and all(found["facts"][key] == before["facts"][key] for key in kept)
    )


@pytest.mark.req("P.7")
def test_a_kill_after_and_during_every_turn_leads_back_to_the_prompt_with_every_answer(
    tmp_path: Path, control: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = read_scenario(scenarios()["first-time-clean"])
    home, earlier, copy = tmp_path / "home", tmp_path / "earlier", tmp_path / "copy"
    home.mkdir()
    sample = tmp_path / "sample.jpg"
    from assistant import photo

    photo.sample_photo(sample)
    steps = [
        Step(driver.File(sample), step.now) if isinstance(step.given, driver.File) else step
        for step in journey(scenario, monkeypatch)
    ]
    records = opened(home)
    stage(scenario, records, steps[0].now)
    records.close()

    chance = random.Random(20200701)
    code = pin = ""
    before: Told | None = None
    visited: list[str] = []
    at = steps[0].now
    for step in steps:
        paying = before is not None and before["step"] == "application-pay"
        shutil.rmtree(earlier, ignore_errors=True)
        shutil.copytree(home, earlier)

        seat = Seat(control, home, at, code, pin)
        standing = seat.standing
        assert before is None or stands(standing, before)
        if paying:
            pay(home, code, step.now)
        after = seat.take(step)
        seat.kill()
        assert after["refused"] == []

        seat = Seat(control, home, step.now, after["code"], after["pin"] or pin)
        assert stands(seat.standing, after)
        seat.kill()

        for delay in (0.0, chance.uniform(0, 0.05)):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(earlier, copy)
            killed = Seat(control, copy, at, code, pin)
            if paying:
                pay(copy, code, step.now)
            killed.put(step)
            time.sleep(delay)
            killed.kill()
            if before is None:
                # The code was never shown, so there is nothing to come back to; the store is whole.
                records = opened(copy)
                assert records.verify_chain().ok
                records.close()
                continue
            found = Seat(control, copy, step.now, code, pin)
            assert came_back(standing, after, found.standing), (step, standing, after, found.standing)
            found.kill()
        visited.append(after["step"])
        before, at = after, step.now
        code, pin = after["code"], after["pin"] or pin
    assert before is not None
    assert before["facts"]["payment.receipt"] == "R"
    assert {"account-rules", "academic", "photo", "signature", "application-pay"} <= set(visited)


def line_by_line(folder: Path, lines: list[str]) -> str:
    """Put lines into ``chengnuo --plain``, wait until the last is answered, and kill it there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--plain", "--lang", "en", "--now", "2020-07-01T09:00"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CHENGNUO_DATA": str(folder / "data"),
            "CHENGNUO_KEYS": str(folder / "keys"),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said = b""
    for line in [None, *lines]:
        if line is not None:
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
        turn = b""
        while not turn.endswith(b"\n> "):
            read = process.stdout.read(1)
            assert read, (said + turn).decode()
            turn += read
        said += turn
    process.kill()
    process.communicate()
    return said.decode()


@pytest.mark.req("P.7")
def test_the_line_by_line_face_killed_with_an_answer_kept_asks_the_next_question_again(
    tmp_path: Path,
) -> None:
    said = line_by_line(tmp_path, ["1", "economics", "jiangsu"])
    code = re.search("[2-9A-Z]{4}-[2-9A-Z]{4}", said)
    pin = re.search("PIN[^0-9]*([0-9]{6})", said)
    assert code is not None
    assert pin is not None
    again = line_by_line(tmp_path, ["/resume", code[0], pin[1]])
    # From the line of progress on: step, question, help and options, to the last character.
    standing = said[said.rindex("Step ") :]
    assert standing.startswith("Step 3 of 22")
    assert again.endswith(standing)
