"""A candidate's answers by prompt, for the faces that are driven from outside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.conversation.messages import Prompt
from flows import challenge
from flows.challenge import Challenge

NUMBER = "11010519491231002X"
PASSWORD = "Kaoyan-2020x"

ANSWERS: Mapping[str, str] = {
    "first_time": "yes",
    "exam": "class-1-constructor",
    "province": "jiangsu",
    "name": "王小明",
    "id_type": "resident-id",
    "id_number": NUMBER,
    "mobile": "13800138000",
    "email": "wang@example.com",
    "password": PASSWORD,
    "education.0.level": "bachelor",
    "education.0.study": "full-time",
    "education.0.school": "南京工业大学",
    "education.0.major": "土木工程",
    "education.0.graduated": "2005-07",
    "education.0.certificate": "102911200505001234",
    "education.0.country": "china",
    "education.1.add": "no",
    "degree.0.add": "no",
    "photo.login": PASSWORD,
    "photo.confirm": "yes",
    "application.choose": "yes",
    "city": "nanjing",
    "verification_point": "nanjing-1",
    "level": "all-subjects",
    "major": "building",
    "work_years": "8",
    "signature.name": "王小明",
    "signature": PASSWORD,
}
"""What is typed; a choice is typed by its id."""


def answer(prompt: Prompt, standing: Challenge | None, portrait: Path) -> str:
    """Return what the candidate types at a prompt.

    Raises:
        KeyError: The prompt asks for something that the candidate did not expect.
    """
    if prompt.kind == "acknowledge":
        return "yes"
    if prompt.key.endswith(".code") and standing is not None:
        return challenge.answer(standing)
    if prompt.key == "photo":
        return str(portrait)
    return ANSWERS[prompt.key]
