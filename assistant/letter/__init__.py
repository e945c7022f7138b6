"""Makes, seals and proves the commitment letter (FAQ 3 to 5)."""

from assistant.letter.keys import open_signing_key, public_hex
from assistant.letter.seal import Sealed, holds, render, seal, write
from assistant.letter.text import PLACES, LetterData, canonical, compose, compose_all
from assistant.letter.verify import LetterVerdict, verify_bytes, verify_file

__all__ = [
    "PLACES",
    "LetterData",
    "LetterVerdict",
    "Sealed",
    "canonical",
    "compose",
    "compose_all",
    "holds",
    "open_signing_key",
    "public_hex",
    "render",
    "seal",
    "verify_bytes",
    "verify_file",
    "write",
]
