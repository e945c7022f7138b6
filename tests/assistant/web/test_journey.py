"""A candidate registers in a real Chromium, in Chinese, from the first page to paid."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from assistant import photo
from assistant.staging import settle
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.web.house import PATIENCE_SECONDS, chromium, house, opened_page, until_shown
from tests.assistant.web.visitor import Visitor
from tests.factories import NOW
from tests.journeys.candidate import NUMBER

MOST = 80
LOOK_SECONDS = 0.05


async def _answered(visitor: Visitor, key: str) -> None:
    for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
        if visitor.prompt().key != key:
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError(f"{key} is not answered; there stands: {await until_shown(visitor.page, '')}")


def _let_arrive(visitor: Visitor, wait: str) -> None:
    known, now = visitor.situation().dossier, visitor.house.clock.now()
    with visitor.house.records.turn() as turn:
        match wait:
            case "wait.manual-review":
                settle(turn, turn.find(visitor.code) or "", "pass", "原件已核对", now)
            case "wait.application-pay":
                cashier = Staff("c1", frozenset({Role.CASHIER}))
                turn.take_payment(known.text("payment.slip"), receipt="R-7", by=cashier, now=now)


@pytest.mark.req("5.3", "12.2", "13.7")
async def test_a_candidate_registers_in_a_browser_in_chinese_and_goes_on_after_a_reload(
    tmp_path: Path,
) -> None:
    portrait = tmp_path / "王小明.jpg"
    photo.sample_photo(portrait)
    async with (
        house(tmp_path / "house", settings={"CHENGNUO_GRACE": "0"}) as here,
        chromium() as browser,
    ):
        with here.records.turn() as turn:
            turn.know_person(NUMBER, "王小明")
        visitor = Visitor(here, await opened_page(browser, here), portrait)
        await visitor.arrive()
        await visitor.page.keyboard.press("1")
        keys: list[str] = []
        for _ in range(MOST):
            prompt = visitor.prompt()
            if prompt.kind == "end":
                break
            keys.append(prompt.key)
            if prompt.kind == "wait":
                await until_shown(visitor.page, visitor.wording.prompt(prompt).options[0].label)
                _let_arrive(visitor, prompt.key)
                if prompt.key == "wait.verification":
                    # A day later: the browser was left open, and the page is loaded again.
                    here.set(NOW + timedelta(hours=24))
                    code = visitor.code
                    await visitor.page.reload()
                    await visitor.arrive()
                    await _answered(visitor, prompt.key)
                    assert visitor.code == code
                    continue
            await visitor.answer(prompt)
            await _answered(visitor, prompt.key)
        known = visitor.situation().dossier
        assert known.text("payment.receipt") == "R-7", keys[-3:]
        assert "signature" in known
        assert known.text("name") == "王小明"
        assert "wait.verification" in keys

        # The letter goes to the person's own machine, whatever place of the server is named.
        await visitor.type(f"/承诺书 {tmp_path}")
        async with visitor.page.expect_download() as kept:
            await visitor.page.click("#keep")
        path = await (await kept.value).path()
        assert visitor.code in path.read_text(encoding="utf-8")
        assert not list(tmp_path.glob("*letter*"))
