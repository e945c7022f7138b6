"""Who of the staff may do what: one matrix, asked by the screens, the store and the machines of the cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from flows.roles import Role


class Deed(StrEnum):
    """Something that a person at the desk may want to do."""

    # On the telephone
    READ_STEPS = "read-steps"
    NOTE_CALL = "note-call"
    LOOK_UP_CANDIDATE = "look-up-candidate"
    TAKE_REPORT = "take-report"

    # Manual verification (FAQ 14)
    SEE_REVIEWS = "see-reviews"
    CLAIM_REVIEW = "claim-review"
    ASK_EVIDENCE = "ask-evidence"
    RECEIVE_EVIDENCE = "receive-evidence"
    DECIDE_REVIEW = "decide-review"
    SECOND_REVIEW = "second-review"
    """Agree or disagree, as another person, with a verifier's "fail"."""

    # Payment (FAQ 13.7)
    SEE_PAYMENTS = "see-payments"
    TAKE_PAYMENT = "take-payment"
    IMPORT_STATEMENT = "import-statement"
    RECONCILE_PAYMENT = "reconcile-payment"

    # Supervision (FAQ 15)
    IMPORT_RESULTS = "import-results"
    DRAW_SAMPLE = "draw-sample"
    WORK_SAMPLE = "work-sample"
    PUBLISH_LIST = "publish-list"
    SEE_REPORTS = "see-reports"
    WORK_REPORT = "work-report"
    SEE_REPORTER = "see-reporter"

    # False promises (FAQ 16)
    SEE_FALSE_PROMISES = "see-false-promises"
    OPEN_FALSE_PROMISE = "open-false-promise"
    WORK_FALSE_PROMISE = "work-false-promise"
    DECIDE_FALSE_PROMISE = "decide-false-promise"
    REVIEW_FALSE_PROMISE = "review-false-promise"
    """Decide on the objection, as somebody who did not take the decision."""
    PUBLISH_DECISION = "publish-decision"
    EXPORT_CREDIT = "export-credit"
    WRITE_TO_EMPLOYER = "write-to-employer"
    SEE_BLACKLIST = "see-blacklist"

    # The house itself
    SEE_OVERVIEW = "see-overview"
    READ_AUDIT = "read-audit"
    MANAGE_STAFF = "manage-staff"
    IMPORT_AUTHORITY = "import-authority"

    # What belongs to the candidate alone (FAQ 5, FAQ 13.4)
    SIGN = "sign"
    CONFIRM = "confirm"
    START_PAYMENT = "start-payment"
    SEE_PASSWORD = "see-password"  # noqa: S105 - a deed, no password
    SEE_ID_NUMBER = "see-id-number"


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_DESK = _roles(Role.HELP_DESK, Role.VERIFIER, Role.CASHIER, Role.SUPERVISOR)
_NOBODY: frozenset[Role] = frozenset()

MAY: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        Deed.READ_STEPS: _DESK | {Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR},
        Deed.NOTE_CALL: _DESK,
        Deed.LOOK_UP_CANDIDATE: _DESK,
        Deed.TAKE_REPORT: _DESK,
        Deed.SEE_REVIEWS: _roles(Role.VERIFIER, Role.SUPERVISOR, Role.AUDITOR),
        Deed.CLAIM_REVIEW: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.ASK_EVIDENCE: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.RECEIVE_EVIDENCE: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.DECIDE_REVIEW: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.SECOND_REVIEW: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.SEE_PAYMENTS: _roles(Role.CASHIER, Role.SUPERVISOR, Role.AUDITOR),
        Deed.TAKE_PAYMENT: _roles(Role.CASHIER),
        Deed.IMPORT_STATEMENT: _roles(Role.CASHIER),
        Deed.RECONCILE_PAYMENT: _roles(Role.CASHIER),
        Deed.IMPORT_RESULTS: _roles(Role.SUPERVISOR),
        Deed.DRAW_SAMPLE: _roles(Role.SUPERVISOR),
        Deed.WORK_SAMPLE: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.PUBLISH_LIST: _roles(Role.PUBLISHER),
        Deed.SEE_REPORTS: _roles(Role.SUPERVISOR, Role.VERIFIER, Role.AUDITOR),
        Deed.WORK_REPORT: _roles(Role.SUPERVISOR, Role.VERIFIER),
        Deed.SEE_REPORTER: _roles(Role.SUPERVISOR),
        Deed.SEE_FALSE_PROMISES: _roles(Role.SUPERVISOR, Role.PUBLISHER, Role.AUDITOR),
        Deed.OPEN_FALSE_PROMISE: _roles(Role.VERIFIER, Role.SUPERVISOR),
        Deed.WORK_FALSE_PROMISE: _roles(Role.SUPERVISOR),
        Deed.DECIDE_FALSE_PROMISE: _roles(Role.SUPERVISOR),
        Deed.REVIEW_FALSE_PROMISE: _roles(Role.SUPERVISOR),
        Deed.PUBLISH_DECISION: _roles(Role.PUBLISHER),
        Deed.EXPORT_CREDIT: _roles(Role.PUBLISHER),
        Deed.WRITE_TO_EMPLOYER: _roles(Role.PUBLISHER),
        Deed.SEE_BLACKLIST: _roles(Role.SUPERVISOR, Role.PUBLISHER, Role.AUDITOR),
        Deed.SEE_OVERVIEW: _roles(Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR),
        Deed.READ_AUDIT: _roles(Role.AUDITOR),
        Deed.MANAGE_STAFF: _roles(Role.ADMINISTRATOR),
        Deed.IMPORT_AUTHORITY: _roles(Role.ADMINISTRATOR),
        Deed.SIGN: _NOBODY,
        Deed.CONFIRM: _NOBODY,
        Deed.START_PAYMENT: _NOBODY,
        Deed.SEE_PASSWORD: _NOBODY,
        Deed.SEE_ID_NUMBER: _NOBODY,
    }
)
"""The roles that may do each deed."""


DESK_ROLES: frozenset[Role] = frozenset[Role]().union(*MAY.values())
"""The roles that somebody at the desk may have: those that may do anything there."""


@dataclass(frozen=True)
class Staff:
    """Somebody who works at the desk, as they logged in.

    Args:
        id: Their login name: it stands on the audit trail, and tells two people apart.
        roles: What they are; often one role alone.
    """

    id: str
    roles: frozenset[Role]

    def acts_as(self, deed: Deed) -> Role | None:
        """Return the role in which this person may do ``deed``; ``None`` when they may not."""
        return min(self.roles & MAY[deed], default=None)
