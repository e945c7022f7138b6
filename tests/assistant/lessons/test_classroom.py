"""The classroom is kept apart: no lesson in a real database, no registration in its own, no real letter."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import run as chengnuo
from assistant.conversation.inputs import Command
from assistant.conversation.linebreak import wrap
from assistant.conversation.messages import Card, Document
from assistant.conversation.wording import Wording
from assistant.files import FileRefusedError
from assistant.lessons import open_classroom
from assistant.letter import open_signing_key, verify_bytes
from assistant.records import RecordsError, open_records, open_training
from assistant.settings import Settings, from_environment
from flows.verdict import Problem
from tests.assistant.lessons.personas import played, room
from tests.factories import content

Capture = pytest.CaptureFixture[str]


def real(folder: Path, *, made: bool = True) -> Settings:
    """Set up an installation, in which nobody has registered yet."""
    settings = Settings(data=folder / "data", keys=folder / "keys")
    if made:
        open_records(settings.database, settings.field_key).close()
        open_signing_key(settings.signing_key)
    return settings


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def at_the_data(folder: Path, settings: Settings) -> Path:
    return settings.data


def at_the_keys(folder: Path, settings: Settings) -> Path:
    return settings.keys


def by_a_roundabout_path(folder: Path, settings: Settings) -> Path:
    return settings.data / ".." / "data"


def by_a_linked_folder(folder: Path, settings: Settings) -> Path:
    linked = folder / "linked"
    linked.symlink_to(settings.data)
    return linked


def by_a_linked_database(folder: Path, settings: Settings) -> Path:
    own = folder / "own"
    own.mkdir()
    (own / "chengnuo.db").symlink_to(settings.database)
    return own


def by_a_second_name_of_the_database(folder: Path, settings: Settings) -> Path:
    own = folder / "own"
    own.mkdir()
    os.link(settings.database, own / "chengnuo.db")
    return own


def by_linked_keys(folder: Path, settings: Settings) -> Path:
    own = folder / "own"
    own.mkdir()
    (own / "keys").symlink_to(settings.keys)
    return own


def by_a_linked_key(folder: Path, settings: Settings) -> Path:
    own = folder / "own"
    (own / "keys").mkdir(parents=True)
    (own / "keys" / "seal.key").symlink_to(settings.signing_key)
    return own


WAYS = (
    at_the_data,
    at_the_keys,
    by_a_roundabout_path,
    by_a_linked_folder,
    by_a_linked_database,
    by_a_second_name_of_the_database,
    by_linked_keys,
    by_a_linked_key,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_classroom_pointed_at_an_installation_is_refused_and_changes_nothing(
    way: Callable[[Path, Settings], Path], tmp_path: Path
) -> None:
    settings = real(tmp_path)
    folder = way(tmp_path, settings)
    before = contents(tmp_path)

    with pytest.raises(RecordsError, match="training-in-production") as refused:
        open_classroom(folder, content(), apart_from=settings)
    assert contents(tmp_path) == before
    for language, said in (("en", "used for training alone"), ("zh", "培训专用")):
        problem = Problem(refused.value.code, refused.value.arguments)
        assert said in Wording(content(), language).problem(problem)


def test_a_data_folder_in_which_nothing_was_made_yet_is_refused_too(tmp_path: Path) -> None:
    settings = real(tmp_path, made=False)
    with pytest.raises(RecordsError, match="training-in-production"):
        open_classroom(settings.data, content(), apart_from=settings)
    assert list(tmp_path.iterdir()) == []


def test_another_installations_database_is_refused_by_what_is_in_it(tmp_path: Path) -> None:
    """Nobody told which installation it is, and it is empty: the file itself bears no mark of a classroom."""
    settings = real(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(RecordsError, match="records-not-training"):
        open_classroom(settings.data, content())
    with pytest.raises(RecordsError, match="records-not-training"):
        open_training(settings.database, settings.field_key)
    assert contents(tmp_path) == before


def test_a_file_of_no_length_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chengnuo.db").touch()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "fields.key").write_bytes(bytes(32))
    with pytest.raises(RecordsError, match="records-empty"):
        open_classroom(tmp_path, content())


def test_the_folder_of_the_settings_lies_beside_the_data_and_can_be_set(tmp_path: Path) -> None:
    settings = real(tmp_path)
    assert settings.classroom == settings.data / "training"
    opened = open_classroom(settings.classroom, content(), apart_from=settings)
    assert opened.field_key.read_bytes() != settings.field_key.read_bytes()
    assert opened.signer.public_key() != open_signing_key(settings.signing_key).public_key()

    told = {"CHENGNUO_DATA": str(settings.data), "CHENGNUO_KEYS": str(settings.keys)}
    pointed = from_environment({**told, "CHENGNUO_TRAINING": str(settings.data)})
    with pytest.raises(RecordsError, match="training-in-production"):
        open_classroom(pointed.classroom, content(), apart_from=pointed)


def test_an_installation_pointed_at_a_classroom_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    settings = real(tmp_path)
    classroom = open_classroom(settings.classroom, content(), apart_from=settings)
    before = contents(settings.classroom)
    with pytest.raises(RecordsError, match="records-is-training"):
        open_records(settings.classroom / "chengnuo.db", classroom.field_key)

    monkeypatch.setenv("CHENGNUO_DATA", str(settings.classroom))
    monkeypatch.setenv("CHENGNUO_KEYS", str(settings.classroom / "keys"))
    for command in (["db", "verify"], ["--plain"]):
        assert chengnuo(command) == 1
        out, problems = capsys.readouterr()
        assert "Traceback" not in problems
        assert "培训" in out + problems or "classroom" in out + problems
    assert contents(settings.classroom) == before


def test_a_link_in_a_run_is_replaced_and_never_followed(tmp_path: Path) -> None:
    settings = real(tmp_path)
    before = settings.database.read_bytes()
    run = played("education-2003").run.branch()
    run.records.close()
    (run.folder / "run.db").unlink()
    (run.folder / "run.db").symlink_to(settings.database)
    run.rewind(3)
    assert settings.database.read_bytes() == before
    assert not (run.folder / "run.db").is_symlink()
    run.close()


# Papers -----------------------------------------------------------------------------------------------


def letter(id: str = "first-time-clean") -> bytes:
    run = played(id).run
    with run.records.turn() as turn:
        return turn.letters(run.conversation.registration or "")[-1].file


@pytest.mark.parametrize("id", ["first-time-clean", "current-adopted"])
def test_every_page_of_a_letter_bears_the_mark(id: str) -> None:
    text = letter(id).decode()
    assert text.startswith("CHENGNUO-LETTER 1 TRAINING 培训\n")
    lines = [row for line in text.splitlines() for row in wrap(line, 80)]
    for start in range(0, len(lines) - 40):
        page = "\n".join(lines[start : start + 40])
        assert "TRAINING" in page
        assert "培训" in page


def test_a_training_letter_is_never_verified_as_real(tmp_path: Path) -> None:
    installation = open_signing_key(tmp_path / "seal.key").public_key()
    classroom = room().signer.public_key()
    file = letter()
    hashed = verify_bytes(file).sha256
    for key in (None, installation, classroom):
        for expected in (None, hashed, "0" * 64):
            found = verify_bytes(file, public_key=key, expected=expected)
            assert not found.ok
            assert found.problem is not None
            assert found.problem.code == "letter-training"


def test_a_letter_that_is_saved_in_a_lesson_is_marked_by_its_name_too(tmp_path: Path) -> None:
    run = played("first-time-clean").run.branch()
    run.take(Command("letter", str(tmp_path)))
    (saved,) = tmp_path.iterdir()
    assert saved.name.startswith("chengnuo-training-letter-")
    assert saved.read_bytes() == letter()
    run.close()


def test_the_rooms_of_lessons_that_were_cut_off_are_swept_out(tmp_path: Path) -> None:
    classroom = open_classroom(tmp_path, content())
    run = classroom.begin(played("first-time-clean").run.scenario)
    gone = tmp_path / "runs" / f"{2**22 + 1}-left"
    kept = tmp_path / "runs" / "notes"
    for each in (gone, kept):
        each.mkdir()
    open_classroom(tmp_path, content())
    assert not gone.exists()
    assert kept.exists()
    assert run.folder.exists()
    run.close()


def test_a_training_letter_with_its_mark_taken_out_is_a_changed_letter() -> None:
    stripped = letter().replace(" TRAINING 培训\n".encode(), b"\n", 1)
    found = verify_bytes(stripped, public_key=room().signer.public_key())
    assert (found.ok, found.problem and found.problem.code) == (False, "letter-changed")


@pytest.mark.parametrize("key", ["the classroom's", "the installation's", "none"])
def test_the_command_says_that_it_is_a_training_paper(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(room().field_key.parent if key == "the classroom's" else keys))
    if key == "the installation's":
        open_signing_key(keys / "seal.key")
    file = tmp_path / "letter.txt"
    file.write_bytes(letter())
    for language, said in (("en", "not a real letter"), ("zh", "不是真实的报考承诺书")):
        assert chengnuo(["letter", "verify", str(file), "--lang", language]) == 1
        assert said in capsys.readouterr().out


@pytest.mark.parametrize("id", ["first-time-clean", "current-declined", "verification-cannot"])
def test_every_card_and_paper_of_a_lesson_bears_the_mark(id: str) -> None:
    run = played(id).run
    english, chinese = (Wording(content(), language) for language in ("en", "zh"))
    cards = [each for each in run.transcript if isinstance(each, Card)]
    papers = [each for each in run.transcript if isinstance(each, Document)]
    assert {card.kind for card in cards} >= {"column", "review", "waiting"}
    assert papers
    for card in cards:
        for wording in (english, chinese):
            first = wording.message(card).parts[0]
            assert "TRAINING" in repr(first)
            assert "培训" in repr(first)
    for paper in papers:
        assert "TRAINING 培训" in paper.en
        assert "培训 TRAINING" in paper.zh


def test_a_classrooms_sealing_key_is_never_a_linked_one(tmp_path: Path) -> None:
    open_signing_key(tmp_path / "other" / "seal.key")
    own = tmp_path / "own" / "keys"
    own.mkdir(parents=True)
    (own / "seal.key").symlink_to(tmp_path / "other" / "seal.key")
    with pytest.raises(FileRefusedError):
        open_classroom(tmp_path / "own", content())
