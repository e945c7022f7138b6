"""The last stage: how a registration is supervised, and what a false promise brings (FAQ 15, 16)."""

from __future__ import annotations

from flows.steps.decided import decided
from flows.steps.model import Ending, Step, Tell

STEPS: tuple[Step, ...] = (
    Step(
        "supervision",
        item=15,
        stage="after",
        tells=lambda _: (Tell("receipt", show="receipt"),),
    ),
    Step(
        "consequences",
        item=16,
        stage="after",
        ends=lambda s: decided(s) or Ending("paid", "ending.paid", "next.paid"),
    ),
)
