"""Who may come in from the network: the name that was called, the page that asks, and the token.

A page of a foreign site can open a connection to any address that its visitor reaches, and a name that a
foreign site owns can be pointed at this machine; so both the name and the page have to be ours.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

COOKIE = "chengnuo"
"""The cookie that stands for the token once a link with it was followed."""

LEAST_TOKEN = 16
"""Characters of a token at least: it is guessed over the network otherwise."""

_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)


def name_of(authority: str) -> str:
    """Return the name in a ``Host`` header, without its port; nothing where it is none."""
    found = _AUTHORITY.fullmatch(authority)
    return found[1].strip("[]").rstrip(".").casefold() if found else ""


def is_loopback(name: str) -> bool:
    """Whether a name or address means this machine alone."""
    address = _address(name)
    return address.is_loopback if address is not None else name == "localhost"


@dataclass(frozen=True)
class Gate:
    """What is let in.

    Attributes:
        host: The name or address that the server listens at.
        names: Further names under which people reach it, such as that of a reverse proxy.
        token: What has to be known; empty for nothing.
    """

    host: str
    names: tuple[str, ...] = ()
    token: str = ""

    def knows(self, authority: str) -> bool:
        """Whether a ``Host`` header calls this server.

        An address is let in where the server listens beyond this machine: only a name can be pointed
        elsewhere by whoever owns it.
        """
        name = name_of(authority)
        if not name:
            return False
        if is_loopback(name) or name in {each.casefold() for each in (self.host, *self.names)}:
            return True
        return not is_loopback(self.host) and _address(name) is not None

    def is_ours(self, origin: str, authority: str) -> bool:
        """Whether the page that asks came from here: same name and port; a proxy may speak TLS before us."""
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            return False
        return _with_port(parts.netloc, parts.scheme) == _with_port(authority, parts.scheme)

    def admits(self, cookie: str) -> bool:
        """Whether a cookie proves the token."""
        return not self.token or hmac.compare_digest(cookie.encode(), self.cookie.encode())

    def opens(self, token: str) -> bool:
        """Whether a token from a link is the right one."""
        given = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        return bool(self.token) and hmac.compare_digest(
            given, hashlib.sha256(self.token.encode("utf-8", "surrogatepass")).digest()
        )

    @property
    def cookie(self) -> str:
        """What the cookie holds: it follows from the token, and the token does not follow from it."""
        return hmac.new(self.token.encode("utf-8", "surrogatepass"), b"cookie", hashlib.sha256).hexdigest()


def new_token() -> str:
    """Make a token that nobody guesses."""
    return secrets.token_urlsafe(24)


def _with_port(authority: str, scheme: str) -> tuple[str, str]:
    found = _AUTHORITY.fullmatch(authority)
    port = found[2] if found and found[2] else {"https": "443", "http": "80"}[scheme]
    return name_of(authority), port


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
