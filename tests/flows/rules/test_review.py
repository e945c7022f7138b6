"""Which of the five groups a candidate belongs to, and why."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load
from flows.dossier import AcademicRecord
from flows.rules.review import Adopted, ReviewReason, review_reasons
from flows.rules.verification import Status

STATUSES: tuple[Status, ...] = get_args(Status)
WORDS = load().words


def education(
    graduated: str, level: str = "bachelor", country: str = "china", index: int = 0
) -> AcademicRecord:
    fields = {"level": level, "graduated": graduated, "country": country}
    return AcademicRecord("education", index, fields)


def degree(awarded: str, country: str = "china", index: int = 0) -> AcademicRecord:
    return AcademicRecord("degree", index, {"level": "bachelor", "awarded": awarded, "country": country})


def reasons(**changed: Any) -> tuple[ReviewReason, ...]:
    known: dict[str, Any] = {
        "adopted": "adopted",
        "id_type": "resident-id",
        "education": (),
        "degrees": (),
        "statuses": {"identity": "verified"},
    }
    return review_reasons(**{**known, **changed})


def groups(**changed: Any) -> list[tuple[str, str]]:
    return [(each.group, each.item) for each in reasons(**changed)]


@pytest.mark.req("14.1", "1.3")
def test_a_committed_and_verified_candidate_sees_nobody() -> None:
    statuses = {"identity": "verified", "education.0": "verified", "degree.0": "verified"}
    assert groups(education=(education("2005-07"),), degrees=(degree("2009-06"),), statuses=statuses) == []


@pytest.mark.req("14.1")
@pytest.mark.parametrize("adopted", [each for each in get_args(Adopted) if each != "adopted"])
def test_every_way_without_a_commitment_is_group_one_with_its_own_reason(adopted: str) -> None:
    found = reasons(adopted=adopted)
    assert [(each.group, each.item, each.bring) for each in found] == [("14.1", "commitment", "bring.14.1")]
    assert found[0].problem.code == f"review-{adopted}"


@pytest.mark.req("14.1", "10.4")
@pytest.mark.parametrize(
    ("graduated", "status", "expected"),
    [
        ("2001-12", "verified", ["14.2"]),
        ("2001-12", "cannot-verify", ["14.2"]),
        ("2001-12", "failed", ["14.2", "14.3"]),
        ("2002-01", "verified", []),
        ("2002-12", "unverified", []),
        ("2002-01", "failed", ["14.2", "14.3"]),
        ("2002-12", "cannot-verify", ["14.2"]),
        ("2003-01", "verified", []),
        ("2003-01", "failed", ["14.3"]),
        ("2003-01", "cannot-verify", ["14.5"]),
    ],
)
def test_college_education_is_early_until_2001_and_contested_in_2002(
    graduated: str, status: Status, expected: list[str]
) -> None:
    found = groups(
        education=(education(graduated),), statuses={"identity": "verified", "education.0": status}
    )
    assert found == [(group, "education.0") for group in expected]


@pytest.mark.req("14.1")
@pytest.mark.parametrize(
    ("awarded", "status", "expected"),
    [
        ("2008-08", "verified", ["14.2"]),
        ("2008-08", "failed", ["14.2", "14.3"]),
        ("2008-08", "cannot-verify", ["14.2"]),
        ("2008-09", "verified", []),
        ("2008-09", "failed", ["14.3"]),
        ("2008-09", "cannot-verify", ["14.5"]),
    ],
)
def test_a_degree_is_early_before_september_2008(awarded: str, status: Status, expected: list[str]) -> None:
    found = groups(degrees=(degree(awarded),), statuses={"identity": "verified", "degree.0": status})
    assert found == [(group, "degree.0") for group in expected]


@pytest.mark.req("14.1")
@pytest.mark.parametrize("graduated", ["1995-07", "2002-07", "2015-07"])
def test_secondary_education_of_any_year_is_verified_by_hand(graduated: str) -> None:
    found = groups(education=(education(graduated, "secondary"),), statuses={"identity": "verified"})
    assert found == [("14.2", "education.0")]


@pytest.mark.req("14.1")
def test_an_education_of_2002_that_did_not_pass_shows_both_passages() -> None:
    found = reasons(
        education=(education("2002-07"),), statuses={"identity": "verified", "education.0": "failed"}
    )
    assert [each.problem.code for each in found] == ["review-education-2002", "review-education-failed"]


@pytest.mark.req("14.1", "9.2")
@pytest.mark.parametrize(
    ("id_type", "status", "expected"),
    [
        ("resident-id", "verified", []),
        ("resident-id", "unverified", []),
        ("resident-id", "failed", ["14.3"]),
        ("resident-id", "cannot-verify", ["14.5"]),
        ("passport", "verified", ["14.4"]),
        ("passport", "cannot-verify", ["14.4"]),
        ("passport", "failed", ["14.3", "14.4"]),
    ],
)
def test_the_identity_falls_into_a_group_by_document_and_status(
    id_type: str, status: Status, expected: list[str]
) -> None:
    found = groups(id_type=id_type, statuses={"identity": status})
    assert found == [(group, "identity") for group in expected]


@pytest.mark.req("14.1")
@pytest.mark.parametrize(
    ("status", "expected"),
    [("unverified", ["14.4"]), ("cannot-verify", ["14.4"]), ("failed", ["14.3", "14.4"])],
)
def test_a_record_from_abroad_is_group_four(status: Status, expected: list[str]) -> None:
    statuses = {"identity": "verified", "education.0": status, "degree.0": status}
    found = groups(
        education=(education("2010-07", country="france"),),
        degrees=(degree("2010-07", country="france"),),
        statuses=statuses,
    )
    assert found == [(group, item) for group in expected for item in ("degree.0", "education.0")]


records = st.builds(
    education,
    st.sampled_from(["2001-12", "2002-01", "2002-12", "2003-01", "2015-07"]),
    st.sampled_from(["secondary", "junior-college", "bachelor", "doctor"]),
    st.sampled_from(["china", "france"]),
)
degrees = st.builds(
    degree, st.sampled_from(["2008-08", "2008-09", "2015-07"]), st.sampled_from(["china", "uk"])
)


@pytest.mark.req("14.1")
@given(
    st.sampled_from(get_args(Adopted)),
    st.sampled_from(["resident-id", "passport"]),
    records,
    degrees,
    st.fixed_dictionaries(
        {item: st.sampled_from(STATUSES) for item in ("identity", "education.0", "degree.0")}
    ),
)
def test_groups_come_in_order_once_for_each_item_and_nothing_that_failed_is_left_out(
    adopted: Adopted,
    id_type: str,
    held: AcademicRecord,
    awarded: AcademicRecord,
    statuses: dict[str, Status],
) -> None:
    told = reasons(adopted=adopted, id_type=id_type, education=(held,), degrees=(awarded,), statuses=statuses)
    found = [(each.group, each.item) for each in told]
    assert found == sorted(set(found))
    assert (("14.1", "commitment") in found) is (adopted != "adopted")
    for item, status in statuses.items():
        mine = {group for group, about in found if about == item}
        assert ("14.3" in mine) is (status == "failed")
        assert status != "cannot-verify" or len(mine) == 1
        assert "14.5" not in mine or mine == {"14.5"}
    for each in told:
        for language in ("en", "zh"):
            assert WORDS[language][f"problem.{each.problem.code}"].format_map(each.problem.args)
            assert WORDS[language][each.bring]
