"""Makes a logo of ours from a file that somebody sent; whatever is no plain picture is refused before it is decoded."""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext
from PIL import Image, ImageOps

from assessments.answering import RefusedError

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = 1_000_000
"""Bytes of a file."""
SIDE, PIXELS = 4_000, 8_000_000
"""Of a picture, checked before it is decoded: a small file can hold a very large one."""
BOX = (800, 400)
"""Pixels that a logo is fitted into."""

BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    struct.error,
    ArithmeticError,
)
"""What Pillow raises about files that are not what they seem to be."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG without metadata, on white."""

    png: bytes
    width: int
    height: int


def logo_from(content: bytes) -> Logo:
    """The logo in this file. Raises RefusedError with what was found, what is allowed and what to do."""
    if len(content) > LARGEST:
        raise RefusedError(
            gettext("The file is larger than 1 MB. Send a smaller one, or a PNG of 800 × 400 pixels")
        )
    if not _ends_with_its_picture(content):
        raise RefusedError(
            gettext(
                "The file is no complete PNG, JPEG or WebP picture, or something else is attached to it. "
                "Export the logo once more as one of the three"
            )
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as found:
                _check_size(found)
                return _made_anew(found)
    except (*BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        if isinstance(broken, RefusedError):
            raise
        raise RefusedError(
            gettext("The picture in the file cannot be read. Export the logo once more as PNG, JPEG or WebP")
        ) from broken


def _ends_with_its_picture(content: bytes) -> bool:
    """Whether the file begins as one of ours, and ends where its picture does: nothing hides behind it."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return content.endswith(b"\0\0\0\0IEND\xaeB`\x82") and content.count(b"IEND\xaeB`\x82") == 1
    if content.startswith(b"\xff\xd8\xff"):
        return content.endswith(b"\xff\xd9")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return int.from_bytes(content[4:8], "little") + 8 == len(content)
    return False


def _check_size(found: Image.Image) -> None:
    width, height = found.size
    if max(width, height) > SIDE or width * height > PIXELS:
        raise RefusedError(
            gettext(
                "The picture has %(width)s × %(height)s pixels. At most 4,000 a side and 8 million in all are "
                "possible: make it smaller, 800 × 400 are plenty"
            )
            % {"width": width, "height": height}
        )
    if getattr(found, "n_frames", 1) > 1:
        raise RefusedError(gettext("The picture moves. Send one that stands still"))


def _made_anew(found: Image.Image) -> Logo:
    """Only the colours of its points are taken over: as it was turned, on white, and no larger than needed."""
    turned = ImageOps.exif_transpose(found).convert("RGBA")
    drawn = Image.new("RGB", turned.size, "white")
    drawn.paste(turned, mask=turned.getchannel("A"))
    drawn.thumbnail(BOX, Image.Resampling.LANCZOS)
    made = BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return Logo(made.getvalue(), *drawn.size)
