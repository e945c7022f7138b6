"""What is measured of a picture: figures only, judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 295, 413
"""Standard one inch, 25 x 35 mm (FAQ 12.3)."""

MOST_PIXELS = 64_000_000
MOST_PIXELS_UNDRAFTED = 25_000_000
"""What is not JPEG cannot be decoded at a smaller scale, so it takes all its memory at once."""

AIM = 20_000
"""Bytes of a processed photo: under 20 KB however the office counts a KB."""


@dataclass(frozen=True)
class Measures:
    """What was measured of a picture, before anything is judged.

    Attributes:
        error: Why nothing could be measured: ``not-a-picture``, ``damaged``, ``too-many-pixels``,
            ``memory``, ``grey``, ``palette``, ``transparent``, ``animated``, ``too-small``; else empty.
        width: Pixels across, upright.
        height: Pixels down, upright.
        mode: How Pillow holds its pixels.
        format: What the decoder took it for.
        frames: How many pictures the file holds.
        orientation: The EXIF orientation, 1 when there is none.
        white: Mean of the darkest channel along the border, 0 to 255.
        spread: Standard deviation along the border.
        sharpness: Variance of the Laplacian over the middle.
        exposure: Mean brightness where the face is expected.
        chroma: How far the channels lie apart in the most colourful hundredth of the picture.
    """

    error: str = ""
    width: int = 0
    height: int = 0
    mode: str = ""
    format: str = ""
    frames: int = 1
    orientation: int = 1
    white: float = 0.0
    spread: float = 0.0
    sharpness: float = 0.0
    exposure: float = 0.0
    chroma: float = 0.0
