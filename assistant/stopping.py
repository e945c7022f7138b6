"""How a command stops early: with one sentence and its exit code."""

from __future__ import annotations

FAILED, USAGE = 1, 2


class Stopped(Exception):  # noqa: N818 - named for what happened
    """A command cannot go on; the sentence says what happened and how to mend it."""

    def __init__(self, sentence: str, code: int = FAILED) -> None:
        """Keep the sentence and the exit code."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
