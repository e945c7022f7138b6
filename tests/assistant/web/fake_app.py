"""An app that speaks the line of a served one and does what it is told, without a full screen."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def packet(kind: bytes, payload: bytes) -> None:
    os.write(1, kind + len(payload).to_bytes(4, "big") + payload)


def draw(text: str) -> None:
    packet(b"D", text.encode())


def order(**facts: object) -> None:
    packet(b"M", json.dumps(facts).encode())


def read(length: int) -> bytes:
    held = b""
    while len(held) < length:
        more = os.read(0, length - len(held))
        if not more:
            sys.exit(129)
        held += more
    return held


def do(word: str, rest: str) -> None:
    match word:
        case "place":
            order(type="place", code=rest, language="en")
            draw("kept")
        case "upload":
            order(type="upload", wanted=rest == "yes")
            draw("offered")
        case "letter":
            folder = Path(os.environ["CHENGNUO_PHOTOS"])
            folder.mkdir(exist_ok=True)
            (folder / "chengnuo-letter.txt").write_text("承诺书", encoding="utf-8")
            order(type="letter", file=rest)
            draw("ready")
        case "environment":
            draw(" ".join(sorted(os.environ)))
        case "value":
            draw(os.environ.get(rest, ""))
        case "leave":
            sys.exit(0)
        case "break":
            sys.exit(70)
        case "deaf":
            time.sleep(60)
        case _:
            draw(f"heard {word}")


def main() -> None:
    os.write(1, b"__GANGLION__\n")
    while True:
        kind, length = read(1), int.from_bytes(read(4), "big")
        payload = read(length)
        if kind == b"D":
            do(*payload.decode().partition(" ")[::2])
            continue
        told = json.loads(payload)
        match told["type"]:
            case "begin":
                draw(f"begun {sys.argv[1]} {told['code'] or '-'} {told['width']}x{told['height']}")
            case "resize":
                draw(f"size {told['width']}x{told['height']}")
            case "picture":
                draw(f"picture {told['path']}")
            case "quit":
                sys.exit(0)


main()
