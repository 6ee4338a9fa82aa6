"""QR codes: an address as a picture for a phone's camera."""

from functools import lru_cache

import segno


@lru_cache(maxsize=256)  # the screens of a room show the same one again with every vote
def qr_image(address: str, border: int = 3) -> str:
    """The code as a data URI for an <img>; always dark on white, since cameras fail on the reverse.

    ``border`` is the quiet zone around it in modules.
    """
    return str(
        segno.make_qr(address, error="m").svg_data_uri(
            scale=4, border=border, dark="#17212E", light="#FFFFFF"
        )
    )
