"""The 22 states of the journey in the candidate's order, as data."""

from __future__ import annotations

from collections.abc import Mapping

from flows.steps import after, apply, orient, register
from flows.steps.model import Ask, Step

STEPS: tuple[Step, ...] = (*orient.STEPS, *register.STEPS, *apply.STEPS, *after.STEPS)
BY_ID: Mapping[str, Step] = {step.id: step for step in STEPS}

__all__ = ["BY_ID", "STEPS", "Ask", "Step"]
