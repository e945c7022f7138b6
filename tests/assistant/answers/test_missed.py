"""Questions that found no answer are kept for the content's owners, and nothing of whoever asked them."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import unanswered
from assistant.answers import Answers
from assistant.answers.missed import MOST, Miss, Misses
from assistant.stopping import Stopped
from tests.factories import NUMBER, content

ANSWERS = Answers(content())
DAY = date(2020, 7, 1)


def masked(question: str, *private: str) -> str:
    return ANSWERS.masked(ANSWERS.ask(question, "en", "pilot"), private)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("How do I cancel my registration?", "how do i cancel my registration?"),
        ("Where do I buy cheese?", "where do i buy …?"),
        ("my ID is 110105194912310021, when is the exam?", "my id is … when is the exam?"),
        ("write to a.b@example.com about the invoice", "write to … about the invoice"),
        ("call 13800001001 about the invoice", "call … about the invoice"),
        ("怎么取消报名？", "怎么取消报名?"),
        ("张明的照片在哪里换", "…的照片在哪里…"),
        ("陈静怎么取消报名", "…怎么取消报名"),
        ("Как отменить?", "…"),
        ("12345", "…"),
    ],
)
def test_what_many_ask_with_is_kept_and_the_rest_is_masked(question: str, kept: str) -> None:
    assert masked(question) == kept


@pytest.mark.parametrize(
    "own",
    [
        "王小明",
        "JohnSmith",
        NUMBER,
        "13800001001",
        "candidate1@example.com",
        "南京工业大学",
        "1029142009001234",
    ],
)
@pytest.mark.parametrize("asked", ["How does {} cancel the registration?", "{}怎么取消报名？", "取消报名{}"])
def test_nothing_of_a_person_is_kept_even_when_it_is_not_in_the_dossier(own: str, asked: str) -> None:
    kept = masked(asked.format(own))
    assert not re.search(r"[0-9@]", kept)
    assert own.lower() not in kept
    assert "…" in kept


def test_what_the_dossier_holds_is_masked_though_many_ask_with_it() -> None:
    assert "取消" not in masked("取消怎么报名？", "取消")
    assert "cancel" not in masked("How does Cancel register?", "Cancel")


@given(st.text(max_size=400))
def test_no_number_and_no_foreign_letter_is_ever_kept(question: str) -> None:
    kept = masked(question)
    assert re.fullmatch(r"[a-z\u3400-\u9fff'\s,.;:?!\"()，。；：？！、“”（）…]*", kept)
    assert len(kept) <= 120


def miss(
    question: str = "how do i cancel", *, day: date = DAY, topic: str = "cancel", times: int = 1
) -> Miss:
    return Miss(question, "en", "pilot", "unanswered", topic, day, times)


def test_questions_are_counted_and_those_asked_most_stand_first(tmp_path: Path) -> None:
    misses = Misses(tmp_path / "misses.db")
    assert misses.listed() == ()
    later = date(2020, 7, 3)
    for each in (miss("one"), miss("two"), miss("two", day=later)):
        misses.keep(each)
    assert misses.listed() == (miss("two", day=later, times=2), miss("one"))
    assert stat.S_IMODE((tmp_path / "misses.db").stat().st_mode) == 0o600


def test_the_file_stays_small_and_keeps_what_is_asked_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST >= 1000
    monkeypatch.setattr("assistant.answers.missed.MOST", 3)
    misses = Misses(tmp_path / "misses.db")
    misses.keep(miss("often", times=9))
    for number in range(6):
        misses.keep(miss(f"once {number}", day=date(2020, 7, 1 + number)))
    assert [each.question for each in misses.listed()] == ["often", "once 5", "once 4"]


def test_what_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    Misses(tmp_path / "nowhere" / "misses.db").keep(miss())
    (tmp_path / "torn.db").write_bytes(b"no database" * 100)
    Misses(tmp_path / "torn.db").keep(miss())


def test_the_list_is_one_object_or_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "misses.db"
    assert unanswered.listed(path, as_json=False) == 0
    assert "No question" in capsys.readouterr().out
    Misses(path).keep(miss())
    unanswered.listed(path, as_json=False)
    assert "how do i cancel  (cancel)" in capsys.readouterr().out
    unanswered.listed(path, as_json=True)
    (row,) = json.loads(capsys.readouterr().out)["misses"]
    assert row == {
        "question": "how do i cancel",
        "lang": "en",
        "edition": "pilot",
        "band": "unanswered",
        "topic": "cancel",
        "times": 1,
        "last": "2020-07-01",
    }
    path.write_bytes(b"no database" * 100)
    with pytest.raises(Stopped, match=re.escape(str(path))):
        unanswered.listed(path, as_json=False)
