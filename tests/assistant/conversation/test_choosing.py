"""Which options were meant, and what is said when none was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.conversation.seats import refused, seated

ALL = ("economics", "law", "management", "practice")


@pytest.mark.parametrize("typed", ["1-4", "1 至 4", "1,2,3-4", "all", "全部"])
def test_several_are_picked_in_a_row_or_all_at_once(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("subjects")
        seat.type(typed)
        assert seat.talk.dossier.value("subjects") == ALL


@pytest.mark.parametrize("typed", ["0-2", "3-9", "4-1"])
def test_a_row_that_goes_beyond_what_is_there_picks_nothing(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("subjects")
        assert refused(seat.type(typed)) == ("choose-some-of",)


def test_a_registration_code_typed_as_an_answer_is_sent_to_resume(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        assert refused(seat.type("rdab-r7dy")) == ("choose-not-resume",)
