"""What can go wrong with the store, as codes whose sentences stand in ``content/words``."""

from __future__ import annotations

from collections.abc import Mapping

from flows.verdict import NO_ARGS, Arg


class RecordsError(Exception):
    """The store cannot be used, or refuses an act.

    Args:
        code: The sentence is found under ``problem.<code>``.
        arguments: What the sentence is filled with.
    """

    def __init__(self, code: str, arguments: Mapping[str, Arg] = NO_ARGS) -> None:
        """Keep the code; the message of the exception is the code alone, never personal data."""
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class IdentityTaken(RecordsError):  # noqa: N818 - named for what happened
    """The ID number is registered already (FAQ 11.1)."""

    def __init__(self) -> None:
        """Say so by its code."""
        super().__init__("identity-taken")


class MobileTaken(RecordsError):  # noqa: N818 - named for what happened
    """The mobile number belongs to another user (FAQ 11.2)."""

    def __init__(self) -> None:
        """Say so by its code."""
        super().__init__("mobile-taken")
