"""The settings: what wins, where each comes from, and one sentence for whatever cannot be used."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.configuring import example
from assistant.pins import fits, hash_pin, weakness
from assistant.settings import PATHS, Settings, from_environment, read
from assistant.stopping import Stopped

ROOT = Path(__file__).parents[2]
Capture = pytest.CaptureFixture[str]

HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with folders of settings that are empty too."""
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    for name in ("here", "user", "machine"):
        (tmp_path / name / "chengnuo").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("platformdirs.user_config_path", lambda app: tmp_path / "user" / app)
    monkeypatch.setattr("platformdirs.site_config_path", lambda app: tmp_path / "machine" / app)


def written(text: str, folder: str = "here") -> Path:
    path = Path("..", folder, "chengnuo" if folder != "here" else "", "chengnuo.toml").resolve()
    path.write_text(text, encoding="utf-8")
    return path


def refused(text: str = "", **variables: str) -> str:
    """Return the sentence that settings are refused with."""
    written(text)
    with pytest.raises(Stopped) as stopped:
        from_environment(variables)
    sentence = stopped.value.sentence
    assert stopped.value.code == 2
    assert "\n" not in sentence
    assert "pydantic" not in sentence
    return sentence


# What wins ---------------------------------------------------------------------------------------------


def test_without_variables_and_file_everything_is_a_default() -> None:
    sourced = read({})
    assert (sourced.file, sourced.origins) == (None, {})
    settings = sourced.settings
    assert (settings.policy, settings.theme, settings.keyboard, settings.animations) == (
        "open",
        "auto",
        "off",
        False,
    )
    assert (settings.grace, settings.reveal_seconds, settings.idle_seconds, settings.idle_countdown) == (
        0.3,
        5,
        None,
        60,
    )
    assert settings.database == settings.data / "chengnuo.db"
    assert settings.field_key.parent == settings.signing_key.parent == settings.keys


def test_a_variable_beats_the_file_and_the_file_beats_the_default() -> None:
    file = written('theme = "light"\nlanguage = "en"\n')
    sourced = read({"CHENGNUO_THEME": "contrast", "CHENGNUO_GLYPHS": ""})
    assert sourced.settings.theme == "contrast"
    assert sourced.settings.language == "en"
    assert sourced.settings.glyphs == "unicode"
    assert sourced.origins == {"theme": "CHENGNUO_THEME", "language": str(file)}


def test_the_first_file_of_four_places_is_read_and_no_other() -> None:
    places = {}
    for place in ("machine", "user", "here"):
        places[place] = written(f'data = "{place}"', place)
        sourced = read({})
        assert sourced.file == places[place]
        assert sourced.settings.data == places[place].parent / place
    named = written("", "machine").rename(Path("../named.toml").resolve())
    sourced = read({"CHENGNUO_CONFIG": str(named)})
    assert (sourced.file, sourced.origins) == (named, {})


def test_paths_in_a_file_are_meant_from_the_file_and_paths_in_variables_from_here() -> None:
    file = written('data = "d"\nphotos = ["p", "/q", "~"]\noffices = ""\n', "user")
    settings = from_environment({"CHENGNUO_KEYS": "k"})
    assert settings.data == file.parent / "d"
    assert settings.photos == (file.parent / "p", Path("/q"), Path.home())
    assert settings.keys == Path("k")
    assert settings.offices is None


def test_every_setting_that_holds_a_path_is_known_as_one() -> None:
    holding = {name for name, field in Settings.model_fields.items() if "Path" in repr(field.annotation)}
    assert holding == PATHS


def test_variables_keep_their_forms() -> None:
    settings = from_environment(
        {
            "CHENGNUO_PHOTOS": os.pathsep.join(("a", "", "b")),
            "CHENGNUO_LANGUAGE": "en_US.UTF-8",
            "CHENGNUO_ANIMATIONS": "true",
            "CHENGNUO_IDLE_SECONDS": "0",
            "CHENGNUO_EDITION": "pilot",
        }
    )
    assert settings.photos == (Path("a"), Path("b"))
    assert (settings.language, settings.animations, settings.idle_seconds) == ("en", True, 0)
    assert from_environment({"CHENGNUO_PHOTOS": os.pathsep}).photos == Settings().photos


def test_settings_made_by_hand_read_nothing_from_outside_and_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written('theme = "light"')
    monkeypatch.setenv("CHENGNUO_THEME", "contrast")
    settings = Settings(data=Path("d"), keys=Path("k"))
    assert settings.theme == "auto"
    with pytest.raises(ValueError, match="frozen"):
        settings.theme = "dark"


# What cannot be used -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "stands", "may_be"),
    [
        ('theme = "blue"', 'theme is "blue"', 'write "auto", "dark", "light", "contrast" or "plain"'),
        ("theme = 5", "theme is 5", '"plain"'),
        ('policy = "public"', 'policy is "public"', '"open", "kiosk" or "staff"'),
        ('language = "fr"', 'language is "fr"', '"zh" or "en"'),
        ("grace = true", "grace is true", "a number of seconds from 0 to 10"),
        ("grace = nan", "grace is NaN", "a number of seconds from 0 to 10"),
        ('idle_seconds = "soon"', 'idle_seconds is "soon"', "a number of seconds from 0 to 86400"),
        ("idle_countdown = 0", "idle_countdown is 0", "from 5 to 3600"),
        ('animations = "some"', 'animations is "some"', "true or false"),
        ("data = 5", "data is 5", "a path"),
        ('data = "\\u0000"', "data is", "a path"),
        ('data = "~nobody-has-this-name/x"', "data is", "a path"),
        ('photos = "pictures"', 'photos is "pictures"', "a list of folders"),
        ("photos = []", "photos is []", "a list of folders"),
        ("photos = [5]", "photos is 5", "a list of folders"),
        ("[theme]\nname = 1", 'theme is {"name": 1}', '"plain"'),
    ],
)
def test_a_wrong_value_is_named_with_its_file_and_with_what_may_stand_there(
    line: str, stands: str, may_be: str
) -> None:
    sentence = refused(line)
    assert sentence.startswith(f"{Path('chengnuo.toml').absolute()}: {stands}")
    assert f"; write {may_be}" in sentence or sentence.endswith(f"{may_be}.")


def test_a_wrong_value_of_a_variable_is_named_with_the_variable() -> None:
    assert refused('theme = "dark"', CHENGNUO_THEME="blue").startswith('CHENGNUO_THEME is "blue"; write ')


def test_a_setting_that_does_not_exist_is_named_with_the_one_that_may_be_meant() -> None:
    assert "them is no setting; did you mean theme?" in refused('them = "dark"')
    assert "colour is no setting; take it out" in refused("colour = 5")
    assert "CHENGNUO_POLCY is no setting; did you mean CHENGNUO_POLICY?" in refused(CHENGNUO_POLCY="kiosk")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'theme = "dark', "not TOML"), (b"theme == 1", "line 1"), (b'theme = "\xff"', "not UTF-8")],
)
def test_a_file_that_is_not_toml_is_named(content: bytes, said: str) -> None:
    Path("chengnuo.toml").write_bytes(content)
    with pytest.raises(Stopped, match=said) as stopped:
        from_environment({})
    assert stopped.value.sentence.startswith(str(Path("chengnuo.toml").absolute()))


@pytest.mark.parametrize("named", ["nowhere.toml", ".", "~nobody-has-this-name/x", "x" * 300])
def test_a_named_file_that_is_not_there_is_said(named: str) -> None:
    assert (named if len(named) < 80 else "xxx") in refused(CHENGNUO_CONFIG=named)


def test_a_file_that_may_not_be_read_is_said_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    written('policy = "kiosk"')

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(Stopped, match="cannot be read"):
        from_environment({})


@pytest.mark.parametrize("line", ['staff_pin = "735190"', "staff_pin = 735190"])
def test_a_pin_in_the_clear_is_refused_and_not_repeated(line: str) -> None:
    sentence = refused(line)
    assert "chengnuo settings pin" in sentence
    assert "735190" not in sentence


# The command -------------------------------------------------------------------------------------------


def called(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = run(["settings", *arguments])
    out, problems = capsys.readouterr()
    assert "Traceback" not in out + problems
    assert "A fault in" not in problems
    return code, out, problems


def test_the_command_prints_each_setting_with_its_value_its_origin_and_its_help(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written('policy = "kiosk"\n')
    monkeypatch.setenv("CHENGNUO_THEME", "light")
    code, out, _ = called(capsys, "--json")
    found = json.loads(out)
    rows = {row["name"]: row for row in found["settings"]}
    assert (code, found["file"]) == (0, str(file))
    assert list(rows) == list(Settings.model_fields)
    assert all(row["help"].endswith(".") and "\n" not in row["help"] for row in rows.values())
    assert (rows["policy"]["value"], rows["policy"]["from"]) == ("kiosk", str(file))
    assert (rows["theme"]["value"], rows["theme"]["from"]) == ("light", "CHENGNUO_THEME")
    assert (rows["grace"]["value"], rows["grace"]["from"]) == (0.3, "default")
    code, out, _ = called(capsys)
    assert code == 0
    assert 'theme = "light"    (CHENGNUO_THEME)' in out
    assert all(row["help"] in out for row in rows.values())


def test_no_part_of_the_hash_is_ever_printed(capsys: Capture) -> None:
    written(f"staff_pin = '{HASH}'")
    assert from_environment({}).staff_pin.get_secret_value() == HASH
    for arguments in ([], ["--json"]):
        code, out, _ = called(capsys, *arguments)
        assert code == 0
        assert "argon2id" not in out
        assert "c29tZXNhbHQ" not in out
    assert "argon2id" not in repr(from_environment({}))


def test_the_command_says_what_cannot_be_used_in_one_line(capsys: Capture) -> None:
    written('theme = "blue"')
    code, out, problems = called(capsys)
    assert (code, out, problems.count("\n")) == (2, "", 1)


def test_the_example_sets_nothing_and_holds_every_setting_at_its_default() -> None:
    text = example()
    written(text)
    assert read({}).origins == {}
    uncommented = "\n".join(
        line.removeprefix("#") for line in text.splitlines() if line.startswith("#") and line[1:2] != " "
    )
    assert set(tomllib.loads(uncommented)) == set(Settings.model_fields)
    written(uncommented)
    assert from_environment({}) == Settings()


def test_a_pin_becomes_a_line_that_the_file_takes(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("482915\n482915\n"))
    code, out, problems = called(capsys, "pin")
    assert code == 0
    assert "482915" not in out + problems
    written(out)
    hashed = from_environment({}).staff_pin.get_secret_value()
    assert fits(hashed, "482915")
    assert not fits(hashed, "482916")
    assert not fits("", "482915")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("482915\n482916\n", "not the same"),
        ("482915\n", "not the same"),
        ("", "4 to 12 digits"),
        ("123\n123\n", "4 to 12 digits"),
        ("4829157\x00\n4829157\x00\n", "digits"),
        ("四八二九\n四八二九\n", "digits"),
        ("0000\n0000\n", "again and again"),
        ("1234\n1234\n", "in a row"),
    ],
)
def test_a_pin_that_is_none_or_too_easy_is_refused_with_the_reason(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, typed: str, why: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    code, out, problems = called(capsys, "pin")
    assert (code, out, problems.count("\n")) == (2, "", 1)
    assert why in problems


@pytest.mark.parametrize(
    "pin", ["1111", "4321", "9012", "0987654321", "1212", "123123", "2580", "1999", "2024", "1" * 13]
)
def test_what_anybody_would_try_first_is_weak(pin: str) -> None:
    assert weakness(pin) is not None


@pytest.mark.parametrize("pin", ["4829", "135790", "482915", "112233", "802846195033"])
def test_what_nobody_would_try_first_is_not(pin: str) -> None:
    assert weakness(pin) is None


def test_a_hash_is_new_each_time() -> None:
    assert hash_pin("482915") != hash_pin("482915")


def test_help_and_wrong_usage_load_no_pydantic() -> None:
    code = (
        "import sys; from assistant.cli import run; run(['--help']); run(['nonsense']); "
        "print('pydantic' in sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stderr.splitlines()[-1] == "False"
