"""What can go wrong with the store, as codes whose sentences stand in ``content/words``."""

from __future__ import annotations

from datetime import datetime

from flows.roles import Role
from flows.verdict import RefusedError


class RecordsError(RefusedError):
    """The store cannot be used, or refuses an act."""


class IdentityTaken(RecordsError):  # noqa: N818 - named for what happened
    """The ID number is registered already (FAQ 11.1)."""

    def __init__(self) -> None:
        """Say so by its code."""
        super().__init__("identity-taken")


class MobileTaken(RecordsError):  # noqa: N818 - named for what happened
    """The mobile number belongs to another user (FAQ 11.2)."""

    def __init__(self) -> None:
        """Say so by its code."""
        super().__init__("mobile-taken")


class RoleRefused(RecordsError):  # noqa: N818 - named for what happened
    """Somebody tried what their role may not do; the store notes the try after the turn is rolled back.

    Args:
        act: What was tried, such as ``confirm``.
        code: ``not-for-staff`` for what only the applicant may do, ``not-for-you`` for what only
            an office may.
        subject: A resume code or an account's id.
        role: Who tried.
        actor: Their staff name, or the empty string.
        now: When.
    """

    def __init__(
        self, act: str, code: str, subject: str, *, role: Role, actor: str = "", now: datetime
    ) -> None:
        """Keep what the audit trail needs."""
        super().__init__(code)
        self.act, self.subject, self.role, self.actor, self.now = act, subject, role, actor, now
