"""The gate: which names, pages and tokens are ours."""

from __future__ import annotations

import pytest

from assistant.web.gate import Gate, is_loopback, name_of, new_token

HERE, EVERYWHERE = Gate("127.0.0.1", ("Exam.example.cn",)), Gate("0.0.0.0", ("exam.example.cn",), "t" * 20)


@pytest.mark.parametrize(
    "authority", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "exam.example.cn"]
)
def test_our_names_are_known(authority: str) -> None:
    assert HERE.knows(authority)
    assert EVERYWHERE.knows(authority)


@pytest.mark.parametrize(
    "authority", ["", "evil.example", "exam.example.cn.evil.example", "a b", "x@localhost", ":80"]
)
def test_other_names_are_not(authority: str) -> None:
    assert not HERE.knows(authority)
    assert not EVERYWHERE.knows(authority)


def test_an_address_is_known_only_where_the_server_listens_beyond_this_machine() -> None:
    assert EVERYWHERE.knows("192.0.2.7:8000")
    assert not HERE.knows("192.0.2.7:8000")


@pytest.mark.parametrize(
    ("origin", "authority", "ours"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("https://exam.example.cn", "exam.example.cn", True),
        ("https://EXAM.example.cn", "exam.example.cn:443", True),
        ("http://exam.example.cn", "exam.example.cn:80", True),
        ("https://exam.example.cn:8443", "exam.example.cn:8443", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("https://evil.example", "exam.example.cn", False),
        ("https://exam.example.cn.evil.example", "exam.example.cn", False),
        ("https://user@exam.example.cn", "exam.example.cn", False),
        ("null", "localhost", False),
        ("file://localhost", "localhost", False),
        ("", "", False),
    ],
)
def test_a_page_is_ours_when_its_name_and_port_are(origin: str, authority: str, ours: bool) -> None:
    assert HERE.is_ours(origin, authority) is ours


def test_the_cookie_proves_the_token_and_nothing_else_does() -> None:
    assert EVERYWHERE.admits(EVERYWHERE.cookie)
    assert not any(EVERYWHERE.admits(each) for each in ("", "t" * 20, HERE.cookie, "é"))
    assert EVERYWHERE.opens("t" * 20)
    assert not any(EVERYWHERE.opens(each) for each in ("", "t" * 19, "\udcff"))
    assert HERE.admits("")
    assert not HERE.opens("")


def test_a_new_token_is_never_the_same_and_long() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) >= 32


@pytest.mark.parametrize(
    ("name", "alone"), [("127.1.2.3", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_what_means_this_machine_alone(name: str, alone: bool) -> None:
    assert is_loopback(name) is alone


def test_a_name_is_read_without_port_brackets_and_last_dot() -> None:
    assert [name_of(each) for each in ("A.B.:1", "[::1]", "a:b", "a/b")] == ["a.b", "::1", "", ""]
