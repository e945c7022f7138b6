"""Every sentence is there, in both languages, in our tone, and filled with what the code really passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from content.loader import places, read_words
from content.schema import Level
from flows.dossier import MOST_RECORDS, RECORD_FIELDS
from flows.journey import WAYS
from flows.rules.identity import ID_TYPES
from flows.steps import STEPS
from flows.steps.apply import LETTER_HOLDS
from flows.steps.model import STAGES, Ask
from flows.steps.orient import PROMISES
from flows.steps.register import record_field

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "words"

BANNED = re.compile(
    r"\b(please|sorry|apologi[sz]e|oops|whoops|invalid|valid|forbidden|banned|error code|illegal)\b",
    re.IGNORECASE,
)
WORD_FOR_WORD = frozenset({"ask.promise.true"})
"""The notice's own words (FAQ 1.2, 4.1): they may not be said differently."""

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module", name="words")
def read() -> Mapping[str, Mapping[str, str]]:
    return read_words(FOLDER)


# The sentences ---------------------------------------------------------------------------------------


def test_both_languages_have_the_same_sentences_and_none_is_empty(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    assert words["en"].keys() == words["zh"].keys()
    assert len(words["en"]) > 500
    empty = [
        (language, key) for language in words for key, text in words[language].items() if not text.strip()
    ]
    assert empty == []


def test_no_english_sentence_begs_blames_or_speaks_like_a_machine(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    found = {key: text for key, text in words["en"].items() if BANNED.search(text)}
    assert found.keys() == WORD_FOR_WORD, found


@pytest.mark.req("L.9")
def test_nobody_is_told_that_they_are_banned(words: Mapping[str, Mapping[str, str]]) -> None:
    found = [key for key, text in words["zh"].items() if re.search("停考|禁考|禁止报考|取消报考资格", text)]
    found += [key for key, text in words["en"].items() if re.search(r"\b(ban|banned|barred)\b", text, re.I)]
    assert found == []


def test_chinese_is_chinese_and_english_is_not(words: Mapping[str, Mapping[str, str]]) -> None:
    lacking = [
        key
        for key, text in words["en"].items()
        if re.search("[A-Za-z]", re.sub(r"\{[^}]*\}", "", text)) and not HAN.search(words["zh"][key])
    ]
    assert lacking == []
    # Names and schools stay as they are on the documents; a language is offered in its own name.
    kept = {"command.language", "help.degree.add"}
    mixed = [
        key
        for key, text in words["en"].items()
        if HAN.search(text)
        and key not in kept
        and not key.startswith(("example.", "alias.", "face.", "problem."))
    ]
    assert mixed == []


def test_people_are_addressed_with_respect(words: Mapping[str, Mapping[str, str]]) -> None:
    assert [key for key, text in words["zh"].items() if "你" in text] == []


def test_no_sentence_holds_markup(words: Mapping[str, Mapping[str, str]]) -> None:
    marked = [
        key
        for language in words
        for key, text in words[language].items()
        if re.search(r"\[/?(b|i|bold|red|green|link|@)[^\]]*\]|\*\*|<[a-z]+>", text)
    ]
    assert marked == []


@pytest.mark.req("1.2", "4.1")
def test_the_four_promises_are_asked_word_for_word_as_they_stand_in_the_letters(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    papers = [
        (ROOT / "content" / "letters" / name).read_text(encoding="utf-8")
        for name in ("commitment-letter.yaml", "combined-paper.yaml")
    ]
    asked = [words[language][f"ask.{key}"] for key in PROMISES for language in words]
    assert len(asked) == 8
    assert [text for text in asked for paper in papers if text not in paper] == []


@pytest.mark.req("L.5")
@pytest.mark.parametrize("field", ["mobile", "email"])
def test_contact_fields_say_that_they_are_the_address_for_service(
    words: Mapping[str, Mapping[str, str]], field: str
) -> None:
    assert "address for service" in words["en"][f"help.{field}"]
    assert "送达地址" in words["zh"][f"help.{field}"]


@pytest.mark.req("P.3")
def test_each_point_of_no_return_says_what_it_fixes(words: Mapping[str, Mapping[str, str]]) -> None:
    fixed = [ask for step in STEPS for ask in step.asks if ask.irreversible and ask.review is not None]
    assert {ask.key for ask in fixed} == {"account", "application.confirm"}
    for key in ("account", "academic.submit", "application.confirm"):
        warning = words["en"][f"warning.{key}"]
        assert "chang" in warning
        assert re.search("only|by anybody", warning, re.IGNORECASE)


def test_no_name_of_a_fact_could_mean_two_facts(words: Mapping[str, Mapping[str, str]]) -> None:
    owners: dict[str, set[str]] = {}
    for key in _facts():
        if key.endswith((".add", ".code")):
            continue
        for language in words:
            names = (words[language][f"fact.{key}"], *words[language].get(f"alias.{key}", "").split(","))
            for name in filter(None, (each.strip().casefold() for each in names)):
                owners.setdefault(name, set()).add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}
    assert owners["degree date"] == {"degree.awarded"}
    assert owners["手机"] == {"mobile"}


def test_aliases_name_facts_that_exist(words: Mapping[str, Mapping[str, str]]) -> None:
    named = {key.removeprefix("alias.") for key in words["en"] if key.startswith("alias.")}
    assert named - set(_facts()) == set()


# What the steps need ---------------------------------------------------------------------------------


def _asks() -> Iterator[tuple[str, Ask]]:
    """Give every ask of the journey with the key of its sentences, those of the records included."""
    for step in STEPS:
        for ask in step.asks:
            yield ask.stem or ask.key, ask
    for kind, fields in RECORD_FIELDS.items():
        for field in fields:
            yield f"{kind}.{field}", record_field(kind, MOST_RECORDS - 1, field)
        yield f"{kind}.add", Ask(f"{kind}.add", "choice")
    yield "academic.submit", Ask("academic.submit", "acknowledge")


def _facts() -> list[str]:
    found = [re.sub(r"\.[0-9]+(?=\.|$)", "", ask.key) for _, ask in _asks()]
    return list(dict.fromkeys((*found, "withdrawn")))


def test_every_step_has_a_name_something_to_say_and_a_reason(words: Mapping[str, Mapping[str, str]]) -> None:
    needed = [f"{family}.{step.id}" for step in STEPS for family in ("step", "tell", "why.step")]
    needed += [f"stage.{stage}" for stage in STAGES]
    assert len(needed) == 22 * 3 + 4
    assert _missing(needed, words) == []


def test_every_ask_has_its_question_help_and_example(words: Mapping[str, Mapping[str, str]]) -> None:
    needed = [f"{family}.{stem}" for stem, _ in _asks() for family in ("ask", "help")]
    needed += [f"example.{stem}" for stem, ask in _asks() if ask.kind == "text"]
    assert _missing(needed, words) == []


def test_every_fact_has_a_name(words: Mapping[str, Mapping[str, str]]) -> None:
    needed = [f"fact.{key}" for key in (*_facts(), *LETTER_HOLDS, *RECORD_FIELDS)]
    assert _missing(needed, words) == []


def test_everything_that_can_be_picked_or_shown_has_a_name(words: Mapping[str, Mapping[str, str]]) -> None:
    from flows.rules.academic import DEGREE_LEVELS, EDUCATION_LEVELS, STUDY_MODES

    two_way = ["first_time", "photo.confirm", "adopt_commitment", "decline.confirm", "change"]
    two_way += ["education.add", "education.add.first", "degree.add", "degree.add.first"]
    two_way += ["record.correct", "withdraw", "withdraw.again"]
    taken_note = ["notice_read", "promise", "agreement", "instructions", "account.submit", "academic.submit"]
    taken_note += ["application.read", "application.save", "application.confirm"]
    needed = [f"option.{key}.{answer}" for key in two_way for answer in ("yes", "no")]
    needed += [f"option.{key}.yes" for key in taken_note]
    needed += [f"option.application.choose.{each}" for each in ("yes", "exam", "province")]
    needed += [f"option.mend.{key}" for key in ("exam", "province", "work_years", "level")]
    needed += [f"hint.{key}.{each}" for key in ("first_time", "adopt_commitment") for each in ("yes", "no")]
    needed += [f"hint.level.{kind}" for kind in get_args(get_type_hints(Level)["kind"])]
    needed += [f"id_type.{each}" for each in ID_TYPES]
    needed += [f"education.level.{each}" for each in EDUCATION_LEVELS]
    needed += [f"degree.level.{each}" for each in DEGREE_LEVELS]
    needed += [f"study.{each}" for each in STUDY_MODES]
    needed += [f"payment.{each}" for each in ("online", "counter", "both")]
    needed += [f"shown.{each}" for each in ("yes", "no", "done", "unknown")]
    needed += [f"item.{each}" for each in ("identity", "education", "degree", "commitment")]
    needed += [f"record.{kind}" for kind in RECORD_FIELDS]
    needed += [f"sum.verdict.{each}" for each in ("met", "short", "unknown")]
    assert _missing(needed, words) == []


def test_every_status_group_and_paper_to_bring_has_words(words: Mapping[str, Mapping[str, str]]) -> None:
    from flows.rules.verification import STATUSES

    needed = [f"status.{status}" for status in STATUSES]
    needed += [f"{family}.14.{number}" for family in ("group", "bring") for number in range(1, 6)]
    assert _missing(needed, words) == []


def test_every_deadline_has_words_in_time_and_late(words: Mapping[str, Mapping[str, str]]) -> None:
    from flows.rules.deadlines import Milestone

    keys = get_args(get_type_hints(Milestone)["key"])
    assert "pay-by" in keys
    assert _missing([f"plan.{key}{late}" for key in keys for late in ("", ".late")], words) == []


def test_every_command_that_help_lists_is_explained(words: Mapping[str, Mapping[str, str]]) -> None:
    from assistant.conversation.commands import LISTED

    assert _missing([f"command.{name}" for name in LISTED["en"]], words) == []


def test_everything_that_a_key_does_is_named_and_no_two_share_one(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    from assistant.conversation.deeds import DEEDS

    keyed = [deed for deed in DEEDS if deed.key]
    assert _missing([f"face.key.{deed.id}" for deed in keyed], words) == []
    assert len({deed.key for deed in keyed}) == len(keyed)
    named = [name for deed in DEEDS for name in (*deed.en, *deed.zh)]
    assert len(set(named)) == len(named)


def test_every_closed_way_gives_a_reason_that_has_words(words: Mapping[str, Mapping[str, str]]) -> None:
    of_facts = {
        guard.name
        for way in WAYS
        for guard in way.guards
        if guard.refuses.__qualname__.startswith(("_said", "_by"))
    }
    assert "signed by the candidate" in of_facts
    needed = [f"problem.guard-{name.replace(' ', '-')}" for name in of_facts]
    needed += [f"problem.passed-signature-{route}" for route in _ROUTES]
    needed += [f"problem.window-{state}" for state in ("not-yet", "closed")]
    needed += ["problem.not-for-staff", "problem.not-for-you"]
    assert _missing(needed, words) == []


_ROUTES = ("declined", "withdrawn", "not-applicable", "out-of-scope")


def test_sentences_said_on_entering_a_step_are_filled_with_its_item_only(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    assert {step.id for step in STEPS if places(words["en"][f"tell.{step.id}"]) - {"item"}} == set()
    numbered = [stem for stem, _ in _asks() if stem.startswith(("education.", "degree."))]
    assert [stem for stem in numbered if places(words["en"][f"ask.{stem}"]) != {"number"}] == []
    others = [stem for stem, _ in _asks() if stem not in numbered]
    assert [stem for stem in others if places(words["en"][f"ask.{stem}"])] == []
    unfilled = ("why.", "fact.", "option.", "hint.", "plan.", "command.", "item.", "step.", "stage.")
    families = [key for key in words["en"] if key.startswith(unfilled) and key != "plan.title"]
    assert [key for key in families if places(words["en"][key])] == []


def _missing(keys: Iterable[str], words: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [key for key in keys if key not in words["en"]]
