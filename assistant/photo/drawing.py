"""Draws the made-up photo that scenarios and training use: nobody's face."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_SCALE = 4
"""Drawn larger and shrunk, so that edges are smooth."""


def draw(width: int, height: int) -> Image.Image:
    """Draw head and shoulders on white."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width * _SCALE, height * _SCALE), "white")
    pen = ImageDraw.Draw(picture)

    def at(*shares: float) -> tuple[float, ...]:
        """Turn shares of the width and height, in turn, into places."""
        whole = (width * _SCALE, height * _SCALE)
        return tuple(share * whole[index % 2] for index, share in enumerate(shares))

    skin, shade, hair, coat, shirt = "#e2b48f", "#c8926b", "#2b211d", "#27405f", "#eef2f6"
    pen.rounded_rectangle(at(0.10, 0.74, 0.90, 1.30), radius=0.22 * width * _SCALE, fill=coat)
    pen.rectangle(at(0.43, 0.60, 0.57, 0.78), fill=shade)
    pen.polygon(at(0.38, 0.745, 0.62, 0.745, 0.50, 0.93), fill=shirt)
    pen.polygon(at(0.47, 0.80, 0.53, 0.80, 0.55, 1.0, 0.45, 1.0), fill="#8c2f39")
    pen.ellipse(at(0.27, 0.13, 0.73, 0.52), fill=hair)
    for ear in (0.275, 0.665):
        pen.ellipse(at(ear, 0.36, ear + 0.06, 0.47), fill=shade)
    pen.ellipse(at(0.30, 0.21, 0.70, 0.66), fill=skin)
    pen.pieslice(at(0.285, 0.15, 0.715, 0.48), 180, 360, fill=hair)
    for left in (0.375, 0.535):
        pen.rounded_rectangle(at(left, 0.365, left + 0.09, 0.377), radius=6, fill=hair)
        pen.ellipse(at(left + 0.01, 0.40, left + 0.08, 0.43), fill="white", outline=hair, width=3)
        pen.ellipse(at(left + 0.032, 0.400, left + 0.058, 0.430), fill="#3a2a20")
    pen.line(at(0.50, 0.42, 0.48, 0.505, 0.505, 0.512), fill=shade, width=8)
    pen.arc(at(0.43, 0.52, 0.57, 0.585), 20, 160, fill="#9b4a45", width=9)
    for step in range(24):
        # A woven cloth: a picture without fine lines would be taken for a blurred one.
        down = 0.86 + step * 0.006
        pen.line(at(0.13, down, 0.42, down), fill="#34527a", width=4)
        pen.line(at(0.58, down, 0.87, down), fill="#34527a", width=4)
    return picture.resize((width, height), Image.Resampling.LANCZOS)
