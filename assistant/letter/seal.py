"""Seals a letter and writes it as a file.

A letter file is one UTF-8 text: both language versions as they were read, and a seal block. Each version has
its SHA-256, the whole has one, and the installation signs the whole with its key (Ed25519). Whoever changes
the text can compute every hash anew, so hashes alone show only that nothing was changed by accident; that
nobody changed it on purpose is shown by the signature, or by the hash in the records.

A click, a name and a password are evidence of who signed. They are not a reliable signature in the sense of
Article 13 of the Electronic Signature Law, and nothing here says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.clock import in_china
from assistant.files import FileRefusedError, write_atomically
from assistant.letter.keys import public_hex
from assistant.letter.text import RULE, canonical, prove_single_line
from flows.verdict import Problem, Verdict, accept, refuse

MAGIC = "CHENGNUO-LETTER 1"
TRAINING = f"{MAGIC} TRAINING 培训"
"""Begins a letter that was signed in a classroom: whoever verifies it says that it is not real."""

ZH, EN, SEAL, END = (f"{RULE} {name} {RULE}" for name in ("ZH", "EN", "SEAL", "END"))
NONE = "-"


@dataclass(frozen=True)
class Sealed:
    """A letter that its candidate has signed.

    Attributes:
        sha256: Of everything in the file above its own line: texts, name, time, edition, reference.
        signer: Public key of the installation in hexadecimal, or ``-``.
        signature: Ed25519 over everything above its own line, in hexadecimal, or ``-``.
        training: Whether it was signed in a classroom, and is none at all.
    """

    text_en: str
    text_zh: str
    typed_name: str
    signed_at: datetime
    edition: str
    content_version: str
    reference: str
    sha256: str
    signer: str = NONE
    signature: str = NONE
    training: bool = False

    @property
    def file_name(self) -> str:
        """The name under which the letter is saved when the candidate names only a folder."""
        safe = "".join(each if each.isascii() and each.isalnum() else "-" for each in self.reference)
        return f"chengnuo-{'training-' if self.training else ''}letter-{safe}.txt"


def seal(
    texts: Mapping[str, str],
    *,
    typed_name: str,
    name: str,
    signed_at: datetime,
    reference: str,
    edition: str,
    content_version: str,
    password_ok: bool,
    signer: Ed25519PrivateKey | None = None,
    training: bool = False,
) -> Verdict[Sealed]:
    """Seal a letter on behalf of nobody but its candidate.

    Args:
        texts: The composed letter, under ``en`` and ``zh``.
        typed_name: The name typed as the signature; blanks around it do not count.
        name: The name in the registration, which it must equal, character by character.
        signed_at: When it was signed, with its zone, the same as in the texts.
        password_ok: Whether the candidate has authenticated again just now.
        signer: The installation's key; without one the file shows accidental changes only.
        training: Whether this is a classroom: the file then says so in its first line.

    Returns:
        The sealed letter, or ``letter-not-authenticated`` and ``letter-name-differs``.

    Raises:
        ValueError: A text is empty or could be taken for a seal: a fault of ours, not of the candidate.

    Source: FAQ 5 (signed by the applicant), FAQ 4.
    """
    problems = []
    if not password_ok:
        problems.append(Problem("letter-not-authenticated"))
    if not typed_name.strip() or typed_name.strip() != name:
        problems.append(Problem("letter-name-differs"))
    if problems:
        return refuse(*problems)
    english, chinese = _body(texts["en"]), _body(texts["zh"])
    fields = {"reference": reference, "edition": edition, "content version": content_version, "name": name}
    for field, value in fields.items():
        if not prove_single_line(field, value).strip():
            raise ValueError(f"{field} is empty")
    letter = Sealed(
        text_en=english,
        text_zh=chinese,
        typed_name=name,
        signed_at=in_china(signed_at).replace(microsecond=0),
        edition=edition,
        content_version=content_version,
        reference=reference,
        sha256="",
        signer=public_hex(signer.public_key()) if signer else NONE,
        training=training,
    )
    upper = _upper(letter)
    digest = digest_of(upper)
    signature = signer.sign(signed_part(upper, digest, letter.signer)).hex() if signer else NONE
    return accept(replace(letter, sha256=digest, signature=signature))


def holds(letter: Sealed, texts: Mapping[str, str]) -> bool:
    """Whether a letter still says what composing it anew says.

    Compose ``texts`` with the letter's own ``signed_at`` and ``reference``: where they differ, a fact that
    the letter holds has changed since, and the signature is void.
    """
    return canonical(texts["en"]) == letter.text_en and canonical(texts["zh"]) == letter.text_zh


def render(letter: Sealed) -> bytes:
    """Return the letter file: for one letter there is exactly one."""
    upper = _upper(letter)
    return (
        signed_part(upper, letter.sha256, letter.signer) + f"signature: {letter.signature}\n{END}\n".encode()
    )


def write(letter: Sealed, path: Path) -> Problem | None:
    """Save a letter where its candidate says, readable by its owner alone.

    Args:
        path: A new file, or a folder, in which it gets a name of its own. No file is overwritten.

    Returns:
        Why it was not saved, or ``None``.
    """
    try:
        write_atomically(path / letter.file_name if path.is_dir() else path, render(letter), replace=False)
    except FileRefusedError as refused:
        return refused.problem
    except (OSError, ValueError):
        return Problem("file-name")
    return None


def digest_of(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def signed_part(upper: bytes, digest: str, signer: str) -> bytes:
    """Return what the installation signs: everything above the signature."""
    return upper + f"sha256: {digest}\nsealed-by: {signer}\n".encode()


def _upper(letter: Sealed) -> bytes:
    """Everything that the hash covers: the file above the line of the hash."""
    return (
        f"{TRAINING if letter.training else MAGIC}\n{ZH}\n{letter.text_zh}{EN}\n{letter.text_en}{SEAL}\n"
        f"typed-name: {letter.typed_name}\n"
        f"signed-at: {letter.signed_at.isoformat()}\n"
        f"edition: {letter.edition}\n"
        f"content-version: {letter.content_version}\n"
        f"reference: {letter.reference}\n"
        f"sha256-zh: {digest_of(letter.text_zh.encode())}\n"
        f"sha256-en: {digest_of(letter.text_en.encode())}\n"
    ).encode()


def _body(text: str) -> str:
    body = canonical(text)
    if not body.strip():
        raise ValueError("an empty text cannot be sealed")
    if any(line.startswith(RULE) for line in body.split("\n")):
        raise ValueError("a line of the text could be taken for a dividing line of the letter file")
    body.encode("utf-8")
    return body
