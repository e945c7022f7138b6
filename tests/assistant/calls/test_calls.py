"""What staff type on the telephone, and what they find by it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from assistant.calls.call import Call, Line
from assistant.calls.facts import Heard, marked, put, without
from assistant.calls.locating import Found, find
from assistant.calls.notes import note
from assistant.calls.reading import Reader
from assistant.calls.searching import Directory, Topic
from assistant.calls.speaking import of_place, page
from assistant.clock import CHINA
from assistant.conversation.wording import Wording
from assistant.records.calls import new_reference
from assistant.records.errors import RecordsError, RoleRefused
from content.calls import DeskContent, prove_topics, read_desk
from content.loader import Content, load
from flows.permissions import Staff
from flows.roles import Role
from flows.steps import STEPS
from tests.assistant.records.stores import store

NOW = datetime(2020, 7, 1, 9, tzinfo=CHINA)
HELP = Staff("lin", frozenset({Role.HELP_DESK}))


@cache
def content() -> Content:
    return load()


@cache
def desk() -> DeskContent:
    return read_desk(content())


@cache
def directory() -> Directory:
    return Directory(content(), desk())


def found(said: str, edition: str = "pilot") -> Found:
    return find(Reader(content()).read(said).facts, content(), content().editions[edition], NOW)


def test_every_step_has_three_voices_and_every_topic_is_known() -> None:
    from assistant.answers.ways import read_decoys

    assert set(desk().voices) == {step.id for step in STEPS}
    assert len(desk().symptoms) >= 30
    prove_topics(desk(), read_decoys(content()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("no SMS code", "symptom:no-sms-code"),
        ("sbddx", "symptom:no-sms-code"),
        ("收不到码", "symptom:no-sms-code"),
        ("photo refused", "symptom:photo-refused"),
        ("rejected photo", "symptom:photo-refused"),
        ("unverified for two days", "symptom:unverified-two-days"),
        ("验证 两天", "symptom:unverified-two-days"),
        ("已付未付", "symptom:paid-but-unpaid"),
        ("核查点地址", "symptom:verification-point"),
        ("paid but unpaid", "symptom:paid-but-unpaid"),
        ("paid unpaid", "symptom:paid-but-unpaid"),
        ("身份证已注册", "symptom:id-registered"),
        ("mobile bound", "symptom:mobile-bound"),
        ("forgot pass", "symptom:forgot-password"),
        ("shengpizi", "symptom:rare-character"),
        ("window closed", "symptom:window-closed"),
        ("1999 diploma", "symptom:early-diploma"),
        ("二建", "exam:class-2-constructor"),
        ("yjjzs", "exam:class-1-constructor"),
        ("背景不是白色", "error:photo-background"),
        ("14", "item:14"),
        ("14.2", "item:14.2"),
        ("第14条", "item:14"),
    ],
)
def test_what_staff_type_finds_what_they_mean(typed: str, first: str) -> None:
    best = directory().search(typed)[0]
    assert f"{best.kind}:{best.id}" == first


@pytest.mark.parametrize("typed", ["", "  ", "19", "14.99", "0", "qqqqqqqq"])
def test_what_is_nothing_finds_nothing(typed: str) -> None:
    assert directory().search(typed) == ()


@pytest.mark.parametrize(
    "said",
    [
        "second-class constructor, Jiangsu, diploma 1999, confirmed, unpaid",
        "二建 江苏 99年大专 已确认 未缴费",
        "二建江苏99年大专已确认未缴费",
    ],
)
def test_a_caller_in_the_middle_is_found_with_the_group_of_item_14(said: str) -> None:
    found_ = found(said)
    assert found_.place.step.id == "manual-review"
    assert [(each.group, each.item) for each in found_.ahead.reasons] == [("14.2", "education.0")]
    assert not found_.open


@pytest.mark.parametrize(
    ("said", "step", "groups"),
    [
        ("二建 江苏 已确认 未缴费", "application-pay", []),
        ("unverified for two days", "verification", []),
        ("二建 江苏 99年大专 核查通过", "application-pay", ["14.2"]),
        ("二建 江苏 已缴费", "consequences", []),
        ("测绘师 北京 学位2008年8月 核验未通过", "application-choose", ["14.2", "14.3"]),
        ("1999 diploma", "system", ["14.2"]),
        ("护照 执业药师 上海 首次", "notice", ["14.4"]),
        ("老考生 一建 上海 已注册", "academic", []),
    ],
)
def test_the_place_follows_from_what_was_said(said: str, step: str, groups: list[str]) -> None:
    assert found(said).place.step.id == step
    assert [each.group for each in found(said).ahead.reasons] == groups


def test_what_is_not_understood_is_given_back() -> None:
    assert Reader(content()).read("二建 江苏 blah").left == ("blah",)


def test_a_fact_is_marked_changed_and_removed() -> None:
    facts = (Heard("exam", "class-1-constructor"),)
    assert [marked(facts, "exam")[0].mark, marked(marked(facts, "exam"), "exam")[0].mark] == [
        "verified",
        "assumed",
    ]
    assert put(facts, Heard("exam", "economics"))[0].value == "economics"
    assert without(facts, "exam") == ()


def test_switching_between_calls_loses_nothing() -> None:
    first = Call("C-1").open(Topic("item", "14")).open(Topic("step", "photo"))
    line = Line((first,)).taken(Call("C-2", typed="half ty"))
    assert line.switched().now == first
    assert line.switched().switched() == line
    assert first.back().shown == Topic("item", "14")


def test_a_note_is_listed_for_the_same_staff_alone(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        turn.keep_call_note(new_reference(), "照片审核不通过", "涉及步骤：上传照片", by=HELP, now=NOW)
        assert [each.topic for each in turn.call_notes(by=HELP, now=NOW)] == ["照片审核不通过"]
        assert turn.call_notes(by=Staff("wu", HELP.roles), now=NOW) == ()


@pytest.mark.parametrize("text", ["13800001001", "11010519491231002X", "写信到 a@b.cn"])
def test_a_note_with_personal_data_is_not_kept(tmp_path: Path, text: str) -> None:
    with (
        store(tmp_path) as records,
        pytest.raises(RecordsError, match="call-note-personal"),
        records.turn() as turn,
    ):
        turn.keep_call_note(new_reference(), "x", text, by=HELP, now=NOW)


def test_who_takes_no_calls_keeps_no_note(tmp_path: Path) -> None:
    auditor = Staff("zhao", frozenset({Role.AUDITOR}))
    with store(tmp_path) as records, pytest.raises(RoleRefused), records.turn() as turn:
        turn.keep_call_note(new_reference(), "x", "y", by=auditor, now=NOW)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_topic_has_words_in_each_voice(language: str) -> None:
    wording = Wording(content(), language)
    topics = [
        *(Topic("step", each) for each in desk().voices),
        *(Topic("symptom", each) for each in desk().symptoms),
        *(Topic("error", each) for each in desk().step_of),
        *(Topic("exam", each) for each in content().exams),
        *(Topic("item", str(number)) for number in range(1, 19)),
        Topic("item", "14.2"),
    ]
    for topic in topics:
        shown = page(topic, desk(), wording)
        assert shown.title
        assert all(any(block.parts for block in voice) for voice in (shown.say, shown.do, shown.answers)), (
            topic
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_place_says_what_to_bring_by_when_and_whom_to_call(language: str) -> None:
    wording = Wording(content(), language)
    place = found("二建 江苏 南京 99年大专 已签署")
    said = str(of_place(place, desk(), wording))
    office = content().office("jiangsu")
    assert office is not None
    for words in (wording.text("bring.14.2"), wording.text("plan.now"), office.telephone):
        assert words in said


def test_without_examination_and_province_no_date_and_no_telephone_is_given() -> None:
    wording = Wording(content(), "zh")
    said = str(of_place(found("1999 diploma"), desk(), wording))
    assert wording.text("bring.14.2") in said
    assert wording.text("calls.ask-exam") in said
    assert wording.text("plan.now") not in said


def test_a_note_holds_topic_steps_papers_date_and_contact_and_nothing_that_was_typed() -> None:
    wording = Wording(content(), "zh")
    call = Call("C-2345-6789", typed="王小明 13800001001").open(Topic("symptom", "early-diploma"))
    written = note(call, found("二建 江苏 99年大专 已签署"), desk(), wording, NOW)
    for words in (
        "C-2345-6789",
        "2002年及以前的学历",
        "学历学位信息",
        wording.text("bring.14.2"),
        "期限",
        "电话",
    ):
        assert words in written
    assert "王小明" not in written
    assert "138" not in written
    assert wording.text("calls.note.asked") not in written
    asked = note(call.open(Topic("question", "王小明能考吗")), None, desk(), wording, NOW)
    assert wording.text("calls.note.asked") in asked
    assert "王小明" not in asked


def test_a_month_that_nobody_said_is_assumed() -> None:
    for said, mark in (("99年大专", "assumed"), ("1999年7月大专", "stated")):
        (date,) = (each for each in found(said).facts if each.key == "education.0.graduated")
        assert (date.value, date.mark) == ("1999-07", mark)
