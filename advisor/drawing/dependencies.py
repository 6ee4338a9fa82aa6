"""Draws what holds up what: the blocks of the house that take part, and a riser from each that is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from advisor.drawing.charts import Format
from advisor.drawing.lettering import BODY, HEADING, STRONG, fitted, text, wrapped
from advisor.drawing.svg import (
    Attribute,
    Hue,
    Point,
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

type Piece = tuple[Point, Point]
type Sign = Literal["count", "pressing", "other", "unknown", "reported"]

SCREEN = Format(856, 14, 88)
PAPER = Format(753, 12.4, 64)

GAP = 20.0
"""Between two blocks: room for a riser that passes their floor."""
TRACK = 11.0
"""Between two lines that run beside each other."""
ARROW = 8.0
AIR = 4.0
"""Around a line that passes another."""
PORT = 15.0
"""Between two lines that end at one block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block that takes part, in ``column`` of its floor, counted from 0. ``words`` say its level: "1, needs 2"."""

    name: str
    column: int
    lines: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A floor with ``columns`` places, of which the parts take some."""

    hue: Hue
    name: str
    columns: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """``lower`` holds up ``upper``, both by name. All ties of one lower part share one line, so they agree in
    ``unknown`` (nobody knows whether it is missing) and ``pressing`` (it decides something, or is planned).

    ``reported``: the upper one is described as if it stood already.
    """

    lower: str
    upper: str
    unknown: bool = False
    pressing: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The words of the key. A sign that the drawing does not use is left out."""

    count: str = ""
    pressing: str = ""
    other: str = ""
    unknown: str = ""
    reported: str = ""


def dependencies(
    bands: Sequence[Band], ties: Sequence[Tie], title: str, signs: Signs, form: Format = SCREEN
) -> Svg:
    """Floors from the ground up and the ties between their parts. ``title`` is the full reading."""
    plan = _Plan(tuple(bands), tuple(ties), form)
    key, height = _key(plan, signs)
    drawn = [*_storeys(plan), *(each for source in plan.sources for each in _line(plan, source))]
    drawn += [each for band, part in plan.places.values() for each in _block(plan, band, part)]
    return picture(title, form.width, height, *drawn, *key, kind="chart dependencies")


# --- Where everything lies --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """The level piece of a source's line in the channel above a floor.

    It is fed from below at ``start`` and leads to blocks on the floor below it (``beside``), to blocks on the floor above
    (``over``), and ``on`` past that floor.
    """

    source: str
    channel: int
    start: float
    beside: tuple[float, ...]
    over: tuple[float, ...]
    on: float | None

    @property
    def below(self) -> tuple[float, ...]:
        return (self.start, *self.beside)

    @property
    def above(self) -> tuple[float, ...]:
        return self.over if self.on is None else (*self.over, self.on)

    @property
    def span(self) -> tuple[float, float]:
        return min(self.below + self.above), max(self.below + self.above)

    def meets(self, other: "_Run") -> bool:
        return self.span[0] < other.span[1] + TRACK and other.span[0] < self.span[1] + TRACK

    def crossings_over(self, other: "_Run") -> int:
        """How often the two cross if this one lies above the other."""
        return sum(self.span[0] < x < self.span[1] for x in other.above) + sum(
            other.span[0] < x < other.span[1] for x in self.below
        )


@dataclass(slots=True)
class _Line:
    """The straight pieces of a source's line, and the points where it branches."""

    level: list[Piece] = field(default_factory=list)
    upright: list[Piece] = field(default_factory=list)
    joints: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class _Plan:
    """Turns floors and ties into places: blocks in columns, lines in the channels above the floors."""

    bands: tuple[Band, ...]
    ties: tuple[Tie, ...]
    form: Format

    @cached_property
    def places(self) -> dict[str, tuple[int, Part]]:
        """Each part with its floor, by name."""
        return {part.name: (n, part) for n, band in enumerate(self.bands) for part in band.parts}

    @cached_property
    def sources(self) -> dict[str, tuple[Tie, ...]]:
        """The ties by the part that is missing, each upper part once."""
        found: dict[str, dict[str, Tie]] = {}
        for tie in self.ties:
            found.setdefault(tie.lower, {}).setdefault(tie.upper, tie)
        return {lower: tuple(uppers.values()) for lower, uppers in found.items()}

    # --- Across -------------------------------------------------------------------------------------------------------

    @property
    def pitch(self) -> float:
        columns = max((band.columns for band in self.bands), default=1)
        return (self.form.width - self.form.margin) / columns

    @property
    def block(self) -> float:
        return self.pitch - GAP

    def left(self, name: str) -> float:
        return self.form.margin + self.places[name][1].column * self.pitch

    def trunk(self, name: str) -> float:
        """Where the line of a source leaves its block."""
        return self.left(name) + PORT

    def riser(self, name: str) -> float:
        """Where the line of a source passes the floor above: in the gap at the right of its own column."""
        return self.left(name) + self.block + GAP / 2

    def port(self, lower: str, upper: str) -> float:
        """Where a line arrives: from the same floor at the left half of the block, from below at the right half."""
        band, _ = self.places[upper]
        beside = self.places[lower][0] == band
        rivals = [
            each
            for each, ties in self.sources.items()
            if any(tie.upper == upper for tie in ties) and (self.places[each][0] == band) == beside
        ]
        rivals.sort(key=lambda each: self.places[each][1].column)
        place = rivals.index(lower)
        if beside:
            return self.trunk(upper) + PORT * (place + 1.2 * (upper in self.sources))
        return self.left(upper) + self.block - PORT * (len(rivals) - place)

    # --- Up -----------------------------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> dict[tuple[str, int], _Run]:
        return {(run.source, run.channel): run for source in self.sources for run in self._runs(source)}

    def _runs(self, source: str) -> Iterator[_Run]:
        own = self.places[source][0]
        floors = {tie.upper: self.places[tie.upper][0] for tie in self.sources[source]}
        last = max(floors.values())
        for channel in range(own, max(last, own + 1)):
            yield _Run(
                source=source,
                channel=channel,
                start=self.trunk(source) if channel == own else self.riser(source),
                beside=tuple(
                    self.port(source, each) for each, floor in floors.items() if floor == own == channel
                ),
                over=tuple(self.port(source, each) for each, floor in floors.items() if floor == channel + 1),
                on=self.riser(source) if last > channel + 1 else None,
            )

    @cached_property
    def tracks(self) -> dict[tuple[str, int], int]:
        """The track of each run in its channel, 0 on top, so that few lines cross."""
        found: dict[tuple[str, int], int] = {}
        for channel in range(len(self.bands)):
            for run in _ordered([run for run in self.runs.values() if run.channel == channel]):
                above = [
                    found[key] for key, each in self.runs.items()
                    if key in found and each.channel == channel and each.meets(run)
                ]  # fmt: skip
                found[run.source, channel] = 1 + max(above, default=-1)
        return found

    @cached_property
    def lines(self) -> dict[str, _Line]:
        return {source: self._line(source) for source in self.sources}

    def _line(self, source: str) -> _Line:
        found = _Line()
        foot = self.tops[self.places[source][0]]
        for run in [each for each in self.runs.values() if each.source == source]:
            y, floor = self.level(source, run.channel), self.tops[run.channel]
            ceiling = self.tops[run.channel + 1] + self.height if run.over else y
            found.upright.append(((run.start, foot), (run.start, y)))
            found.level.append(((run.span[0], y), (run.span[1], y)))
            found.upright += [((x, y), (x, floor - ARROW)) for x in run.beside]
            found.upright += [((x, y), (x, ceiling + ARROW)) for x in run.over]
            found.joints += [(x, y) for x in run.below + run.above if run.span[0] < x < run.span[1]]
            foot = y  # the next run begins at this one
        return found

    @property
    def height(self) -> float:
        """The height of a block: two lines of its name, and its level."""
        return 4.1 * self.form.size

    @property
    def tag(self) -> float:
        """The height of the figure at the foot of a line."""
        return 1.2 * self.form.size

    @cached_property
    def tops(self) -> tuple[float, ...]:
        """The upper edges of the floors, from the ground up; the drawing begins at 0 above the uppermost channel."""
        tops: list[float] = []
        y = 0.0
        for n in reversed(range(len(self.bands))):
            y += self._channel(n)
            tops.append(y)
            y += self.height
        return tuple(reversed(tops))

    def _channel(self, n: int) -> float:
        lanes = [track for (_, channel), track in self.tracks.items() if channel == n]
        last = n == len(self.bands) - 1
        if not lanes:
            return 1 if last else GAP / 2
        return (2 if last else ARROW + 8) + max(lanes) * TRACK + self.tag + 8

    def level(self, source: str, channel: int) -> float:
        """The height of a run."""
        lanes = [track for (_, each), track in self.tracks.items() if each == channel]
        deepest = self.tops[channel] - self.tag - 8
        return deepest - (max(lanes) - self.tracks[source, channel]) * TRACK

    @property
    def foot(self) -> float:
        return self.tops[0] + self.height if self.bands else 0


def _ordered(runs: list[_Run]) -> list[_Run]:
    """The runs of a channel from the top, with as few crossings between neighbours as exchanging them can reach."""
    order = list(runs)
    for _ in order:
        for n in range(len(order) - 1):
            upper, lower = order[n], order[n + 1]
            if lower.crossings_over(upper) < upper.crossings_over(lower):
                order[n], order[n + 1] = lower, upper
    return order


# --- Drawing ----------------------------------------------------------------------------------------------------------


def _storeys(plan: _Plan) -> Iterator[Svg]:
    """The names of the floors, and an outline in every place that takes no part."""
    size = plan.form.size
    for n, band in enumerate(plan.bands):
        taken = {part.column for part in band.parts}
        empty = (
            box(
                plan.form.margin + column * plan.pitch + 0.5,
                plan.tops[n] + 0.5,
                plan.block - 1,
                plan.height - 1,
            )
            for column in range(band.columns)
            if column not in taken
        )
        yield path(empty, **paint(stroke="hair", width=1))
        name, large = fitted(band.name, HEADING, 1.25 * size, size, plan.form.margin - 10)
        yield text(name, (0, plan.tops[n] + plan.height / 2 + 0.4 * size), HEADING, large, band.hue)


def _line(plan: _Plan, source: str) -> Iterator[Svg]:
    """All lines of one source: a trunk with branches, a dot where it branches, and an arrow at each end."""
    ties, drawn = plan.sources[source], plan.lines[source]
    level = [piece for each in drawn.level for piece in _interrupted(plan, source, each)]
    data = "".join(segment(*start, *end) for start, end in level + drawn.upright)
    yield path(data, **_stroke(ties))
    dots = (f"M{x:.6g} {y:.6g}h.01" for x, y in drawn.joints)
    yield path(dots, **paint(stroke="ink", width=7), stroke_linecap="round")
    for tie in ties:
        yield _arrow(plan, tie)


def _interrupted(plan: _Plan, source: str, piece: Piece) -> Iterator[Piece]:
    """A level piece, with a gap wherever the line of another source passes."""
    (left, y), (right, _) = piece
    gaps = sorted(
        x
        for other, line in plan.lines.items()
        for (x, low), (_, high) in line.upright
        if other != source and left < x < right and min(low, high) < y < max(low, high)
    )
    for gap in gaps:
        yield (left, y), (gap - AIR, y)
        left = gap + AIR
    yield (left, y), (right, y)


def _stroke(ties: Iterable[Tie]) -> dict[str, Attribute]:
    tie = next(iter(ties))
    if tie.unknown:
        return paint(stroke="ink", width=1.4, dash="4.2 2.6")
    return {**paint(stroke="ink", width=2.6 if tie.pressing else 1.2), "stroke_linecap": "square"}


def _arrow(plan: _Plan, tie: Tie) -> Svg:
    """The end of a line at what it holds up: hollow where that is reported as if it stood already."""
    floor, _ = plan.places[tie.upper]
    x = plan.port(tie.lower, tie.upper)
    beside = plan.places[tie.lower][0] == floor
    tip = plan.tops[floor] if beside else plan.tops[floor] + plan.height
    return _head((x, tip), down=beside, hollow=tie.reported)


def _head(tip: Point, *, down: bool, hollow: bool) -> Svg:
    x, y = tip
    back = y - ARROW if down else y + ARROW
    shape = outline((x, y), (x - 5, back), (x + 5, back), close=True)
    return path(shape, **(paint("surface", "ink", 1.2) if hollow else paint("ink")))


def _block(plan: _Plan, band: int, part: Part) -> Iterator[Svg]:
    """A block with its name and level; one that holds something up has a firm rim and says how much, at its line."""
    size, x, y = plan.form.size, plan.left(part.name), plan.tops[band]
    ties = plan.sources.get(part.name, ())
    rim = paint("surface", "ink", 1.6) if ties else paint("surface", "rule", 1)
    yield rectangle(x + 0.5, y + 0.5, plan.block - 1, plan.height - 1, **rim)
    yield rectangle(x, y, 4.5, plan.height, **paint(plan.bands[band].hue))
    room = plan.block - 14
    lines = part.lines if len(part.lines) > 1 else wrapped(part.lines[0], STRONG, size, room)
    for n, (words, font) in enumerate(
        ((lines[0], STRONG), (" ".join(lines[1:]), STRONG), (part.words, BODY))
    ):
        line, small = fitted(words, font, size, 0.99 * size, room)
        yield text(
            line, (x + 11, y + (1.25 + 1.15 * n) * size), font, small, "ink" if font is STRONG else "ink-2"
        )
    if ties:
        yield from _tag(plan.trunk(part.name), y - plan.tag, str(len(ties)), plan, hollow=ties[0].unknown)


def _tag(x: float, y: float, figure: str, plan: _Plan, *, hollow: bool) -> Iterator[Svg]:
    size = plan.form.size
    wide = max(1.25 * size, STRONG.width(figure, size) + 8)
    ground = paint("surface", "ink", 1.2) if hollow else paint("ink")
    yield rectangle(x - wide / 2, y, wide, plan.tag, **ground)
    token: Token = "ink" if hollow else "surface"
    yield text(figure, (x, y + 0.95 * size), STRONG, size, token, text_anchor="middle")


# --- Key --------------------------------------------------------------------------------------------------------------


def _key(plan: _Plan, signs: Signs) -> tuple[list[Svg], float]:
    """The signs that are used, with their words, in as many lines as they need; and the lower edge of all."""
    size, sample = plan.form.size, 26.0
    drawn: list[Svg] = []
    x, base = 0.0, plan.foot + 2.1 * size
    for kind, words in _used(plan, signs):
        width = sample + 0.5 * size + BODY.width(words, size)
        if x and x + width > plan.form.width:
            x, base = 0.0, base + 1.6 * size
        drawn += [
            *_sample(kind, (x, base), plan),
            text(words, (x + sample + 0.5 * size, base), BODY, size, "ink-2"),
        ]
        x += width + 1.6 * size
    return drawn, base + 0.5 * size if drawn else plan.foot + 1


def _used(plan: _Plan, signs: Signs) -> list[tuple[Sign, str]]:
    known = [tie for tie in plan.ties if not tie.unknown]
    kinds: list[tuple[Sign, str, bool]] = [
        ("count", signs.count, bool(plan.ties)),
        ("pressing", signs.pressing, any(tie.pressing for tie in known)),
        ("other", signs.other, any(not tie.pressing for tie in known)),
        ("unknown", signs.unknown, len(known) < len(plan.ties)),
        ("reported", signs.reported, any(tie.reported for tie in known)),
    ]
    return [(kind, words) for kind, words, used in kinds if words and used]


def _sample(kind: Sign, at: Point, plan: _Plan) -> Iterator[Svg]:
    (x, base), size = at, plan.form.size
    middle = base - 0.35 * size
    if kind == "count":
        hollow = all(tie.unknown for tie in plan.ties)
        yield from _tag(x + 13, base - 0.95 * size, "2", plan, hollow=hollow)
    elif kind == "reported":
        yield path(segment(x + 13, base, x + 13, middle), **paint(stroke="ink", width=1.2))
        yield _head((x + 13, base - 0.95 * size), down=False, hollow=True)
    else:
        tie = Tie(lower="", upper="", unknown=kind == "unknown", pressing=kind == "pressing")
        yield path(segment(x + 1, middle, x + 25, middle), **_stroke([tie]))
