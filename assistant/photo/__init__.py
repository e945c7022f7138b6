"""Judges and processes ID photos: what the notice's review tool does, on any system.

A photo is accepted when this tool has passed it (FAQ 12.2); the proof is the SHA-256 of the file, kept with
the report.
"""

from assistant.photo.judging import (
    MOST_INPUT,
    check_photo,
    judge_bytes,
    process_bytes,
    process_photo,
    sample_photo,
)
from assistant.photo.report import ATTESTED, CHECKS, Check, PhotoReport, accepted

__all__ = [
    "ATTESTED",
    "CHECKS",
    "MOST_INPUT",
    "Check",
    "PhotoReport",
    "accepted",
    "check_photo",
    "judge_bytes",
    "process_bytes",
    "process_photo",
    "sample_photo",
]
