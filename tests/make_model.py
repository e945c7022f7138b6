"""Trains the model that finds answers, after the notice or the ways of asking have changed."""

from __future__ import annotations

from assistant.answers import training, ways
from content.loader import load


def main() -> None:
    """Write the model beside the notice."""
    content = load()
    training.build(
        ways.trained(),
        content,
        ways.read_phrasings(content),
        ways.read_decoys(content),
        ways.read_questions(ways.calibration()),
        made_from=training.fingerprint(ways.sources()),
    )
    print(f"{ways.trained().name}: {ways.trained().stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
