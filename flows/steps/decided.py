"""Where a decision on a false promise stops a registration (FAQ 16.1)."""

from __future__ import annotations

from flows.casework.measures import MEASURES
from flows.situation import Situation
from flows.steps.model import Ending
from flows.verdict import Named


def decided(situation: Situation) -> Ending | None:
    """Say which decision is in force on this registration, and what can be done instead."""
    measure = MEASURES.get(situation.dossier.text("consequences.measure"))
    if measure is None:
        return None
    return Ending(
        "invalid",
        "ending.decision",
        "next.decision",
        {
            "measure": Named("word", f"measure.{measure.id}"),
            "basis": Named("word", f"basis.{measure.basis}"),
            "case": situation.dossier.text("consequences.case"),
            **situation.exam_and_province,
        },
    )
