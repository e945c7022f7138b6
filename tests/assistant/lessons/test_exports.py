"""A run goes out as a scenario file, a cast and a handout; each holds what was done, and no secret."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.conversation.inputs import Choice, Command, File, RecordEntry, Records, Text
from assistant.conversation.linebreak import cells
from assistant.conversation.wording import Wording
from assistant.lessons import Act, Decided, Moved, Paid, Penalised, Run
from assistant.lessons.cast import COLUMNS, cast
from assistant.lessons.handout import as_html, as_markdown, handout
from assistant.lessons.scenario_file import scenario_of, scenario_text
from assistant.lessons.takes import act_of, take_of
from assistant.play import play
from assistant.scenario import Scenario, read_scenario
from content.reading import ContentError
from flows.steps import STEPS
from tests.assistant.lessons.personas import begin, played
from tests.factories import NOW, content

ZH, EN = (Wording(content(), language) for language in ("zh", "en"))


def exported(run: Run, folder: Path) -> Scenario:
    file = folder / "exported.yaml"
    file.write_text(scenario_text(scenario_of(run)), encoding="utf-8")
    return read_scenario(file)


# The scenario file ------------------------------------------------------------------------------------


def by_hand() -> Run:
    """A trainer answers wrongly, asks, goes back, moves the clock, and stops before the end."""
    run = begin("photo-refused-then-mended")
    while run.prompt().key != "id_number":
        run.step()
    run.take(Text("320102199303032460"))
    run.take(Text("320102199303032469"))
    run.take(Command("ask", "手机号可以换吗？"))
    run.take(Command("back"))
    run.step()
    while run.prompt().key != "photo":
        run.step()
    run.take(File(Path("no-such-photo.jpg")))
    run.step()
    run.step()
    run.step()
    run.clock.hours(30)
    run.step()
    run.step()
    return run


def test_a_run_that_was_answered_by_hand_is_played_again_act_by_act(tmp_path: Path) -> None:
    run = by_hand()
    scenario = exported(run, tmp_path)
    assert len(scenario.takes) == run.at
    found = play(scenario, content(), beside=run.persona.beside)
    assert (found.failures, found.ok, found.outcome) == ([], True, "waiting")
    again = begin("photo-refused-then-mended", scenario)
    again.finish()
    assert again.transcript == run.transcript
    assert again.prompt() == run.prompt()
    assert again.now == run.now
    assert scenario_text(scenario_of(again)) == scenario_text(scenario)
    for each in (run, again):
        each.close()


def test_what_is_exported_fails_when_something_else_comes_of_it(tmp_path: Path) -> None:
    import msgspec

    run = begin("education-2003")
    for _ in range(6):
        run.step()
    run.take(Text("/help"))
    scenario = exported(run, tmp_path)
    shorter = msgspec.structs.replace(scenario, takes=scenario.takes[:-4])
    assert play(scenario, content()).ok
    assert not play(shorter, content()).ok
    run.close()


def test_offices_and_the_clock_are_in_the_file(tmp_path: Path) -> None:
    run = played("false-promise-after-paying").run.branch()
    run.take(Moved(run.now))
    scenario = exported(run, tmp_path)
    parts = [
        name for take in scenario.takes for name in ("paid", "penalised", "clock") if getattr(take, name)
    ]
    assert parts == ["clock", "paid", "penalised", "clock"]
    assert play(scenario, content()).failures == []
    run.close()


def test_a_take_that_is_two_things_is_refused(tmp_path: Path) -> None:
    run = begin("education-2003")
    run.take(Command("help"))
    text = scenario_text(scenario_of(run))
    file = tmp_path / "exported.yaml"
    file.write_text(text.replace("- command:", "- text: two\n  command:"), encoding="utf-8")
    with pytest.raises(ContentError, match="one thing that was done"):
        read_scenario(file)
    run.close()


# The cast ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["first-time-clean-english", "false-promise-after-paying", "review-refused"])
def test_a_cast_has_a_marker_for_each_step_and_time_that_only_goes_on(id: str) -> None:
    run = played(id).run
    for wording in (ZH, EN):
        head, *events = [json.loads(line) for line in cast(run, wording).splitlines()]
        assert head["version"] == 2
        assert (head["width"], head["height"]) == (80, 24)
        assert wording.text("face.training.mark") in head["title"]
        times = [at for at, _, _ in events]
        assert times == sorted(times)
        assert {kind for _, kind, _ in events} == {"o", "m"}

        marked = [label for _, kind, label in events if kind == "m"]
        steps = [run.moments[0].before]
        for moment in run.moments:
            steps += [each for each in (moment.before, moment.after) if each != steps[-1]]
        assert marked == [wording.text(f"step.{step}") for step in steps]

        shown = "".join(text for _, kind, text in events if kind == "o")
        assert "TRAINING" in shown
        plain = re.sub("\x1b\\[[0-9]+m", "", shown)
        assert all(cells(line) <= COLUMNS for line in plain.split("\r\n") if not line.startswith("> "))
        assert "\n" not in plain.replace("\r\n", "")


def test_a_cast_types_what_was_typed_letter_by_letter_and_no_password() -> None:
    run = played("first-time-clean").run
    events = [json.loads(line) for line in cast(run, ZH).splitlines()[1:]]
    typed = [text for _, _, text in events if len(text) == 1]
    assert "王小明" in "".join(typed)
    assert run.scenario.candidate["password"] not in "".join(text for _, _, text in events)
    assert 300 < events[-1][0] < 1800


# The handout ------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Reads a page: what it would fetch, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.pictures: list[str] = []
        self.said: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in {"meta", "img"}:
            self.open.append(tag)
        source = told.get("src") or told.get("href") or ""
        if source.startswith("data:image/svg+xml;base64,"):
            self.pictures.append(base64.b64decode(source.partition(",")[2]).decode())
        elif source:
            self.fetched.append(source)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def svg(at: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text>{at} 屏幕</text></svg>'


@pytest.mark.parametrize("id", ["first-time-clean", "review-refused", "false-promise-after-paying"])
@pytest.mark.parametrize("wording", [ZH, EN], ids=["zh", "en"])
def test_a_handout_is_one_page_with_a_picture_for_each_step(id: str, wording: Wording) -> None:
    run = played(id).run
    told = handout(run, wording)
    page = _Page()
    page.feed(as_html(told, svg))
    page.close()
    assert page.open == []
    assert page.fetched == []
    assert [ET.fromstring(each)[0].text for each in page.pictures] == [
        f"{section.at} 屏幕" for section in told.sections
    ]
    said = "".join(page.said)
    assert "TRAINING" in said
    assert run.scenario.told(wording.language) in said
    for step in {moment.before for moment in run.moments}:
        assert wording.text(f"step.{step}") in said
    assert run.scenario.candidate["password"] not in said
    assert len(told.way) == len(STEPS)
    assert "http" not in as_html(told, lambda _: "<svg/>")


def test_a_section_begins_where_its_screen_is() -> None:
    run = played("first-time-clean").run
    told = handout(run, ZH)
    stood = [run.moments[0].before, *(moment.after for moment in run.moments)]
    names = {ZH.text(f"step.{step.id}"): step.id for step in STEPS}
    assert [stood[section.at] for section in told.sections] == [names[each.name] for each in told.sections]
    assert sum(len(section.exchanges) for section in told.sections) == run.at
    assert told.sections[-1].end


def test_a_handout_as_markdown_keeps_its_text_text() -> None:
    run = begin("education-2003")
    run.take(Text("**bold** <script>|x|"))
    told = handout(run, EN)
    text = as_markdown(told, lambda at: f"screens/{at}.svg")
    assert "\\*\\*bold\\*\\* \\<script\\>\\|x\\|" in text
    assert "(screens/0.svg)" in text
    assert text.count("TRAINING") >= 2
    page = as_html(told, svg)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    run.close()


@pytest.mark.parametrize(
    "act",
    [
        Text(""),
        Text("王小明"),
        Choice(("economics", "law")),
        File(Path("photos/me.jpg")),
        Command("ask", "手机号可以换吗？"),
        Command("back"),
        Records((RecordEntry({"level": "bachelor"}), RecordEntry({"level": "master"}, 0)), ()),
        Moved(NOW),
        Decided("fail", "姓名不一致"),
        Penalised("serious", "编造"),
        Paid(),
    ],
    ids=lambda act: type(act).__name__,
)
def test_whatever_can_be_done_is_read_as_it_was_written(act: Act, tmp_path: Path) -> None:
    scenario = Scenario(title="one", candidate={}, takes=(take_of(act, tmp_path / "sample.jpg"),))
    file = tmp_path / "one.yaml"
    file.write_text(scenario_text(scenario), encoding="utf-8")
    (take,) = read_scenario(file).takes
    assert act_of(take, tmp_path / "sample.jpg", Path) == act
