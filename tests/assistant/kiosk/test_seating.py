"""The place that a server keeps: it follows the person, and nothing of it outlasts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.inputs import Command, File
from assistant.kiosk.app import KioskApp
from assistant.kiosk.photos import lies_in
from assistant.kiosk.policy import in_a_browser, policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.seating import NoSeat, PictureCame, seat_of
from tests.assistant.kiosk.scripted import NAME, PHOTO, FakeConversation
from tests.assistant.kiosk.seat import Seat, seated
from tests.factories import content

KIOSK = policy("kiosk", grace=0, idle_seconds=0)


class FakeSeat:
    """A seat that keeps what it is told."""

    uploads = True

    def __init__(self, code: str = "") -> None:
        self.code, self.kept, self.offered = code, list[tuple[str | None, str]](), list[bool]()

    def taken_up(self) -> str:
        code, self.code = self.code, ""
        return code

    def keep_place(self, code: str | None, language: str) -> None:
        self.kept.append((code, language))

    def offer_letter(self, file: str) -> None:
        pass

    def offer_upload(self, wanted: bool) -> None:
        self.offered.append(wanted)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> FakeSeat:
    kept = FakeSeat()
    monkeypatch.setattr(KioskApp, "seat", property(lambda _: kept))
    return kept


async def test_the_place_of_a_registration_is_kept_and_forgotten_when_the_person_leaves(
    place: FakeSeat,
) -> None:
    talk = FakeConversation((NAME, NAME), reference="ABCD-EFGH")
    async with seated(talk, allowed=KIOSK) as seat:
        assert place.kept[-1] == ("ABCD-EFGH", "en")
        await seat.app.to_start()
        assert place.kept[-1] == (None, "en")
        assert place.offered[-1] is False


async def test_a_finished_conversation_keeps_no_place(place: FakeSeat) -> None:
    async with seated(FakeConversation((NAME,), reference="ABCD-EFGH"), allowed=KIOSK) as seat:
        page = seat.app.screen
        assert isinstance(page, ConversationPage)
        page.send(Command("quit"))
        await seat.settle()
        assert place.kept[-1] == (None, "en")


async def test_after_a_reload_the_conversation_goes_on_without_the_first_screen(place: FakeSeat) -> None:
    place.code = "ABCD-EFGH"
    talk = FakeConversation((NAME,))
    app = KioskApp(content(), lambda language, mode: talk, KIOSK, language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        await seat.settle()
        assert isinstance(app.screen, ConversationPage)
        assert talk.gone_on == "ABCD-EFGH"
        assert place.code == ""
        await app.to_start()
        await seat.settle()
        assert isinstance(app.screen, WelcomePage)


async def test_a_picture_is_taken_where_one_is_asked_for_and_nowhere_else(
    place: FakeSeat, tmp_path: Path
) -> None:
    talk = FakeConversation((PHOTO, NAME, NAME))
    allowed = policy("kiosk", (tmp_path,), grace=0, idle_seconds=0)
    async with seated(talk, allowed=allowed) as seat:
        assert place.offered[-1] is True
        assert "Choose a photo on this device" in " ".join(content().words["en"]["face.upload"].split())
        for path in (Path("/etc/passwd"), tmp_path / "photo-1.jpg"):
            seat.app.post_message(PictureCame(path))
            await seat.settle()
        assert talk.given == [File(tmp_path / "photo-1.jpg")]
        assert place.offered[-1] is False
        seat.app.post_message(PictureCame(tmp_path / "photo-2.jpg"))
        await seat.settle()
        assert len(talk.given) == 1


def test_at_a_terminal_nothing_is_kept() -> None:
    here = seat_of(object())
    assert isinstance(here, NoSeat)
    assert here.taken_up() == ""


@pytest.mark.parametrize("name", ["open", "staff", "kiosk"])
def test_over_a_line_from_a_browser_nothing_of_this_machine_can_be_had(name: str) -> None:
    allowed = in_a_browser(policy(name))
    opens = ("any_folder", "screenshots", "clipboard", "links", "suspend", "palette", "staff_key", "select")
    assert not any(getattr(allowed, each) for each in opens)
    assert not lies_in(Path("/etc/passwd"), allowed.folders)
