"""HTML to PDF by WeasyPrint: what can be loaded once is, and nothing is fetched but our fonts and the logo at hand."""

import logging
import os
import re
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from reports.pdf.asking import LOGO
from reports.pdf.finishing import finish
from reports.pdf.quickening import quicken

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "static" / "fonts"
SHEET = ROOT / "static" / "css" / "print.css"
BASE_URL = "https://assets.invalid/"
"""Where the HTML seems to come from. A scheme of our own would break the joining of addresses in Python."""

PLACEHOLDER = "[?]"
"""Stands for characters that our fonts do not have."""

ATTACHMENT = "groundwork-result.json"

WARMING = """<!doctype html><html lang="en"><head><title>x</title>{style}</head><body data-footer="x" data-page="x" data-of="x">
<section class="page summary"><h1>x</h1><div class="columns-2"><p class="kicker">x</p></div>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title><path d="M0 0h9"/><text y="9">x</text></svg>
<table class="lines"><thead><tr><th scope="col">x</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>
<ul class="rows"><li class="pair"><h3>x</h3><p><a class="out" href="https://x.invalid/">x</a></p></li></ul>
<div class="flow"><p>x</p></div></section></body></html>"""
"""A small report with one of each, set once so that whatever is loaded when first used has been."""


def ready() -> Callable[[str, bytes, bytes], bytes]:
    """What makes PDFs, with everything loaded. Raises OSError if pango is missing."""
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "reports" / "fonts.conf")  # no font of this machine
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # no clock in the bytes
    logging.basicConfig(
        level=logging.WARNING, format="%(message)s"
    )  # to standard error: the asking side reads it
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
        quicken()
    first = Press()
    first.write(WARMING.replace("{style}", first.style), b"")
    return Press().write_in_child


class Press:
    """Fonts, style sheet and fetcher, loaded once."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        fonts = {f"{BASE_URL}fonts/{each.name}": each.read_bytes() for each in sorted(FONTS.glob("*.ttf"))}
        self.served = fonts
        self.known = known_characters(fonts)
        self.fonts = FontConfiguration()
        self.fetcher = only(fonts)
        style = SHEET.read_text(encoding="utf-8")
        self.style = f"<style>{style}</style>"
        self.sheet = CSS(
            string=without_variables(style),
            base_url=BASE_URL,
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def write_in_child(self, html: str, attached: bytes, logo: bytes = b"") -> bytes:
        """The same where a process was forked off: with a map of the same fonts that no thread of the other process serves.

        Pango keeps a thread for each map: up to 1.50 from its first use on, in 1.56 from the beginning. Threads are lost in a
        child, which would wait for them for ever.
        """
        from weasyprint.text.ffi import ffi, gobject, pangoft2

        self.left_alone = self.fonts.font_map  # to give it back would be to talk to its thread
        self.fonts.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.fonts.font_map),
            self.fonts._config,  # noqa: SLF001  it has no other name
        )
        return self.write(html, attached, logo)

    def write(self, html: str, attached: bytes, logo: bytes = b"") -> bytes:
        """The PDF, with ``logo`` wherever the HTML names it.

        Our style sheet, which the HTML brings along, is taken as it was read before.
        """
        bare = html.replace(self.style, "", 1)
        document = parsed(printable(bare, self.known), only(self.served, logo) if logo else self.fetcher)
        laid_out = document.render(
            stylesheets=[] if bare == html else [self.sheet],
            font_config=self.fonts,
            presentational_hints=False,
            output_intent="srgb",
        )
        laid_out.metadata.attachments = [_attachment(attached, laid_out.metadata.created)] if attached else []
        pdf: bytes = laid_out.write_pdf(finisher=finish, pdf_variant="pdf/a-3a", output_intent="srgb")
        return pdf


def _attachment(content: bytes, day: str | None) -> Any:
    """The data of the report as a file in the PDF, of the same day as the PDF."""
    from weasyprint import Attachment

    moment = datetime.fromisoformat(day or "1970-01-01")
    return Attachment(
        string=content.decode(),
        url_fetcher=_no_fetcher,
        name=ATTACHMENT,
        description="The result as data",
        created=moment,
        modified=moment,
        relationship="Data",
    )


def _no_fetcher(url: str) -> Any:
    raise ValueError(f"nothing is fetched for an attachment: {url[:100]}")


def parsed(html: str, fetcher: Any) -> Any:
    """The document, read as XML where it is that: ours is, and XML is read ten times as fast.

    Builds what ``weasyprint.HTML`` builds from the tree that it gets from its own parser; a test compares the two.
    """
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
    from weasyprint import HTML

    try:
        root = ET.fromstring(html)  # noqa: S314  (our own words, and it knows no entities to expand)
    except ET.ParseError:
        return HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    document = HTML.__new__(HTML)
    document.base_url, document.url_fetcher, document.media_type = BASE_URL, fetcher, "print"
    document.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


def without_variables(style: str) -> str:
    """The style sheet with each ``var(--name)`` replaced by what ``:root`` says it is, once instead of for each element."""
    (root,) = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    values = dict(re.findall(r"(--[\w-]+): ([^;]+);", root))
    return re.sub(r"var\((--[\w-]+)\)", lambda found: values[found[1]], style.replace(root, ""))


def only(fonts: Mapping[str, bytes], logo: bytes = b"") -> Any:
    """A fetcher that serves these fonts and this logo from memory and nothing else, whatever the address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurFonts(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  (WeasyPrint passes them)
            if logo and url.startswith(LOGO):
                return URLFetcherResponse(url, logo, {"Content-Type": "image/png"})
            if url not in fonts:
                raise ValueError(f"not one of our fonts: {url[:100]}")
            return URLFetcherResponse(url, fonts[url], {"Content-Type": "font/ttf"})

    return OnlyOurFonts()


def known_characters(fonts: Mapping[str, bytes]) -> frozenset[int]:
    """The characters that every one of the fonts has, and those that need none."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    each = (set(TTFont(BytesIO(font), lazy=True).getBestCmap()) for font in fonts.values())
    return frozenset(set.intersection(*each) | {ord(space) for space in "\t\n\r"})


def printable(html: str, known: frozenset[int]) -> str:
    """The HTML with PLACEHOLDER for every run of characters that one of the fonts does not have.

    A missing letter would otherwise be drawn as an empty box, and read out as nothing at all.
    """
    foreign = "".join(re.escape(each) for each in sorted(set(html)) if ord(each) not in known)
    return re.sub(f"[{foreign}]+", PLACEHOLDER, html) if foreign else html
