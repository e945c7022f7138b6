"""The rule for an e-mail address."""

from __future__ import annotations

import re

from flows.rules.entry import read_entry, some
from flows.verdict import Problem, Verdict, accept, refuse

LONGEST_ADDRESS = 254
"""RFC 5321: a path of 256 with its angle brackets."""

_RESERVED = "(^|\\.)(test|invalid|local|localhost|onion|arpa)$"
_MISTYPED_HOSTS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.con": "gmail.com",
    "hotmial.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "qq.con": "qq.com",
    "qq.cmo": "qq.com",
    "qq.co": "qq.com",
    "qq.cm": "qq.com",
    "163.con": "163.com",
    "163.cmo": "163.com",
    "126.con": "126.com",
    "126.cmo": "126.com",
    "sina.con": "sina.com",
    "foxmial.com": "foxmail.com",
    "aliyun.con": "aliyun.com",
}


def check_email(typed: str) -> Verdict[str]:
    """Judge an e-mail address by its form; whether it can be reached is not asked.

    Args:
        typed: What was typed; full-width characters and the Chinese full stop are folded with a note.

    Returns:
        The address with its domain in lower case, or what is wrong with it.

    Source: FAQ 11.5; RFC 5321 as email-validator reads it.
    """
    entry = read_entry(typed, most=4 * LONGEST_ADDRESS, joined="")
    if entry.problem:
        return refuse(entry.problem)
    notes, address = entry.notes, entry.text.replace("。", ".")
    if address != entry.text:
        notes = (*notes, Problem("email-stop-folded"))
    if not address:
        return refuse(Problem("email-missing"), notes=notes)
    problems = _form(address)
    if problems:
        return refuse(*problems, notes=notes)
    from email_validator import EmailNotValidError, validate_email  # imported here: 20 ms

    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        # What _form knows by name is said by name; what only the validator finds gets the general sentence.
        return refuse(Problem("email-form"), notes=notes)
    meant = _MISTYPED_HOSTS.get(found.domain)
    warnings = (Problem("email-host-mistyped", {"host": found.domain, "meant": meant}),) if meant else ()
    # The ASCII form: the validator would spell xn-- out, in characters that are refused above.
    return accept(f"{found.local_part}@{found.ascii_domain}", warnings=warnings, notes=notes)


def mask_email(address: str) -> str:
    """Return the address with all but its first character and its host hidden: ``w***@example.com``."""
    local, at, host = address.rpartition("@")
    return f"{local[:1]}***{at}{host}" if local else "***"


def _form(address: str) -> tuple[Problem, ...]:
    if len(address) > LONGEST_ADDRESS:
        return (Problem("email-too-long", {"most": LONGEST_ADDRESS, "typed": len(address)}),)
    local, _, host = address.partition("@")
    edges = {local[:1], local[-1:], host[:1], host[-1:]}
    rules = (
        ("email-with-name", bool(re.search("[<>]", address))),
        ("email-spaces", " " in address),
        ("email-quoted", '"' in address),
        ("email-no-at", "@" not in address),
        ("email-several-ats", address.count("@") > 1),
        ("email-nothing-before", not local),
        ("email-nothing-after", not host),
        ("email-two-dots", ".." in address),
        ("email-dot-place", "." in edges),
        ("email-number-host", bool(re.fullmatch("\\[.*\\]|[0-9.]+", host))),
        ("email-no-dot", "." not in host),
        ("email-reserved-host", bool(re.search(_RESERVED, host.lower()))),
    )
    for code, broken in rules:
        if broken:
            return (Problem(code),)
    if wrong := re.findall("[^!-~]", address):
        return (Problem("email-characters", {"characters": some(wrong)}),)
    return ()
