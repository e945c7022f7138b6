"""The first start: whatever stops it, the next one finds a clean place, and nothing is made by halves."""

from __future__ import annotations

import errno
import os
import signal
import stat
from pathlib import Path

import pytest

from assistant.records import RecordsError, opening
from tests.assistant.records.stores import begin, database, key, python, store

KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.records import opening
from tests.assistant.records.stores import store

def stop(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(opening if sys.argv[2] != "start" else opening.audit, sys.argv[2], stop)
with store(Path(sys.argv[1])):
    pass
"""


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.rglob("*") if each.is_file()}


@pytest.mark.req("P.7")
@pytest.mark.parametrize("moment", ["make_engine", "migrate", "start", "write_key"])
def test_a_first_start_that_is_killed_leaves_nothing_for_the_next_to_trip_over(
    tmp_path: Path, moment: str
) -> None:
    killed = python(KILLED, tmp_path, moment)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert not database(tmp_path).exists()
    assert not key(tmp_path).exists()

    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)


@pytest.mark.parametrize("moment", ["migrate", "write_key", "place"])
def test_a_first_start_on_a_full_disk_takes_back_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(opening, moment, full)
        with pytest.raises(RecordsError) as refused, store(tmp_path):
            pass
    assert refused.value.code == "records-folder"
    assert files(tmp_path) == set()
    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)


def test_a_key_that_cannot_be_written_leaves_no_database_that_nothing_opens(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(RecordsError) as refused, store(tmp_path):
        pass
    assert refused.value.code == "records-key-unreadable"
    assert files(tmp_path) == {"keys"}


@pytest.mark.parametrize(
    "place", [Path("/proc/chengnuo/chengnuo.db"), Path("nul\0byte.db"), Path("x" * 300), Path("/dev/null")]
)
def test_a_place_that_no_rights_can_help_is_named_and_no_key_is_made_for_it(
    tmp_path: Path, place: Path
) -> None:
    with pytest.raises(RecordsError) as refused:
        opening.open_database(place, key(tmp_path))
    wanted = "records-not-a-database" if place == Path("/dev/null") else "records-folder"
    assert refused.value.code == wanted
    assert files(tmp_path) == set()


def test_a_pipe_where_the_database_should_be_is_not_waited_for(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    database(tmp_path).unlink()
    os.mkfifo(database(tmp_path))
    with pytest.raises(RecordsError) as refused, store(tmp_path):
        pass
    assert refused.value.code == "records-not-a-database"


def test_rights_that_were_opened_are_closed_again_at_the_next_start(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    for path in (database(tmp_path), key(tmp_path)):
        path.chmod(0o644)
    with store(tmp_path):
        pass
    for path in (database(tmp_path), key(tmp_path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
