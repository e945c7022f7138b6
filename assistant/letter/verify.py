"""Proves a letter file unchanged, and says whose seal it bears.

What each finding shows: *unchanged* alone means that the hashes in the file fit its text, and whoever edits
the text can compute them anew. With ``expected``, the hash kept in the records, or with the installation's
public key, it means that this is the letter that was sealed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assistant.files import FileRefusedError, read_ordinary
from assistant.letter.keys import public_hex
from assistant.letter.seal import (
    EN,
    END,
    MAGIC,
    NONE,
    SEAL,
    TRAINING,
    ZH,
    Sealed,
    digest_of,
    render,
    signed_part,
)
from flows.verdict import Named, Problem

MOST_BYTES = 1024 * 1024

Seal = Literal["this", "other", "unknown", "none"]
"""Whose seal: this installation's, another's, somebody's (no key to compare with), or none at all."""

_FIELDS = ("typed-name", "signed-at", "edition", "content-version", "reference", "sha256-zh", "sha256-en")
_SEAL = re.compile(
    "".join(rf"{field}: (?P<{field.replace('-', '_')}>[^\n]*)\n" for field in _FIELDS)
    + rf"sha256: (?P<sha256>[0-9a-f]{{64}})\nsealed-by: (?P<signer>[0-9a-f]{{64}}|{NONE})\n"
    rf"signature: (?P<signature>[0-9a-f]{{128}}|{NONE})\n{END}\n"
)


@dataclass(frozen=True)
class LetterVerdict:
    """What can be said of a letter file.

    Attributes:
        ok: Whether it is unchanged and nothing that it was compared with speaks against it; a letter of a
            classroom never is.
        sha256: The hash of what the file holds now, as far as it can be read as a letter.
        problem: What is wrong.
        reference: The reference that the file names.
        signed_at: When it was signed, as the file says.
        seal: Whose seal it bears; ``none`` also where nothing could be read.
        letter: The letter itself, when it is unchanged.
    """

    ok: bool
    sha256: str = ""
    problem: Problem | None = None
    reference: str = ""
    signed_at: datetime | None = None
    seal: Seal = "none"
    letter: Sealed | None = None


def verify_file(
    path: Path, *, expected: str | None = None, public_key: Ed25519PublicKey | None = None
) -> LetterVerdict:
    """Verify a letter file; any path at all gets an answer.

    Args:
        expected: The SHA-256 that the records keep for this letter.
        public_key: The public key of this installation.
    """
    try:
        data = read_ordinary(path, MOST_BYTES)
    except FileRefusedError as refused:
        return LetterVerdict(False, problem=refused.problem)
    return verify_bytes(data, expected=expected, public_key=public_key)


def verify_bytes(
    data: bytes, *, expected: str | None = None, public_key: Ed25519PublicKey | None = None
) -> LetterVerdict:
    """Verify a letter file that has been read already."""
    found = _verify(data)
    if not found.ok or found.letter is None:
        return _recoded(data, found)
    sealed_by = found.letter.signer
    seal: Seal = "none" if sealed_by == NONE else "unknown"
    if public_key is not None and sealed_by != NONE:
        seal = "this" if sealed_by == public_hex(public_key) else "other"
    code = ""
    if found.letter.training:
        # Whatever key it is compared with: nobody promised anything in a classroom.
        code = "letter-training"
    elif expected is not None and found.sha256 != expected.strip().lower():
        code = "letter-not-the-recorded"
    elif seal == "other":
        code = "letter-other-installation"
    elif public_key is not None and seal == "none" and expected is None:
        code = "letter-without-signature"
    args = {"reference": found.reference}
    return LetterVerdict(
        ok=not code,
        sha256=found.sha256,
        problem=Problem(code, args) if code else None,
        reference=found.reference,
        signed_at=found.signed_at,
        seal=seal,
        letter=found.letter,
    )


def _verify(data: bytes) -> LetterVerdict:
    """Verify the file against itself."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _wrong("letter-not-utf-8" if MAGIC.encode() in data[:64] else "letter-not-a-letter")
    head, chinese_begins, rest = text.partition(f"{ZH}\n")
    chinese, english_begins, rest = rest.partition(f"{EN}\n")
    english, seal_begins, block = rest.partition(f"{SEAL}\n")
    form = _SEAL.fullmatch(block)
    if (
        form is None
        or head not in {f"{MAGIC}\n", f"{TRAINING}\n"}
        or not (chinese_begins and english_begins and seal_begins)
    ):
        return _wrong(_misshapen(text))
    upper = data[: data.rindex(b"\nsha256: ") + 1]
    digest = digest_of(upper)
    if digest != form["sha256"]:
        part = _changed_part(form, chinese, english)
        return _wrong("letter-changed", digest, part=Named("word", f"letter.part.{part}"))
    if not _signature_fits(form, upper):
        return _wrong("letter-signature-differs", digest)
    try:
        signed_at = datetime.fromisoformat(form["signed_at"])
    except ValueError:
        return _wrong("letter-changed", digest, part=Named("word", "letter.part.seal"))
    letter = Sealed(
        text_en=english,
        text_zh=chinese,
        typed_name=form["typed_name"],
        signed_at=signed_at,
        edition=form["edition"],
        content_version=form["content_version"],
        reference=form["reference"],
        sha256=digest,
        signer=form["signer"],
        signature=form["signature"],
        training=head == f"{TRAINING}\n",
    )
    # One letter has one file: what reads alike and is written otherwise was not written by us.
    if render(letter) != data:
        return _wrong("letter-changed", digest, part=Named("word", "letter.part.seal"))
    return LetterVerdict(True, digest, None, letter.reference, signed_at, letter=letter)


def _wrong(code: str, sha256: str = "", **args: Named) -> LetterVerdict:
    return LetterVerdict(False, sha256, Problem(code, args))


def _misshapen(text: str) -> str:
    if MAGIC not in text[:64] and not (ZH in text and EN in text and SEAL in text):
        return "letter-not-a-letter"
    return "letter-without-seal" if SEAL not in text else "letter-misshapen"


def _changed_part(form: re.Match[str], chinese: str, english: str) -> str:
    texts = {"zh": chinese, "en": english}
    changed = [part for part, text in texts.items() if digest_of(text.encode()) != form[f"sha256_{part}"]]
    return {0: "seal", 1: changed[0] if changed else "", 2: "both"}[len(changed)]


def _signature_fits(form: re.Match[str], upper: bytes) -> bool:
    signer, signature = form["signer"], form["signature"]
    if NONE in (signer, signature):
        return signer == signature
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer))
        key.verify(bytes.fromhex(signature), signed_part(upper, form["sha256"], signer))
    except (InvalidSignature, ValueError):
        return False
    return True


def _recoded(data: bytes, found: LetterVerdict) -> LetterVerdict:
    """Tell a letter whose words are whole but which a program saved its own way."""
    ways: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("letter-line-ends", "", lambda: data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")),
        ("letter-encoding", "UTF-8 BOM", lambda: data.decode("utf-8-sig").encode()),
        ("letter-encoding", "UTF-16", lambda: data.decode("utf-16").encode()),
        ("letter-encoding", "GB 18030", lambda: data.decode("gb18030").encode()),
    )
    for code, encoding, restore in ways:
        try:
            restored = restore()
        except UnicodeError:
            continue
        unix = restored.replace(b"\r\n", b"\n")
        if restored != data and any(_verify(each).ok for each in {restored, unix}):
            return LetterVerdict(
                False, found.sha256, Problem(code, {"encoding": encoding} if encoding else {}), seal="none"
            )
    return found
