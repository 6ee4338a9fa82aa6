"""Draws the charts of the report: stages over time, budget behind gates, and where one stands among others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise
from math import ceil

from advisor.drawing.lettering import BODY, STRONG, Font, fitted, text, wrapped
from advisor.drawing.masonry import planned as dashed
from advisor.drawing.svg import (
    Hue,
    Rectangle,
    Svg,
    Token,
    box,
    outline,
    paint,
    path,
    picture,
    rectangle,
    segment,
)

WEEKS_A_BRICK = 4
MOST_BRICKS = 160
"""In a row: beyond this they are too slim to be seen, and each stands for more weeks."""
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
class EarlyStart:
    """Work on the next floor that may begin before its stage: a slim bar from today on, ``low`` to ``high`` weeks long."""

    hue: Hue
    name: str
    note: str
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChart:
    """Stages one after the other. ``ticks`` are (week, word) pairs, made from ``tick_weeks``."""

    title: str
    bars: tuple[StageBar, ...]
    ticks: tuple[tuple[int, str], ...]
    horizon: float | None = None
    horizon_word: str = ""
    early: EarlyStart | None = None
    care: CareLine | None = None

    @property
    def lanes(self) -> tuple[EarlyStart | CareLine, ...]:
        """What runs beside the stages."""
        return tuple(each for each in (self.early, self.care) if each)

    @property
    def weeks(self) -> float:
        """The last week that something reaches."""
        early = self.early.high if self.early else 0.0
        return max([bar.end for bar in self.bars] + [self.horizon or 0.0, early, float(WEEKS_A_TICK)])

    @property
    def brick(self) -> int:
        """How many weeks a brick stands for: four, or more if the stages run for many years."""
        return WEEKS_A_BRICK * ceil(self.weeks / WEEKS_A_BRICK / MOST_BRICKS)


def tick_weeks(bars: Sequence[StageBar], horizon: float | None = None) -> tuple[int, ...]:
    """The weeks to be named on the axis: every twelfth, or fewer if the stages run for years."""
    last = max([bar.end for bar in bars] + [horizon or 0.0, WEEKS_A_TICK])
    step = WEEKS_A_TICK * max(1, ceil(last / WEEKS_A_TICK / 8))
    return tuple(range(0, int(last) + 1, step))


def stages(chart: StageChart, form: Format = SCREEN) -> Svg:
    """Bars of bricks over weeks, one brick for ``chart.brick`` weeks: solid to the lower estimate, dashed to the upper."""
    axis = _Axis(form, chart.weeks, chart.brick)
    top = y = 2.9 * form.size
    drawn: list[Svg] = []
    words: list[_Words] = []
    poles: list[_Pole] = []
    for n, bar in enumerate(chart.bars):
        y += axis.drop(bar.baseline is not None)
        measured, word = _baseline(bar, axis, y)
        drawn += [*_bricks(bar, axis, y, axis.bar), *measured]
        words += [*_name(bar.name, bar.note, y, axis, bar.baseline is not None), *word]
        if bar.gate:
            pole = _pole_of(bar, axis, y, chart.bars[n + 1] if n + 1 < len(chart.bars) else None)
            poles.append(pole)
            words += _gate_words(bar.gate, pole.x, y, axis, chart.horizon)
        y += axis.bar + axis.after
    end = y - 0.4 * form.size
    for lane in chart.lanes:
        y += axis.drop(False)
        drawn.append(_lane(lane, axis, y))
        words += [*_name(lane.name, lane.note, y, axis, False), *_lane_words(lane, axis, y)]
        end, y = y + 0.75 * form.size, y + _lane_height(lane, axis)
    ground = [*_grid(chart, axis, (top, end), words), *_horizon(chart, axis, (top, end), words)]
    flags = [each for pole in poles for each in _pole(pole.x, pole.top, pole.foot, words)]
    letters = [each.drawn for each in words]
    return picture(chart.title, form.width, y, *ground, *drawn, *flags, *letters, kind="chart")


AFTER = 2.1  # below a bar, in type sizes: room for the word of its gate
GATE_LINE = 1.2  # from one line of that word to the next, where it has two


@dataclass(frozen=True, slots=True)
class _Axis:
    """Turns weeks into units."""

    form: Format
    weeks: float
    brick: int

    @property
    def bar(self) -> float:
        return 1.6 * self.form.size

    @property
    def after(self) -> float:
        """Below a bar: room for the word of its gate, in two lines where names stand above."""
        return (AFTER if self.form.margin else AFTER + GATE_LINE) * self.form.size

    def drop(self, baseline: bool) -> float:
        """Above a bar: room for a baseline, and for the name where it stands above."""
        return ((1.15 if baseline else 0.6) + (0 if self.form.margin else 2.9)) * self.form.size

    def x(self, week: float) -> float:
        return self.form.margin + 1 + week * (self.form.width - self.form.margin - 10) / self.weeks


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that upright lines have to leave room for. ``ends`` where they end at ``x`` instead of beginning there."""

    words: str
    x: float
    y: float
    font: Font
    size: float
    colour: Token = "ink"
    ends: bool = False

    @property
    def drawn(self) -> Svg:
        anchor = {"text_anchor": "end"} if self.ends else {}
        return text(self.words, (self.x, self.y), self.font, self.size, self.colour, **anchor)

    def gap(self, x: float) -> tuple[float, float] | None:
        """From where to where a line at ``x`` would run through them."""
        width = self.font.width(self.words, self.size)
        left = self.x - width if self.ends else self.x
        inside = self.words and left - 3 < x < left + width + 3
        return (self.y - 0.85 * self.size, self.y + 0.35 * self.size) if inside else None


def _upright(x: float, top: float, foot: float, words: Iterable[_Words]) -> str:
    """Path data of an upright line that leaves out the words in its way."""
    data = ""
    gaps = sorted(gap for each in words if (gap := each.gap(x)) and gap[0] < foot and gap[1] > top)
    for start, end in gaps:
        data += segment(x, top, x, start) if top < start else ""
        top = max(top, end)
    return data + (segment(x, top, x, foot) if top < foot else "")


def _grid(chart: StageChart, axis: _Axis, between: tuple[float, float], words: Sequence[_Words]) -> list[Svg]:
    """Words over hair lines: all of them, or every second, third ..., so that none touches its neighbour."""
    places = [_tick(axis, week, word) for week, word in chart.ticks]
    step = 1
    while step < len(places) and any(right > left for (_, right), (left, _) in pairwise(places[::step])):
        step += 1
    (top, end), size = between, axis.form.size
    weeks = [
        week for week, _ in chart.ticks[::step] if week or axis.form.margin
    ]  # names on phones begin at week 0
    lines = (_upright(axis.x(week), top, end, words) for week in weeks)
    return [
        path(lines, **paint(stroke="hair", width=1)),
        *(
            text(word, (left, top - 0.5 * size), BODY, size, "ink-2")
            for (left, _), (_, word) in list(zip(places, chart.ticks, strict=True))[::step]
        ),
    ]


def _tick(axis: _Axis, week: int, word: str) -> tuple[float, float]:
    """From where to where the word of a tick runs, with a little air."""
    width = BODY.width(word, axis.form.size)
    left = min(max(axis.x(week) - width / 2, axis.form.margin), axis.form.width - width)
    return left, left + width + 0.6 * axis.form.size


def _name(name: str, note: str, y: float, axis: _Axis, baseline: bool) -> list[_Words]:
    """The name beside the bar at ``y``, or above it where there is no margin."""
    form = axis.form
    room = form.margin - 12 if form.margin else form.width
    first = y + 0.7 * form.size if form.margin else y - axis.drop(baseline) + 1.1 * form.size
    shown, size = fitted(name, STRONG, form.size, 0.99 * form.size, room)
    noted, small = fitted(note, BODY, form.size, 0.99 * form.size, room)
    return [
        _Words(shown, 0, first, STRONG, size),
        _Words(noted, 0, first + 1.25 * form.size, BODY, small, "ink-2"),
    ]


def _bricks(bar: StageBar, axis: _Axis, y: float, high: float) -> list[Svg]:
    solid = 0.0 if bar.held else min(bar.low, bar.high)
    laid = [
        box(axis.x(bar.start + a), y, axis.x(bar.start + b) - axis.x(bar.start + a) - 1.6, high)
        for a, b in pairwise(_joints(0, solid, axis.brick))
    ]
    open_ = [
        box(
            axis.x(bar.start + a) + 1,
            y + 0.6,
            axis.x(bar.start + b) - axis.x(bar.start + a) - 3.4,
            high - 1.2,
        )
        for a, b in pairwise(_joints(solid, bar.high, axis.brick))
        if axis.x(b) - axis.x(a) > 4.4
    ]
    return [path(laid, **paint(bar.hue)), dashed(bar.hue, open_)]


def _joints(first: float, last: float, brick: int) -> list[float]:
    """Both ends, and between them where one brick ends and the next begins."""
    inner = [float(brick * n) for n in range(int(first // brick) + 1, ceil(last / brick))]
    return [first, *inner, last] if last > first else []


def _baseline(bar: StageBar, axis: _Axis, y: float) -> tuple[list[Svg], list[_Words]]:
    """The measure above a stage, and its word behind it."""
    if bar.baseline is None:
        return [], []
    weeks, word = bar.baseline
    size, start = axis.form.size, axis.x(bar.start)
    end = max(axis.x(bar.start + weeks), start + 3)
    return (
        [rectangle(start, y - 0.72 * size, end - start, 0.3 * size, **paint(bar.baseline_hue))],
        [_Words(word, end + 0.4 * size, y - 0.38 * size, STRONG, 0.99 * size, bar.baseline_hue)],
    )


@dataclass(frozen=True, slots=True)
class _Pole:
    """Where the pole of a gate stands."""

    x: float
    top: float
    foot: float


def _pole_of(bar: StageBar, axis: _Axis, y: float, following: StageBar | None) -> _Pole:
    """The gate that ends a stage, at the planned week; it runs on to the stage that waits for it."""
    size = axis.form.size
    foot = y + axis.bar + 0.4 * size
    if following:
        foot = y + axis.bar + axis.after + axis.drop(following.baseline is not None) + axis.bar
    return _Pole(axis.x(bar.start + bar.planned), y - 0.75 * size, foot)


def _gate_words(gate: str, x: float, y: float, axis: _Axis, horizon: float | None) -> list[_Words]:
    """The word of a gate, below the bar that it ends: before its pole, or behind it where there is no room before it.

    On phones it is folded, so that poles and horizon run beside it, and stands behind its pole if only there they do.
    """
    size, form = axis.form.size, axis.form
    lines = (gate,) if form.margin else _in_two(gate, axis)
    wide = max(STRONG.width(line, size) for line in lines)
    before, behind = wide + 7 < x - form.margin, x + 8 + wide <= form.width
    if before and behind and horizon is not None:
        before = not x - wide - 12 < axis.x(horizon) < x
    at = x - 7 if before else max(0, min(x + 8, form.width - wide))
    return [
        _Words(line, at, y + axis.bar + (1.3 + GATE_LINE * n) * size, STRONG, size, ends=before)
        for n, line in enumerate(lines)
    ]


def _in_two(words: str, axis: _Axis) -> tuple[str, ...]:
    """The words in two lines at most, as narrow as that allows."""
    size, wide = axis.form.size, axis.form.width
    lines: tuple[str, ...] = (words,)
    for share in (1.0, 0.75, 0.5, 0.33):
        folded = wrapped(words, STRONG, size, share * wide)
        if len(folded) > 2:
            break
        lines = folded
    return lines


def _pole(x: float, top: float, foot: float, words: Iterable[_Words] = ()) -> list[Svg]:
    flag = outline((x - 7, top), (x + 7, top), (x, top + 8.5), close=True)
    return [
        path(_upright(x, top + 4, foot, words), **paint(stroke="ink", width=2)),
        path(flag, **paint("ink")),
    ]


def _horizon(
    chart: StageChart, axis: _Axis, between: tuple[float, float], words: Iterable[_Words]
) -> list[Svg]:
    """A dotted line, its word beside its upper end; it starts lower where it would run through the name of a week."""
    if chart.horizon is None:
        return []
    top, end = between
    size = axis.form.size
    x = axis.x(chart.horizon)
    wide = STRONG.width(chart.horizon_word, size)
    right = x + 7 + wide <= axis.form.width
    anchor = {} if right else {"text_anchor": "end"}
    at = x + 7 if right else max(x - 7, wide)
    crosses = any(left - 3 < x < edge - 3 for left, edge in (_tick(axis, *tick) for tick in chart.ticks))
    start = top if crosses else (0.15 * size if right or x - 7 >= wide else 1.3 * size)
    return [
        path(_upright(x, start, end, words), **paint(stroke="ink", width=1.6, dash="1.6 3.2")),
        text(chart.horizon_word, (at, size), STRONG, size, "ink", **anchor),
    ]


def _lane(lane: EarlyStart | CareLine, axis: _Axis, y: float) -> Svg:
    """A line beside the stages: slim bricks for what ends, a thin band for what does not."""
    size, left = axis.form.size, axis.x(0)
    if isinstance(lane, CareLine):
        wide = axis.x(axis.weeks) - left
        return rectangle(left, y + 0.2 * size, wide, 0.36 * size, **paint(lane.hue))
    bar = StageBar(hue=lane.hue, name="", note="", start=0, low=lane.low, high=lane.high, planned=lane.high)
    return Svg("".join(_bricks(bar, axis, y + 0.05 * size, 0.66 * size)))


def _lane_words(lane: EarlyStart | CareLine, axis: _Axis, y: float) -> list[_Words]:
    size, left = axis.form.size, axis.x(0)
    return [
        _Words(line, left, y + (1.9 + 1.25 * n) * size, BODY, size, "ink-2")
        for n, line in enumerate(_lane_lines(lane, axis))
    ]


def _lane_lines(lane: EarlyStart | CareLine, axis: _Axis) -> tuple[str, ...]:
    return wrapped(lane.words, BODY, axis.form.size, axis.form.width - axis.x(0) - 6)


def _lane_height(lane: EarlyStart | CareLine, axis: _Axis) -> float:
    return max(2.4, 1.05 + 1.25 * len(_lane_lines(lane, axis))) * axis.form.size


# --- Budget ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPart:
    """A part of the budget, in any unit; ``held`` until a gate opens."""

    hue: Hue
    amount: float
    held: bool = False


BAR = 40.0


def budget(parts: Sequence[BudgetPart], title: str, form: Format = SCREEN) -> Svg:
    """One bar: released parts in solid bricks, held ones dashed, a flag before each part that is held.

    Every brick is about the same amount, so that lengths can be compared.
    """
    shown = [part for part in parts if part.amount > 0]
    total = sum(part.amount for part in shown)
    brick = _brick(total, form.width / 28)
    top, done = 14.0, 0.0
    drawn: list[Svg] = []
    poles: list[Svg] = []
    for part in shown:
        left = 1 + done / total * (form.width - 2)
        width = part.amount / total * (form.width - 2)
        gap = 4.0 if part.held and done else 0.0
        if gap:
            poles += _pole(left, top - 12, top + BAR + 12)
        drawn.append(_laid(part, left + gap, width - gap, brick))
        done += part.amount
    return picture(title, form.width, top + BAR + 14, *drawn, *poles, kind="chart")


def _brick(total: float, most: float) -> float:
    """A round amount a brick (0.5, 1, 2, 5 ...), so that there are at most so many."""
    size, factors = 0.1, cycle((2.0, 2.5, 2.0))
    while total / size > most:
        size *= next(factors)
    return size


def _laid(part: BudgetPart, left: float, width: float, brick: float) -> Svg:
    count = max(1, round(part.amount / brick))
    pitch, top = width / count, 14.0
    if part.held:
        rims = [box(left + n * pitch + 0.6, top + 0.6, pitch - 3.2, BAR - 1.2) for n in range(count)]
        return dashed(part.hue, rims) if pitch > 4.4 else Svg()
    return path(
        (box(left + n * pitch, top, max(pitch - 1.6, 1), BAR) for n in range(count)), **paint(part.hue)
    )


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
    longest = max((STRONG.width(bucket.label, size) for bucket in buckets), default=0) + 14
    names = min(longest, 0.45 * form.width) if form.margin else 1
    words = max((STRONG.width(bucket.printed, size) for bucket in buckets), default=0)
    mark = STRONG.width(here, size) + 2.2 * size if any(bucket.here for bucket in buckets) else 0
    most = max((bucket.share for bucket in buckets), default=0) or 1
    scale = (form.width - names - words - mark - 14) / most
    lift = 0 if form.margin else 1.35 * size  # names above the bars
    row = 2.3 * size + lift
    drawn: list[Svg] = []
    for n, bucket in enumerate(buckets):
        y = n * row + 0.5 * size
        font = STRONG if bucket.here else BODY
        label, small = fitted(
            bucket.label, font, size, 0.99 * size, names - 12 if form.margin else form.width
        )
        base = y + (1.0 if form.margin else 0.7) * size
        drawn.append(text(label, (0, base), font, small, "ink"))
        drawn += _bucket(bucket, here, hue, (names, y + lift, bucket.share * scale, 1.3 * size), size)
    wall = path(
        (segment(names, n * row + lift, names, (n + 1) * row) for n in range(len(buckets))),
        **paint(stroke="ink", width=1),
    )
    return picture(title, form.width, len(buckets) * row, *drawn, wall, kind="chart")


def _bucket(bucket: Bucket, here: str, hue: Hue, space: Rectangle, size: float) -> list[Svg]:
    """The bar, the share at its end, and the mark of one's own place."""
    x, y, length, high = space
    base, at = y + high / 2 + 0.35 * size, x + length + 8
    if not bucket.here:
        bar = rectangle(x, y + 0.5, length, high - 1, **paint("sunk", "rule", 0.8))
        return [bar, text(bucket.printed, (at, base), BODY, size, "ink")]
    tip, middle = at + STRONG.width(bucket.printed, size) + 0.8 * size, y + high / 2
    arrow = outline((tip, middle), (tip + 9, middle - 6.5), (tip + 9, middle + 6.5), close=True)
    return [
        rectangle(x, y, length, high, **paint(hue)),
        text(bucket.printed, (at, base), STRONG, size, "ink"),
        path(arrow, **paint("ink")),
        text(here, (tip + 9 + 0.45 * size, base), STRONG, size, "ink"),
    ]
