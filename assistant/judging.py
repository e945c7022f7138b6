"""``chengnuo photo`` and ``chengnuo letter``: instruments on their own."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import letter as letters
from assistant import photo as photos
from assistant.conversation.wording import Wording
from content.loader import Content

if TYPE_CHECKING:
    from assistant.settings import Settings


def photo(options: argparse.Namespace, content: Content, language: str) -> int:
    """Judge a photo, or process one and judge the result."""
    source: Path = options.file
    out: Path | None = None
    if options.act == "process":
        out = options.out or source.with_name(f"{source.stem}-295x413.jpg")
        report = photos.process_photo(source, out)
    else:
        report = photos.check_photo(source)
    wording = Wording(content, language)
    checks = [
        {
            "name": check.name,
            "ok": check.ok,
            "measured": check.measured,
            "required": check.required,
            "message": wording.problem(check.message) if check.message else "",
        }
        for check in report.checks
    ]
    accepted = photos.accepted(report)
    if options.json:
        found = {
            "ok": accepted,
            "checks": checks,
            "width": report.width,
            "height": report.height,
            "bytes": report.bytes,
            "out": str(out) if out and accepted else None,
        }
        print(json.dumps(found, ensure_ascii=False))
    else:
        for check in checks:
            name = wording.text(f"check.photo.{check['name']}")
            print(f"{'+' if check['ok'] else '-'} {name}: {check['measured']} ({check['required']})")
            if check["message"]:
                print(f"    {check['message']}")
        if out and accepted:
            print(out)
    return 0 if accepted else 1


def letter(options: argparse.Namespace, settings: Settings, content: Content, language: str) -> int:
    """Prove a letter file unchanged, against this installation's key where it has one."""
    key = None
    if settings.signing_key.exists():
        key = letters.open_signing_key(settings.signing_key).public_key()
    verdict = letters.verify_file(options.file, public_key=key)
    wording = Wording(content, language)
    message = (
        wording.problem(verdict.problem) if verdict.problem else wording.text(f"letter.seal.{verdict.seal}")
    )
    if options.json:
        found = {
            "ok": verdict.ok,
            "sha256": verdict.sha256,
            "reference": verdict.reference,
            "signed_at": verdict.signed_at.isoformat() if verdict.signed_at else None,
            "seal": verdict.seal,
            "message": message,
        }
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(message)
        if verdict.ok:
            print(f"SHA-256 {verdict.sha256}")
    return 0 if verdict.ok else 1
