"""What moves a lesson on: an input of the candidate, the clock, or an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.conversation.inputs import Input


@dataclass(frozen=True)
class Moved:
    """The simulated clock is put to ``to``."""

    to: datetime


@dataclass(frozen=True)
class Decided:
    """The office decides the manual verification, as two of its people would."""

    decision: Literal["pass", "fail"]
    reason: str


@dataclass(frozen=True)
class Paid:
    """The cashier takes the fee for the slip that stands."""


@dataclass(frozen=True)
class Penalised:
    """The office finds a false promise, hears the candidate, decides, and the decision comes into force.

    The periods for it pass on the simulated clock.
    """

    measure: str
    reason: str


Act = Input | Moved | Decided | Paid | Penalised
"""One thing that is done in a lesson."""
