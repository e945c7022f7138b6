"""What changed between two notices is said by paragraph, and nothing is said of what stayed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from content.comparing import Change, Swap, compare, swapped
from content.schema import Item, Paragraph
from tests.factories import content


def items(*answers: tuple[str, ...]) -> tuple[Item, ...]:
    """Each answer is a title and its paragraphs."""
    return tuple(
        Item(
            number=n,
            title=title,
            paragraphs=tuple(Paragraph(id=f"{n}.{at}", text=text) for at, text in enumerate(texts, 1)),
        )
        for n, (title, *texts) in enumerate(answers, 1)
    )


FEES = ("How are fees paid?", "Fees are paid online within five days.", "Receipts come by post.")
SIGN = ("Who signs the letter?", "The applicant signs it in person.")
PHOTO = ("Which photo is asked for?", "A recent one in colour on white ground.")


def kinds(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.old, each.new) for each in changes]


def test_a_notice_does_not_differ_from_itself() -> None:
    for language in ("en", "zh"):
        assert compare(content().notices[language], content().notices[language]) == ()


def test_a_changed_paragraph_is_told_with_the_words_that_changed() -> None:
    new = (FEES[0], FEES[1].replace("five days", "ten working days"), FEES[2])
    [change] = compare(items(FEES, SIGN), items(new, SIGN))
    assert (change.kind, change.old, change.new) == ("changed", "1.1", "1.1")
    assert change.swaps == (Swap("five", "ten working"),)


def test_chinese_is_compared_by_the_character() -> None:
    assert swapped("提交后24小时内登录系统。", "提交后48小时即可登录系统。") == (
        Swap("24", "48"),
        Swap("内", "即可"),
    )
    assert swapped("可以退费。", "不可以退费。") == (Swap("", "不"),)


def test_an_item_put_in_renumbers_the_others_and_changes_no_paragraph_of_theirs() -> None:
    assert kinds(compare(items(FEES, SIGN), items(PHOTO, FEES, SIGN))) == [
        ("added", "", "1"),
        ("added", "", "1.1"),
        ("renumbered", "1", "2"),
        ("renumbered", "2", "3"),
    ]


def test_an_item_taken_out_is_told_with_its_paragraphs() -> None:
    assert kinds(compare(items(FEES, SIGN), items(SIGN))) == [
        ("renumbered", "2", "1"),
        ("removed", "1", ""),
        ("removed", "1.1", ""),
        ("removed", "1.2", ""),
    ]


def test_a_paragraph_that_moved_is_moved_and_one_that_also_changed_is_told_so() -> None:
    moved = compare(items(FEES, SIGN), items(FEES[:2], (*SIGN, FEES[2])))
    assert kinds(moved) == [("moved", "1.2", "2.2")]
    changed = compare(items(FEES, SIGN), items(FEES[:2], (*SIGN, "Receipts come by e-mail or post.")))
    assert kinds(changed) == [("changed", "1.2", "2.2")]
    assert changed[0].swaps == (Swap("", "e-mail or"),)


def test_a_changed_title_is_told_under_the_number_of_its_item() -> None:
    [change] = compare(items(FEES), items(("How and where are fees paid?", *FEES[1:])))
    assert (change.kind, change.old, change.swaps) == ("changed", "1", (Swap("", "and where"),))


WORDS = st.lists(
    st.sampled_from(["fee", "paid", "报", "名", "letter", ",", ".", "degree", "2002"]), max_size=8
).map(" ".join)
NOTICES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(tuple), max_size=5).map(
    lambda each: items(*each)
)


@given(old=NOTICES, new=NOTICES)
@settings(max_examples=150, deadline=None)
def test_the_changes_account_for_every_text_of_both_notices(
    old: tuple[Item, ...], new: tuple[Item, ...]
) -> None:
    def texts(notice: tuple[Item, ...]) -> dict[str, str]:
        return {str(item.number): item.title for item in notice} | {
            each.id: each.text for item in notice for each in item.paragraphs
        }

    before, after = texts(old), texts(new)
    changes = compare(old, new)
    taken = [each.old for each in changes if each.old]
    made = [each.new for each in changes if each.new]
    assert len(taken) == len(set(taken))
    assert len(made) == len(set(made))
    assert all(before[each.old] == each.before for each in changes if each.old)
    assert all(after[each.new] == each.after for each in changes if each.new)
    untouched = sorted(text for id, text in before.items() if id not in taken)
    assert untouched == sorted(text for id, text in after.items() if id not in made)


@given(before=WORDS, after=WORDS)
@settings(max_examples=100, deadline=None)
def test_words_that_changed_stand_in_the_texts(before: str, after: str) -> None:
    swaps = swapped(before, after)
    assert all(each.old in before and each.new in after for each in swaps)
    assert (swaps == ()) == (before == after)
