"""Draws two dates beside each other: a line a capability, from the level it had to the level it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.drawing import masonry
from advisor.drawing.charts import Format
from advisor.drawing.lettering import BODY, STRONG, Font, fitted, text
from advisor.drawing.masonry import COURSES, AnswerState
from advisor.drawing.svg import Hue, Point, Svg, Token, box, paint, path, picture, segment

SCREEN = Format(856, 15, 232)
PAPER = Format(753, 12.4, 200)
PHONE = Format(360, 14, 0)
"""Names stand at the right end only. So narrow that three fit beside each other where a page is 1136 wide."""

ROW = 1.6
"""The height of a line of words, in type sizes; a shelf on which nothing lies is lower."""
EMPTY = 0.7
NO_LEVEL = -1
"""The shelf below the levels, for what has none."""
MARK = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A capability at two dates. A level (0 to 4) counts only where the state beside it is "level".

    ``before_word`` and ``after_word`` say each end in the reading: "1 of 4", "not known". ``change_word`` stands before the
    name at the right end: "up 1", "same", "down 2".
    """

    name: str
    before: int | None
    after: int | None
    before_word: str
    after_word: str
    change_word: str
    before_state: AnswerState = "level"
    after_state: AnswerState = "level"

    @property
    def start(self) -> int:
        """The shelf at which it begins: its level, or the one below all levels."""
        return _shelf(self.before, self.before_state)

    @property
    def end(self) -> int:
        return _shelf(self.after, self.after_state)


def _shelf(level: int | None, state: AnswerState) -> int:
    return NO_LEVEL if level is None or state != "level" else max(0, min(COURSES, level))


def slope(
    lines: Sequence[Line], title: str, left: str, right: str, hue: Hue, *, form: Format = SCREEN
) -> Svg:
    """One floor: its capabilities as lines between the dates ``left`` and ``right``.

    Every level is a shelf with a row for each line that ends there, so that no two names meet, and a line that stays on
    its level is level. What rises is thick in the floor's colour, what falls thick in ink, what stays thin; what has no
    level at one end is dashed. ``title`` opens the full reading; names, words and changes follow it.
    """
    starts, ends, edges = _rows(lines, form)
    run = _run(lines, form)
    drawn = [*_heads(left, right, run, form), *_edges(edges, form)]
    order = sorted(range(len(lines)), key=lambda n: abs(lines[n].end - lines[n].start))
    drawn += [_stroke(lines[n], (run[0], starts[n]), (run[1], ends[n]), hue) for n in order]  # movers on top
    column = _column(lines, run, form)
    for n, line in enumerate(lines):
        drawn += _left(line, (run[0], starts[n]), form, hue)
        drawn += _right(line, (run[1], ends[n]), column, form, hue)
    reading = _reading(lines, title, left, right)
    return picture(reading, form.width, edges[-1] + 1, *drawn, kind="chart slope")


def _reading(lines: Sequence[Line], title: str, left: str, right: str) -> str:
    told = "; ".join(
        f"{line.name}: {left} {line.before_word}, {right} {line.after_word}, {line.change_word}"
        for line in lines
    )
    return f"{title} {told}." if told else title


# --- Rows -------------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Line], form: Format) -> tuple[dict[int, float], dict[int, float], list[float]]:
    """The middle of each line's row at both ends, by its place in ``lines``; and the edges of the shelves, from the top."""
    row, y = ROW * form.size, 2 * form.size
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    edges = [y]
    lowest = min([0, *(line.start for line in lines), *(line.end for line in lines)])
    for shelf in range(COURSES, lowest - 1, -1):
        left, right, rows = _on_shelf(lines, shelf)
        starts |= {n: y + (place + 0.5) * row for n, place in left.items()}
        ends |= {n: y + (place + 0.5) * row for n, place in right.items()}
        y += max(rows, EMPTY) * row
        edges.append(y)
    return starts, ends, edges


def _on_shelf(lines: Sequence[Line], shelf: int) -> tuple[dict[int, int], dict[int, int], int]:
    """On which row of a shelf lines begin and end, and how many rows there are.

    What leaves upwards or comes from above lies above what stays, all else below it: no line that moves then has to cross
    one that stays on the shelf.
    """
    places = range(len(lines))
    begun = sorted((n for n in places if lines[n].start == shelf), key=lambda n: (-lines[n].end, n))
    ended = sorted((n for n in places if lines[n].end == shelf), key=lambda n: (-lines[n].start, n))
    above = sum(lines[n].end > shelf for n in begun), sum(lines[n].start > shelf for n in ended)
    first = max(above)
    below = max(len(begun) - above[0], len(ended) - above[1])
    left = {n: place if place < above[0] else place - above[0] + first for place, n in enumerate(begun)}
    right = {n: place if place < above[1] else place - above[1] + first for place, n in enumerate(ended)}
    return left, right, first + below


# --- Drawing ----------------------------------------------------------------------------------------------------------


def _run(lines: Sequence[Line], form: Format) -> tuple[float, float]:
    """From where to where the lines run: names and values have the room beside them."""
    if not form.margin:
        return 1.9 * form.size, 0.34 * form.width
    said = max((STRONG.width(line.change_word, form.size) for line in lines), default=0)
    right = form.margin + min(said, 0.12 * form.width)
    return form.margin, form.width - right - 2 * form.size


def _heads(left: str, right: str, run: tuple[float, float], form: Format) -> list[Svg]:
    """The two dates over the ends. Where there is no room for names at the left, the first begins at the edge."""
    size, base = form.size, 1.1 * form.size
    after, small = fitted(right, STRONG, size, 0.99 * size, form.width - run[1] + MARK / 2)
    if form.margin:
        before, least = fitted(left, STRONG, size, 0.99 * size, run[0] + MARK / 2)
        at, anchor = run[0] + MARK / 2, "end"
    else:
        before, least = fitted(left, STRONG, size, 0.99 * size, run[1] - MARK)
        at, anchor = 0, "start"
    return [
        text(before, (at, base), STRONG, least, "ink", text_anchor=anchor),
        text(after, (run[1] - MARK / 2, base), STRONG, small, "ink"),
    ]


def _edges(edges: list[float], form: Format) -> list[Svg]:
    """Hair lines between levels; the floor under the lowest level is drawn, for below it lies what has none."""
    levels = edges[: COURSES + 2]
    return [
        path((segment(0, y, form.width, y) for y in levels), **paint(stroke="hair", width=1)),
        path(segment(0, levels[-1], form.width, levels[-1]), **paint(stroke="rule", width=1)),
    ]


def _stroke(line: Line, start: Point, end: Point, hue: Hue) -> Svg:
    """From the edge of one mark to the edge of the other."""
    data = segment(start[0] + MARK / 2, start[1], end[0] - MARK / 2, end[1])
    if NO_LEVEL in (line.start, line.end):
        return path(data, **paint(stroke="rule", width=1.4, dash="3 3"))
    if line.start == line.end:
        return path(data, **paint(stroke="rule", width=1.4))
    return path(data, **paint(stroke=hue if line.end > line.start else "ink", width=3))


def _mark(level: int, state: AnswerState, at: Point, hue: Hue) -> list[Svg]:
    """A small brick where there is a level, hollow at 0; else the sign of the state, as in the house."""
    x, y = at[0] - MARK / 2, at[1] - MARK / 2
    if state == "not_applicable":
        return [masonry.does_not_apply(at[0], at[1], MARK)]
    rim = box(x + 0.7, y + 0.7, MARK - 1.4, MARK - 1.4)
    if state == "not_asked":
        return [masonry.not_asked([rim])]
    if level == NO_LEVEL:
        return [masonry.unknown([(x, y, MARK, MARK)], step=3)]
    return [path(box(x, y, MARK, MARK), **paint(hue)) if level else path(rim, **paint(stroke=hue, width=1.4))]


def _left(line: Line, at: Point, form: Format, hue: Hue) -> list[Svg]:
    """The mark, the value before it, and the name before that."""
    size, base = form.size, at[1] + 0.35 * form.size
    drawn = _mark(line.start, line.before_state, at, hue)
    value, token = _value(line.start, line.before_state)
    edge = at[0] - MARK / 2 - 0.4 * size
    drawn.append(text(value, (edge, base), STRONG, size, token, text_anchor="end"))
    if form.margin:
        edge -= 1.2 * size
        name, small = fitted(line.name, BODY, size, 0.99 * size, edge)
        drawn.append(text(name, (edge, base), BODY, small, "ink", text_anchor="end"))
    return drawn


def _column(lines: Sequence[Line], run: tuple[float, float], form: Format) -> float:
    """How wide the words for the changes are together, if all names then fit behind them; else 0."""
    widest = max((STRONG.width(line.change_word, form.size) for line in lines), default=0)
    longest = max((BODY.width(line.name, form.size) for line in lines), default=0)
    return widest if run[1] + MARK / 2 + 2.1 * form.size + widest + longest <= form.width else 0


def _right(line: Line, at: Point, column: float, form: Format, hue: Hue) -> list[Svg]:
    """The mark, the value, what changed, and the name."""
    size, base = form.size, at[1] + 0.35 * form.size
    drawn = _mark(line.end, line.after_state, at, hue)
    value, token = _value(line.end, line.after_state)
    x = at[0] + MARK / 2 + 0.4 * size
    drawn.append(text(value, (x, base), STRONG, size, token))
    x += 1.1 * size
    moved = NO_LEVEL not in (line.start, line.end) and line.start != line.end
    font: Font = STRONG if moved else BODY
    said, small = fitted(line.change_word, font, size, 0.99 * size, 0.5 * (form.width - x))
    drawn.append(text(said, (x, base), font, small, "ink" if moved else "ink-2"))
    x += max(column, font.width(said, small)) + 0.6 * size
    name, small = fitted(line.name, BODY, size, 0.99 * size, form.width - x)
    drawn.append(text(name, (x, base), BODY, small, "ink"))
    return drawn


def _value(level: int, state: AnswerState) -> tuple[str, Token]:
    if level != NO_LEVEL:
        return str(level), "ink"
    return {"not_applicable": "–", "not_asked": ""}.get(state, "?"), "unknown"
