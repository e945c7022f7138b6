"""The matrix of roles and deeds: each cell, and what no role may ever do."""

from __future__ import annotations

import pytest

from flows.permissions import MAY, Deed, Staff
from flows.roles import STAFF, Role

DESK = ("help-desk", "verifier", "cashier", "supervisor", "publisher", "auditor", "administrator")

MATRIX = """
                        H V C S P A M
read-steps              x x x x x x x
note-call               x x x x - - -
look-up-candidate       x x x x - - -
take-report             x x x x - - -
see-reviews             - x - x - x -
claim-review            - x - x - - -
ask-evidence            - x - x - - -
receive-evidence        - x - x - - -
decide-review           - x - x - - -
second-review           - x - x - - -
see-payments            - - x x - x -
take-payment            - - x - - - -
import-statement        - - x - - - -
reconcile-payment       - - x - - - -
import-results          - - - x - - -
draw-sample             - - - x - - -
work-sample             - x - x - - -
publish-list            - - - - x - -
see-reports             - x - x - x -
work-report             - x - x - - -
see-reporter            - - - x - - -
see-false-promises      - - - x x x -
open-false-promise      - x - x - - -
work-false-promise      - - - x - - -
decide-false-promise    - - - x - - -
review-false-promise    - - - x - - -
publish-decision        - - - - x - -
export-credit           - - - - x - -
write-to-employer       - - - - x - -
see-blacklist           - - - x x x -
see-overview            - - - x - x x
read-audit              - - - - - x -
manage-staff            - - - - - - x
import-authority        - - - - - - x
sign                    - - - - - - -
confirm                 - - - - - - -
start-payment           - - - - - - -
see-password            - - - - - - -
see-id-number           - - - - - - -
"""
"""As it hangs on the wall: a deed a line, a role a column."""

ROWS = {line.split()[0]: line.split()[1:] for line in MATRIX.strip().splitlines()[1:]}
CELLS = [
    (deed, role, cell == "x") for deed, cells in ROWS.items() for role, cell in zip(DESK, cells, strict=True)
]


def test_the_matrix_on_the_wall_names_every_deed_and_every_role_of_the_desk() -> None:
    assert set(ROWS) == {deed.value for deed in Deed} == {deed.value for deed in MAY}
    assert {*DESK, Role.TRAINER.value} == {role.value for role in STAFF}


@pytest.mark.parametrize(("deed", "role", "allowed"), CELLS)
def test_each_cell_of_the_matrix(deed: str, role: str, allowed: bool) -> None:
    somebody = Staff("li.na", frozenset({Role(role)}))
    assert somebody.acts_as(Deed(deed)) == (Role(role) if allowed else None)


@pytest.mark.parametrize("deed", Deed)
def test_a_trainer_a_candidate_and_the_system_do_nothing_at_the_desk(deed: Deed) -> None:
    assert not MAY[deed] & {Role.TRAINER, Role.CANDIDATE, Role.SYSTEM}


@pytest.mark.req("5.2")
def test_nobody_at_the_desk_may_do_what_belongs_to_the_candidate_whatever_their_roles() -> None:
    everything = Staff("boss", STAFF)
    theirs = (Deed.SIGN, Deed.CONFIRM, Deed.START_PAYMENT, Deed.SEE_PASSWORD, Deed.SEE_ID_NUMBER)
    assert [everything.acts_as(deed) for deed in theirs] == [None] * len(theirs)


def test_somebody_with_two_roles_acts_in_the_one_that_may() -> None:
    both = Staff("wang.fang", frozenset({Role.CASHIER, Role.VERIFIER}))
    assert both.acts_as(Deed.TAKE_PAYMENT) is Role.CASHIER
    assert both.acts_as(Deed.DECIDE_REVIEW) is Role.VERIFIER
    assert both.acts_as(Deed.PUBLISH_LIST) is None
