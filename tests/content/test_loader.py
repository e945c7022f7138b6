"""A content file that cannot be relied on is refused, and the refusal says where and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import content
from content import loader
from content.loader import Content, ContentError
from content.schema import Bilingual, Calendar, Exam, Offices

HOME = Path(content.__file__).parent
EXAM = "class-1-constructor.yaml"
PLACES = "provinces.yaml"
OFFICES = "offices.sample.yaml"
WINDOWS = "windows.sample.yaml"

Change = Callable[[str], str]


def instead(old: str, new: str) -> Change:
    """Replace the first occurrence, which must be there: else the test would prove nothing."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def copied(tmp_path: Path) -> Path:
    """Copy the parts of the content that this file spoils; the rest is linked."""
    home = tmp_path / "content"
    home.mkdir()
    for part in ("exams", "places", "calendar"):
        shutil.copytree(HOME / part, home / part)
    for part in ("notice", "editions", "letters", "words", "VERSION"):
        (home / part).symlink_to(HOME / part)
    return home


def spoilt(path: Path, *changes: Change) -> str:
    text = path.read_text(encoding="utf-8")
    for change in changes:
        text = change(text)
    path.write_text(text, encoding="utf-8")
    return text


def refused(read: Callable[[], object]) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read()
    error = caught.value
    assert "\n" not in str(error)
    assert str(error).startswith(error.file)
    assert error.what.endswith(".")
    return error


def refused_exam(tmp_path: Path, *changes: Change) -> tuple[ContentError, str]:
    path = tmp_path / EXAM
    shutil.copy(HOME / "exams" / EXAM, path)
    text = spoilt(path, *changes)
    error = refused(lambda: loader.read(path, Exam))
    assert error.file == EXAM
    return error, text


def test_what_comes_with_the_product_is_whole() -> None:
    whole = loader.load()
    assert isinstance(whole, Content)
    assert len(whole.exams) == 13
    assert len(whole.provinces) == 31
    assert whole.offices.sample
    assert whole.calendar.sample


def test_an_untouched_copy_is_whole(tmp_path: Path) -> None:
    assert loader.load(home=copied(tmp_path)) == loader.load()


def test_a_missing_key_is_named_with_the_place_where_it_belongs(tmp_path: Path) -> None:
    error, text = refused_exam(tmp_path, instead("    score_years: 2\n", ""))
    assert error.key == "levels[0].score_years"
    assert error.line == line_of(text, "- id: all-subjects")
    assert "missing" in error.what


def test_a_missing_key_at_the_top_is_named(tmp_path: Path) -> None:
    error, _ = refused_exam(tmp_path, instead("organiser: national\n", ""))
    assert (error.line, error.key) == (1, "organiser")


def test_a_wrong_type_is_named_with_its_line(tmp_path: Path) -> None:
    error, text = refused_exam(tmp_path, instead("score_years: 2", "score_years: two"))
    assert error.key == "levels[0].score_years"
    assert error.line == line_of(text, "score_years: two")


def test_a_word_outside_the_list_is_named_with_its_line(tmp_path: Path) -> None:
    error, text = refused_exam(tmp_path, instead("organiser: national", "organiser: federal"))
    assert error.key == "organiser"
    assert error.line == line_of(text, "federal")
    assert "'federal'" in error.what


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    error, text = refused_exam(tmp_path, instead("    kind: all\n", "    kind: all\n    colour: red\n"))
    assert error.key == "levels[0].colour"
    assert error.line == line_of(text, "colour")


@pytest.mark.parametrize("table", ["2019", "2022"])
def test_a_fault_under_a_free_key_names_that_key(tmp_path: Path, table: str) -> None:
    before, after = (HOME / "exams" / EXAM).read_text(encoding="utf-8").split(f'  "{table}":\n')
    path = tmp_path / EXAM
    path.write_text(
        before + f'  "{table}":\n' + instead("years: null", "years: none")(after), encoding="utf-8"
    )
    error = refused(lambda: loader.read(path, Exam))
    assert error.key == f"eligibility.{table}.rows[0].years"
    assert error.line == line_of(path.read_text(encoding="utf-8"), "years: none")


def test_a_sentence_key_with_dots_is_named_whole(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("good.one: {en: a, zh: 甲}\nproblem.odd:\n  en: a\n  zh: 5\n", encoding="utf-8")
    error = refused(lambda: loader.read(path, dict[str, Bilingual]))
    assert (error.line, error.key) == (4, "problem.odd.zh")


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("organiser: national\n", "organiser: national\norganiser: national\n", "organiser"),
        ("    kind: all\n", "    kind: all\n    kind: all\n", "kind"),
    ],
)
def test_a_key_written_twice_is_refused_at_its_second_line(
    tmp_path: Path, old: str, new: str, part: str
) -> None:
    error, text = refused_exam(tmp_path, instead(old, new))
    assert error.line == line_of(text, f"{part}:") + 1
    assert f"'{part}'" in error.what


def test_broken_yaml_is_refused_at_its_line(tmp_path: Path) -> None:
    error, text = refused_exam(tmp_path, instead("  - id: exempt-2", "\t- id: exempt-2"))
    assert error.line == line_of(text, "\t- id")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n? [b, c]\n: 1\n", 2),
        ("a: 1\n? {b: c}\n: 1\n", 2),
        ("a: 甲\nb: 2020-13-45\n", 2),
        ("a: 1\nb: !!python/object/apply:os.getcwd []\n", 2),
        ("a: &x [*x]\n", 1),
        ("a: 甲\nb: \x07\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_odd_yaml_is_refused_in_one_sentence_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    error = refused(lambda: loader.read(path, dict[str, str]))
    assert (error.file, error.line) == ("odd.yaml", line)


@pytest.mark.parametrize("text", ["", "- 1\n", "[" * 3000 + "]" * 3000, "a: " + "9" * 5000 + "\n"])
def test_yaml_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    assert refused(lambda: loader.read(path, Exam)).file == "odd.yaml"


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / EXAM
    path.write_bytes((HOME / "exams" / EXAM).read_text(encoding="utf-8").encode("gbk"))
    error = refused(lambda: loader.read(path, Exam))
    assert (error.file, error.line) == (EXAM, 2)
    assert "UTF-8" in error.what


@pytest.mark.parametrize("encode", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_mark_of_another_system_are_taken(tmp_path: Path, encode: Change) -> None:
    path = tmp_path / EXAM
    text = (HOME / "exams" / EXAM).read_text(encoding="utf-8")
    path.write_bytes(encode(text).encode())
    assert loader.read(path, Exam) == loader.read(HOME / "exams" / EXAM, Exam)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    error = refused(lambda: loader.read(tmp_path / "gone.yaml", Exam))
    assert error.file == "gone.yaml"
    assert "cannot be read" in error.what


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused(lambda: loader.read(tmp_path, Exam)).what


@pytest.mark.parametrize("gone", ["places/provinces.yaml", "calendar/windows.sample.yaml", "VERSION"])
def test_content_without_one_of_its_files_is_refused(tmp_path: Path, gone: str) -> None:
    home = copied(tmp_path)
    (home / gone).unlink()
    assert refused(lambda: loader.load(home=home)).file == Path(gone).name


def test_a_folder_without_exams_is_refused(tmp_path: Path) -> None:
    home = copied(tmp_path)
    shutil.rmtree(home / "exams")
    assert refused(lambda: loader.load(home=home)).file == "exams"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "named"),
    [
        (
            f"exams/{EXAM}",
            "subjects: [law, practice]",
            "subjects: [law, x-ray]",
            "levels[1].subjects",
            "x-ray",
        ),
        (f"exams/{EXAM}", "- {id: highway,", "- {id: building,", "majors[1].id", "building"),
        (f"exams/{EXAM}", "id: class-1-constructor", "id: class-9-constructor", "id", "class-9-constructor"),
        (f"exams/{EXAM}", '  "2022":', '  "2023":', "levels[0]", "2022"),
        (
            "exams/survey-design-engineer.yaml",
            "majors: [class-1-structural,",
            "majors: [class-0-structural,",
            "levels[0].majors",
            "class-0-structural",
        ),
        (f"places/{PLACES}", "- id: tianjin", "- id: beijing", "[1].id", "beijing"),
        (f"places/{PLACES}", "- {id: xicheng,", "- {id: dongcheng,", "[0].cities[1].id", "dongcheng"),
        (f"places/{OFFICES}", "province: tianjin", "province: tientsin", "offices[1].province", "tientsin"),
        (f"places/{OFFICES}", "province: tianjin", "province: beijing", "offices[1].province", "beijing"),
        (f"places/{OFFICES}", "city: dongcheng", "city: nanjing", "offices[0].points[0].city", "nanjing"),
        (f"places/{OFFICES}", "id: dongcheng-2", "id: dongcheng-1", "offices[0].points[1].id", "dongcheng-1"),
        (f"calendar/{WINDOWS}", "exam: economics", "exam: economy", "windows[2].exam", "economy"),
        (f"calendar/{WINDOWS}", "province: hainan", "province: hunnan", "windows[2].province", "hunnan"),
        (f"calendar/{WINDOWS}", '"07-20 09:00"', '"7-20 9:00"', "windows[2].opens", "7-20 9:00"),
        (f"calendar/{WINDOWS}", '"07-20 09:00"', '"02-29 09:00"', "windows[2].opens", "02-29 09:00"),
        (f"calendar/{WINDOWS}", '"11-01"', '"1 November"', "windows[2].exam_day", "1 November"),
        (f"calendar/{WINDOWS}", '"07-20 09:00"', '"07-30 09:00"', "windows[2]", "opens"),
    ],
)
def test_an_id_or_a_day_that_is_not_there_is_refused_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, key: str, named: str
) -> None:
    home = copied(tmp_path)
    text = spoilt(home / file, instead(old, new))
    error = refused(lambda: loader.load(home=home))
    assert error.file == Path(file).name
    assert error.key == key
    assert named in error.what
    lines = text.splitlines()
    assert error.line is not None
    expected = named if key.endswith(("id", "city", "province", "subjects", "majors")) else ""
    assert expected in lines[error.line - 1]


def test_29_february_may_stand_in_a_window_of_a_leap_year(tmp_path: Path) -> None:
    home = copied(tmp_path)
    spoilt(home / "calendar" / WINDOWS, instead('year: 2020, opens: "08-01', 'year: 2020, opens: "02-29'))
    assert loader.load(home=home).calendar.windows[-1].opens.startswith("02-29")


def test_an_operators_offices_take_the_place_of_the_sample(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "sample: false\nsource: ours\noffices:\n"
        '  - {province: jiangsu, telephone: "025-0", payment: online, points: []}\n',
        encoding="utf-8",
    )
    loaded = loader.load(offices=own)
    assert not loaded.offices.sample
    assert loaded.office("jiangsu") == loader.read(own, Offices).offices[0]
    assert loaded.office("beijing") is None


def test_an_operators_file_is_named_when_it_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    shutil.copy(HOME / "calendar" / WINDOWS, own)
    spoilt(own, instead("exam: economics", "exam: economy"))
    assert loader.read(own, Calendar).sample
    error = refused(lambda: loader.load(calendar=own))
    assert (error.file, error.key) == ("own.yaml", "windows[2].exam")


def test_a_city_without_a_point_has_those_of_its_province() -> None:
    whole = loader.load()
    assert {each.city for each in whole.points("jiangsu", "suzhou")} == {"suzhou"}
    assert {each.city for each in whole.points("jiangsu", "wuxi")} == {"nanjing", "suzhou"}
    assert whole.points("atlantis", "wuxi") == ()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("{en: 'at {time}', zh: '在{day}'}", "English fills"),
        ("{en: 'at {time', zh: '在{time}'}", "Write each place"),
    ],
)
def test_places_to_fill_that_differ_or_break_are_refused(tmp_path: Path, sentence: str, said: str) -> None:
    (tmp_path / "words.yaml").write_text(f"a: {{en: a, zh: 甲}}\nb: {sentence}\n", encoding="utf-8")
    error = refused(lambda: loader.read_words(tmp_path))
    assert (error.file, error.line, error.key) == ("words.yaml", 2, "b")
    assert said in error.what


def test_a_sentence_in_two_files_is_refused_at_the_second(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("k: {en: a, zh: 甲}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("j: {en: a, zh: 甲}\nk: {en: a, zh: 甲}\n", encoding="utf-8")
    error = refused(lambda: loader.read_words(tmp_path))
    assert (error.file, error.line, error.key) == ("b.yaml", 2, "k")
