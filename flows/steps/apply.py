"""The third stage: the application, from choosing the exam to paying for it (FAQ 5, 6, 13, 14, 17)."""

from __future__ import annotations

from datetime import datetime

from flows.dossier import Value
from flows.roles import Role
from flows.rules import eligibility, levels
from flows.situation import Situation
from flows.steps.decided import decided
from flows.steps.model import Ask, Ending, Option, Step, Tell, Wait, as_value
from flows.steps.orient import acknowledge, yes_or_no
from flows.verdict import Arg, Named, Problem, Verdict

FORM = ("exam", "province", "city", "verification_point", "level", "major", "subjects", "work_years")
"""What the application form holds beside the account's data (FAQ 13.3)."""

LETTER_HOLDS = frozenset({"name", "id_type", "id_number", *FORM, "academic.submit"})
"""Facts that stand in the commitment letter: a change of one voids the signature."""


def closed(situation: Situation) -> Ending | None:
    """Say why nothing can be submitted now: registration has not opened, or is over."""
    if situation.window is None:
        return None
    state = situation.window_state
    if state == "open":
        return None
    return Ending(
        "waiting" if state == "not-yet" else "refused",
        f"ending.{state}",
        f"next.{state}",
        {"opens": situation.window.opens, "closes": situation.window.closes, **situation.exam_and_province},
        mend=("exam", "province"),
    )


def _choosing(_: Situation) -> tuple[Option, ...]:
    return tuple(
        Option(each, Named("word", f"option.application.choose.{each}"))
        for each in ("yes", "exam", "province")
    )


def _cities(situation: Situation) -> tuple[Option, ...]:
    province = situation.dossier.text("province")
    found = situation.content.provinces.get(province)
    return (
        tuple(Option(city.id, Named("city", f"{province}/{city.id}")) for city in found.cities)
        if found
        else ()
    )


def _points(situation: Situation) -> tuple[Option, ...]:
    province = situation.dossier.text("province")
    points = situation.content.points(province, situation.dossier.text("city"))
    return tuple(Option(point.id, Named("point", f"{province}/{point.id}")) for point in points)


def _levels(situation: Situation) -> tuple[Option, ...]:
    if situation.exam is None:
        return ()
    exam = situation.exam
    return tuple(
        Option(
            level.id,
            Named("level", f"{exam.id}/{level.id}"),
            hint=f"hint.level.{level.kind}",
        )
        for level in exam.levels
    )


def _majors(situation: Situation) -> tuple[Option, ...]:
    if situation.exam is None or situation.level is None:
        return ()
    exam, chosen = situation.exam, situation.level.majors
    return tuple(
        Option(major.id, Named("major", f"{exam.id}/{major.id}"))
        for major in exam.majors
        if chosen is None or major.id in chosen
    )


def _one_major(situation: Situation) -> bool:
    return len(_majors(situation)) == 1


def _subjects(situation: Situation) -> tuple[Option, ...]:
    if situation.exam is None:
        return ()
    exam, passed = situation.exam, {each.subject: each.year for each in situation.standing_passes}
    subjects = levels.subjects_for(exam, situation.dossier.text("level"), situation.dossier.text("major"))
    return tuple(
        Option(
            subject.id,
            Named("subject", f"{exam.id}/{subject.id}"),
            refused=(
                Problem("subject-passed-already", {"year": passed[subject.id]})
                if subject.id in passed
                else None
            ),
        )
        for subject in subjects
    )


def _subjects_are_chosen(situation: Situation) -> bool:
    """Where scores live one year all subjects are taken and nothing is chosen by hand (FAQ 13.3)."""
    exam, level = situation.exam, situation.dossier.text("level")
    return exam is not None and bool(level) and not levels.all_taken(exam, level)


def _work(typed: str, situation: Situation) -> Verdict[Value]:
    return as_value(eligibility.parse_work(typed, situation.exam_year))


def _not_eligible(situation: Situation) -> Ending | None:
    answer = situation.eligibility
    if answer is None or answer.met is not False or situation.passes:
        return None
    return Ending(
        "refused",
        "ending.not-eligible",
        "next.not-eligible",
        situation.exam_and_province,
        mend=("work_years", "level", "exam"),
    )


def _work_told(situation: Situation) -> tuple[Tell, ...]:
    return (Tell("column", show="column"),)


def _earlier_ending(situation: Situation) -> Ending | None:
    earlier = situation.earlier
    if earlier is None or earlier.valid:
        return None
    return Ending(
        "invalid",
        "ending.earlier-invalid",
        "next.earlier-invalid",
        situation.exam_and_province,
        mend=("work_years", "level"),
    )


def _no_earlier(situation: Situation) -> Problem | None:
    return None if situation.passes else Problem("passed-no-earlier-passes")


def _choice_is_due(situation: Situation) -> bool:
    return situation.in_scope and situation.integrity_record is None and situation.edition.choice


def _declining(situation: Situation) -> bool:
    return _choice_is_due(situation) and situation.dossier.text("adopt_commitment") == "no"


def _unsigned_route(situation: Situation) -> Problem | None:
    if situation.route == "adopted" or situation.route is None:
        return None
    return Problem(f"passed-signature-{situation.route}")


def _no_group(situation: Situation) -> Problem | None:
    return None if situation.reasons else Problem("passed-no-group")


def _review_wait(situation: Situation) -> Wait | None:
    if not situation.reasons or situation.dossier.text("review.decision") == "pass":
        return None
    known = situation.dossier
    if known.text("review.evidence"):
        asked: dict[str, Arg] = {
            "what": known.text("review.evidence"),
            "where": known.text("review.evidence.where"),
            "by": datetime.fromisoformat(known.text("review.evidence.by")),
        }
        return Wait("wait.review-evidence", None, {**asked, **situation.exam_and_province})
    groups = tuple(dict.fromkeys(Named("word", f"group.{reason.group}") for reason in situation.reasons))
    return Wait("wait.review", None, {"groups": groups, **situation.exam_and_province})


def _why_failed(situation: Situation) -> Arg:
    """Return the reasons given, each once: of one condition after the other, or of the whole."""
    given = situation.dossier.value("review.unmet.reasons")
    if isinstance(given, tuple) and given:
        return tuple(dict.fromkeys(given))
    return situation.dossier.text("review.reason")


def _review_ending(situation: Situation) -> Ending | None:
    if situation.dossier.text("review.decision") != "pass" and (ending := decided(situation)):
        return ending
    if not situation.reasons or situation.dossier.text("review.decision") != "fail":
        return None
    return Ending(
        "refused",
        "ending.review-failed",
        "next.review-failed",
        {"reason": _why_failed(situation), **situation.exam_and_province},
    )


def _payment_wait(situation: Situation) -> Wait | None:
    if "payment.receipt" in situation.dossier:
        return None
    window = situation.window
    claim = situation.dossier.text("payment.claim")
    return Wait(
        # Whoever says to have paid is told how that stands, and never asked to pay again (P.6).
        {"open": "wait.payment.claimed", "not-found": "wait.payment.not-found"}.get(claim, "wait.payment"),
        None,
        {
            "reason": situation.dossier.text("payment.claim.reason"),
            "claimed": situation.dossier.text("payment.claim.day"),
            "slip": situation.dossier.text("payment.slip"),
            "pay_by": window.pay_by if window else situation.now,
            **situation.exam_and_province,
        },
    )


def _confirm_review(situation: Situation) -> tuple[str, ...]:
    return (
        "name",
        "id_type",
        "id_number",
        "mobile",
        "email",
        *(f"{record.item}.summary" for record in (*situation.education, *situation.degrees)),
        *FORM,
    )


STEPS: tuple[Step, ...] = (
    Step(
        "application-choose",
        item=13,
        stage="apply",
        asks=(Ask("application.choose", "choice", options=_choosing, act="choose-exam"),),
        ends=lambda s: None if "application.choose" in s.dossier else closed(s),
        tells=_work_told,
    ),
    Step(
        "application-read",
        item=13,
        stage="apply",
        asks=(Ask("application.read", "acknowledge", options=lambda _: acknowledge("application.read")),),
        tells=lambda _: (Tell("paper", show="notice-paper"), Tell("tell.application-read.instructions")),
    ),
    Step(
        "application-fill",
        item=13,
        stage="apply",
        asks=(
            Ask("city", "choice", options=_cities),
            Ask("verification_point", "choice", options=_points),
            Ask("level", "choice", options=_levels, act="choose-level"),
            Ask("major", "choice", options=_majors, when=lambda s: not _one_major(s)),
            Ask("work_years", judge=_work),
            Ask("subjects", "several", options=_subjects, when=_subjects_are_chosen),
            Ask("application.code", act="check-code"),
            Ask(
                "application.save",
                "acknowledge",
                options=lambda _: acknowledge("application.save"),
                review=lambda _: FORM,
            ),
        ),
        ends=_not_eligible,
    ),
    Step(
        "earlier-candidate",
        item=17,
        stage="apply",
        passed=_no_earlier,
        ends=_earlier_ending,
        tells=lambda _: (Tell("passes", show="passes"),),
    ),
    Step(
        "applicability",
        item=6,
        stage="apply",
        asks=(
            Ask(
                "adopt_commitment",
                "choice",
                options=lambda _: yes_or_no("adopt_commitment", hints=True),
                when=_choice_is_due,
            ),
            Ask(
                "decline.confirm",
                "choice",
                options=lambda _: yes_or_no("decline.confirm"),
                when=_declining,
                act="decline",
                irreversible=True,
            ),
        ),
        tells=lambda _: (Tell("route", show="route"),),
    ),
    Step(
        "signature",
        item=5,
        stage="apply",
        asks=(
            Ask("signature.name", act="check-signed-name"),
            Ask("signature", "secret", act="sign", private=True, irreversible=True),
        ),
        passed=_unsigned_route,
        tells=lambda _: (Tell("paper", show="commitment-letter"),),
    ),
    Step(
        "application-confirm",
        item=13,
        stage="apply",
        asks=(
            Ask(
                "application.confirm",
                "acknowledge",
                options=lambda _: acknowledge("application.confirm"),
                act="confirm",
                review=_confirm_review,
                irreversible=True,
            ),
        ),
        ends=lambda s: None if "application.confirm" in s.dossier else closed(s),
    ),
    Step(
        "manual-review",
        item=14,
        stage="apply",
        passed=_no_group,
        waits=_review_wait,
        ends=_review_ending,
        tells=lambda _: (Tell("reasons", show="reasons"),),
        owner=Role.VERIFIER,
    ),
    Step(
        "application-pay",
        item=13,
        stage="apply",
        waits=_payment_wait,
        ends=lambda s: None if "payment.receipt" in s.dossier else decided(s),
        tells=lambda _: (Tell("slip", show="slip"),),
        owner=Role.CANDIDATE,
    ),
)
