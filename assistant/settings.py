"""The settings of one installation: where data lie, what the full screen allows, how it looks.

Importing this module costs about 100 ms for pydantic: what needs the type alone imports it for type checking.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.settings_file import NAMES_THE_FILE, PREFIX, found
from assistant.stopping import USAGE, Stopped

PATHS = frozenset({"data", "keys", "training", "offices", "calendar", "photos"})
"""Settings that hold paths: in a file they are meant from where the file lies."""


def _place(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("a path holds no NUL")
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("nobody of this name has a home") from error


def _number(value: object) -> object:
    # Python counts a bool as a number; whoever writes `true` for seconds means something else.
    if isinstance(value, bool):
        raise ValueError("not a number")
    return value


def _language(value: object) -> object:
    """Take a language as locales write it too, such as ``en_US.UTF-8``."""
    found = value.casefold()[:2] if isinstance(value, str) else value
    return found if found in {"zh", "en"} else value


def _hash(value: SecretStr) -> SecretStr:
    kept = value.get_secret_value()
    if kept and not kept.startswith("$argon2"):
        raise ValueError("not a hash")
    return value


Place = Annotated[Path, AfterValidator(_place)]
Seconds = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]


class Settings(BaseSettings):
    """The settings; made by hand they read nothing from outside.

    The description of a setting is its help: ``chengnuo settings`` prints it.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        enable_decoding=False,
    )

    data: Place = Field(
        default_factory=lambda: platformdirs.user_data_path("chengnuo"),
        description="Folder of the database, the list of faults and pictures of the screen.",
    )
    keys: Place = Field(
        default_factory=lambda: platformdirs.user_config_path("chengnuo") / "keys",
        description="Folder of the key files, never that of the database; keep a copy elsewhere.",
    )
    training: Place | None = Field(
        default=None,
        description="Folder of the classroom's own database and keys; unset, `training` in the data folder.",
    )
    offices: Place | None = Field(
        default=None, description="The operator's offices in place of the sample (YAML, as the sample file)."
    )
    calendar: Place | None = Field(
        default=None,
        description="The operator's registration windows in place of the sample (YAML, as the sample file).",
    )
    photos: tuple[Place, ...] = Field(
        default_factory=lambda: (Path.cwd(), platformdirs.user_pictures_path()),
        min_length=1,
        description="Folders that the photo step offers files from; a kiosk takes no others.",
    )
    language: Annotated[Literal["zh", "en"], BeforeValidator(_language)] = Field(
        default="zh", description="Language of the first screen."
    )
    edition: Literal["", "pilot", "current"] = Field(
        default="",
        description="The rules: of the 2019 pilot, or since 2021; empty for those that the date asks for.",
    )
    policy: Literal["open", "kiosk", "staff"] = Field(
        default="open",
        description="What the full screen allows: open at home, staff in an office, kiosk in public.",
    )
    staff_pin: Annotated[SecretStr, AfterValidator(_hash)] = Field(
        default=SecretStr(""),
        description="Hash of the PIN that staff type after F12 at a kiosk; `chengnuo settings pin` makes it.",
    )
    theme: Literal["auto", "dark", "light", "contrast", "plain"] = Field(
        default="auto",
        description="First look; auto is plain with NO_COLOR or on a terminal without colours, else dark.",
    )
    glyphs: Literal["unicode", "ascii"] = Field(
        default="unicode", description="Signs to draw with; ascii for fonts that lack ticks and bars."
    )
    keyboard: Literal["off", "on"] = Field(
        default="off", description="Keyboard on the screen, for machines with a touch screen only."
    )
    animations: bool = Field(default=False, description="Whether anything on the screen may glide or fade.")
    grace: Seconds = Field(
        default=0.3,
        ge=0,
        le=10,
        description="Seconds after a new question or a paste in which Enter and digits answer nothing.",
    )
    reveal_seconds: Seconds = Field(
        default=5, ge=1, le=60, description="Seconds for which F5 shows what is typed hidden."
    )
    review_lock_minutes: int = Field(
        default=30,
        ge=1,
        le=1440,
        description="Minutes for which a claimed verification is kept for one person.",
    )
    review_days: int = Field(
        default=5, ge=1, le=365, description="Days within which a manual verification is to be decided."
    )
    defence_days: int = Field(
        default=5, ge=1, le=365, description="Days for statement and defence before a decision."
    )
    objection_days: int = Field(
        default=60, ge=1, le=365, description="Days in which a review of a decision can be asked for."
    )
    report_days: int = Field(
        default=30, ge=1, le=365, description="Days after which an open report is marked as overdue."
    )
    idle_seconds: Seconds | None = Field(
        default=None,
        ge=0,
        le=86400,
        description="Seconds without key, mouse or scroll until a warning; 0 never; unset, 180 at a kiosk.",
    )
    idle_countdown: Seconds = Field(
        default=60,
        ge=5,
        le=3600,
        description="Seconds from that warning until all is saved, the screen cleared and the welcome shown.",
    )
    lock_seconds: Seconds = Field(
        default=600,
        ge=0,
        le=86400,
        description="Seconds without key, mouse or scroll until the desk asks for the password; 0 never.",
    )
    sample_percent: int = Field(
        default=10,
        ge=1,
        le=100,
        description="Share of those who passed that is checked, in percent, where nobody says otherwise.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Make the constructor pure: ``read`` asks the sources, and knows which one said what."""
        return (init_settings,)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "chengnuo.db"

    @property
    def classroom(self) -> Path:
        """The folder of the classroom, whose database and keys are its own."""
        return self.data / "training" if self.training is None else self.training

    @property
    def misses(self) -> Path:
        """The file of the questions that found no answer."""
        return self.data / "misses.db"

    @property
    def field_key(self) -> Path:
        """The key that personal fields are encrypted with."""
        return self.keys / "fields.key"

    @property
    def signing_key(self) -> Path:
        """The key that seals commitment letters."""
        return self.keys / "seal.key"

    @property
    def pictures(self) -> Path:
        """Folder of pictures of the screen."""
        return self.data / "pictures"


@dataclass(frozen=True)
class Sourced:
    """The settings, and where each comes from.

    Attributes:
        settings: The settings.
        file: The file that was read, if there is one.
        origins: By setting, the variable or file that gave it; what is not in it is a default.
    """

    settings: Settings
    file: Path | None
    origins: Mapping[str, str]


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Args:
        environment: The variables; an empty one counts as not set.

    Raises:
        Stopped: A variable or the file cannot be used; the sentence says which, and how to mend it.
    """
    return read(environment).settings


def read(environment: Mapping[str, str] = os.environ) -> Sourced:
    """Read the settings from variables, then from the file, and say which one gave what; raises as above."""
    file = found(environment)
    in_file = _from_file(file) if file is not None else {}
    in_variables = _from_variables(environment)
    origins = {name: str(file) for name in in_file}
    origins |= {name: f"{PREFIX}{name.upper()}" for name in in_variables}
    try:
        settings = Settings(**{**in_file, **in_variables})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = str(first["loc"][0])
        where = origins[name] if name in in_variables else f"{file}: {name}"
        raise Stopped(f"{where} is {_shown(name, first['input'])}; write {may_be(name)}.", USAGE) from None
    return Sourced(settings, file, origins)


def may_be(name: str) -> str:
    """Say what a setting may be, as the end of ``write …``."""
    if name == "staff_pin":
        return "the line that `chengnuo settings pin` prints, never the PIN itself"
    if name == "photos":
        return "a list of folders"
    if name in PATHS:
        return "a path"
    field = Settings.model_fields[name]
    options = [f'"{each}"' for each in get_args(field.annotation) if isinstance(each, str)]
    if options:
        return f"{', '.join(options[:-1])} or {options[-1]}"
    if field.annotation is bool:
        return "true or false"
    least = next(each.ge for each in field.metadata if hasattr(each, "ge"))
    most = next(each.le for each in field.metadata if hasattr(each, "le"))
    return f"a number of seconds from {least} to {most}"


def _from_file(file: Path) -> dict[str, Any]:
    try:
        given = TomlConfigSettingsSource(Settings, toml_file=file)()
    except tomllib.TOMLDecodeError as error:
        raise Stopped(f"{file}: this is not TOML: {error}. Mend that place.", USAGE) from error
    except UnicodeDecodeError as error:
        raise Stopped(f"{file}: it is not UTF-8. Save it in UTF-8.", USAGE) from error
    except OSError as error:
        raise Stopped(
            f"{file}: it cannot be read ({error.strerror}). Check the path and the rights.", USAGE
        ) from error
    for name in given:
        if name not in Settings.model_fields:
            raise Stopped(f"{file}: {_no_such(name, list(Settings.model_fields))}", USAGE)
    return {name: _beside(file, name, value) for name, value in given.items() if value != ""}


def _beside(file: Path, name: str, value: Any) -> Any:
    """Take a relative path in a file as meant from where the file lies."""
    if name not in PATHS:
        return value
    if isinstance(value, list):
        return [_beside(file, "data", each) for each in value]
    if isinstance(value, str) and name != "photos" and not value.startswith("~"):
        return str(file.parent / value)
    return value


def _from_variables(environment: Mapping[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    known = [NAMES_THE_FILE, *(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)]
    for name in ours:
        if name not in known:
            # A slip in `CHENGNUO_POLICY` would open a public machine without a word.
            raise Stopped(_no_such(name, known), USAGE)
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in ours.items()}
    given = source()
    folders = [each for each in given.pop("photos", "").split(os.pathsep) if each]
    return {**given, "photos": folders} if folders else given


def _no_such(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"did you mean {near[0]}?" if near else "take it out."
    return f"{name} is no setting; {meant} `chengnuo settings example` lists them all."


def _shown(name: str, value: object) -> str:
    """Return what stands there on one line, and nothing of a secret."""
    if name == "staff_pin":
        return "no hash"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
