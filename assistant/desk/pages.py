"""The pages of the desk, in the order that the home lists them.

To hang in a page: make ``assistant/desk/screens/NAME.py`` with a subclass of
:class:`assistant.desk.page.DeskPage`, add one line to :data:`PAGES`, and write ``desk.page.ID`` and
``desk.page.ID-hint`` in ``content/words``. The page

- sets ``title_key`` and ``KEYS`` (their words are ``desk.key.ID``),
- yields its widgets in ``body``, loads in ``opened``, and says its words in ``say``,
- takes other keys in ``typed`` and its own in ``act``,
- works with ``self.duty`` (``staff``, ``now``, ``content``) and reaches the store by
  ``self.store(lambda turn: turn.some_act(…, by=self.duty.staff, now=self.duty.now), then=self._show)``: the
  first runs in a thread, the second in the event loop; a refusal is said above the keys by itself,
- says something in passing by ``self.tell`` and why something cannot be by ``self.refuse``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.desk.duty import Duty
from assistant.desk.page import DeskPage
from assistant.desk.screens.audit import AuditPage
from assistant.desk.screens.call import CallPage
from assistant.desk.screens.candidate import CandidatePage
from assistant.desk.screens.decisions import BlacklistPage, PublicDecisionsPage
from assistant.desk.screens.false_promises import FalsePromisesPage, OpenCasePage
from assistant.desk.screens.overview import OverviewPage
from assistant.desk.screens.payments import PaymentsPage
from assistant.desk.screens.publicity import PublicityPage
from assistant.desk.screens.reports import ReportsPage, TakeReportPage
from assistant.desk.screens.reviews import ReviewsPage
from assistant.desk.screens.staff import StaffPage
from assistant.desk.screens.supervision import SupervisionPage
from flows.permissions import Deed, Staff


@dataclass(frozen=True)
class Entry:
    """A page in the list of the home.

    Args:
        id: Its words are ``desk.page.<id>`` and ``desk.page.<id>-hint``.
        deed: Who may do this sees the page.
        make: Makes the page.
    """

    id: str
    deed: Deed
    make: Callable[[Duty], DeskPage]


PAGES: tuple[Entry, ...] = (
    Entry("candidate", Deed.LOOK_UP_CANDIDATE, CandidatePage),
    Entry("audit", Deed.READ_AUDIT, AuditPage),
    Entry("staff", Deed.MANAGE_STAFF, StaffPage),
    Entry("reviews", Deed.SEE_REVIEWS, ReviewsPage),
    Entry("call", Deed.READ_STEPS, CallPage),
    Entry("report-take", Deed.TAKE_REPORT, TakeReportPage),
    Entry("reports", Deed.SEE_REPORTS, ReportsPage),
    Entry("case-open", Deed.OPEN_FALSE_PROMISE, OpenCasePage),
    Entry("false-promises", Deed.SEE_FALSE_PROMISES, FalsePromisesPage),
    Entry("blacklist", Deed.SEE_BLACKLIST, BlacklistPage),
    Entry("decisions-public", Deed.PUBLISH_DECISION, PublicDecisionsPage),
    Entry("payments", Deed.SEE_PAYMENTS, PaymentsPage),
    Entry("supervision", Deed.WORK_SAMPLE, SupervisionPage),
    Entry("publicity", Deed.PUBLISH_LIST, PublicityPage),
    Entry("overview", Deed.SEE_OVERVIEW, OverviewPage),
)


def allowed(staff: Staff) -> tuple[Entry, ...]:
    """Return the pages that this person's roles allow."""
    return tuple(entry for entry in PAGES if staff.acts_as(entry.deed) is not None)
