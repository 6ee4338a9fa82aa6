"""Draws the charts of the report: stages over time, budget behind gates, and where one stands among others."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from advisor.drawing.lettering import BODY, STRONG, Font, fitted, text, wrapped
from advisor.drawing.masonry import planned as dashed
from advisor.drawing.svg import Hue, Svg, box, outline, paint, path, picture, rectangle, segment

WEEKS_A_BRICK = 4
WEEKS_A_TICK = 12


@dataclass(frozen=True, slots=True)
class Format:
    """The room for a chart and the size of its words. On paper 753 units are 174 mm, as in the house."""

    width: float
    size: float
    margin: float
    """Where the names end and the drawing begins."""


SCREEN = Format(856, 14, 150)
PAPER = Format(753, 12.4, 134)
PHONE = Format(360, 14, 0)
"""Names stand above their bars."""

# --- Stages ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBar:
    """A stage in weeks: it starts at ``start`` and lasts from ``low`` to ``high``; ``planned`` is the value planned with.

    A ``held`` stage waits for the gate below and has no solid brick. ``gate`` is the word at the flag that ends it.
    ``baseline`` is a short measure that runs above the stage, in weeks from its start, with its word.
    """

    hue: Hue
    name: str
    note: str
    start: float
    low: float
    high: float
    planned: float
    held: bool = False
    gate: str = ""
    baseline: tuple[float, str] | None = None
    baseline_hue: Hue = "stone"

    @property
    def end(self) -> float:
        return self.start + max(self.high, self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLine:
    """The duty of care for what is live, a thin line through all stages."""

    hue: Hue
    name: str
    note: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChart:
    """Stages one after the other. ``ticks`` are (week, word) pairs, made from ``tick_weeks``."""

    title: str
    bars: tuple[StageBar, ...]
    ticks: tuple[tuple[int, str], ...]
    horizon: float | None = None
    horizon_word: str = ""
    care: CareLine | None = None


def tick_weeks(bars: Sequence[StageBar], horizon: float | None = None) -> tuple[int, ...]:
    """The weeks to be named on the axis: every twelfth, or fewer if the stages run for years."""
    last = max([bar.end for bar in bars] + [horizon or 0.0, WEEKS_A_TICK])
    step = WEEKS_A_TICK * max(1, ceil(last / WEEKS_A_TICK / 8))
    return tuple(range(0, int(last) + 1, step))


def stages(chart: StageChart, form: Format = SCREEN) -> Svg:
    """Bars of bricks over weeks, one brick for four weeks: solid to the lower estimate, dashed to the upper."""
    axis = _Axis.of(chart, form)
    top = 3.3 * form.size
    drawn: list[Svg] = []
    over: list[Svg] = []
    for n, bar in enumerate(chart.bars):
        y = top + n * axis.row + axis.drop
        drawn += [*_name(bar.name, bar.note, y, form), *_bricks(bar, axis, y), *_baseline(bar, axis, y)]
        over += _flag(bar, axis, y, leads=n + 1 < len(chart.bars))
    end = top + len(chart.bars) * axis.row
    if chart.care:
        line, end = _care(chart.care, axis, end + axis.drop)
        drawn += line
    return picture(
        chart.title,
        form.width,
        end,
        *_grid(chart, axis, top, end),
        *drawn,
        *over,
        *_horizon(chart, axis, end),
        kind="chart",
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Turns weeks into units."""

    form: Format
    weeks: float
    names: float
    """How wide the words left of today are; 0 where they stand above."""

    @classmethod
    def of(cls, chart: StageChart, form: Format) -> "_Axis":
        weeks = max([bar.end for bar in chart.bars] + [chart.horizon or 0.0, float(WEEKS_A_TICK)])
        return cls(form, weeks, form.margin)

    @property
    def bar(self) -> float:
        return 1.6 * self.form.size

    @property
    def drop(self) -> float:
        """From a row's top to its bar: room for a baseline, and on narrow drawings for the name."""
        return 0.9 * self.form.size if self.names else 3.9 * self.form.size

    @property
    def row(self) -> float:
        return self.drop + self.bar + 2.2 * self.form.size

    def x(self, week: float) -> float:
        return self.names + 1 + week * (self.form.width - self.names - 10) / self.weeks


def _grid(chart: StageChart, axis: _Axis, top: float, end: float) -> list[Svg]:
    """Words over hair lines; a word that would touch its neighbour is left out."""
    size = axis.form.size
    drawn, free = (
        [
            path(
                (segment(axis.x(w), top, axis.x(w), end) for w, _ in chart.ticks),
                **paint(stroke="hair", width=1),
            )
        ],
        0.0,
    )
    for week, word in chart.ticks:
        half = BODY.width(word, size) / 2
        x = min(max(axis.x(week) - half, axis.names), axis.form.width - 2 * half)
        if x >= free:
            drawn.append(text(word, (x, top - 0.5 * size), BODY, size, "ink-2"))
            free = x + 2 * half + 0.5 * size
    return drawn


def _name(name: str, note: str, y: float, form: Format) -> list[Svg]:
    room = form.margin - 12 if form.margin else form.width
    first = y + 0.75 * form.size if form.margin else y - 2.7 * form.size
    shown, size = fitted(name, STRONG, form.size, 0.99 * form.size, room)
    return [
        text(shown, (0, first), STRONG, size, "ink"),
        text(note, (0, first + 1.3 * form.size), BODY, form.size, "ink-2"),
    ]


def _bricks(bar: StageBar, axis: _Axis, y: float) -> list[Svg]:
    solid = 0.0 if bar.held else bar.low
    laid = [
        box(axis.x(bar.start + a) + (1 if a else 0), y, axis.x(b) - axis.x(a) - (1 if a else 0) - 1, axis.bar)
        for a, b in pairwise(_weeks(0, solid))
    ]
    open_ = [
        box(axis.x(bar.start + a) + 1.6, y + 0.6, axis.x(b) - axis.x(a) - 3.2, axis.bar - 1.2)
        for a, b in pairwise(_weeks(solid, bar.high))
        if axis.x(b) - axis.x(a) > 3.6
    ]
    return [path(laid, **paint(bar.hue)), dashed(bar.hue, open_)]


def _weeks(first: float, last: float) -> list[float]:
    """The joints between bricks: both ends and every fourth week between them."""
    inner = [
        w * float(WEEKS_A_BRICK) for w in range(int(first // WEEKS_A_BRICK) + 1, ceil(last / WEEKS_A_BRICK))
    ]
    return [first, *inner, last] if last > first else []


def _baseline(bar: StageBar, axis: _Axis, y: float) -> list[Svg]:
    if bar.baseline is None:
        return []
    weeks, word = bar.baseline
    size = axis.form.size
    end = axis.x(bar.start + weeks)
    return [
        rectangle(
            axis.x(bar.start),
            y - 0.52 * size,
            end - axis.x(bar.start),
            0.28 * size,
            **paint(bar.baseline_hue),
        ),
        text(word, (end + 0.35 * size, y - 0.2 * size), STRONG, 0.99 * size, bar.baseline_hue),
    ]


def _flag(bar: StageBar, axis: _Axis, y: float, *, leads: bool) -> list[Svg]:
    """The gate that ends a stage, at the planned week; it runs on to the stage that waits for it."""
    size = axis.form.size
    x = axis.x(bar.start + bar.planned)
    foot = y + axis.bar + 0.4 * size + (axis.row if leads else 0)
    pole = [*_pole(x, y - 0.75 * size, foot)]
    fits = BODY.width(bar.gate, size) + 6 < x - axis.names
    anchor = {"text_anchor": "end"} if fits else {}
    word = text(
        bar.gate, (x - 6 if fits else x + 7, y + axis.bar + 1.25 * size), STRONG, size, "ink", **anchor
    )
    return [*pole, word]


def _pole(x: float, top: float, foot: float) -> list[Svg]:
    flag = outline((x - 7, top), (x + 7, top), (x, top + 8.5), close=True)
    return [path(segment(x, top + 4, x, foot), **paint(stroke="ink", width=2)), path(flag, **paint("ink"))]


def _horizon(chart: StageChart, axis: _Axis, end: float) -> list[Svg]:
    if chart.horizon is None:
        return []
    size = axis.form.size
    x = axis.x(chart.horizon)
    room = axis.form.width - x - 7
    wide = STRONG.width(chart.horizon_word, size)
    right = wide <= room
    anchor = {} if right else {"text_anchor": "end"}
    at = x + 7 if right else (x - 7 if x - 7 >= wide else min(axis.form.width, max(wide, x)))
    return [
        path(
            segment(x, 1.25 * size if at in (x + 7, x - 7) else 1.5 * size, x, end),
            **paint(stroke="ink", width=1.6, dash="1.6 3.2"),
        ),
        text(chart.horizon_word, (at, 1.0 * size), STRONG, size, "ink", **anchor),
    ]


def _care(care: CareLine, axis: _Axis, y: float) -> tuple[list[Svg], float]:
    size = axis.form.size
    left = axis.x(0)
    lines = wrapped(care.words, BODY, size, axis.form.width - left - 6)
    drawn = [
        *_name(care.name, care.note, y, axis.form),
        rectangle(left, y + 0.2 * size, axis.x(axis.weeks) - left, 0.35 * size, **paint(care.hue)),
        *(
            text(line, (left, y + (1.7 + 1.25 * n) * size), BODY, size, "ink-2")
            for n, line in enumerate(lines)
        ),
    ]
    return drawn, y + max(2.4, 0.9 + 1.25 * len(lines) + 0.3) * size


# --- Budget ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPart:
    """A part of the budget, in any unit; ``held`` until a gate opens."""

    hue: Hue
    amount: float
    held: bool = False


BAR = 40.0


def budget(parts: Sequence[BudgetPart], title: str, form: Format = SCREEN) -> Svg:
    """One bar: released parts in solid bricks, held ones dashed, a flag where a gate stands between them.

    Every brick is about the same amount, so that lengths can be compared.
    """
    parts = [part for part in parts if part.amount > 0]
    total = sum(part.amount for part in parts)
    if not total:
        return picture(title, form.width, BAR, kind="chart")
    brick = _brick(total)
    drawn: list[Svg] = []
    poles: list[Svg] = []
    top, amount = 14.0, 0.0
    for n, part in enumerate(parts):
        left = 1 + amount / total * (form.width - 2)
        width = part.amount / total * (form.width - 2)
        if part.held and n:
            poles += _pole(left, top - 11, top + BAR + 12)
        drawn.append(
            _part(
                part, left + (3 if part.held and n else 0), top, width - (3 if part.held and n else 0), brick
            )
        )
        amount += part.amount
    return picture(title, form.width, top + BAR + 13, *drawn, *poles, kind="chart")


def _brick(total: float) -> float:
    """A round amount a brick, at most 26 bricks in all."""
    size = 1.0
    while total / size > 26:
        size *= 2.5 if str(size)[0] == "2" else 2
    return size


def _part(part: BudgetPart, left: float, top: float, width: float, brick: float) -> Svg:
    count = max(1, round(part.amount / brick))
    pitch = width / count
    if part.held:
        rims = [
            box(left + n * pitch + 1.6, top + 0.6, pitch - 3.2, BAR - 1.2)
            for n in range(count)
            if pitch > 3.6
        ]
        return dashed(part.hue, rims)
    bricks = (box(left + n * pitch, top, pitch - 2, BAR) for n in range(count))
    return path(bricks, **paint(part.hue))


# --- Among others ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A group of others: its name, its share 0 to 1, the share as printed ("19 %"), and whether one is in it."""

    label: str
    share: float
    printed: str
    here: bool = False


def distribution(buckets: Sequence[Bucket], title: str, here: str, hue: Hue, form: Format = SCREEN) -> Svg:
    """A bar a bucket, its share at its end; one's own bucket is filled and carries the words ``here``."""
    size = form.size
    row, high = 2.3 * size, 1.3 * size
    names = min(
        max((BODY.width(bucket.label, size) for bucket in buckets), default=0) + 14, 0.42 * form.width
    )
    words = max((STRONG.width(bucket.printed, size) for bucket in buckets), default=0)
    mark = STRONG.width(here, size) + 2.2 * size if any(bucket.here for bucket in buckets) else 0
    room = form.width - names - words - mark - 14
    most = max((bucket.share for bucket in buckets), default=0) or 1
    drawn: list[Svg] = []
    for n, bucket in enumerate(buckets):
        y = n * row + 0.4 * size
        drawn += _bucket(bucket, here, hue, names, y, room * bucket.share / most, high, size)
    wall = path(segment(names, 0, names, len(buckets) * row), **paint(stroke="ink", width=1))
    return picture(title, form.width, len(buckets) * row, *drawn, wall, kind="chart")


def _bucket(
    bucket: Bucket, here: str, hue: Hue, names: float, y: float, length: float, high: float, size: float
) -> list[Svg]:
    base = y + high / 2 + 0.35 * size
    font: Font = STRONG if bucket.here else BODY
    label, small = fitted(bucket.label, font, size, 0.99 * size, names - 12)
    x = names + 1 + length
    drawn = [text(label, (0, base), font, small, "ink")]
    if bucket.here:
        drawn.append(rectangle(names, y, length + 1, high, **paint(hue)))
    else:
        drawn.append(rectangle(names, y + 0.5, length + 0.5, high - 1, **paint("sunk", "rule", 0.8)))
    drawn.append(text(bucket.printed, (x + 8, base), font, size, "ink"))
    if bucket.here:
        tip = x + 8 + font.width(bucket.printed, size) + 0.8 * size
        middle = y + high / 2
        arrow = outline((tip, middle), (tip + 9, middle - 6.5), (tip + 9, middle + 6.5), close=True)
        drawn += [path(arrow, **paint("ink")), text(here, (tip + 9 + 0.45 * size, base), STRONG, size, "ink")]
    return drawn
