"""Whatever is put in, wherever: a sentence comes back, the prompt stands, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.conversation.inputs import Choice, Command, File, Input
from assistant.conversation.messages import Answered, Echoed, Objected, Turn
from tests.assistant.conversation.seats import Seat, refused, seated, warned

HOSTILE: Mapping[str, str] = {
    "empty": "",
    "spaces": "   ",
    "wide spaces": "\u3000\u00a0",
    "full-width digits": "１２３",
    "another script's digits": "١٢٣",
    "10,000 characters": "长" * 10_000,
    "pasted lines": "一行\n两行\r\n三行",
    "control characters": "\x1b[31m\x07",
    "turned direction": "\u202eabc",
    "markup": "[/x]",
    "markup with an action": "[@click=app.quit]",
    "sql": "'; DROP TABLE fact; --",
    "emoji": "😀👨‍👩‍👧",
    "half a surrogate": "\ud800",
    "zero byte": "\x00",
    "nothing to see": "\u200b\ufeff",
}

TAKEN: Mapping[tuple[str, str], tuple[str, ...]] = {
    # A school, a major and a country may be any words; what turns the direction of writing is taken out.
    **{(field, "turned direction"): ("entry-hidden-removed",) for field in ("school", "major", "country")},
    # The form of a certificate number is a warning, never a refusal: real ones differ (P.2).
    **{
        ("certificate", name): ("certificate-not-digits", "certificate-length", "certificate-degree-form")
        for name in ("full-width digits", "control characters", "turned direction", "markup")
    },
}
"""What is legitimately taken, with the code that says what is odd about it."""

AT_REST = ("wait.", "end.")
"""Nothing is asked here, so whatever is typed is a question, however odd."""


def field_of(key: str) -> str:
    return key.rpartition(".")[2]


def untouched(seat: Seat, key: str, before: object) -> bool:
    return (seat.key, dict(seat.talk.dossier.facts)) == (key, before)


def judged(turn: Turn) -> bool:
    """Whether every objection of a turn is about something, and something was said at all."""
    return any(isinstance(each, Objected | Answered) for each in turn.messages)


@pytest.mark.req("P.7")
@pytest.mark.parametrize(("edition", "language"), [("pilot", "zh"), ("current", "en")])
def test_bad_input_at_every_prompt_is_refused_in_a_sentence_and_stays_in_the_field(
    tmp_path: Path, edition: str, language: str
) -> None:
    taken: set[tuple[str, str]] = set()
    met: set[str] = set()
    with seated(tmp_path, edition=edition, language=language, adopt_commitment="yes") as seat:
        for key in seat.prompts():
            met.add(key)
            for name, typed in HOSTILE.items():
                before = dict(seat.talk.dossier.facts)
                turn = seat.type(typed)
                if (field_of(key), name) in TAKEN and key not in refused_keys(turn):
                    taken.add((field_of(key), name))
                    assert set(warned(turn)) & set(TAKEN[field_of(key), name]), (key, name)
                    assert any(isinstance(each, Echoed) and each.key == key for each in turn.messages)
                    seat.order("back")
                    assert seat.key == key
                    continue
                assert untouched(seat, key, before), (key, name)
                assert judged(turn), (key, name)
                if not key.startswith(AT_REST):
                    assert refused(turn), (key, name)
                kind = turn.prompt.kind
                if kind == "text" and not key.endswith(".code"):
                    assert turn.prompt.preset == typed, (key, name)
                if kind == "secret" or key.endswith(".code"):
                    assert turn.prompt.preset == ""
    assert taken == set(TAKEN)
    assert {"id_number", "password", "photo", "subjects", "signature", "application.confirm"} <= met
    assert ("adopt_commitment" in met) == (edition == "current")


def refused_keys(turn: Turn) -> set[str]:
    return {each.key for each in turn.messages if isinstance(each, Objected)}


WRONG_SORT: tuple[Input, ...] = (
    Choice(()),
    Choice(("no-such-option",)),
    Choice(("yes", "no")),
    Choice(("\ud800\x00",)),
    File(Path("no-such-file.jpg")),
    File(Path("~nobody-here/photo.jpg")),
    File(Path("\ud800\x00")),
    File(Path("x" * 5000)),
    File(Path("/")),
    Command("no-such-command"),
    Command("\ud800\x00", "[/x]"),
)


def test_input_of_the_wrong_sort_is_refused_wherever_something_is_picked_or_chosen(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for key in seat.prompts():
            for given in WRONG_SORT:
                if isinstance(given, Choice) and seat.turn.prompt.kind in {"text", "secret"}:
                    continue
                before = dict(seat.talk.dossier.facts)
                turn = seat.take(given)
                assert untouched(seat, key, before), (key, given)
                assert judged(turn), (key, given)


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_bad_input_leaves_an_interrupting_choice_standing(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("email")
        seat.type("my name is 李雷")
        assert seat.key == "change.confirm"
        assert refused(seat.type(typed))
        assert seat.key == "change.confirm"
        seat.order("cancel")
        seat.order("change")
        assert seat.key == "change"
        assert refused(seat.type(typed))
        assert seat.key == "change"
        seat.order("cancel")
        assert seat.key == "email"
        assert seat.talk.dossier.text("name") == "王小明"


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_bad_input_for_code_and_secret_opens_nothing(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path, mode="resume") as seat:
        assert seat.key == "resume.code"
        seat.type(typed)
        if seat.key == "resume.code":
            assert refused(seat.turn) == ("empty",)
            seat.type("2222-2222")
        assert seat.key == "resume.secret"
        turn = seat.type(typed)
        assert refused(turn) in {("resume-failed",), ("empty",)}
        assert turn.prompt.preset == ""
        assert seat.talk.registration is None


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_command_with_bad_input_behind_it_moves_nothing(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("email")
        before = dict(seat.talk.dossier.facts)
        for name in ("ask", "item", "original", "letter", "characters", "status", "why", "help", "plan"):
            assert seat.order(name, typed).messages, name
            assert untouched(seat, "email", before), name
        seat.order("change", typed)
        assert seat.key == "change"
        seat.order("cancel")
        assert untouched(seat, "email", before)


@pytest.mark.req("5.3")
@pytest.mark.parametrize(
    "typed", ["~nobody-here/letter", "x" * 5000, "\ud800", "a\x00b", "/no/such/folder/x"]
)
def test_a_sealed_letter_is_not_saved_where_no_file_can_be(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        assert len(refused(seat.order("letter", typed))) == 1
        seat.order("letter", str(tmp_path))
        assert refused(seat.turn) == ()
        assert len(list(tmp_path.glob("chengnuo-letter-*.txt"))) == 1
