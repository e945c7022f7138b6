"""What stands on the pages: everything in both languages, and nothing from another site."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from assistant.web import bundle, pages
from assistant.web import server as servers
from content.schema import LANGUAGES
from tests.assistant.records.test_supervision import EXAM, PUBLISHER, both, imported, paid
from tests.assistant.web.desk_of_lines import lines
from tests.factories import NOW, content

NO_ADDRESS = re.compile(r"""(?:src|href)=["'](?!static/|notice/|lists|lists/\d|\./|/|#|data:,|zh"|en")""")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB", "en"),
        ("fr, en;q=0.2, zh;q=0.7", "zh"),
        ("fr", "zh"),
        ("", "zh"),
        ("en;q=x, zh", "zh"),
        ("*", "zh"),
    ],
)
def test_the_first_language_is_what_the_browser_prefers(header: str, language: str) -> None:
    assert pages.wanted(header, "zh") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_its_own_files_alone(language: str) -> None:
    page = pages.terminal(content(), language, most_bytes=1)
    assert NO_ADDRESS.search(page) is None
    assert "http" not in page.replace("http-equiv", "")
    assert "<style" not in page
    assert " style=" not in page
    assert f"<title>{content().words[language]['web.title']}</title>" in unescape(page)
    assert "default-src 'self'" in servers.STRICT
    for file in ("page.css", "page.js"):
        own = (Path(servers.__file__).parent / "static" / file).read_text(encoding="utf-8")
        assert "//" not in re.sub(r"^\s*//.*$|/\*.*?\*/", "", own, flags=re.M | re.S)


def test_a_word_cannot_end_the_data_that_it_stands_in() -> None:
    words = {each: {**content().words[each], "web.again": "</script><b>"} for each in LANGUAGES}
    page = pages.terminal(replace(content(), words=words), "zh", most_bytes=1)
    assert "</script><b>" not in page


@pytest.mark.parametrize("what", pages.REFUSALS)
def test_every_refusal_says_what_happened_and_what_to_do_in_both_languages(what: str) -> None:
    page = unescape(pages.refusal(content(), what))
    for language in LANGUAGES:
        for part in ("title", "text"):
            assert content().words[language][f"web.{what}.{part}"] in page
    assert NO_ADDRESS.search(page) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["pilot", "current"])
def test_the_notice_has_its_eighteen_items_whole(language: str, edition: str) -> None:
    rules = content().editions[edition].later_rules
    page = unescape(pages.notice(content(), content().editions[edition], language))
    for item in content().notices[language]:
        assert f"{item.number}. {item.title}" in page
        assert all(each.text in page for each in item.paragraphs)
    assert page.count("<section") == 18
    assert all(rule.text.said(language) in page for rule in rules)
    assert (page.count('class="later"') > 0) is bool(rules)
    assert "@media print" in page
    assert 'name="viewport"' in page
    assert NO_ADDRESS.search(page) is None


async def test_the_notice_and_the_lists_are_read_without_a_session(tmp_path: Path, store: Path) -> None:
    async with lines(tmp_path, store=store) as here:
        answer = await here.get("/notice", Accept_Language="en-GB")
        assert (answer.status, answer.headers["Location"]) == (303, "notice/en")
        english = await here.get("/notice/en")
        assert english.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert content().item(18, "en").title in unescape(await english.text())
        empty = unescape(await (await here.get("/lists")).text())
        assert content().words["zh"]["web.lists.none"] in empty
        assert (await here.get("/lists/1")).status == 404
        missing = await here.get("/etc/passwd")
        assert missing.status == 404
        assert content().words["en"]["web.missing.text"] in unescape(await missing.text())
        assert (await here.get("/static/..%2Fserver.py")).status == 404


@pytest.mark.req("15.3")
async def test_a_list_of_the_store_is_shown_masked_while_it_is_public(tmp_path: Path, store: Path) -> None:
    first, last = NOW.date(), NOW.date() + timedelta(days=9)
    async with lines(tmp_path, store=store) as here:
        with here.house.records.turn() as turn:
            imported(turn, both(paid(turn)[1]))
            turn.publish_list(EXAM, 2020, "jiangsu", begins=first, ends=last, by=PUBLISHER, now=NOW)
            turn.publish_list(EXAM, 2020, begins=last, ends=last, by=PUBLISHER, now=NOW)
        listed = unescape(await (await here.get("/lists")).text())
        assert listed.count('href="lists/1"') == 2
        assert 'href="lists/2"' not in listed
        assert "江苏" in listed
        page = await here.get("/lists/1")
        assert "王*明" in unescape(await page.text())
        assert "王0明" not in await page.text()
        assert "script" not in page.headers["Content-Security-Policy"]
        assert (await here.get("/lists/2")).status == 404


def test_the_emulator_is_cut_where_the_page_around_it_begins() -> None:
    script = bundle.script().decode()
    assert "window.xterm={Terminal:" in script
    assert "sessionWebsocketUrl" not in script
    assert "Roboto" not in script
    assert b".xterm" in bundle.style()
    assert NOW
