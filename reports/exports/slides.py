"""What slides are made of: boxes of text that always fits, native tables and shapes, all measured in points.

A slide is 960 points wide and 540 high. Colours are those of the theme wherever it has them, and fonts always are, so
that a change of the theme changes every slide.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Literal

from pptx import Presentation
from pptx.dml.color import ColorFormat, RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR_TYPE, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from reports.exports import look
from reports.exports.cells import plain
from reports.exports.lettering import lines
from reports.presenter.page import ReportPage
from reports.presenter.parts import Why

WIDTH, HEIGHT = 960, 540
LEFT, RIGHT, TOP, BOTTOM = 44, 916, 104, 500
"""Where the matter of a slide lies; the title stands above it, the foot below."""

LEADING = 1.2
LEAST = 8.0
"""Points: no text is smaller, and what does not fit then is cut."""

THEME = {
    look.INK: MSO_THEME_COLOR.TEXT_1,
    look.PAPER: MSO_THEME_COLOR.BACKGROUND_1,
    look.INK_2: MSO_THEME_COLOR.TEXT_2,
    look.SUNK: MSO_THEME_COLOR.BACKGROUND_2,
    look.HUES["stone"]: MSO_THEME_COLOR.ACCENT_1,
    look.HUES["brick"]: MSO_THEME_COLOR.ACCENT_2,
    look.HUES["copper"]: MSO_THEME_COLOR.ACCENT_3,
    look.RULE: MSO_THEME_COLOR.ACCENT_4,
    look.HAIR: MSO_THEME_COLOR.ACCENT_5,
}
SCHEME = {
    "dk1": look.INK,
    "lt1": look.PAPER,
    "dk2": look.INK_2,
    "lt2": look.SUNK,
    "accent1": look.HUES["stone"],
    "accent2": look.HUES["brick"],
    "accent3": look.HUES["copper"],
    "accent4": look.RULE,
    "accent5": look.HAIR,
    "accent6": look.ACT,
    "hlink": look.ACT,
    "folHlink": look.INK_2,
}

TITLE_ONLY = 5
"""The layout of the writer's own template that has a title and nothing else."""

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style without lines and grounds: those that are there are ours."""

type Box = tuple[float, float, float, float]
"""Left, top, width, height."""
type Dash = Literal["", "dash", "dot"]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in one style; ``before`` is the space above it in points."""

    text: str
    size: float = 12
    bold: bool = False
    colour: str = look.INK
    before: float = 0


# --- Text that fits -------------------------------------------------------------------------------------------------------


def height(paras: Sequence[Para], room: float) -> float:
    """How high these paragraphs become in a box this wide."""
    return sum(
        each.before * bool(place) + lines(each.text, each.size, room, bold=each.bold) * each.size * LEADING
        for place, each in enumerate(paras)
    )


def fitted(paras: Sequence[Para], room: float, high: float) -> tuple[Para, ...]:
    """The paragraphs as large as they fit; where even the smallest letters do not, the longest ones are cut."""
    found = tuple(replace(each, text=plain(each.text)) for each in paras if each.text)
    for step in range(100, 40, -4):
        tried = tuple(_scaled(each, step / 100) for each in found)
        if height(tried, room) <= high:
            return tried
    return _cut(tuple(_scaled(each, 0.4) for each in found), room, high)


def _scaled(para: Para, factor: float) -> Para:
    """Down to the smallest letters allowed, in tenths of a point."""
    size = max(min(LEAST, para.size), round(para.size * factor, 1))
    return replace(para, size=size, before=para.before * factor)


def _cut(paras: tuple[Para, ...], room: float, high: float) -> tuple[Para, ...]:
    kept = list(paras)
    while kept and height(kept, room) > high:
        place = max(range(len(kept)), key=lambda each: len(kept[each].text))
        text = kept[place].text
        if len(text) < 12:
            kept.pop()
        else:
            kept[place] = replace(kept[place], text=text[: int(len(text) * 0.9) - 1].rstrip(" ….,;") + "…")
    return tuple(kept)


# --- Colours and shapes ---------------------------------------------------------------------------------------------------


def paint(colour: ColorFormat, value: str) -> None:
    """A colour of the palette, by its place in the theme if it has one."""
    if value in THEME:
        colour.theme_color = THEME[value]
    else:
        colour.rgb = RGBColor.from_string(value)


def write(frame: Any, paras: Sequence[Para], *, align: str = "left", anchor: str = "top") -> None:
    """Put paragraphs into a text frame without margins that neither grows nor shrinks."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}[
        anchor
    ]
    for place, para in enumerate(paras or (Para("", LEAST),)):  # an empty line has a size too
        line = frame.paragraphs[0] if not place else frame.add_paragraph()
        line.alignment = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}[align]
        line.space_before, line.space_after, line.line_spacing = Pt(para.before if place else 0), Pt(0), 1.0
        if not para.text:
            line._p.get_or_add_endParaRPr().set("sz", str(round(para.size * 100)))  # noqa: SLF001  # no other way to it
            continue
        run = line.add_run()
        run.text = para.text
        run.font.size, run.font.bold = Pt(para.size), para.bold
        paint(run.font.color, para.colour)


def text(
    shapes: Any, box: Box, *paras: Para, align: str = "left", anchor: str = "top", name: str = ""
) -> Any:
    """A box of text that fits."""
    left, top, wide, high = box
    made = shapes.add_textbox(Pt(left), Pt(top), Pt(wide), Pt(high))
    made.name = name or made.name
    write(made.text_frame, fitted(paras, wide, high), align=align, anchor=anchor)
    return made


def rectangle(
    shapes: Any,
    box: Box,
    *,
    fill: str = "",
    line: str = "",
    width: float = 1,
    dash: Dash = "",
    name: str = "",
) -> Any:
    """A plain rectangle without shadow, filled, outlined or both."""
    left, top, wide, high = box
    made = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(high))
    _plain_shape(made, fill=fill, line=line, width=width, dash=dash)
    made.name = name or made.name
    return made


def polygon(shapes: Any, points: Sequence[tuple[float, float]], *, fill: str, line: str, width: float) -> Any:
    """A closed outline with straight edges."""
    builder = shapes.build_freeform(round(points[0][0] * 100), round(points[0][1] * 100), scale=Pt(1) / 100)
    builder.add_line_segments([(round(x * 100), round(y * 100)) for x, y in points[1:]], close=True)
    made = builder.convert_to_shape()
    _plain_shape(made, fill=fill, line=line, width=width, dash="")
    return made


def hatched(shapes: Any, box: Box, *, colour: str, dots: bool = False) -> Any:
    """A ground of lines or dots: what is not known, and sand."""
    made = rectangle(shapes, box)
    made.fill.patterned()
    made.fill.pattern = MSO_PATTERN_TYPE.PERCENT_20 if dots else MSO_PATTERN_TYPE.LIGHT_UPWARD_DIAGONAL
    paint(made.fill.fore_color, colour)
    made.fill.back_color.rgb = RGBColor.from_string(look.SURFACE)
    return made


def stroke(
    shapes: Any,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    colour: str,
    width: float,
    dash: Dash = "",
) -> Any:
    made = shapes.add_connector(
        MSO_CONNECTOR_TYPE.STRAIGHT, Pt(start[0]), Pt(start[1]), Pt(end[0]), Pt(end[1])
    )
    _unstyled(made)
    _line(made.line, colour, width, dash)
    return made


def _unstyled(made: Any) -> None:
    """Without the style that the writer gives every shape: it brings a shadow and colours of its own."""
    style = made._element.find(qn("p:style"))  # noqa: SLF001  # there is no other way to it
    if style is not None:
        made._element.remove(style)  # noqa: SLF001


def _plain_shape(made: Any, *, fill: str, line: str, width: float, dash: Dash) -> None:
    _unstyled(made)
    if fill:
        made.fill.solid()
        paint(made.fill.fore_color, fill)
    else:
        made.fill.background()
    if line:
        _line(made.line, line, width, dash)
    else:
        made.line.fill.background()


def _line(line: Any, colour: str, width: float, dash: Dash) -> None:
    line.width = Pt(width)
    paint(line.color, colour)
    if dash:
        line.dash_style = MSO_LINE_DASH_STYLE.DASH if dash == "dash" else MSO_LINE_DASH_STYLE.ROUND_DOT


def described(made: Any, name: str, says: str) -> Any:
    """A name for whoever edits and a text for whoever cannot see it."""
    made.name = plain(name)
    made._element.xpath(".//p:cNvPr")[0].set("descr", plain(says))  # noqa: SLF001  # there is no other way to it
    return made


@contextmanager
def grouped(shapes: Any, name: str, says: str) -> Iterator[None]:
    """Whatever is drawn meanwhile becomes one group, with a name and a text."""
    before = len(shapes)
    yield
    described(shapes.add_group_shape(list(shapes)[before:]), name, says)


# --- Tables -----------------------------------------------------------------------------------------------------------------

PAD = 5.0
"""Points above and below the text of a cell."""
GUTTER = 10.0
"""Points between a column and the next."""

type Cell = str | Sequence[Para]
type Row = Sequence[Cell]


def paras_of(cell: Cell, size: float) -> tuple[Para, ...]:
    """A cell as paragraphs; those with a style of their own keep their proportion to 12 points."""
    if isinstance(cell, str):
        return (Para(plain(cell), size),)
    return tuple(
        replace(each, text=plain(each.text), size=round(each.size * size / 12, 1))
        for each in cell
        if each.text
    )


def row_height(row: Row, widths: Sequence[float], size: float, pad: float = PAD) -> float:
    return 2 * pad + _needed([paras_of(cell, size) for cell in row], widths, size)


def size_for(
    rows: Sequence[Row], widths: Sequence[float], room: float, largest: float, pad: float = PAD
) -> float:
    """The size at which all rows fit into this height, LEAST if none does."""
    size = largest
    while size > LEAST and sum(row_height(row, widths, size, pad) for row in rows) > room:
        size = round(size - 0.5, 1)
    return size


def table(
    slide: "Slide",
    box: Box,
    head: Sequence[str],
    rows: Sequence[Row],
    widths: Sequence[float],
    *,
    name: str,
    largest: float = 12,
    pad: float = PAD,
    bars: Sequence[str] = (),
) -> float:
    """A native table, as large as it fits. ``bars`` colours the left edge of each row. Its lower edge in points."""
    left, top, wide, high = box
    heading = 2 * pad + 10 * LEADING
    size = size_for(rows, widths, high - heading, largest, pad)
    filled: list[list[Sequence[Para]]] = [[paras_of(cell, size) for cell in row] for row in rows]
    if sum(row_height(row, widths, size, pad) for row in rows) > high - heading:
        most = (high - heading) / len(rows) - 2 * pad
        filled = [
            [fitted(cell, each - GUTTER, most) for cell, each in zip(row, widths, strict=True)]
            for row in filled
        ]
    heights = [heading, *(_needed(row, widths, size) + 2 * pad for row in filled)]
    made = slide.shapes.add_table(len(rows) + 1, len(head), Pt(left), Pt(top), Pt(wide), Pt(sum(heights)))
    described(made, name, name)
    drawn = made.table
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE  # noqa: SLF001  # there is no other way to it
    drawn.horz_banding = False
    for column, each in zip(drawn.columns, widths, strict=True):
        column.width = Pt(each)
    header: list[Sequence[Para]] = [[Para(word, 10, bold=True, colour=look.INK_2)] for word in head]
    for place, (row_high, cells) in enumerate(zip(heights, [header, *filled], strict=True)):
        line = drawn.rows[place]
        line.height = Pt(row_high)
        for cell, paras in zip(line.cells, cells, strict=True):
            _fill_cell(cell, paras, pad, first=not place, last=place == len(rows))
    for place, colour in enumerate(bars, start=1):
        rectangle(slide.shapes, (left - 10, top + sum(heights[:place]), 5, heights[place]), fill=colour)
    return top + sum(heights)


def _needed(row: Sequence[Sequence[Para]], widths: Sequence[float], size: float) -> float:
    """The height of the text of a row."""
    cells = zip(row, widths, strict=True)
    return max(height(cell, wide - GUTTER) or size * LEADING for cell, wide in cells)


def _fill_cell(cell: Any, paras: Sequence[Para], pad: float, *, first: bool, last: bool) -> None:
    cell.fill.background()
    write(cell.text_frame, paras)
    cell.margin_left, cell.margin_right = 0, Pt(GUTTER)
    cell.margin_top = cell.margin_bottom = Pt(pad)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    if not last:
        _border(cell, look.INK if first else look.HAIR, 1.25 if first else 0.75)


def _border(cell: Any, colour: str, width: float) -> None:
    """A line below a cell."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  # there is no other way to it
    line = OxmlElement("a:lnB")
    line.set("w", str(int(Pt(width))))
    fill = OxmlElement("a:solidFill")
    tone = OxmlElement("a:srgbClr")
    tone.set("val", colour)
    fill.append(tone)
    line.append(fill)
    properties.insert(0, line)


# --- Slides and the deck --------------------------------------------------------------------------------------------------


class Slide:
    """One slide: its title is a sentence, its number and its foot come by themselves."""

    def __init__(self, deck: "Deck", title: str, *, box: Box | None = None, size: float = 26) -> None:
        self.slide = deck.deck.slides.add_slide(deck.layout)
        self.shapes = self.slide.shapes
        heading = self.shapes.title
        left, top, wide, high = box or TITLE_BOX
        heading.left, heading.top, heading.width, heading.height = Pt(left), Pt(top), Pt(wide), Pt(high)
        paras = fitted([Para(title, size, bold=True)], wide, high)
        write(heading.text_frame, paras, anchor="top" if box else "bottom")
        for place in list(deck.layout.placeholders):
            if place.placeholder_format.idx in (FOOT, NUMBER):
                self.slide.shapes._spTree.append(copy.deepcopy(place._element))  # noqa: SLF001  # they are not inherited
        for place in self.slide.placeholders:
            if place.placeholder_format.idx == FOOT:
                place.text_frame.text = deck.foot

    def picture(self, png: bytes, box: Box, says: str) -> None:
        """A picture that fills the box, which has its proportions."""
        left, top, wide, high = (Pt(each) for each in box)
        made = self.shapes.add_picture(io.BytesIO(png), left, top, wide, high)
        described(made, says, says)

    def notes(self, *says: str, whys: Sequence[Why] = ()) -> None:
        """What whoever presents may want to say, and what it rests on."""
        found = [each for each in says if each]
        for why in whys:
            words = " ".join(each for each in (f"{why.title}:", why.says, why.note) if each)
            sources = "; ".join(f"{each.text} {each.url}".strip() for each in why.sources)
            found.append(f"{words}\n{sources}" if sources else words)
        self.slide.notes_slide.notes_text_frame.text = plain("\n\n".join(found))


TITLE_BOX: Box = (LEFT, 22, RIGHT - LEFT, 58)
RULE_TOP = 86
FOOT, NUMBER = 11, 12
"""The ids of these placeholders in the template."""


class Deck:
    """A presentation in our look, made from the writer's own template with everything in it that is not used taken out."""

    def __init__(self, page: ReportPage) -> None:
        self.page = page
        by = page.prepared.says_in_short if page.prepared else ""
        self.foot = plain(" · ".join(each for each in (page.footer, by) if each))
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        self.layout = self.deck.slide_layouts[TITLE_ONLY]
        self._clear()
        self._restyle()
        self._name()

    def _clear(self) -> None:
        for each in list(self.deck.slide_layouts):
            if each is not self.layout:
                self.deck.slide_layouts.remove(each)
        for rels in (self.deck.part.package._rels, self.deck.part.rels):  # noqa: SLF001  # the thumbnail hangs on the package
            for key, relation in list(rels.items()):
                if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                    rels.pop(key)

    def _restyle(self) -> None:
        master = self.deck.slide_master
        for holder in (master, self.layout):
            for place in list(holder.placeholders):
                kind = place.placeholder_format.type
                name = str(kind).split(" ")[0]
                if name in ("DATE", "BODY"):
                    place._element.getparent().remove(place._element)  # noqa: SLF001  # placeholders cannot be deleted
                    continue
                box = {
                    "TITLE": TITLE_BOX,
                    "FOOTER": (LEFT, 512, 700, 14),
                    "SLIDE_NUMBER": (RIGHT - 60, 512, 60, 14),
                }[name]
                place.left, place.top, place.width, place.height = (Pt(each) for each in box)
                if name != "TITLE":
                    _small(place, right=name == "SLIDE_NUMBER")
        self.layout.name = "Groundwork"
        _rule_off(self.layout)
        _theme(master, self.page.prepared.accent if self.page.prepared else "")

    def _name(self) -> None:
        properties, day = self.deck.core_properties, datetime.combine(self.page.day, time())
        properties.title, properties.subject = plain(self.page.headline)[:255], plain(self.page.title)[:255]
        author = plain(self.page.prepared.name) if self.page.prepared else "Groundwork"
        properties.author = properties.last_modified_by = author
        properties.comments = plain(self.page.method.edition)[:255]
        properties.created = properties.modified = day
        properties.revision = 1

    def save(self) -> bytes:
        """The file, with the same bytes for the same slides: its parts bear no time."""
        saved, packed = io.BytesIO(), io.BytesIO()
        self.deck.save(saved)
        with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
            for name in parts.namelist():
                again.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def _small(place: Any, *, right: bool) -> None:
    """The foot and the number in small grey letters."""
    place.text_frame.margin_left = place.text_frame.margin_right = 0
    place.text_frame.margin_top = place.text_frame.margin_bottom = 0
    for line in place.text_frame.paragraphs:
        line.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    style = place._element.xpath(".//a:lstStyle")[0]  # noqa: SLF001  # there is no other way to it
    for each in list(style):
        style.remove(each)
    level = OxmlElement("a:lvl1pPr")
    level.set("algn", "r" if right else "l")
    run = OxmlElement("a:defRPr")
    run.set("sz", "900")
    fill, tone = OxmlElement("a:solidFill"), OxmlElement("a:schemeClr")
    tone.set("val", "tx2")
    fill.append(tone)
    run.append(fill)
    level.append(run)
    style.append(level)


def _rule_off(layout: Any) -> None:
    """An ink line below the title, drawn behind everything."""
    tree = layout.shapes._spTree  # noqa: SLF001  # layouts offer no way to add a shape
    made = parse_xml(
        f'''<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
        <p:spPr><a:xfrm><a:off x="{int(Pt(LEFT))}" y="{int(Pt(RULE_TOP))}"/><a:ext cx="{int(Pt(RIGHT - LEFT))}" cy="{int(Pt(1.5))}"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'''
    )
    tree.insert(2, made)


def _theme(master: Any, accent: str) -> None:
    """Our palette and a font that is everywhere, by the names that every program shows in its lists.

    ``accent`` is the colour of whoever prepared the report, such as "#0e4a7b"; empty for none.
    """
    own = accent.removeprefix("#").upper()
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    for name, colour in (SCHEME | (dict.fromkeys(("accent6", "hlink"), own) if own else {})).items():
        theme = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            theme,
            flags=re.DOTALL,
        )
    for name in ("majorFont", "minorFont"):
        theme = re.sub(rf'(<a:{name}>\s*<a:latin typeface=)"[^"]*"', rf'\1"{look.FONT}"', theme)
    theme = re.sub(r'(<a:clrScheme name=)"[^"]*"', r'\1"Groundwork"', theme)
    theme = re.sub(r'(<a:fontScheme name=)"[^"]*"', r'\1"Groundwork"', theme)
    part._blob = theme.encode()  # noqa: SLF001  # the writer knows no themes
