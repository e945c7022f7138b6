"""Pictures for the tests: portraits that pass, and files that nobody should have to open."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageFilter

from assistant.photo.drawing import draw


def portrait(width: int = 295, height: int = 413) -> Image.Image:
    """A drawn portrait on white."""
    return draw(width, height)


def backed(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """Put another colour in place of the white background."""
    return Image.composite(
        image, Image.new("RGB", image.size, colour), image.convert("L").point(lambda v: 255 if v < 250 else 0)
    )


def jpeg(image: Image.Image, quality: int = 80, **more: object) -> bytes:
    """Encode as JPEG."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, **more)
    return file.getvalue()


def png(image: Image.Image, **more: object) -> bytes:
    """Encode as PNG."""
    file = io.BytesIO()
    image.save(file, "PNG", **more)
    return file.getvalue()


def turned(image: Image.Image, orientation: int) -> bytes:
    """Store a picture as a camera does that was held otherwise: turned, with a note in its EXIF block."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    return jpeg(image.transpose(undo[orientation]), exif=exif)


def phone(image: Image.Image) -> bytes:
    """A phone's file with two pictures in it (MPO)."""
    file = io.BytesIO()
    image.save(file, "MPO", save_all=True, append_images=[image.filter(ImageFilter.BLUR)], quality=80)
    return file.getvalue()


def resized_in_header(data: bytes, width: int, height: int) -> bytes:
    """Let the header of a JPEG claim another size than the picture has."""
    place = data.index(b"\xff\xc0")
    return data[: place + 5] + struct.pack(">HH", height, width) + data[place + 9 :]


def bomb(width: int, height: int) -> bytes:
    """A small PNG that unpacks into a huge black picture."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" * (1 + 3 * width)) for _ in range(height)) + packer.flush()

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_bomb(megabytes: int) -> bytes:
    """A PNG whose compressed comment unpacks into megabytes."""
    plain = png(portrait())
    body = b"Comment\0\0" + zlib.compress(b"0" * (megabytes << 20), 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return plain[:33] + chunk + plain[33:]
