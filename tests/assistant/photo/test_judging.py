"""A photo is judged by the notice, one result for each requirement, whatever the file is."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from assistant.photo import CHECKS, accepted, check_photo, judge_bytes, sample_photo
from content.loader import places, read
from content.schema import Bilingual

from . import pictures

WORDS = Path(__file__).parents[3] / "content" / "words" / "photo.yaml"


def failed(data: bytes) -> set[str]:
    return {check.name for check in judge_bytes(data).checks if not check.ok}


@pytest.mark.req("12.2", "12.3")
def test_a_photo_that_meets_every_requirement_is_accepted_with_its_fingerprint(tmp_path: Path) -> None:
    report = sample_photo(tmp_path / "photo.jpg")
    assert accepted(report)
    again = check_photo(tmp_path / "photo.jpg")
    assert accepted(again)
    assert again.sha256 == report.sha256
    assert [check.name for check in again.checks] == list(CHECKS)
    assert (again.width, again.height) == (295, 413)
    assert 0 < again.bytes <= 20_000


@pytest.mark.req("12.2")
def test_a_report_that_lacks_a_check_is_no_proof(tmp_path: Path) -> None:
    report = sample_photo(tmp_path / "photo.jpg")
    assert not accepted(replace(report, checks=report.checks[:-1]))
    assert not accepted(replace(report, sha256=""))
    assert not accepted(replace(report, checks=(), ok=True))


@pytest.mark.req("12.3", "P.1")
@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda: pictures.jpeg(pictures.portrait(294, 413)), {"size"}),
        (lambda: pictures.jpeg(pictures.portrait(295, 412)), {"size"}),
        (lambda: pictures.jpeg(pictures.portrait(413, 295)), {"size", "shape"}),
        (lambda: pictures.jpeg(pictures.portrait(590, 826), quality=30), {"size"}),
        (lambda: pictures.jpeg(pictures.portrait().convert("L")), {"colour"}),
        (lambda: pictures.jpeg(pictures.portrait().convert("L").convert("RGB")), {"colour"}),
        (lambda: pictures.jpeg(pictures.portrait().convert("CMYK"), quality=50), {"colour"}),
        (lambda: pictures.jpeg(pictures.portrait(), quality=100, subsampling=0), {"bytes"}),
        (lambda: pictures.jpeg(pictures.portrait(), comment=b"<?php ?>"), {"extras"}),
        (lambda: pictures.jpeg(pictures.portrait()) + b"PK\x03\x04 and more", {"extras"}),
        (lambda: pictures.jpeg(pictures.backed(pictures.portrait(), (90, 150, 220))), {"background"}),
        (lambda: pictures.jpeg(pictures.backed(pictures.portrait(), (200, 200, 200))), {"background"}),
        (lambda: pictures.jpeg(pictures.portrait().filter(ImageFilter.GaussianBlur(5))), {"sharpness"}),
    ],
)
def test_each_requirement_fails_by_its_own_name(make: object, names: set[str]) -> None:
    assert callable(make)
    assert failed(make()) == names


@pytest.mark.req("12.3")
def test_a_shadow_on_the_wall_is_told_from_a_wall_that_is_not_white() -> None:
    shadowed = pictures.portrait()
    shadowed.paste((185, 185, 185), (270, 0, 295, 160))
    assert "evenness" in failed(pictures.jpeg(shadowed))


@pytest.mark.req("12.3")
def test_light_is_judged_where_the_face_is() -> None:
    dark = pictures.backed(pictures.portrait().point(lambda v: v // 10), (255, 255, 255))
    dark = Image.composite(
        Image.new("RGB", dark.size, "white"),
        dark,
        pictures.portrait().convert("L").point(lambda v: 255 if v > 250 else 0),
    )
    assert "exposure" in failed(pictures.jpeg(dark))
    assert "exposure" in failed(pictures.jpeg(Image.new("RGB", (295, 413), "white")))


@pytest.mark.req("12.3")
def test_skin_of_any_shade_is_no_fault_of_exposure() -> None:
    for share in (0.35, 0.5, 0.8):
        picture = pictures.portrait()
        shade = picture.point(lambda v, share=share: int(v * share))
        mask = picture.convert("L").point(lambda v: 255 if v < 250 else 0)
        assert "exposure" not in failed(pictures.jpeg(Image.composite(shade, picture, mask))), share


@pytest.mark.req("12.3")
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_picture_is_measured_upright_and_said_to_be_turned(orientation: int) -> None:
    report = judge_bytes(pictures.turned(pictures.portrait(), orientation))
    assert (report.width, report.height) == (295, 413)
    assert {check.name for check in report.checks if not check.ok} == {"upright", "extras"}


@pytest.mark.req("12.3")
def test_the_content_decides_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    for kind, data in {
        "PNG": pictures.png(pictures.portrait()),
        "GIF": b"GIF89a" + bytes(40),
        "TIFF": b"II*\0" + bytes(40),
        "WebP": b"RIFF\0\0\0\0WEBPVP8 ",
        "HEIC": b"\0\0\0\x18ftypheic" + bytes(20),
        "PDF": b"%PDF-1.7",
        "EPS": b"%!PS-Adobe-3.0 EPSF-3.0",
        "SVG": b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>",
        "EXE": b"MZ" + bytes(60),
    }.items():
        path = tmp_path / "photo.jpg"
        path.write_bytes(data)
        report = check_photo(path)
        assert report.problems[0].code == "photo-not-jpeg"
        assert report.problems[0].args["kind"] == kind
    plain = tmp_path / "photo.png"
    sample_photo(plain)
    assert accepted(check_photo(plain))


def test_every_sentence_and_label_of_the_photo_is_written_in_both_languages() -> None:
    words = read(WORDS, dict[str, Bilingual])
    for name in (*CHECKS, "source", "saved"):
        assert f"check.photo.{name}" in words
    for key, text in words.items():
        assert text.en.strip(), key
        assert text.zh.strip(), key
        assert places(text.en) == places(text.zh), key


@pytest.mark.req("P.1")
def test_a_failed_check_says_what_was_found_what_is_asked_and_how_to_mend_it() -> None:
    words = read(WORDS, dict[str, Bilingual])
    report = judge_bytes(
        pictures.jpeg(pictures.backed(pictures.portrait(300, 300), (90, 90, 90)), quality=100)
    )
    bad = [check for check in report.checks if not check.ok]
    assert {"size", "shape", "background"} <= {check.name for check in bad}
    for check in bad:
        assert check.message is not None
        assert check.measured != check.required
        sentence = words[f"problem.{check.message.code}"]
        assert places(sentence.en) <= set(check.message.args), check.message.code
        for language in ("en", "zh"):
            assert "{" not in sentence.said(language).format(**check.message.args)


def test_checking_is_quick() -> None:
    data = pictures.jpeg(pictures.portrait())
    begun = time.monotonic()
    judge_bytes(data)
    assert time.monotonic() - begun < 5
