"""Bank statements as banks write them, and what cannot be used, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.services.payment import StatementFile, read_day, slip_in
from assistant.services.tables import TableRefused
from flows.masking import masked_name


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "statement.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.req("13.7")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_statement_is_read_in_the_encodings_and_shapes_of_banks(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    rows = (
        ("交易日期", "对方户名", "金额(元)", "贷方发生额", "交易流水号", "附言"),
        ("2020年7月3日", "王小明", "x", "61.00", "T1", "报名费 p23456789"),
        ("", "", "", "", "", ""),
        ("20200704 10:11:12", "*丽", "x", "¥61", "T2", ""),
        ("2020/7/5", "手续费", "x", "-5.00", "T3", "手续费"),
    )
    path = written(tmp_path, "\r\n".join(mark.join(row) for row in rows), encoding)
    one, two = StatementFile(path).received()
    assert (one.transaction, one.day, one.fen, one.slip, one.payer) == (
        "T1",
        date(2020, 7, 3),
        6100,
        "P2345-6789",
        "王*明",
    )
    assert (two.day, two.fen, two.slip, two.payer) == (date(2020, 7, 4), 6100, "", "*丽")


HEAD = "date,amount,transaction,reference\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "table-columns", None),
        ("date,amount\n", "table-columns", None),
        (f"{HEAD}2020-07-03,61,,x\n", "table-value-missing", 2),
        (f"{HEAD}2020-07-03,61,T1,x\n2020-13-01,61,T2,x\n", "table-date", 3),
        (f"{HEAD}2020-07-03,sixty,T1,x\n", "statement-amount", 2),
        (f"{HEAD}2020-07-03,61.001,T1,x\n", "statement-amount", 2),
        (f"{HEAD}2020-07-03,NaN,T1,x\n", "statement-amount", 2),
        (f"{HEAD}2020-07-03,61,{'9' * 65},x\n", "statement-transaction", 2),
        (f'{HEAD}2020-07-03,61,T1,"x\n', "table-line-broken", 2),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, text: str, code: str, line: int | None
) -> None:
    with pytest.raises(TableRefused) as refused:
        list(StatementFile(written(tmp_path, text)).received())
    assert (refused.value.code, refused.value.arguments.get("line")) == (code, line)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"\xff\xff\xff")
    for path, code in (
        (odd, "table-encoding"),
        (tmp_path, "table-unreadable"),
        (tmp_path / "\0", "table-unreadable"),
    ):
        with pytest.raises(TableRefused) as refused:
            list(StatementFile(path).received())
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("P2345-6789", "P2345-6789"),
        ("考试费p23456789谢谢", "P2345-6789"),
        ("P2345-67890", ""),
        ("P2345", ""),
        ("", ""),
    ],
)
def test_a_slip_is_found_among_words(words: str, slip: str) -> None:
    assert slip_in(words) == slip


@pytest.mark.parametrize("written", ["2020-02-30", "3.7.2020", "20-7-3", "", "昨天"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.req("15.3")
@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*明"),
        ("李丽", "李*"),
        ("欧阳娜娜", "欧**娜"),
        ("王", "王*"),
        ("John Smith", "J*** S****"),
        ("阿凡提·买买提", "阿*****提"),
        ("𠮷田明", "𠮷*明"),
        ("王*明", "王*明"),
        ("", ""),
    ],
)
def test_a_name_is_masked_as_publicity_lists_do(name: str, masked: str) -> None:
    assert masked_name(name) == masked
