"""The classroom's own folder, database and keys, kept apart from those of every real installation."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import photo
from assistant.lessons.keeping import Cut, Pages, pages
from assistant.lessons.run import Run
from assistant.scenario import Scenario
from content.loader import Content

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from assistant.answers import Answers
    from assistant.settings import Settings

DATABASE = "chengnuo.db"
"""Named like that of an installation: an installation pointed at this folder finds the mark, and refuses."""

RUNS = "runs"
"""The folder of the runs, each in a folder that begins with the number of its process."""


@dataclass(frozen=True)
class Classroom:
    """A folder in which nothing is real.

    Attributes:
        folder: The folder itself.
        content: All words and rules.
        answers: What finds the passage that answers a question.
        signer: The key by which letters of the classroom are sealed: no installation's.
        blank: A database with the mark of the classroom and nobody in it: every run begins with a copy.
    """

    folder: Path
    content: Content
    answers: Answers
    signer: Ed25519PrivateKey
    blank: Pages = field(repr=False)

    @property
    def field_key(self) -> Path:
        """The key that personal fields of the made-up people are encrypted with."""
        return self.folder / "keys" / "fields.key"

    @cached_property
    def sample(self) -> Path:
        """The photo of nobody that ``photo: ok`` stands for."""
        path = self.folder / "sample.jpg"
        if not path.exists():
            photo.sample_photo(path)
        return path

    def begin(
        self, scenario: Scenario, *, beside: Path | None = None, title: str = "", memory: bool = True
    ) -> Run:
        """Let a persona begin, in a database of its own.

        Args:
            scenario: Who it is.
            beside: The scenario's folder: paths of photos are taken from it.
            title: What the run is called.
            memory: Whether the run can be rewound.

        Raises:
            assistant.records.RecordsError: The folder cannot be written.
        """
        return Run(self, scenario, self._room(), beside=beside, title=title, memory=memory)

    def go_on(self, scenario: Scenario, cut: Cut, *, beside: Path) -> Run:
        """Let a persona go on from where a run was cut, in a database of its own."""
        return Run(self, scenario, self._room(), beside=beside, title=cut.title, cut=cut)

    def clear(self, run: Run) -> None:
        """Remove the folder of a run that is closed."""
        shutil.rmtree(run.folder, ignore_errors=True)

    def _room(self) -> Path:
        runs = self.folder / RUNS
        runs.mkdir(mode=0o700, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=runs))


def open_classroom(folder: Path, content: Content, *, apart_from: Settings | None = None) -> Classroom:
    """Open the classroom's folder, or make it.

    Args:
        folder: The folder; made where there is none.
        content: All words and rules.
        apart_from: The settings of the installation that it has to be kept apart from.

    Raises:
        assistant.records.RecordsError: ``training-in-production``: the folder, its database or its keys are
            those of the installation, however one gets there; ``records-not-training``: there is a database
            in it that is none of a classroom, an empty one too; or it cannot be used.
        assistant.files.FileRefusedError: Its sealing key cannot be used.
    """
    from assistant.answers import Answers
    from assistant.letter import open_signing_key
    from assistant.records import open_training

    if apart_from is not None:
        _prove_apart(folder, apart_from)
    keys = folder / "keys"
    _sweep(folder / RUNS)
    records = open_training(folder / DATABASE, keys / "fields.key")
    records.close()
    signer = open_signing_key(keys / "seal.key")
    return Classroom(folder, content, Answers(content), signer, pages(folder / DATABASE))


def _sweep(runs: Path) -> None:
    """Remove the runs of lessons whose process is gone: somebody may have typed their own data in one."""
    if os.name != "posix":
        # Asking whether a process is there would end it.
        return
    for room in runs.glob("*-*"):
        process = room.name.partition("-")[0]
        if room.is_symlink() or not process.isdigit():
            continue
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            shutil.rmtree(room, ignore_errors=True)
        except (OSError, OverflowError):
            continue


def _prove_apart(folder: Path, real: Settings) -> None:
    """See that nothing of the classroom is a thing of the installation, through whatever links.

    Raises:
        RecordsError: Something is.
    """
    from assistant.records import RecordsError

    ours = (
        folder,
        folder / DATABASE,
        folder / "keys",
        folder / "keys" / "fields.key",
        folder / "keys/seal.key",
    )
    theirs = (real.data, real.keys, real.database, real.field_key, real.signing_key)
    if any(_same(one, other) for one in ours for other in theirs):
        raise RecordsError("training-in-production", {"path": str(folder), "data": str(real.data)})


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same place; one that does not exist yet is compared by its name."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
