"""Of a server that was killed nothing stays once the next one begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.web.folders import take_away_the_left


def test_what_a_killed_server_left_goes_and_nothing_else_does(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-I", "-S", "-c", ""])
    ended.wait()
    gone = tmp_path / f"chengnuo-web-{ended.pid}-a1"
    kept = [tmp_path / name for name in (f"chengnuo-web-{os.getpid()}-b2", "chengnuo-web-notes", "pictures")]
    for each in (gone, *kept):
        each.mkdir()
        (each / "photo-1.jpg").touch()
    link = tmp_path / f"chengnuo-web-{ended.pid}-c3"
    link.symlink_to(kept[2])
    take_away_the_left(tmp_path)
    assert not gone.exists()
    assert link.is_symlink()
    assert all((each / "photo-1.jpg").exists() for each in kept)
