"""The server lets in whom it should, and what each of them has is theirs alone."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientResponse, WSServerHandshakeError

from assistant.photo import MOST_INPUT
from assistant.web import service
from assistant.web.seats import JPEG, PNG
from content.schema import LANGUAGES
from tests.assistant.web.desk_of_lines import Lines, lines
from tests.factories import content


async def _says(answer: ClientResponse, what: str) -> bool:
    text = await answer.text()
    return all(content().words[each][f"web.{what}.title"] in text for each in LANGUAGES)


async def _free(here: Lines) -> None:
    """Wait until nobody sits there any more."""
    while here.house.server.sessions():
        await asyncio.sleep(0.01)


# Who is let in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", ""])
async def test_a_page_of_another_site_opens_no_line_and_sends_no_photo(
    origin: str, tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, store=store) as here:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with here.open(Origin=origin):
                pass
        assert refused.value.status == 403
        assert await _says(await here.get("/ws", Origin=origin), "origin")
        assert await here.send_photo("", JPEG, origin=origin or "null") == 403


async def test_a_name_that_is_not_ours_is_refused_whatever_is_asked_for(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here:
        for path in ("/", "/ws", "/health", "/static/page.js", "/notice/zh"):
            answer = await here.get(path, Host="rebound.example:8000", Origin="http://rebound.example:8000")
            assert answer.status == 421
            assert await _says(answer, "host")


async def test_without_the_token_there_is_only_a_page_that_says_so(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, token="a token that is long", store=store) as here:
        for path in ("/", "/?token=a+token+that+is+wrong", "/ws", "/lists", "/notice/zh", "/full"):
            answer = await here.get(path, Origin=here.house.address)
            assert answer.status == 401
            assert await _says(answer, "token")
            assert "Set-Cookie" not in answer.headers
        assert (await here.get("/health")).status == 200


async def test_the_link_is_followed_once_and_a_strict_cookie_stands_for_it(
    tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, token="a token that is long", store=store) as here:
        answer = await here.get("/?token=a+token+that+is+long")
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "a token that is long" not in cookie
        assert "token" not in (await answer.text()).replace("token that", "")
        let_in = {"Cookie": cookie.partition(";")[0]}
        assert (await here.get("/", **let_in)).status == 200
        async with here.open(**let_in) as line:
            assert (await line.begin()).startswith("begun")
        behind_tls = await here.get("/?token=a+token+that+is+long", X_Forwarded_Proto="https")
        assert "Secure" in behind_tls.headers["Set-Cookie"]


async def test_the_session_over_the_cap_is_refused_with_a_page_in_both_languages(
    tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, most=1, store=store) as here, here.open() as first, here.open() as second:
        assert (await first.begin()).startswith("begun")
        assert await second.begin() == ""
        assert second.told == [["full", ""]]
        page = await here.get("/full")
        assert page.status == 503
        assert await _says(page, "full")
        assert await first.type("still") == "heard still"


async def test_those_who_begin_at_once_stand_in_line_and_are_told_how_many_are_before_them(
    tmp_path: Path, store: Path
) -> None:
    async with (
        lines(tmp_path, starts=1, store=store) as here,
        here.open() as a,
        here.open() as b,
        here.open() as c,
    ):
        said = await asyncio.gather(a.begin(), b.begin(), c.begin())
        assert all(each.startswith("begun") for each in said)
        waited = [each[1] for line in (a, b, c) for each in line.told if each[0] == "waiting"]
        assert sorted({str(each) for each in waited}) == ["1", "2"]


# What each has -----------------------------------------------------------------------------------------


async def test_a_reload_goes_on_with_the_same_registration_in_the_same_language(
    tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, store=store) as here:
        async with here.open() as line:
            assert await line.begin() == "begun zh - 100x30"
            assert await line.type("place ABCD-EFGH") == "kept"
            key = line.key
        async with here.open() as again:
            assert await again.begin(key, width=80) == "begun en ABCD-EFGH 80x30"
            assert again.key == key
        async with here.open() as other:
            assert await other.begin("made up") == "begun zh - 100x30"
            assert other.key not in {key, "made up"}


async def test_the_same_tab_opened_again_moves_there(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, most=1, store=store) as here, here.open() as line, here.open() as again:
        await line.begin()
        await line.type("place ABCD-EFGH")
        assert await again.begin(line.key) == "begun en ABCD-EFGH 100x30"
        assert await line.drawn() == ""
        assert ["moved", ""] in line.told
        assert here.house.server.seats.taken == 1


async def test_many_lines_of_one_tab_are_one_session_whatever_they_begin_together(
    tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, most=2, store=store) as here, here.open() as line:
        await line.begin()
        await line.type("place ABCD-EFGH")
        async with AsyncExitStack() as stack:
            more = [await stack.enter_async_context(here.open()) for _ in range(5)]
            said = await asyncio.gather(*(each.begin(line.key) for each in more))
            assert "begun en ABCD-EFGH 100x30" in said
            assert len(here.house.server.sessions()) == 1
            assert here.house.server.seats.taken == 1


@pytest.mark.parametrize("leaving", ["place", "leave"])
async def test_whoever_leaves_leaves_nothing_for_the_next_at_the_same_tab(
    leaving: str, tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, store=store) as here:
        async with here.open() as line:
            await line.begin()
            await line.type("place ABCD-EFGH")
            await line.type("upload yes")
            assert await here.send_photo(line.key, JPEG) == 200
            path = Path((await line.drawn()).removeprefix("picture "))
            assert path.read_bytes() == JPEG
            assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
            await line.type(leaving)
            assert not path.exists()
            if leaving == "leave":
                assert ["over", ""] in line.told
        await _free(here)
        assert not any(seat.code for seat in here.house.server.seats.all())
        async with here.open() as again:
            assert await again.begin(line.key) == "begun zh - 100x30"


async def test_a_fault_says_so_and_the_place_is_kept(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here:
        async with here.open() as line:
            await line.begin()
            await line.type("place ABCD-EFGH")
            assert await line.type("break") == ""
            assert ["fault", ""] in line.told
        await _free(here)
        async with here.open() as again:
            assert await again.begin(line.key) == "begun en ABCD-EFGH 100x30"


async def test_an_app_gets_nothing_of_the_server_s_environment_that_it_does_not_need(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SERVER", "1")
    monkeypatch.setenv("TEXTUAL_LOG", "/tmp/keys.log")
    monkeypatch.setenv("CHENGNUO_POLICY", "open")
    async with lines(tmp_path, store=store) as here, here.open() as line:
        await line.begin()
        names = (await line.type("environment")).split()
        assert "SECRET_OF_THE_SERVER" not in names
        assert "TEXTUAL_LOG" not in names
        assert await line.type("value CHENGNUO_POLICY") == "kiosk"
        inbox = Path(await line.type("value CHENGNUO_PHOTOS"))
        assert inbox == here.house.server.seats.all()[0].inbox


async def test_a_photo_is_taken_when_one_is_asked_for_and_only_a_photo(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here, here.open() as line:
        await line.begin()
        assert await here.send_photo(line.key, JPEG) == 409
        await line.type("upload yes")
        assert await line.heard("upload") is True
        assert await here.send_photo("another", JPEG) == 409
        assert await here.send_photo(line.key, b"GIF89a") == 415
        assert await here.send_photo(line.key, JPEG + bytes(MOST_INPUT)) == 413
        assert await here.send_photo(line.key, PNG) == 200
        assert re.fullmatch(r"picture .*/photo-\d+\.png", await line.drawn())
        for _ in range(9):
            assert await here.send_photo(line.key, PNG) == 200
        (seat,) = here.house.server.seats.all()
        assert len(list(seat.inbox.iterdir())) == 6


@pytest.mark.parametrize(
    "said",
    ["", "{", "[]", '["begin"]', '["stdin", 1]', '["resize", {"width": "x"}]', '["resize", {}]', "[1,2]"],
)
async def test_nonsense_from_a_page_ends_nothing(said: str, tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here, here.open() as line:
        await line.begin()
        await line.websocket.send_str(said)
        await line.websocket.send_bytes(b"\x00\xff")
        await line.websocket.send_json(["stdin", "still"])
        while (drawn := await line.drawn()).startswith("size"):
            pass
        assert drawn == "heard still"


async def test_a_page_that_does_not_say_who_it_is_gets_no_process(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here, here.open() as line:
        await line.websocket.send_json(["stdin", "x"])
        assert await line.drawn() == ""
        assert not here.house.server.sessions()


@pytest.mark.req("5.3")
async def test_a_letter_is_given_to_the_tab_that_asked_for_it_and_no_other_file_is(
    tmp_path: Path, store: Path
) -> None:
    async with lines(tmp_path, store=store) as here, here.open() as line, here.open() as other:
        await line.begin()
        await other.begin()
        assert (await here.get("/letter", X_Seat=line.key)).status == 404
        await line.type("letter chengnuo-letter.txt")
        answer = await here.get("/letter", X_Seat=line.key)
        assert await answer.text() == "承诺书"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="chengnuo-letter.txt"'
        for key in (other.key, "", "made up"):
            assert (await here.get("/letter", X_Seat=key)).status == 404
        await line.type("letter ../../chengnuo.db")
        assert (await here.get("/letter", X_Seat=line.key)).status == 404
        await line.type("letter chengnuo-letter.txt")
        await line.type("place")
        assert (await here.get("/letter", X_Seat=line.key)).status == 404
        assert [each[1] for each in line.told if each[0] == "letter"][-1] is False


# The end -----------------------------------------------------------------------------------------------


async def test_stopping_says_so_and_leaves_no_process_and_no_picture(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LEAVE_SECONDS", 0.2)
    async with lines(tmp_path, store=store) as here, here.open() as line, here.open() as deaf:
        for each in (line, deaf):
            await each.begin()
        await line.type("upload yes")
        await here.send_photo(line.key, JPEG)
        await deaf.websocket.send_json(["stdin", "deaf"])
        pids = [each.pid for each in here.house.server.sessions()]
        folders = [seat.inbox.parent for seat in here.house.server.seats.all()]
        here.house.server.stop()
        await line.heard("stopping")
        assert await deaf.drawn() == ""
        while folders[0].exists():
            await asyncio.sleep(0.01)
        for pid in pids:
            assert pid is not None
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


async def test_health_tells_what_a_watch_needs_and_says_when_the_store_is_away(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with lines(tmp_path, most=7, store=store) as here, here.open() as line:
        await line.begin()
        found = await (await here.get("/health")).json()
        assert (found["ok"], found["store"], found["sessions"], found["most"]) == (True, True, 1, 7)
        assert found["version"]
        monkeypatch.setattr(here.house.records, "turn", None)
        answer = await here.get("/health")
        assert answer.status == 503
        assert (await answer.json())["store"] is False


async def test_the_log_holds_neither_addresses_nor_tokens_nor_codes(
    tmp_path: Path, store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    monkeypatch.setattr(logging.getLogger("assistant.web"), "propagate", True)
    caplog.set_level(logging.DEBUG)
    async with lines(tmp_path, token="a-token-that-is-long", store=store) as here:
        cookie = (await here.get("/?token=a-token-that-is-long")).headers["Set-Cookie"].partition(";")[0]
        await here.get("/?name=王小明", Cookie=cookie)
        async with here.open(Cookie=cookie) as line:
            await line.begin()
            await line.type("place ABCD-EFGH")
            await line.type("王小明")
    said = "\n".join(each.getMessage() for each in caplog.records if each.name == "assistant.web")
    assert "GET index 200" in said
    assert "session 1 begun" in said
    for kept in ("a-token", "ABCD", "王小明", "127.0.0.1", cookie.partition("=")[2], line.key):
        assert kept not in said
