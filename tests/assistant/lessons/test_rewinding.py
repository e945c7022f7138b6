"""A run can be taken back to any moment and comes out the same; a branch leaves the first one alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from assistant.conversation.inputs import Choice, Text
from assistant.conversation.messages import Objected
from assistant.lessons import Moved, Run
from assistant.lessons.outcome import came_of
from assistant.lessons.scenario_file import scenario_of, scenario_text
from assistant.scenario import read_scenario
from tests.assistant.lessons.personas import IDS, State, begin, played, walked


@pytest.mark.parametrize("id", IDS)
def test_every_moment_comes_back_as_it_was(id: str) -> None:
    run, states = played(id).run, played(id).states
    assert run.at == len(run.moments) == len(states) - 1 > 10

    order = list(range(len(states)))
    Random(id).shuffle(order)
    for at in order[:5]:
        run.rewind(at)
        assert State.of(run) == states[at]
        assert run.prompt() == run.conversation.prompt()
        assert at == 0 or run.place().step.id == run.moments[at - 1].after
    run.rewind(0)
    for state, moment in zip(states[1:], run.moments, strict=True):
        assert run.forward() == moment
        assert State.of(run) == state
    assert run.forward() is None


@pytest.mark.parametrize("id", IDS)
def test_a_persona_played_again_from_its_exported_file_is_the_same_at_every_step(
    id: str, tmp_path: Path
) -> None:
    """The file is a test: what it expects is what came of the run, and it comes again."""
    run, states = played(id).run, played(id).states
    file = tmp_path / "exported.yaml"
    file.write_text(scenario_text(scenario_of(run)), encoding="utf-8")
    exported = read_scenario(file)
    assert exported.takes == ()

    again = begin(id, exported)
    assert [each.told for each in walked(again)] == [each.told for each in states]
    assert again.transcript == run.transcript
    assert again.moments == run.moments
    assert again.done == run.done
    assert came_of(again) == came_of(run)
    expect, found = exported.expect, came_of(again)
    assert (expect.outcome, expect.visited, expect.letter) == (found.outcome, found.path, found.letter)
    assert letters(again) == letters(run)
    again.close()
    assert not again.folder.exists()


def letters(run: Run) -> object:
    with run.records.turn() as turn:
        return turn.letters(run.conversation.registration or ""), turn.payment(
            run.conversation.registration or ""
        )


def test_a_step_after_a_rewind_takes_up_what_lies_ahead() -> None:
    run, states = played("education-2003").run, played("education-2003").states
    moments = run.moments
    run.rewind(5)
    while run.step() is not None:
        pass
    assert run.moments == moments
    assert State.of(run) == states[-1]


def test_what_lies_ahead_goes_when_something_else_is_done_and_only_then() -> None:
    run = begin("education-2003")
    run.finish()
    length = len(run.moments)
    run.rewind(4)
    assert len(run.moments) == length
    foreseen = run.foresee()
    assert foreseen == run.moments[4]
    assert (run.at, len(run.moments)) == (4, length)
    run.clock.hours(1)
    assert (run.at, len(run.moments)) == (5, 5)
    assert run.forward() is None
    run.close()


def test_a_branch_leaves_the_first_run_untouched() -> None:
    run, states = played("first-time-clean").run, played("first-time-clean").states
    moments, file = run.moments, run.folder / "run.db"
    run.rewind_to_step("application-fill")
    at, before = run.at, State.of(run)
    whole = file.read_bytes()

    branch = run.branch("and what if he had one year?")
    assert branch.title == "and what if he had one year?"
    assert branch.folder != run.folder
    assert State.of(branch) == before
    while branch.prompt().key != "work_years":
        branch.step()
    branch.take(Text("1"))
    assert came_of(branch).outcome == "refused"
    branch.rewind(3)
    branch.clock.years(5)

    assert file.read_bytes() == whole
    assert State.of(run) == before
    assert (run.at, run.moments) == (at, moments)
    run.rewind(len(moments))
    assert State.of(run) == states[-1]
    branch.close()
    assert file.exists()


def test_a_step_of_the_journey_is_found_again() -> None:
    run, states = played("correction-before-confirming").run, played("correction-before-confirming").states
    assert run.rewind_to_step("photo")
    assert run.place().step.id == "photo"
    assert run.moments[run.at - 1].before == "academic"
    assert not run.rewind_to_step("manual-review")
    assert run.place().step.id == "photo"
    assert run.rewind_to_step("system")
    assert run.at == 0
    run.rewind(len(states) - 1)


def test_a_hand_may_answer_and_the_persona_goes_on() -> None:
    run = begin("education-2003")
    while run.prompt().key != "mobile":
        run.step()
    refused = run.take(Text("12345"))
    assert any(isinstance(each, Objected) for each in refused.messages)
    assert (refused.by, refused.before, refused.after) == ("hand", "account-rules", "account-rules")
    run.take(Text("13900001999"))
    assert run.finish()
    assert came_of(run).outcome == "paid"
    assert run.situation.dossier.text("mobile") == "13900001999"
    run.close()


def test_an_act_that_cannot_be_done_changes_nothing() -> None:
    from assistant.lessons import Decided, Paid
    from assistant.records import RecordsError

    run = begin("education-2003")
    for _ in range(5):
        run.step()
    before = State.of(run)
    for act in (Paid(), Decided("pass", "原件已核对")):
        with pytest.raises(RecordsError):
            run.take(act)
        assert State.of(run) == before
        assert (run.at, len(run.moments)) == (5, 5)
    run.close()


def test_no_moment_shows_what_a_screen_hides() -> None:
    for id in ("first-time-clean", "returning-candidate"):
        run = played(id).run
        shown = repr([each.act for each in run.moments])
        candidate = run.scenario.candidate
        for secret in ("password", "id_number", "mobile"):
            assert candidate[secret] not in shown
        assert candidate["password"] not in repr(run.moments)
        assert candidate["password"] in repr(run.acts)


# The clock --------------------------------------------------------------------------------------------


def test_results_come_with_the_clock_and_only_with_it() -> None:
    run = begin("education-2003")
    while run.place().step.id != "verification":
        run.step()
    began = run.now
    run.clock.hours(23)
    assert run.place().wait is not None
    moment = run.clock.hours(1)
    assert run.place().step.id == "application-choose"
    assert (moment.act, moment.by) == (Moved(began + timedelta(hours=24)), "hand")
    run.rewind(run.at - 1)
    assert (run.now, run.place().step.id) == (began + timedelta(hours=23), "verification")
    run.close()


def test_registration_closes_and_opens_with_the_clock() -> None:
    run = begin("education-2003")
    assert (run.clock.opening, run.clock.to_closing()) == (None, None)
    while run.prompt().key != "application.choose":
        run.step()
    closing = run.clock.closing
    assert closing is not None
    run.clock.to_closing()
    assert run.now == closing
    ending = run.place().ending
    assert ending is not None
    assert ending.text == "ending.closed"
    assert run.next_input() is None
    opening = run.clock.opening
    assert opening is not None
    assert opening > closing
    run.clock.to_opening()
    assert run.prompt().key == "application.choose"
    assert run.finish()
    assert came_of(run).outcome == "paid"
    run.close()


def test_five_years_later_a_record_is_over() -> None:
    run = begin("integrity-record-running")
    while run.place().step.id != "applicability" and run.step() is not None:
        if run.prompt().key == "application.choose":
            break
    assert run.situation.integrity_record is not None
    run.clock.years(5)
    assert run.situation.integrity_record is None
    run.close()


def test_a_leap_day_has_an_anniversary() -> None:
    from datetime import datetime

    run = begin("education-2003")
    run.clock.to(datetime(2020, 2, 29, 12))  # noqa: DTZ001 - China time is put on it
    run.clock.years(1)
    assert (run.now.year, run.now.month, run.now.day) == (2021, 2, 28)
    run.close()


def test_choices_are_answered_by_hand_too() -> None:
    run = begin("education-2003")
    moment = run.take(Choice(("no",)))
    assert run.situation.dossier.text("first_time") == "no"
    assert moment.act == Choice(("no",))
    run.close()
