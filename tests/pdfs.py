"""What a PDF says: the text of its pages, how many there are, how far they are filled, and its bookmarks."""

import pypdfium2


def texts_of(made: bytes) -> list[str]:
    """The text of each page, line by line."""
    with pypdfium2.PdfDocument(made) as opened:
        return [_text(page) for page in opened]


def first_page_of(made: bytes) -> str:
    """The text of the first page with single spaces."""
    with pypdfium2.PdfDocument(made) as opened:
        return " ".join(_text(opened[0]).split())


def pages_in(made: bytes) -> int:
    with pypdfium2.PdfDocument(made) as opened:
        return len(opened)


def size_of(made: bytes) -> tuple[float, float]:
    """Width and height of the first page in points."""
    with pypdfium2.PdfDocument(made) as opened:
        width, height = opened[0].get_size()
        return width, height


def fills_of(made: bytes) -> list[float]:
    """How far down each page is written on, 0 to 1, between the margins of 12 millimetres above and 16 below."""
    with pypdfium2.PdfDocument(made) as opened:
        return [_fill(page) for page in opened]


def _fill(page: pypdfium2.PdfPage) -> float:
    high, text = page.get_height(), page.get_textpage()
    top, foot = high - 12 * MILLIMETRE, 16 * MILLIMETRE
    lower = (text.get_rect(each)[1] for each in range(text.count_rects()))
    return float((top - min((each for each in lower if each > foot), default=top)) / (top - foot))


MILLIMETRE = 72 / 25.4


def bookmarks_of(made: bytes) -> list[str]:
    """Their titles, from the first to the last."""
    with pypdfium2.PdfDocument(made) as opened:
        return [each.get_title() for each in opened.get_toc()]


def _text(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_range()
    # A hyphen at the end of a line is told as one that would go with the line; ours are there to stay.
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\r\n", "\n")
