"""Files that somebody might send as a logo: good ones, and those that are not what they seem to be."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

HTML = b"<!doctype html><script>alert(document.domain)</script>"


def picture(
    form: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **more: object
) -> bytes:
    made = BytesIO()
    Image.new(mode, size, "teal" if mode in {"RGB", "RGBA"} else 120).save(made, form, **more)
    return made.getvalue()


def with_words() -> bytes:
    """Metadata of every kind that a PNG has room for."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", HTML.decode())
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>secret place</x:xmpmeta>")
    return picture(pnginfo=words)


def with_place() -> bytes:
    """A photograph that says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    exif[0x010F] = "Camera of Ana"
    return picture("JPEG", exif=exif)


def claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    made = BytesIO()
    frames = [Image.new("RGB", (40, 40), each) for each in ("red", "blue")]
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:])
    return made.getvalue()


GOOD = {
    "a PNG": picture(),
    "a PNG one can see through": picture(mode="RGBA"),
    "a grey PNG": picture(mode="L"),
    "a PNG with a palette": picture(mode="P"),
    "a PNG of sixteen bits": picture(mode="I;16"),
    "a JPEG": picture("JPEG"),
    "a JPEG for print": picture("JPEG", mode="CMYK"),
    "a WebP": picture("WEBP"),
    "one as large as may be": picture(size=(4000, 2000)),
    "one point": picture(size=(1, 1)),
    "one with words in it": with_words(),
    "a photograph with its place": with_place(),
}

BAD = {
    "nothing": b"",
    "words": b"This is my logo",
    "a page": HTML,
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "an SVG with a prologue": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a GIF": picture("GIF"),
    "a BMP": picture("BMP"),
    "a TIFF": picture("TIFF"),
    "an ICO": picture("ICO", size=(32, 32)),
    "a PDF": picture("PDF"),
    "a PNG with a page behind it": picture() + HTML,
    "a PNG with a page behind it that ends like one": picture() + HTML + b"\0\0\0\0IEND\xaeB`\x82",
    "a JPEG with a page behind it": picture("JPEG") + HTML,
    "a WebP with a page behind it": picture("WEBP") + HTML,
    "a page that begins like a PNG": b"\x89PNG\r\n\x1a\n" + HTML,
    "a PNG cut in half": picture()[: len(picture()) // 2],
    "a PNG without its end": picture()[:-12],
    "a PNG with a hole": picture()[:60] + b"\0" * 20 + picture()[80:],
    "a JPEG cut in half": picture("JPEG")[: len(picture("JPEG")) // 2] + b"\xff\xd9",
    "a WebP cut in half": picture("WEBP")[: len(picture("WEBP")) // 2],
    "a bomb": claiming(50_000, 50_000),
    "a long strip": claiming(4_001, 1),
    "more points than may be": claiming(3_000, 3_000),
    "no width at all": claiming(0, 10),
    "more promised than there": claiming(1_000, 1_000),
    "one that moves": moving(),
    "too many bytes": picture() + b"\0" * 1_000_000,
}
