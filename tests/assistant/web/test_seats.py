"""The seats: who has one, for how long, and that nothing of the last person is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.web.seats import JPEG, RELOAD_SECONDS, FullError, Seats


class Room:
    """Seats with a clock to move."""

    def __init__(self, folder: Path, most: int = 2, hold: float = 100.0) -> None:
        self.now = 0.0
        self.seats = Seats(folder, most, hold, lambda: self.now)


def test_a_tab_finds_its_seat_again_until_the_place_lapses(tmp_path: Path) -> None:
    room = Room(tmp_path)
    seat = room.seats.take("")
    seat.keep("CODE", "zh")
    room.seats.leave(seat)
    room.now = 99.0
    assert room.seats.take(seat.key) is seat
    room.seats.leave(seat)
    room.now = 200.0
    room.seats.sweep()
    assert room.seats.all() == ()
    assert seat.code == ""
    assert room.seats.take(seat.key).key != seat.key


def test_a_place_where_nothing_was_begun_is_not_kept(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.seats.leave(room.seats.take(""))
    assert room.seats.all() == ()


def test_the_seat_of_a_reload_is_not_given_to_another(tmp_path: Path) -> None:
    room = Room(tmp_path, most=1)
    seat = room.seats.take("")
    seat.keep("CODE", "zh")
    room.seats.leave(seat)
    with pytest.raises(FullError):
        room.seats.take("")
    room.now = RELOAD_SECONDS
    room.seats.take("")
    with pytest.raises(FullError):
        room.seats.take(seat.key)
    assert room.seats.taken == 1


def test_the_next_person_finds_neither_code_nor_picture(tmp_path: Path) -> None:
    room = Room(tmp_path)
    seat = room.seats.take("")
    seat.keep("CODE", "en")
    path = seat.put(JPEG)
    assert path is not None
    assert path.exists()
    seat.keep("", "zh")
    assert not path.exists()
    again = seat.put(JPEG)
    assert again is not None
    room.seats.close()
    assert not again.exists()


def test_a_file_of_another_kind_is_not_put_anywhere(tmp_path: Path) -> None:
    seat = Room(tmp_path).seats.take("")
    assert seat.put(b"%PDF-1.7") is None
    assert not seat.inbox.exists()


def test_keys_cannot_be_guessed_from_one_another(tmp_path: Path) -> None:
    room = Room(tmp_path, most=50)
    assert len({room.seats.take("").key for _ in range(50)}) == 50
    assert all(len(seat.key) >= 32 for seat in room.seats.all())
