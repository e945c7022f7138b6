"""A candidate reports a false promise in their own journey, and is given its receipt number."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records.reports import Reporter
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.conversation.seats import refused, said, seat
from tests.factories import opened

ANNA = Staff("anna", frozenset({Role.SUPERVISOR}))


@pytest.mark.req("15.3")
def test_a_candidate_reports_at_the_end_of_the_journey_and_nothing_of_it_is_a_fact(tmp_path: Path) -> None:
    records = opened(tmp_path)
    chair = seat(tmp_path, records)
    chair.until("end.consequences")
    before = chair.talk.dossier
    assert [each.id for each in chair.turn.prompt.options] == ["leave", "report"]
    chair.type("好的")
    assert chair.turn.prompt.key == "end.consequences"
    assert "said.reporting" in said(chair.pick("report"))
    chair.order("cancel")
    chair.pick("report")
    assert refused(chair.type("造" * 1001)) == ("report-long",)
    chair.type("有人用假证报名吗？是的")
    assert chair.turn.prompt.key == "report.contact"
    assert "said.reported" in said(chair.type("13999990000"))
    assert chair.turn.prompt.key == "end.consequences"
    assert chair.talk.dossier == before
    now = chair.clock.now()
    with records.turn() as turn:
        (row,) = turn.reports(by=ANNA, now=now)
        case = turn.report_case(row.number, by=ANNA, now=now)
        who = turn.reporter(row.number, "call-back", by=ANNA, now=now)
    assert (row.channel, row.state) == ("journey", "received")
    assert case.events[0].text("about") == "有人用假证报名吗？是的"
    assert who == Reporter("", "13999990000")
    records.close()
