"""The process in which pictures of strangers are decoded: little memory, little time, no files.

Run as ``python -m assistant.photo.child``: a job and a picture come in on the standard input, measurements
and a picture go out on the standard output. It opens no file: what it could break is itself.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assistant.photo.measures import AIM, HEIGHT, MOST_PIXELS, MOST_PIXELS_UNDRAFTED, WIDTH, Measures

if TYPE_CHECKING:
    from PIL import Image

MEMORY = 640 * 1024 * 1024
SECONDS = 8
QUALITIES = (95, 92, 88, 84, 80, 75, 70, 65, 60, 55, 50, 45, 40)


class _RefusedError(Exception):
    def __init__(self, measures: Measures) -> None:
        super().__init__(measures.error)
        self.measures = measures


def main() -> int:
    """Do the one job that the standard input names."""
    _limit()
    job, _, data = sys.stdin.buffer.read().partition(b"\n")
    measures, picture = run(job.decode("ascii", "replace"), data)
    sys.stdout.buffer.write(json.dumps(asdict(measures)).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()
    return 0


def run(job: str, data: bytes) -> tuple[Measures, bytes]:
    """Do one job: ``judge``, ``process`` or ``sample``.

    Returns:
        What was measured of the picture that came in, and the picture that goes out, if one does.
    """
    warnings.simplefilter("ignore")
    jobs: dict[str, Callable[[bytes], tuple[Measures, bytes]]] = {
        "judge": _judge,
        "process": _process,
        "sample": _sample,
    }
    try:
        return jobs[job](data)
    except _RefusedError as refused:
        return refused.measures, b""
    except MemoryError:
        return Measures("memory"), b""
    # Decoders raise OSError, ValueError, SyntaxError, struct.error, IndexError: all mean the same here.
    except Exception:  # noqa: BLE001
        return Measures("damaged"), b""


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit still holds
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            # macOS refuses RLIMIT_AS; the others hold there.
            continue


def _open(data: bytes, formats: tuple[str, ...]) -> tuple[Image.Image, Measures]:
    from PIL import Image, UnidentifiedImageError

    # Our own cap below; Pillow's would raise one thing above it and only warn under it.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except UnidentifiedImageError as error:
        raise _RefusedError(Measures("not-a-picture")) from error
    orientation = 1
    try:
        tagged = image.getexif().get(0x0112, 1)
        orientation = tagged if isinstance(tagged, int) and 1 <= tagged <= 8 else 1
    except Exception:  # noqa: BLE001 - a damaged EXIF block says nothing of the picture
        orientation = 1
    width, height = image.size if orientation < 5 else image.size[::-1]
    frames = getattr(image, "n_frames", 1)
    measures = Measures("", width, height, image.mode, image.format or "", frames, orientation)
    drafted = image.format in ("JPEG", "MPO")
    if width * height > (MOST_PIXELS if drafted else MOST_PIXELS_UNDRAFTED):
        raise _RefusedError(replace(measures, error="too-many-pixels"))
    return image, measures


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _draft(image: Image.Image, orientation: int, width: int, height: int) -> None:
    """Let the JPEG decoder work at the smallest scale that still holds ``width`` by ``height``."""
    image.draft(None, (width, height) if orientation < 5 else (height, width))


def _judge(data: bytes) -> tuple[Measures, bytes]:
    image, measures = _open(data, ("JPEG",))
    _draft(image, measures.orientation, WIDTH, HEIGHT)
    image.load()
    return _measured(_upright(image, measures.orientation), measures), b""


def _measured(image: Image.Image, measures: Measures) -> Measures:
    from PIL import Image, ImageChops, ImageFilter, ImageStat

    picture = image.convert("RGB")
    if picture.height > HEIGHT:
        # Sharpness depends on scale: every picture is measured as it would be used.
        width = max(1, round(picture.width * HEIGHT / picture.height))
        picture = picture.resize((width, HEIGHT), Image.Resampling.LANCZOS)
    width, height = picture.size
    red, green, blue = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    grey = picture.convert("L")

    border = Image.new("L", (width, height), 0)
    side, top, low = max(1, width // 16), max(1, height // 20), max(1, height * 9 // 20)
    border.paste(255, (0, 0, width, top))
    border.paste(255, (0, 0, side, low))
    border.paste(255, (width - side, 0, width, low))
    along = ImageStat.Stat(darkest, border)

    kernel = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
    middle = (width // 6, height // 10, max(width // 6 + 1, width * 5 // 6), max(height // 10 + 1, height))
    sharpness = ImageStat.Stat(grey.filter(kernel).crop(middle)).var[0]
    face = (
        width * 3 // 8,
        height // 4,
        max(width * 3 // 8 + 1, width * 5 // 8),
        max(height // 4 + 1, height // 2),
    )
    exposure = ImageStat.Stat(grey.crop(face)).mean[0]
    return replace(
        measures,
        white=round(along.mean[0], 1),
        spread=round(along.stddev[0], 1),
        sharpness=round(sharpness, 1),
        exposure=round(exposure, 1),
        chroma=float(_quantile(ImageChops.difference(brightest, darkest).histogram(), 0.99)),
    )


def _quantile(histogram: list[int], share: float) -> int:
    wanted, seen = sum(histogram) * share, 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return value
    return len(histogram) - 1


def _process(data: bytes) -> tuple[Measures, bytes]:
    from PIL import Image

    image, measures = _open(data, ("JPEG", "PNG"))
    if measures.format == "PNG" and measures.frames > 1:
        raise _RefusedError(replace(measures, error="animated"))
    if image.mode in ("1", "L", "LA") or image.mode.startswith(("I", "F")):
        raise _RefusedError(replace(measures, error="grey"))
    if image.mode in ("P", "PA"):
        raise _RefusedError(replace(measures, error="palette"))
    width, height = _cut(measures.width, measures.height)
    if width < WIDTH or height < HEIGHT:
        raise _RefusedError(replace(measures, error="too-small"))
    # Twice the size: the decoder scales by averaging blocks, the last step should be ours.
    _draft(image, measures.orientation, 2 * WIDTH, 2 * HEIGHT)
    image.load()
    if "transparency" in image.info or (
        image.mode == "RGBA" and image.getchannel("A").histogram()[255] < image.width * image.height
    ):
        raise _RefusedError(replace(measures, error="transparent"))
    image = _upright(image, measures.orientation)
    width, height = _cut(*image.size)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    picture = image.crop((left, top, left + width, top + height))
    picture = picture.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return measures, _encode(picture)


def _cut(width: int, height: int) -> tuple[int, int]:
    """The largest size of 295:413 that lies within a picture."""
    if width * HEIGHT > height * WIDTH:
        return height * WIDTH // HEIGHT, height
    return width, width * HEIGHT // WIDTH


def _encode(picture: Image.Image) -> bytes:
    # A plain re-save keeps the JPEG comment: what is saved is made from the pixels alone.
    bare = picture.copy()
    bare.info.clear()
    data = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        bare.save(file, "JPEG", quality=quality, optimize=True, subsampling="4:2:0", dpi=(300, 300))
        data = file.getvalue()
        if len(data) <= AIM:
            break
    return data


def _sample(_data: bytes) -> tuple[Measures, bytes]:
    from assistant.photo.drawing import draw

    return Measures(width=WIDTH, height=HEIGHT, mode="RGB", format="JPEG"), _encode(draw(WIDTH, HEIGHT))


if __name__ == "__main__":
    raise SystemExit(main())
