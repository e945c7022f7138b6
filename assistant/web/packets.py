"""The line between the server and an app that it serves: packets of text and of orders, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT, ORDER = b"D", b"M"
"""Kinds as textual-serve (1.1.3) has them: what a terminal would read or draw, and a JSON object."""

MOST_BYTES = 1 << 20
"""No packet of ours is as long; one that says so is not ours."""

_HEAD = 5


class BrokenLineError(Exception):
    """What came is no packet: whatever follows cannot be read either."""


@dataclass(frozen=True)
class Packet:
    """One packet."""

    kind: bytes
    payload: bytes

    def order(self) -> dict[str, object]:
        """Read the order that it holds.

        Raises:
            BrokenLineError: It holds none.
        """
        try:
            found = json.loads(self.payload)
        except ValueError as error:
            raise BrokenLineError from error
        if not isinstance(found, dict):
            raise BrokenLineError
        return found


def packed(kind: bytes, payload: bytes) -> bytes:
    """Write a packet."""
    return kind + len(payload).to_bytes(4, "big") + payload


def ordered(name: str, **more: str | int | bool | None) -> bytes:
    """Write a packet that holds an order."""
    facts: Mapping[str, str | int | bool | None] = {"type": name, **more}
    return packed(ORDER, json.dumps(facts).encode())


class Packets:
    """Reads packets from whatever pieces they come in."""

    def __init__(self) -> None:
        """Begin."""
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Packet]:
        """Yield the packets that ``data`` completes.

        Raises:
            BrokenLineError: This is no packet.
        """
        self._held += data
        while len(self._held) >= _HEAD:
            kind, length = bytes(self._held[:1]), int.from_bytes(self._held[1:_HEAD], "big")
            if kind not in (TEXT, ORDER) or length > MOST_BYTES:
                raise BrokenLineError
            if len(self._held) < _HEAD + length:
                return
            payload = bytes(self._held[_HEAD : _HEAD + length])
            del self._held[: _HEAD + length]
            yield Packet(kind, payload)
