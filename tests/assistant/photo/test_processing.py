"""An ordinary picture becomes a photo of the notice: cut, never stretched, enlarged or painted over."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from assistant.photo import accepted, check_photo, process_bytes, process_photo

from . import pictures


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.req("12.2", "12.3")
def test_a_large_portrait_becomes_a_photo_that_is_accepted(tmp_path: Path) -> None:
    source, out = tmp_path / "camera.jpg", tmp_path / "photo.jpg"
    source.write_bytes(pictures.jpeg(pictures.portrait(1475, 2065), quality=95))
    report = process_photo(source, out)
    assert accepted(report), report.problems
    assert report.out == out
    assert check_photo(out).sha256 == report.sha256
    assert out.stat().st_size <= 20_000
    assert report.checks[0].name == "source"


@pytest.mark.req("12.3")
def test_nothing_of_the_file_is_kept_but_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    exif[0x0112] = 1
    data = pictures.jpeg(
        pictures.portrait(590, 826), exif=exif, comment=b"<script>", xmp=b"<x:xmpmeta>XMP-HERE</x:xmpmeta>"
    )
    report, made = process_bytes(data + b"PK\x03\x04TAIL")
    assert accepted(report)
    for trace in (b"CAMERA-MAKER", b"<script>", b"XMP-HERE", b"TAIL", b"Exif"):
        assert trace in data + b"TAIL"
        assert trace not in made


@pytest.mark.req("12.3")
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_picture_is_set_upright(orientation: int) -> None:
    upright = pictures.portrait(590, 826)
    report, made = process_bytes(pictures.turned(upright, orientation))
    assert accepted(report)
    # The head is above the shoulders, and the picture is not mirrored either.
    difference = ImageChops.difference(opened(made).convert("L"), pictures.portrait().convert("L"))
    assert ImageStat.Stat(difference).mean[0] < 3


@pytest.mark.req("12.3")
@given(width=st.integers(200, 900), height=st.integers(250, 900))
@settings(max_examples=15, deadline=None)
def test_a_picture_is_cut_about_its_centre_and_never_enlarged(width: int, height: int) -> None:
    report, made = process_bytes(pictures.jpeg(Image.new("RGB", (width, height), (200, 90, 60))))
    cut = min(width, height * 295 // 413), min(height, width * 413 // 295)
    if cut[0] < 295 or cut[1] < 413:
        assert [problem.code for problem in report.problems] == ["photo-source-too-small"]
        assert not made
    else:
        assert opened(made).size == (295, 413)


@pytest.mark.req("12.3")
def test_a_background_that_is_not_white_is_refused_and_not_painted_over(tmp_path: Path) -> None:
    blue = pictures.backed(pictures.portrait(590, 826), (90, 150, 220))
    source, out = tmp_path / "blue.jpg", tmp_path / "photo.jpg"
    source.write_bytes(pictures.jpeg(blue))
    report = process_photo(source, out)
    assert [problem.code for problem in report.problems] == ["photo-background"]
    assert report.out is None
    assert not out.exists()
    after = opened(process_bytes(source.read_bytes())[1]).convert("RGB").getpixel((5, 5))
    assert isinstance(after, tuple)
    assert after[2] > after[0] + 80


@pytest.mark.req("12.3")
@pytest.mark.parametrize("kind", ["png", "opaque", "mpo", "cmyk"])
def test_ordinary_pictures_of_other_makes_can_be_processed(kind: str) -> None:
    picture = pictures.portrait(590, 826)
    data = {
        "png": pictures.png(picture),
        "opaque": pictures.png(picture.convert("RGBA")),
        "mpo": pictures.phone(picture),
        "cmyk": pictures.jpeg(picture.convert("CMYK")),
    }[kind]
    report, _ = process_bytes(data)
    assert accepted(report), report.problems


@pytest.mark.req("12.3")
def test_a_transparent_background_counts_as_painted_over() -> None:
    picture = pictures.portrait(590, 826).convert("RGBA")
    picture.putalpha(picture.convert("L").point(lambda v: 0 if v > 250 else 255))
    report, made = process_bytes(pictures.png(picture))
    assert [problem.code for problem in report.problems] == ["photo-transparent"]
    assert not made


def test_the_original_is_never_overwritten_under_any_of_its_names(tmp_path: Path) -> None:
    source, link = tmp_path / "camera.jpg", tmp_path / "same.jpg"
    source.write_bytes(pictures.jpeg(pictures.portrait(590, 826)))
    before = source.read_bytes()
    os.link(source, link)
    for out in (source, link):
        report = process_photo(source, out)
        assert [problem.code for problem in report.problems] == ["photo-over-source"]
    assert source.read_bytes() == before


def test_a_photo_that_cannot_be_saved_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "camera.jpg"
    source.write_bytes(pictures.jpeg(pictures.portrait(590, 826)))
    (tmp_path / "folder").mkdir()
    for out, code in {
        tmp_path / "nowhere" / "photo.jpg": "file-no-such-folder",
        tmp_path / "folder": "file-folder",
        source / "photo.jpg": "file-no-such-folder",
    }.items():
        report = process_photo(source, out)
        assert not accepted(report)
        assert [problem.code for problem in report.problems] == [code]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["camera.jpg", "folder"]


@pytest.mark.req("12.3")
def test_a_picture_of_48_million_pixels_is_made_small_within_the_limits() -> None:
    data = pictures.jpeg(pictures.portrait(1180, 1652).resize((5900, 8200)), quality=60)
    report, _ = process_bytes(data)
    assert accepted(report), report.problems
