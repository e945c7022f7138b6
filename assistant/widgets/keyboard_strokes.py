"""What pressing a key of the on-screen keyboard does: to the keyboard itself, and to the field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast

from assistant.widgets.keyboard_layout import Cap, LayoutId

MOST_LETTERS = 40
"""Letters that are composed before a character is chosen; more are not taken."""

Shift = Literal["off", "once", "lock"]

_NEXT_SHIFT: dict[Shift, Shift] = {"off": "once", "once": "lock", "lock": "off"}


@dataclass(frozen=True)
class Board:
    """The state of the keyboard.

    Attributes:
        layout: The layout that is shown.
        shift: Whether the next letter is a capital, or all are.
        composing: Letters of pinyin that are no character yet.
        page: Which page of candidates is shown.
    """

    layout: LayoutId = "latin"
    shift: Shift = "off"
    composing: str = ""
    page: int = 0


@dataclass(frozen=True)
class Stroke:
    """What reaches the field or the screen.

    Attributes:
        act: ``type`` with a text; ``enter``, ``backspace``, ``clear``, ``left`` and ``right`` for the field;
            else the id of a key of the screen, such as ``back``.
        text: What is typed.
    """

    act: str
    text: str = ""


@dataclass(frozen=True)
class Offer:
    """What the letters that are composed may mean.

    Attributes:
        chars: The characters of this page.
        rest: The letters that stay when one of them is chosen.
        more: Whether there is another page.
    """

    chars: tuple[str, ...] = ()
    rest: str = ""
    more: bool = False


def pressed(board: Board, cap: Cap, offer: Offer) -> tuple[Board, Stroke | None]:
    """Press a key.

    Args:
        board: The keyboard as it is.
        cap: The key.
        offer: What the letters that are composed may mean.

    Returns:
        The keyboard afterwards, and what reaches the field or the screen, if anything does.
    """
    match cap.act:
        case "type":
            return _typed(board, cap.text, offer)
        case "candidate":
            return _chosen(board, cap.text, offer)
        case "layout":
            # What was composed is not lost: it goes into the field as the letters that it is.
            shown = Board(cast("LayoutId", cap.text))
            return (board, None) if cap.text == board.layout else (shown, _letters(board))
        case "shift":
            return replace(board, shift=_NEXT_SHIFT[board.shift]), None
        case "earlier":
            return replace(board, page=max(board.page - 1, 0)), None
        case "later":
            return replace(board, page=board.page + (1 if offer.more else 0)), None
    if board.composing and cap.act in {"enter", "backspace", "clear"}:
        return _composing(board, cap.act)
    return board, Stroke(cap.act)


def _typed(board: Board, text: str, offer: Offer) -> tuple[Board, Stroke | None]:
    if board.layout == "pinyin" and (
        text.isascii() and (text.isalpha() or (text == "'" and board.composing))
    ):
        letters = (board.composing + text)[:MOST_LETTERS]
        return replace(board, composing=letters, page=0), None
    if board.composing:
        # As every input method has it: space takes the first character.
        return _chosen(board, offer.chars[0] if offer.chars else "", offer)
    used = board.shift == "once" and text.isalpha()
    return replace(board, shift="off" if used else board.shift), Stroke("type", text)


def _chosen(board: Board, char: str, offer: Offer) -> tuple[Board, Stroke | None]:
    if not char:
        return board, None
    return replace(board, composing=offer.rest, page=0), Stroke("type", char)


def _composing(board: Board, act: str) -> tuple[Board, Stroke | None]:
    if act == "enter":
        return replace(board, composing="", page=0), _letters(board)
    letters = board.composing[:-1] if act == "backspace" else ""
    return replace(board, composing=letters, page=0), None


def _letters(board: Board) -> Stroke | None:
    return Stroke("type", board.composing) if board.composing else None
