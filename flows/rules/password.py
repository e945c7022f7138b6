"""The rule for an account password."""

from __future__ import annotations

import re

from flows.text import hidden_count
from flows.verdict import Problem, Verdict, accept, refuse

LEAST = 8
MOST = 128
"""Hashing takes longer with length; 128 is far beyond what anybody types."""

# ASCII only: str.isupper() takes the full-width Ａ, which most keyboards cannot type again.
_KINDS = (("password-no-upper", "[A-Z]"), ("password-no-lower", "[a-z]"), ("password-no-digit", "[0-9]"))

_TRIED_FIRST = frozenset({"aa123456", "password1", "password123", "qwer1234", "qwerty123"})
"""Passwords that keep the notice's rule and head every list of stolen ones."""

_EASY_WORDS = frozenset(
    {
        "password", "passwd", "passw", "pass", "pwd", "admin", "root", "user", "guest", "welcome", "login",
        "letmein", "iloveyou", "love", "dragon", "monkey", "hello", "test", "woaini", "nihao", "wangyi",
        "zhongguo", "china", "qq",
    }
)  # fmt: skip
_EASY_DIGITS = frozenset({"520", "1314", "5201314", "521", "666", "888", "168"})
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "147258369",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
_FEWEST_OWN = 4
"""So many characters have to be left when what others know of the candidate is taken away."""


def check_password(typed: str, personal: tuple[str, ...] = ()) -> Verdict[str]:
    """Judge an account password.

    Args:
        typed: What the candidate typed, unchanged: spaces count.
        personal: What others know of the candidate: name, ID number, mobile number, e-mail address.

    Returns:
        The password, or one problem for each rule that it misses, in the order of the rules. A warning when
        it keeps the notice's rule and is easy to guess all the same, or holds something personal beside
        enough of its own: the notice asks no more, so only what is tried first of all is refused.

    Source: FAQ 11.4 (upper case, lower case, digit, at least 8 characters); NIST SP 800-63B 5.1.1.2 for
    what is too easy to guess.
    """
    if not typed:
        return refuse(Problem("password-missing"))
    if len(typed) > MOST:
        return refuse(Problem("password-too-long", {"most": MOST, "typed": len(typed)}))
    problems = [Problem(code) for code, kind in _KINDS if not re.search(kind, typed)]
    if len(typed) < LEAST:
        problems.append(Problem("password-too-short", {"least": LEAST, "typed": len(typed)}))
    if hidden_count(typed) or re.search("[\t\r\n\x0b\x0c\x85\u2028\u2029]", typed):
        problems.append(Problem("password-hidden-characters"))
    if problems:
        return refuse(*problems)
    if _plain(typed).rstrip("!.") in _TRIED_FIRST:
        return refuse(Problem("password-easy"))
    own = _without(typed, personal)
    if len(own) < _FEWEST_OWN:
        return refuse(Problem("password-personal"))
    doubts = (
        ("password-guessable", _easy(typed)),
        ("password-holds-personal", own != typed.casefold()),
    )
    return accept(typed, warnings=tuple(Problem(code) for code, holds in doubts if holds))


def _easy(password: str) -> bool:
    """Whether a password is one to three pieces that everybody tries: ``Aa123456``, ``Qwer1234!``."""
    text = re.sub("[^a-z0-9]+", " ", _plain(password)).strip()
    if _in_a_row(text):
        return True
    pieces = re.findall("[a-z]+|[0-9]+", text)
    return len(pieces) <= 3 and all(
        _in_a_row(piece) or piece in _EASY_WORDS or piece in _EASY_DIGITS for piece in pieces
    )


def _plain(password: str) -> str:
    # P@ssw0rd is tried as soon as password is; a digit between letters stands for a letter.
    text = password.casefold().replace("@", "a").replace("$", "s")
    return re.sub("(?<=[a-z])0(?=[a-z])", "o", text)


def _in_a_row(piece: str) -> bool:
    same = len(set(piece)) == 1
    doubled = "".join(dict.fromkeys(piece))
    return same or any(
        piece in run or piece[::-1] in run or (len(piece) > 8 and doubled in run) for run in _RUNS
    )


def _without(password: str, personal: tuple[str, ...]) -> str:
    own = password.casefold()
    for known in sorted(_known(personal, own), key=len, reverse=True):
        own = own.replace(known, "")
    return own


def _known(personal: tuple[str, ...], password: str) -> set[str]:
    known = set()
    for each in personal:
        text = each.casefold().strip()
        known |= {text, text.partition("@")[0]}
        known |= _spelled(text, password)
        if re.fullmatch("[0-9]{17}[0-9x]", text):
            known |= {text[6:14], text[8:14], text[-6:]}
        elif re.fullmatch("[0-9]{11}", text):
            known |= {text[-8:], text[-6:]}
    return {each for each in known if len(each) >= 4}


def _spelled(name: str, password: str) -> set[str]:
    if not re.search("[\u4e00-\u9fff]", name) or not re.search("[a-z]{4}", password):
        return set()
    from flows.characters.spelling import spell  # imported here: reading the table takes 35 ms and 12 MB

    return {"".join(spell(name))}
