"""Where this installation keeps its data, and which files of the operator's it uses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Settings:
    """The settings of one installation, each from an environment variable or its default.

    Attributes:
        data: Folder of the database (``CHENGNUO_DATA``).
        keys: Folder of the key files, never the database's own (``CHENGNUO_KEYS``).
        offices: An operator's offices in place of the sample (``CHENGNUO_OFFICES``).
        calendar: An operator's registration windows in place of the sample (``CHENGNUO_CALENDAR``).
        language: Language of the first screen, ``zh`` or ``en`` (``CHENGNUO_LANGUAGE``).
        edition: ``pilot`` or ``current``; by default the one that the date asks for (``CHENGNUO_EDITION``).
        photos: Folders that the photo step offers files from (``CHENGNUO_PHOTOS``, separated as in ``PATH``).
        policy: ``open``, ``kiosk`` or ``staff``: what the full screen allows (``CHENGNUO_POLICY``).
    """

    data: Path
    keys: Path
    offices: Path | None = None
    calendar: Path | None = None
    language: str = "zh"
    edition: str = ""
    photos: tuple[Path, ...] = ()
    policy: str = "open"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "chengnuo.db"

    @property
    def field_key(self) -> Path:
        """The key that personal fields are encrypted with."""
        return self.keys / "fields.key"

    @property
    def signing_key(self) -> Path:
        """The key that seals commitment letters."""
        return self.keys / "seal.key"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from environment variables.

    Args:
        environment: The variables; an empty one counts as not set.
    """

    def path(name: str) -> Path | None:
        value = environment.get(name, "")
        return Path(value).expanduser() if value else None

    photos = tuple(
        Path(each).expanduser() for each in environment.get("CHENGNUO_PHOTOS", "").split(os.pathsep) if each
    )
    return Settings(
        data=path("CHENGNUO_DATA") or platformdirs.user_data_path("chengnuo"),
        keys=path("CHENGNUO_KEYS") or platformdirs.user_config_path("chengnuo") / "keys",
        offices=path("CHENGNUO_OFFICES"),
        calendar=path("CHENGNUO_CALENDAR"),
        language="en" if environment.get("CHENGNUO_LANGUAGE", "").lower().startswith("en") else "zh",
        edition=environment.get("CHENGNUO_EDITION", ""),
        photos=photos or (Path.cwd(), platformdirs.user_pictures_path()),
        policy=environment.get("CHENGNUO_POLICY", "open"),
    )
