"""Starts Chengnuo: sets what must stand before the first import, then hands over to the commands."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # The Kitty keyboard protocol loses or garbles longer input-method commits; it must be off before
    # Textual is imported.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from assistant.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
