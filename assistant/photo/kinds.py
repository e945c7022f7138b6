"""Tells what a file is by its content, and reads the outline of a JPEG without decoding it."""

from __future__ import annotations

from dataclasses import dataclass

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"8BPS", "PSD"),
    (b"PK\x03\x04", "ZIP"),
    (b"MZ", "EXE"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "HEIC"
)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset(range(0xD0, 0xD8)) | {0x01}


def kind_of(data: bytes) -> str:
    """Name the kind of a file by its first bytes; the empty string where it is not known."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "MP4")
    head = data[:1024].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return "SVG"
    return "HTML" if head.startswith((b"<!doctype html", b"<html")) else ""


@dataclass(frozen=True)
class Outline:
    """What the segments of a JPEG say.

    Attributes:
        extras: What lies in the file beside the picture: ``EXIF``, ``XMP``, ``IPTC``, ``MPF``, ``comment``,
            ``appended`` (bytes after the end of the picture).
        starved: Whether the file is too short for the size that its header claims.
    """

    extras: tuple[str, ...]
    starved: bool


def outline(data: bytes) -> Outline:
    """Walk the segments of a JPEG; one that is damaged is read as far as it goes."""
    extras: list[str] = []
    blocks, bits = 0, 2
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _BARE:
            place += 2
            continue
        if marker == 0xD9:
            break
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        body = data[place + 4 : place + 2 + length]
        if found := _extra(marker, body):
            extras.append(found)
        if marker in _FRAMES:
            blocks = _blocks(body)
            # A progressive picture can skip its details by the run, never the first bit of a block.
            bits = 1 if marker in (0xC2, 0xC6) else 2
            if marker >= 0xC9:
                bits = 0
        place += 2 + length
        if marker == 0xDA:
            place = _after_scan(data, place)
    if data[place : place + 2] == b"\xff\xd9" and data[place + 2 :].strip(b"\x00\r\n "):
        extras.append("appended")
    return Outline(tuple(dict.fromkeys(extras)), starved=len(data) * 8 < blocks * bits)


def _extra(marker: int, body: bytes) -> str:
    if marker == 0xFE:
        return "comment"
    if marker == 0xE1:
        return "EXIF" if body.startswith(b"Exif") else "XMP"
    if marker == 0xE2:
        return "MPF" if body.startswith(b"MPF") else ""
    if marker == 0xED:
        return "IPTC"
    return f"APP{marker - 0xE0}" if 0xE3 <= marker <= 0xEF and marker != 0xEE else ""


def _blocks(frame: bytes) -> int:
    """Count the 8 by 8 blocks that a frame header promises, over all components."""
    if len(frame) < 6:
        return 0
    height, width, components = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big"), frame[5]
    factors = [(each >> 4, each & 15) for each in frame[7 : 6 + 3 * components : 3]]
    if not factors or not all(h and v for h, v in factors):
        return 0
    most_h, most_v = max(h for h, _ in factors), max(v for _, v in factors)
    return sum(-(-width * h // (8 * most_h)) * -(-height * v // (8 * most_v)) for h, v in factors)


def _after_scan(data: bytes, place: int) -> int:
    """Skip compressed data, in which ``FF`` is followed by 00 or a restart marker."""
    while (place := data.find(b"\xff", place)) >= 0 and place + 1 < len(data):
        if data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7:
            place += 2
        else:
            return place
    return len(data)
