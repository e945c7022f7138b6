"""Commands: in both languages and at every prompt they answer, and only what they are for changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.commands import LISTED, NAMES, command
from assistant.conversation.inputs import Command
from assistant.conversation.messages import Answered, Card, Document, Said
from content.schema import LANGUAGES
from flows.steps import BY_ID
from flows.verdict import Named
from tests.assistant.conversation.seats import Seat, refused, render, said, seated

CHANGES_NOTHING = frozenset(NAMES.values()) - {"back", "change", "resume", "withdraw", "quit", "language"}


def state(seat: Seat) -> tuple[object, ...]:
    talk = seat.talk
    return seat.key, dict(talk.dossier.facts), dict(talk.memory.drafts), talk.memory.mode


def test_every_command_that_help_lists_is_understood_in_either_language() -> None:
    for language in LANGUAGES:
        for listed, name in zip(LISTED[language], LISTED["en"], strict=True):
            for typed in (f"/{listed}", f"／{listed}", f" /{listed.upper()}  "):
                assert command(typed) == Command(NAMES[name])
            assert command(f"/{listed} 一 b") == Command(NAMES[name], "一 b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_at_every_prompt_answer_and_leave_it_standing(tmp_path: Path, language: str) -> None:
    with seated(tmp_path, language=language) as seat:
        for key in seat.prompts():
            before = state(seat)
            for word, name in NAMES.items():
                if name not in CHANGES_NOTHING or word not in LISTED[language]:
                    continue
                # The path of the letter: nothing is to be saved into the folder of the tests.
                turn = seat.type(f"/{word} {tmp_path / key}" if name == "letter" else f"/{word}")
                assert turn.messages, (key, word)
                assert state(seat) == before, (key, word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_command_begins_can_be_cancelled_at_every_prompt(tmp_path: Path, language: str) -> None:
    begun = set()
    with seated(tmp_path, language=language, edition="current") as seat:
        for key in seat.prompts():
            before = state(seat)
            for word, name in NAMES.items():
                if name not in {"change", "resume", "withdraw"} or word not in LISTED[language]:
                    continue
                seat.type(f"/{word}")
                if seat.talk.memory.mode is None:
                    assert seat.turn.messages, (key, word)
                else:
                    begun.add(name)
                    assert said(seat.order("cancel"))[0] == "said.cancelled"
                assert state(seat) == before, (key, word)
    assert begun == {"change", "resume", "withdraw"}


def test_an_unknown_command_is_never_taken_for_an_answer(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for key in seat.prompts():
            before = state(seat)
            for typed in ("/nonsense", "／乱写", "/nonsense 1", "/返"):
                turn = seat.type(typed)
                if turn.prompt.kind in {"secret", "file"}:
                    # A password and a path may begin so.
                    assert set(refused(turn)) - {"unknown-command"}, key
                else:
                    assert refused(turn) == ("unknown-command",), key
                assert state(seat) == before, key


def test_quitting_says_how_to_come_back_and_loses_nothing(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        turn = seat.order("quit")
        assert turn.finished
        assert said(turn) == ("said.bye-unsaved",)
    with seated(tmp_path / "other") as seat:
        seat.until("email")
        before = dict(seat.talk.dossier.facts)
        turn = seat.order("quit")
        assert turn.finished
        assert Said("said.bye", {"code": seat.code}) in turn.messages
        assert dict(seat.talk.dossier.facts) == before


@pytest.mark.req("10.2")
def test_why_says_at_every_prompt_what_it_is_for_and_cites_the_item_of_the_step(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for _ in seat.prompts():
            turn = seat.order("why")
            item = BY_ID[turn.progress.step].item
            answers = [each for each in turn.messages if isinstance(each, Answered)]
            assert [citation.item for each in answers for citation in each.citations] == [item]
            assert said(turn)[0].startswith("why.")


@pytest.mark.req("10.2")
def test_help_stands_beside_every_field(tmp_path: Path) -> None:
    from assistant.conversation.wording import Wording
    from tests.factories import content

    with seated(tmp_path, edition="current") as seat:
        for key in seat.prompts():
            for language in LANGUAGES:
                asked = Wording(content(), language).prompt(seat.turn.prompt)
                if seat.turn.prompt.kind in {"text", "secret", "file"}:
                    assert asked.help, (key, language)


def test_say_again_repeats_what_the_step_told_and_its_paper(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for key, paper in (("notice_read", "notice-paper"), ("signature", "commitment-letter")):
            turn = seat.until(key)
            again = seat.order("say-again")
            assert any(isinstance(each, Document) and each.kind == paper for each in again.messages)
            assert turn.prompt == again.prompt


@pytest.mark.req("9.1", "18.5")
def test_status_names_each_item_of_verification_with_its_result(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("wait.verification")
        assert _statuses(seat) == ["status.unverified"] * 3
        seat.until("application.choose")
        assert _statuses(seat) == ["status.verified"] * 3


def _statuses(seat: Seat) -> list[str]:
    (card,) = (each for each in seat.order("status").messages if isinstance(each, Card))
    return [
        row.value.id for row in card.rows if row.label.startswith("item.") and isinstance(row.value, Named)
    ]


def test_a_change_of_language_says_the_same_records_in_other_words(tmp_path: Path) -> None:
    with seated(tmp_path, language="zh") as seat:
        seat.until("id_number")
        seat.type("123")
        transcript, prompt, facts = list(seat.talk.transcript), seat.turn.prompt, seat.talk.dossier
        for word, language in (("/language", "en"), ("/语言 中文", "zh"), ("/language English", "en")):
            turn = seat.type(word)
            assert turn.language == seat.talk.language == language
            assert turn.prompt == prompt
            assert seat.talk.dossier == facts
        assert seat.talk.transcript[: len(transcript)] == transcript
        shown = render(turn)
        assert shown["en"] != shown["zh"]
