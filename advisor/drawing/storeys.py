"""Draws the house itself: roof, framework, foundation, the blocks on each floor, and what lies between the floors."""

from itertools import pairwise
from math import hypot

from advisor.drawing import masonry
from advisor.drawing.lettering import DISPLAY, STRONG, fitted, text, wrapped
from advisor.drawing.masonry import COURSES
from advisor.drawing.measures import Measures, Plan, Storey
from advisor.drawing.model import Block, Floor, House
from advisor.drawing.svg import Hue, Point, Svg, Token, box, element, outline, paint, path, rectangle, segment


def on_sand(floor: Floor, below: Floor) -> bool:
    """Whether a floor stands on sand: the gate below is there, known not to be open, and the floor is part of the picture."""
    return not floor.below_unknown and floor.gate is not None and below.gate not in (None, "open")


def draw(house: House, plan: Plan, *, links: bool) -> list[Svg]:
    """The whole house, from the ground up."""
    foundation, framework, attic = house.floors
    return [
        *_foundation(foundation, plan),
        *_framework(framework, plan),
        *_roof(attic, plan),
        *_under_framework(plan),
        *_under_attic(attic, framework, plan),
        *(
            _block(block, floor, storey, index, plan, links=links)
            for floor, storey in zip(reversed(house.floors), reversed(plan.storeys), strict=True)
            for index, block in enumerate(floor.blocks)
        ),
    ]


# --- Carcass ------------------------------------------------------------------------------------------------------------


def _foundation(floor: Floor, plan: Plan) -> list[Svg]:
    wall, scale = 3 if plan.scale > 0.6 else 2, plan.scale
    inset = plan.left - 6 * scale
    width = plan.body + 12 * scale
    reach = plan.measures.ground_reach
    spread = max(scale, 0.6)
    mark, groups = 9 * spread, 2 if reach > 55 else 1
    first = plan.left - reach + 2 * spread
    last = plan.right + reach - 2 * spread - mark - (12 + 25.5 * (groups - 1)) * spread
    return [
        rectangle(inset, plan.ground, width, plan.footing - plan.ground, **paint("surface")),
        path(
            segment(inset, plan.ground, inset, plan.footing)
            + segment(inset + width, plan.ground, inset + width, plan.footing),
            **paint(stroke=floor.hue, width=wall),
        ),
        rectangle(
            plan.left - 22 * scale,
            plan.footing,
            plan.body + 44 * scale,
            plan.footing_height,
            **paint(floor.hue),
        ),
        path(
            segment(plan.left - reach, plan.ground, plan.right + reach, plan.ground),
            **paint(stroke="ink", width=2.4 if scale > 0.6 else 1.6),
        ),
        *(masonry.earth(x, plan.ground + 5, mark, groups=groups, gap=6 * spread) for x in (first, last)),
    ]


def _framework(floor: Floor, plan: Plan) -> list[Svg]:
    beam, scale = plan.measures.beam, plan.scale
    top = plan.beam + beam
    posts = (
        box(plan.left + n * plan.bay, top, plan.measures.post, plan.sill - top) for n in range(plan.bays + 1)
    )
    frame = [
        box(plan.left - 10 * scale, plan.beam, plan.body + 20 * scale, beam),
        box(plan.left - 16 * scale, plan.sill, plan.body + 32 * scale, beam),
        *posts,
    ]
    return [
        rectangle(plan.left, top, plan.body, plan.sill - top, **paint("surface")),
        path(frame, **paint(floor.hue)),
    ]


def _roof(floor: Floor, plan: Plan) -> list[Svg]:
    """A mansard: a gable cannot hold six blocks side by side."""
    line = 4.5 if plan.scale > 0.6 else 2.6
    eaves = plan.left - plan.measures.overhang
    knee = plan.left + 3 * plan.scale
    half = _mirrored(
        plan, (eaves, plan.plate), (knee, plan.knee), (plan.centre, plan.measures.top + line / 2)
    )
    drawn = [
        path(outline(*half, close=True), **paint("surface")),
        path(outline(*half), **paint(stroke=floor.hue, width=line), stroke_linejoin="miter"),
    ]
    inner = _inner(half, 8.5 * max(plan.scale, 0.7))
    drawn += [
        path(outline(*inner), **paint(stroke=floor.hue, width=1)),
        path(outline(inner[1], inner[3]), **paint(stroke=floor.hue, width=0.8)),
    ]
    beyond = 6 * plan.scale
    width = plan.body + 2 * (plan.measures.overhang + beyond)
    return [*drawn, rectangle(eaves - beyond, plan.plate, width, plan.measures.beam, **paint(floor.hue))]


def _mirrored(
    plan: Plan, eaves: Point, knee: Point, ridge: Point
) -> tuple[Point, Point, Point, Point, Point]:
    across = 2 * plan.centre
    return eaves, knee, ridge, (across - knee[0], knee[1]), (across - eaves[0], eaves[1])


def _inner(points: tuple[Point, ...], distance: float) -> list[Point]:
    """The line parallel to the roof on its inner side."""
    lines = []
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        across, down = -(y2 - y1) / length * distance, (x2 - x1) / length * distance
        lines.append(((x1 + across, y1 + down), (x2 + across, y2 + down)))
    corners = [_crossing(*first, *second) for first, second in pairwise(lines)]
    foot = points[0][1]
    return [_at(lines[0], foot), *corners, _at(lines[-1], foot)]


def _at(line: tuple[Point, Point], y: float) -> Point:
    (x1, y1), (x2, y2) = line
    return x1 + (x2 - x1) * (y - y1) / (y2 - y1), y


def _crossing(a: Point, b: Point, c: Point, d: Point) -> Point:
    first, second = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    share = ((c[0] - a[0]) * second[1] - (c[1] - a[1]) * second[0]) / (
        first[0] * second[1] - first[1] * second[0]
    )
    return a[0] + share * first[0], a[1] + share * first[1]


# --- Between the floors ---------------------------------------------------------------------------------------------------


def _under_framework(plan: Plan) -> list[Svg]:
    if not plan.sand_under_framework:
        return []
    top = plan.sill + plan.measures.beam
    return [_sand(plan, top, plan.ground - 1.2 - top, seed=11)]


def _under_attic(attic: Floor, framework: Floor, plan: Plan) -> list[Svg]:
    top = plan.plate + plan.measures.beam
    band = plan.measures.band
    reach = 18 * plan.scale
    edges = segment(plan.left - reach, plan.beam, plan.right + reach, plan.beam)
    if on_sand(attic, framework):
        return [_sand(plan, top, band, seed=7), path(edges, **paint(stroke="rule", width=0.8))]
    if framework.gate == "open":
        return [_joists(plan, framework.hue)]
    return []


def _sand(plan: Plan, top: float, height: float, seed: int) -> Svg:
    reach = 18 * plan.scale
    return masonry.sand((plan.left - reach, top, plan.body + 2 * reach, height), seed=seed)


def _joists(plan: Plan, hue: Hue) -> Svg:
    """Four joist heads a bay, on the framework's beam."""
    count, scale = 4 * plan.bays + 1, plan.scale
    wide, high = 12 * scale, plan.measures.band * 2 / 3
    pitch = (plan.body - wide) / (count - 1)
    top = plan.beam - (plan.measures.band + high) / 2
    return path((box(plan.left + n * pitch, top, wide, high) for n in range(count)), **paint(hue))


# --- Blocks ---------------------------------------------------------------------------------------------------------------


def _block(block: Block, floor: Floor, storey: Storey, index: int, plan: Plan, *, links: bool) -> Svg:
    x = storey.first + index * storey.bay
    parts = [*_courses(block, floor, storey, index, plan)]
    if plan.measures.labels:
        parts += _label(block, floor, storey, x, plan)
    if block.here:
        parts.append(_frame(storey, x, plan))
    if not (links and block.href):
        return element("g", *parts, class_="block")
    reach = min(plan.measures.pad, 5)
    ring = rectangle(
        x - reach, storey.top + 3, plan.block + 2 * reach, storey.bottom - storey.top - 4,
        class_="ring", fill="none", stroke="none", pointer_events="all",
    )  # fmt: skip
    return element(
        "a",
        element("title", block.reading),
        ring,
        *parts,
        href=block.href,
        class_="block",
    )


def _frame(storey: Storey, x: float, plan: Plan) -> Svg:
    reach = plan.measures.pad
    top, bottom = storey.courses - reach, storey.courses + plan.measures.masonry + reach
    width = 2.4 if plan.scale > 0.6 else 2
    return path(box(x - reach, top, plan.block + 2 * reach, bottom - top), **paint(stroke="ink", width=width))


def _courses(block: Block, floor: Floor, storey: Storey, index: int, plan: Plan) -> list[Svg]:
    measures, width, x = plan.measures, plan.block, storey.first + index * storey.bay
    if block.state == "not_applicable":
        return [masonry.does_not_apply(x + width / 2, storey.courses + measures.masonry / 2, 0.28 * width)]
    rows = [_row_top(row, storey, measures) for row in range(COURSES)]
    line = _minimum(block, storey, x, plan)
    if block.state == "unknown":
        hatched = masonry.unknown(
            [(x, y, width, measures.course) for y in rows], step=6 if plan.scale > 0.6 else 4
        )
        return [hatched, *line, *_question_mark(storey, x, plan)]
    if block.state == "not_asked":
        return [
            masonry.not_asked([box(x + 0.5, y + 0.5, width - 1, measures.course - 1) for y in rows]),
            *line,
        ]
    built, aim = block.courses, block.planned or 0
    outlines = [box(x + 0.6, y + 0.6, width - 1.2, measures.course - 1.2) for y in rows]
    shift = (
        index if floor.place == "foundation" else 0
    )  # no two stone blocks alike; bricks and sheets run through
    bricks = (
        masonry.course(floor.place, row + shift, (x, rows[row], width, measures.course))
        for row in range(built)
    )
    return [
        path(bricks, **paint(floor.hue)),
        masonry.planned(floor.hue, outlines[built:aim]),
        masonry.missing(outlines[max(built, aim) :]),
        *line,
    ]


def _row_top(row: int, storey: Storey, measures: Measures) -> float:
    return storey.courses + (COURSES - 1 - row) * (measures.course + measures.gap)


def _minimum(block: Block, storey: Storey, x: float, plan: Plan) -> list[Svg]:
    if not block.minimum:  # a gate that asks for level 0 asks for nothing
        return []
    measures = plan.measures
    y = _row_top(min(block.minimum, COURSES) - 1, storey, measures) - measures.gap / 2
    reach = 4 * plan.scale
    return [
        masonry.mason_line(
            x - reach,
            y,
            plan.block + 2 * reach,
            peg=4 * max(plan.scale, 0.6),
            thick=2 if plan.scale > 0.6 else 1.5,
        )
    ]


def _question_mark(storey: Storey, x: float, plan: Plan) -> list[Svg]:
    if not plan.measures.labels:
        return []
    size = plan.measures.figure or 21.5
    centre, middle = x + plan.block / 2, storey.courses + plan.measures.masonry / 2
    return [
        masonry.panel(centre - 0.42 * size, middle - 0.5 * size, 0.84 * size, size),
        text("?", (centre, middle + 0.33 * size), DISPLAY, size, "ink", text_anchor="middle"),
    ]


def _label(block: Block, floor: Floor, storey: Storey, x: float, plan: Plan) -> list[Svg]:
    """Two lines, and the level at the right end of the second."""
    measures = plan.measures
    base = storey.courses - 9
    figure = block.figure if measures.figures else ""
    first, second = _two_lines(block.lines, measures.label, plan.block + 4)
    over, large = fitted(first, STRONG, measures.label, measures.least, plan.block + 4)
    drawn = [text(over, (x, base - 1.12 * measures.label), STRONG, large, "ink")]
    if not figure:
        under, large = fitted(second, STRONG, measures.label, measures.least, plan.block + 4)
        return [*drawn, text(under, (x, base), STRONG, large, "ink")]
    # Where a long word meets the figure, the figure gives way, as far as the wall or the next block lets it.
    taken = DISPLAY.width(figure, measures.figure) + 3.5
    walls = storey.bay - plan.block - 4 if floor.place == "attic" else plan.measures.pad - 1
    over_by = STRONG.width(second, measures.label) + taken - plan.block
    end = x + plan.block + min(max(over_by, 0.5), walls)
    under, large = fitted(second, STRONG, measures.label, measures.least, end - taken - x)
    token: Token = "unknown" if block.state == "unknown" else floor.hue
    return [
        *drawn,
        text(under, (x, base), STRONG, large, "ink"),
        text(figure, (end, base + 0.5), DISPLAY, measures.figure, token, text_anchor="end"),
    ]


def _two_lines(lines: tuple[str, ...], size: float, room: float) -> tuple[str, str]:
    if len(lines) == 1:
        lines = wrapped(lines[0], STRONG, size, room)
    return lines[0], " ".join(lines[1:])
