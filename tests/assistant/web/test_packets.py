"""Packets come through whole, in whatever pieces they arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.packets import ORDER, TEXT, BrokenLineError, Packet, Packets, ordered, packed

PACKETS = st.lists(st.tuples(st.sampled_from([TEXT, ORDER]), st.binary(max_size=40)), max_size=6)


@given(PACKETS, st.integers(1, 9))
def test_packets_in_pieces_are_the_packets_that_were_sent(sent: list[tuple[bytes, bytes]], step: int) -> None:
    whole = b"".join(packed(kind, payload) for kind, payload in sent)
    packets, found = Packets(), []
    for at in range(0, len(whole), step):
        found += packets.feed(whole[at : at + step])
    assert found == [Packet(kind, payload) for kind, payload in sent]


@pytest.mark.parametrize("broken", [b"X\0\0\0\0", b"D\xff\xff\xff\xff", b"Traceback (most recent"])
def test_what_is_no_packet_is_never_waited_for(broken: bytes) -> None:
    with pytest.raises(BrokenLineError):
        list(Packets().feed(broken))


def test_an_order_says_what_was_written() -> None:
    (packet,) = Packets().feed(ordered("begin", width=80, code="王"))
    assert packet.order() == {"type": "begin", "width": 80, "code": "王"}


@pytest.mark.parametrize("payload", [b"[]", b"{", b"\xff", b"1"])
def test_an_order_that_is_none_is_broken(payload: bytes) -> None:
    with pytest.raises(BrokenLineError):
        Packet(ORDER, payload).order()
