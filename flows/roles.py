"""Who acts. Every trigger of the journey carries a role, and the guards ask for it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A kind of person, or the system itself."""

    CANDIDATE = "candidate"
    HELP_DESK = "help-desk"
    VERIFIER = "verifier"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    TRAINER = "trainer"
    SYSTEM = "system"
    """The product on behalf of nobody: results that arrive, windows that close."""


STAFF = frozenset(Role) - {Role.CANDIDATE, Role.SYSTEM}
"""Roles that may never sign, confirm or pay for a candidate (FAQ 5, FAQ 13.4)."""
