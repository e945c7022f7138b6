"""A dossier seen at a moment under an edition: what the guards and steps look at.

Everything here is worked out from the facts; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from content.loader import Content
from content.schema import Edition, Exam, Level
from flows.dossier import AcademicRecord, Dossier
from flows.rules import deadlines, eligibility, identity, integrity, results, review, scope, verification
from flows.verdict import Arg, Named, Problem

Route = review.Adopted


@dataclass(frozen=True)
class Situation:
    """Where a candidate stands: the facts, the rules that hold, and the time.

    Args:
        dossier: What is known.
        edition: The rules that hold for this registration.
        content: The catalogue of examinations, places and deadlines.
        now: The time, with its zone.
    """

    dossier: Dossier
    edition: Edition
    content: Content
    now: datetime

    @cached_property
    def today(self) -> date:
        """The day of ``now`` in its own zone."""
        return self.now.date()

    @cached_property
    def judged_at(self) -> datetime:
        """The moment at which the application is judged: now, and for good once it is confirmed (FAQ 13.5).

        Otherwise a record that ends, or a new year, would send a confirmed candidate back to signing.
        """
        confirmed = self.dossier.earlier("application.confirm")
        return self.now if confirmed is None or confirmed.stale else confirmed.at

    @cached_property
    def exam(self) -> Exam | None:
        """The examination chosen so far."""
        return self.content.exams.get(self.dossier.text("exam"))

    @cached_property
    def level(self) -> Level | None:
        """The registration level chosen so far."""
        return self.exam.level(self.dossier.text("level")) if self.exam else None

    @cached_property
    def first_time(self) -> bool | None:
        """Whether the candidate never registered on the platform; ``None`` while not known."""
        answer = self.dossier.value("first_time")
        return None if answer is None else answer == "yes"

    @cached_property
    def scope(self) -> scope.ScopeAnswer | None:
        """Whether the notification-commitment system covers the chosen exam and province (FAQ 2)."""
        province = self.dossier.text("province")
        return scope.scope(self.exam, province, self.edition) if self.exam and province else None

    @cached_property
    def in_scope(self) -> bool:
        """Whether the commitment can be adopted for this exam at all."""
        return self.scope is not None and self.scope.in_scope

    @cached_property
    def window(self) -> deadlines.WindowTimes | None:
        """The window that is open, or the next one; once confirmed, that of the moment of confirming."""
        exam, province = self.dossier.text("exam"), self.dossier.text("province")
        if not exam or not province:
            return None
        return deadlines.window(self.content.calendar, exam, province, self.judged_at)

    @cached_property
    def window_state(self) -> deadlines.WindowState:
        """Whether that window is open; open where no window is known: an unknown date never blocks."""
        return deadlines.state(self.window, self.now) if self.window else "open"

    @cached_property
    def exam_and_province(self) -> Mapping[str, Arg]:
        """The names that most sentences of the application need, with whom to call."""
        exam, province = self.dossier.text("exam"), self.dossier.text("province")
        office = self.content.office(province)
        return {
            "exam": Named("exam", exam),
            "province": Named("province", province),
            "telephone": office.telephone if office else "",
        }

    @cached_property
    def exam_year(self) -> int:
        """The year in which the examination is sat: years of work count to its last day."""
        return self.window.exam_day.year if self.window else self.judged_at.year

    @cached_property
    def born(self) -> date | None:
        """The date of birth, where the ID number tells it."""
        return identity.born(self.dossier.text("id_type"), self.dossier.text("id_number"))

    # What the candidate has ----------------------------------------------------------------------------

    @cached_property
    def education(self) -> tuple[AcademicRecord, ...]:
        """Education records that count."""
        return self.dossier.records_in_force("education")

    @cached_property
    def degrees(self) -> tuple[AcademicRecord, ...]:
        """Degree records that count."""
        return self.dossier.records_in_force("degree")

    @cached_property
    def work(self) -> eligibility.WorkSum | None:
        """The years of work that were stated, summed up to the end of the exam year."""
        typed = self.dossier.text("work_years")
        return eligibility.work_sum(typed, self.exam_year) if typed else None

    @cached_property
    def eligibility(self) -> eligibility.EligibilityAnswer | None:
        """Whether the conditions of the exam are met, as far as the product can tell."""
        if self.exam is None or self.level is None or self.work is None:
            return None
        return eligibility.eligibility(
            self.exam, self.level, self.edition, self.education, self.degrees, self.work
        )

    @cached_property
    def passes(self) -> tuple[results.EarlierPass, ...]:
        """Subjects of this exam that the archive says were passed."""
        value = self.dossier.value("archive.passes")
        listed = value if isinstance(value, tuple) else ()
        return tuple(
            found for each in listed if (found := results.decode(each)).exam == self.dossier.text("exam")
        )

    @cached_property
    def earlier(self) -> results.EarlierAnswer | None:
        """What becomes of the earlier passes (FAQ 17); ``None`` without any."""
        if not self.passes or self.exam is None or self.eligibility is None:
            return None
        return results.earlier_verdict(self.exam, self.passes, self.exam_year, self.eligibility)

    @cached_property
    def standing_passes(self) -> tuple[results.EarlierPass, ...]:
        """Earlier passes that still count this year: alive, and not made invalid."""
        if self.exam is None:
            return ()
        living = results.alive(self.exam, self.passes, self.exam_year)
        gone = self.earlier.invalid if self.earlier else ()
        return tuple(each for each in living if each not in gone)

    # What the authorities say --------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[str, ...]:
        """What is verified online: the identity and each record that counts."""
        return ("identity", *(record.item for record in (*self.education, *self.degrees)))

    @cached_property
    def statuses(self) -> Mapping[str, verification.Status]:
        """The verification status of each item at this moment."""
        found: dict[str, verification.Status] = {}
        for item in self.items:
            submitted = self.dossier.text(f"verification.{item}.submitted")
            result = self.dossier.text(f"verification.{item}.status")
            found[item] = (
                verification.status_of(datetime.fromisoformat(submitted), result or None, self.now)
                if submitted
                else "unverified"
            )
        return found

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """Items whose verification is not complete."""
        return tuple(item for item, status in self.statuses.items() if status == "unverified")

    @cached_property
    def pending_since(self) -> tuple[Arg, ...]:
        """The items whose verification is not complete, each with the time it was submitted (FAQ 7.3)."""
        return tuple(
            Problem("pending-since", {"item": Named("item", item), "since": datetime.fromisoformat(since)})
            if (since := self.dossier.text(f"verification.{item}.submitted"))
            else Named("item", item)
            for item in self.pending
        )

    @cached_property
    def results_at(self) -> datetime | None:
        """When the last pending result becomes visible; ``None`` when nothing was submitted."""
        moments = [
            verification.visible_at(datetime.fromisoformat(submitted))
            for item in self.pending
            if (submitted := self.dossier.text(f"verification.{item}.submitted"))
        ]
        return max(moments, default=None)

    @cached_property
    def integrity_record(self) -> integrity.IntegrityRecord | None:
        """The integrity-file record that is still running when the application is judged (FAQ 6)."""
        value = self.dossier.value("integrity")
        records = tuple(integrity.decode(each) for each in value) if isinstance(value, tuple) else ()
        return integrity.running(records, self.judged_at.date())

    @cached_property
    def route(self) -> Route | None:
        """How this registration is reviewed; ``None`` while the candidate has not chosen."""
        if not self.in_scope:
            return "out-of-scope"
        if self.integrity_record is not None:
            return "not-applicable"
        if "withdrawn" in self.dossier:
            return "withdrawn"
        if not self.edition.choice:
            return "adopted"
        choice = self.dossier.text("adopt_commitment")
        if choice == "yes":
            return "adopted"
        return "declined" if choice == "no" and self.dossier.true("decline.confirm") else None

    @cached_property
    def reasons(self) -> tuple[review.ReviewReason, ...]:
        """Why somebody has to look at this registration (FAQ 14); none when nobody has to."""
        return review.review_reasons(
            adopted=self.route or "adopted",
            id_type=self.dossier.text("id_type"),
            education=self.education,
            degrees=self.degrees,
            statuses=self.statuses,
        )
