"""Judges the figures of a photo against the notice, one result for each requirement.

Source: FAQ 12.3 (295 x 413 pixels, colour, white background, JPG/JPEG, sharp). The size of the file follows
the published output of the review tool (under 20 KB). The figures for whiteness, evenness, sharpness and
exposure are ours; they stand here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.photo.kinds import Outline
from assistant.photo.measures import HEIGHT, WIDTH, Measures
from flows.verdict import Problem

MOST_BYTES = 20 * 1024
WHITE_AT_LEAST = 230
SPREAD_AT_MOST = 12
SHARP_AT_LEAST = 20
FACE_BRIGHTNESS = (30, 235)
"""Low on purpose: dark skin is not an underexposed photo."""
COLOUR_AT_LEAST = 10
SHAPE_WITHIN = 0.01

ATTESTED = ("recent", "self", "bareheaded", "frontal", "half-length", "unretouched")
"""What no program can check: the applicant confirms each, under ``photo.attest.<name>``."""


@dataclass(frozen=True)
class Check:
    """One requirement and what was found.

    Attributes:
        name: Its name; its label is ``check.photo.<name>`` in ``content/words``.
        ok: Whether it is met.
        measured: What was found, in figures that need no translation.
        required: What is asked for, likewise.
        message: What is wrong and how to mend it; ``None`` where it is met.
    """

    name: str
    ok: bool
    measured: str
    required: str
    message: Problem | None = None


@dataclass(frozen=True)
class PhotoReport:
    """The outcome for one photo.

    Attributes:
        ok: Whether every requirement is met.
        checks: One for each requirement; those that could not be measured are absent.
        width: Pixels across, upright; 0 where they could not be read.
        height: Pixels down, upright.
        bytes: Length of the file.
        sha256: Of the file: by it the product knows a photo that its tool has passed (FAQ 12.2).
        out: Where the processed photo was written, if it was.
    """

    ok: bool
    checks: tuple[Check, ...]
    width: int = 0
    height: int = 0
    bytes: int = 0
    sha256: str = ""
    out: Path | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops the photo from being taken."""
        return tuple(check.message for check in self.checks if check.message is not None)


CHECKS = (
    "readable",
    "format",
    "size",
    "shape",
    "upright",
    "colour",
    "bytes",
    "extras",
    "background",
    "evenness",
    "sharpness",
    "exposure",
)
"""Every check that a photo has to pass."""


def accepted(report: PhotoReport) -> bool:
    """Whether the photo may be taken: every check was made, and every one passed."""
    passed = {check.name for check in report.checks if check.ok}
    return report.ok and bool(report.sha256) and passed.issuperset(CHECKS)


def judge(measures: Measures, outline: Outline, size: int) -> tuple[Check, ...]:
    """Judge a picture that could be read.

    Args:
        measures: What the decoder measured.
        outline: What the segments of the file say.
        size: Length of the file in bytes.
    """
    return (
        Check("readable", True, "✓", "✓"),
        _check(
            "format",
            measures.frames == 1,
            "JPEG" if measures.frames == 1 else f"MPO ({measures.frames})",
            "JPEG",
            Problem("photo-several-pictures", {"count": measures.frames}),
        ),
        _size(measures),
        _shape(measures),
        _check(
            "upright",
            measures.orientation == 1,
            f"EXIF {measures.orientation}",
            "EXIF 1",
            Problem("photo-turned"),
        ),
        _colour(measures),
        _check(
            "bytes",
            0 < size <= MOST_BYTES,
            f"{size:,} B",
            f"1–{MOST_BYTES:,} B",
            Problem("photo-too-heavy", {"measured": size, "most": MOST_BYTES}),
        ),
        _check(
            "extras",
            not outline.extras,
            ", ".join(outline.extras) or "–",
            "–",
            Problem("photo-extras", {"found": outline.extras}),
        ),
        _check(
            "background",
            measures.white >= WHITE_AT_LEAST,
            f"{measures.white:.0f}",
            f"{WHITE_AT_LEAST}–255",
            Problem(
                "photo-background",
                {"measured": _below(measures.white, WHITE_AT_LEAST), "least": WHITE_AT_LEAST},
            ),
        ),
        _check(
            "evenness",
            measures.spread <= SPREAD_AT_MOST,
            f"±{measures.spread:.1f}",
            f"±0–{SPREAD_AT_MOST}",
            Problem("photo-uneven", {"measured": measures.spread, "most": SPREAD_AT_MOST}),
        ),
        _check(
            "sharpness",
            measures.sharpness >= SHARP_AT_LEAST,
            f"{measures.sharpness:.1f}",
            f"≥ {SHARP_AT_LEAST}",
            Problem("photo-blurred", {"measured": measures.sharpness, "least": SHARP_AT_LEAST}),
        ),
        _exposure(measures),
    )


def source_size(measures: Measures) -> Check:
    """Judge whether a picture is large enough to be cut to size; enlarging is forbidden."""
    ok = measures.error != "too-small"
    return _check(
        "source",
        ok,
        f"{measures.width} × {measures.height} px",
        f"≥ {WIDTH} × {HEIGHT} px",
        Problem(
            "photo-source-too-small",
            {
                "width": measures.width,
                "height": measures.height,
                "least_width": WIDTH,
                "least_height": HEIGHT,
            },
        ),
    )


def _check(name: str, ok: bool, measured: str, required: str, problem: Problem) -> Check:
    return Check(name, ok, measured, required, None if ok else problem)


def _below(measured: float, least: int) -> float:
    """Keep a figure that misses its limit by a hair from being rounded up to it."""
    return measured if round(measured) >= least else round(measured)


def _size(measures: Measures) -> Check:
    return _check(
        "size",
        (measures.width, measures.height) == (WIDTH, HEIGHT),
        f"{measures.width} × {measures.height} px",
        f"{WIDTH} × {HEIGHT} px",
        Problem(
            "photo-size",
            {
                "width": measures.width,
                "height": measures.height,
                "right_width": WIDTH,
                "right_height": HEIGHT,
            },
        ),
    )


def _shape(measures: Measures) -> Check:
    shape = measures.width / measures.height if measures.height else 0.0
    # One pixel up or down is rounding, however small the picture.
    ok = abs(measures.width * HEIGHT - measures.height * WIDTH) <= max(
        SHAPE_WITHIN * measures.height * WIDTH, HEIGHT
    )
    return _check(
        "shape",
        ok,
        f"{shape:.3f}",
        f"{WIDTH / HEIGHT:.3f} ± {SHAPE_WITHIN * WIDTH / HEIGHT:.3f}",
        Problem("photo-shape", {"measured": f"{shape:.3f}", "required": f"{WIDTH / HEIGHT:.3f}"}),
    )


def _colour(measures: Measures) -> Check:
    if measures.mode != "RGB":
        name = "CMYK" if measures.mode == "CMYK" else "greyscale"
        problem = Problem("photo-cmyk" if measures.mode == "CMYK" else "photo-grey")
        return Check("colour", False, name, "RGB", problem)
    return _check(
        "colour",
        measures.chroma >= COLOUR_AT_LEAST,
        f"RGB, {measures.chroma:.0f}",
        f"RGB, ≥ {COLOUR_AT_LEAST}",
        Problem("photo-grey"),
    )


def _exposure(measures: Measures) -> Check:
    least, most = FACE_BRIGHTNESS
    code = "photo-too-dark" if measures.exposure < least else "photo-too-bright"
    return _check(
        "exposure",
        least <= measures.exposure <= most,
        f"{measures.exposure:.0f}",
        f"{least}–{most}",
        Problem(code, {"measured": measures.exposure, "least": least, "most": most}),
    )
