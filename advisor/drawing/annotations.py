"""Writes around the house what it means: names, tags, gates, the title block, and leaders to it."""

from itertools import pairwise

from advisor.drawing import masonry
from advisor.drawing.gate import symbol
from advisor.drawing.lettering import BODY, HEADING, MONO, STRONG, Font, fitted, text, wrapped
from advisor.drawing.measures import Plan, Storey
from advisor.drawing.model import Floor, House, Key, Tag
from advisor.drawing.storeys import on_sand
from advisor.drawing.svg import Point, Rectangle, Svg, box, element, paint, path, rectangle, segment

# --- Result page ----------------------------------------------------------------------------------------------------------

MARGIN = 18.5  # from the frame to the words
DIMENSION = 116  # from the words to the dimension line
FOOT = 30  # from the footing to the title block
BAR = 44


def sheet(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Frame, dimension line, names, gates and title block; and the height all this needs."""
    notes = _dimension(plan)
    for floor in house.floors:
        centre = _centre(floor, plan)
        notes += _name(floor, MARGIN, centre, DIMENSION - 14)
        notes += _gate(floor, (plan.right + plan.measures.gate_x, centre), plan, plan.width - 10)
    height = plan.bottom + FOOT
    if house.key:
        block, height = _title_block(house, house.key, plan, height)
        notes += block
    return [rectangle(0.5, 0.5, plan.width - 1, height - 1, **paint("surface", "ink", 1)), *notes], height


def _levels(plan: Plan) -> list[float]:
    """The heights of the dimension line's ticks, from the top."""
    between = plan.plate + plan.measures.beam + plan.measures.band / 2
    return [plan.knee, between, plan.ground, plan.bottom - 2]


def _centre(floor: Floor, plan: Plan) -> float:
    ticks = _levels(plan)
    index = {"attic": 0, "framework": 1, "foundation": 2}[floor.place]
    return (ticks[index] + ticks[index + 1]) / 2


def _dimension(plan: Plan) -> list[Svg]:
    x = MARGIN + DIMENSION
    ticks = _levels(plan)
    thin = segment(x, ticks[0] - 6, x, ticks[-1] + 6) + "".join(segment(x - 10, y, x + 10, y) for y in ticks)
    slashes = "".join(segment(x - 5.5, y + 5.5, x + 5.5, y - 5.5) for y in ticks)
    return [path(thin, **paint(stroke="rule", width=0.8)), path(slashes, **paint(stroke="ink", width=1.5))]


def _name(floor: Floor, x: float, centre: float, room: float) -> list[Svg]:
    base = centre + (2 if floor.tags else 11)
    kicker, small = fitted(floor.kicker, MONO, 13.5, 12, room)
    name, large = fitted(floor.name, HEADING, 23, 15, room)
    drawn = [
        text(kicker, (x, base - 22), MONO, small, floor.hue),
        text(name, (x, base), HEADING, large, "ink"),
    ]
    return drawn + [_tag(tag, x, base + 11 + 26 * n, room) for n, tag in enumerate(floor.tags)]


def _tag(tag: Tag, x: float, y: float, room: float) -> Svg:
    word, size = fitted(tag.word, MONO, 12.5, 10.5, room - 13)
    width = MONO.width(word, size) + 13
    frame = paint("ink", "ink", 1) if tag.solid else paint("surface", "ink", 1)
    return element(
        "g",
        rectangle(x + 0.5, y + 0.5, width, 20, **frame),
        text(word, (x + 7, y + 15), MONO, size, "surface" if tag.solid else "ink"),
    )


def _gate(floor: Floor, at: Point, plan: Plan, edge: float) -> list[Svg]:
    """The symbol, standing on ``at``, with its word and reason below, up to ``edge``."""
    x, base = at
    size = plan.measures.word
    drawn = [symbol(floor.gate, x, base, plan.measures.gate)] if floor.gate else []
    for n, (line, font) in enumerate(_gate_lines(floor, size, edge - x)):
        drawn.append(
            text(line, (x, base + (1.5 + 1.2 * n) * size), font, size, "ink" if font is STRONG else "ink-2")
        )
    return drawn


def _gate_lines(floor: Floor, size: float, room: float) -> list[tuple[str, Font]]:
    words = ((floor.gate_word, STRONG), (floor.gate_reason, BODY))
    return [(line, font) for part, font in words if part for line in wrapped(part, font, size, room)]


# --- Title block ----------------------------------------------------------------------------------------------------------


def _title_block(house: House, key: Key, plan: Plan, top: float) -> tuple[list[Svg], float]:
    """The signs at the left, the notes in fields of their own at the right; and the lower edge of all."""
    fields = [(note, MONO.width(note, 13) + 2 * 15) for note in key.notes]
    right = plan.width - sum(width for _, width in fields)
    signs, lines = _signs(house, key, (MARGIN, top + 27), 15.5, right - 10)
    bottom = top + BAR + (lines - 1) * 1.7 * 15.5
    rules = segment(0, top, plan.width, top)
    drawn: list[Svg] = []
    for note, width in fields:
        drawn.append(text(note, (right + 15.5, top + 27), MONO, 13, "ink-2"))
        rules += segment(right, top, right, bottom)
        right += width
    return [path(rules, **paint(stroke="ink", width=1)), *drawn, *signs], bottom


def _signs(house: House, key: Key, at: Point, size: float, edge: float) -> tuple[list[Svg], int]:
    """The signs the drawing uses, with their words, in as many lines as they need; and how many that are."""
    drawn: list[Svg] = []
    x, line = at[0], 0
    sample, height, gap = 2.2 * size, 0.8 * size, 0.55 * size
    for name, word in _used(house, key):
        width = sample + gap + BODY.width(word, size)
        if x > at[0] and x + width > edge:
            x, line = at[0], line + 1
        base = at[1] + line * 1.7 * size
        drawn.append(_sample(name, house, (x, base - 0.72 * size, sample, height)))
        drawn.append(text(word, (x + sample + gap, base), BODY, size, "ink"))
        x += width + 1.45 * size
    return drawn, line + 1


def _used(house: House, key: Key) -> list[tuple[str, str]]:
    blocks = [block for floor in house.floors for block in floor.blocks]
    states = {block.state for block in blocks}
    signs = [
        ("built", key.built, any(block.courses for block in blocks)),
        ("planned", key.planned, any((block.planned or 0) > block.courses for block in blocks)),
        ("minimum", key.minimum, any(block.minimum for block in blocks)),
        ("unknown", key.unknown, "unknown" in states),
        ("not_applicable", key.not_applicable, "not_applicable" in states),
        ("not_asked", key.not_asked, "not_asked" in states),
        ("sand", key.sand, any(on_sand(floor, below) for below, floor in pairwise(house.floors))),
    ]
    return [(name, word) for name, word, used in signs if word and used]


def _sample(name: str, house: House, space: Rectangle) -> Svg:
    x, y, width, height = space
    hue, place = house.floors[1].hue, house.floors[1].place
    rim = box(x + 0.5, y + 0.5, width - 1, height - 1)
    if name == "built":
        return path(masonry.course(place, 1, space), **paint(hue))
    if name == "planned":
        return masonry.planned(hue, [rim])
    if name == "minimum":
        return masonry.mason_line(x, y + height / 2, width, peg=4)
    if name == "unknown":
        return masonry.unknown([space], step=4.5)
    if name == "not_applicable":
        return masonry.does_not_apply(x + width / 2, y + height / 2, 0.7 * width)
    if name == "not_asked":
        return masonry.not_asked([rim])
    return masonry.sand(space, seed=3, density=0.09)


# --- Paper ----------------------------------------------------------------------------------------------------------------


def printed(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Names turned along the left edge, gates at the right, one line of signs below; and the height all this needs."""
    notes: list[Svg] = []
    for floor, storey in zip(house.floors, plan.storeys, strict=True):
        centre = _centre(floor, plan)
        notes.append(_turned(floor, 14, storey))
        notes += _gate(floor, (plan.right + plan.measures.gate_x, centre), plan, plan.width)
    size = plan.measures.label
    base = plan.bottom + 42
    if house.key is None:
        return notes, plan.bottom + 2
    words = " · ".join(house.key.notes)
    edge = plan.width - BODY.width(words, size) - size
    signs, lines = _signs(house, house.key, (0, base), size, edge)
    notes += signs
    notes.append(text(words, (plan.width, base), BODY, size, "ink", text_anchor="end"))
    return notes, base + (lines - 1) * 1.7 * size + 0.5 * size


def _turned(floor: Floor, x: float, storey: Storey) -> Svg:
    name, size = fitted(floor.name, HEADING, 17, 12.4, storey.bottom - storey.top)
    y = storey.centre
    return text(
        name, (x, y), HEADING, size, floor.hue, text_anchor="middle", transform=f"rotate(-90 {x:g} {y:.6g})"
    )


# --- Screens between phone and desk -----------------------------------------------------------------------------------------


def below(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Names turned along the left edge, the gates and tags in three columns under the house, then the signs."""
    notes = [_turned(floor, 16, storey) for floor, storey in zip(house.floors, plan.storeys, strict=True)]
    column, top, size = plan.width / 3, plan.bottom + 30, plan.measures.word
    base = top + 46 + 27 * max(len(floor.tags) for floor in house.floors) + 0.6 * plan.measures.gate
    for n, floor in enumerate(house.floors):
        x, room = n * column + 4, column - 18
        notes += _heading(floor, (x, top), room)
        notes += _gate(floor, (x, base), plan, x + room)
    lines = max(len(_gate_lines(floor, size, column - 18)) for floor in house.floors)
    foot = base + (0.7 + 1.2 * lines) * size
    if house.key is None:
        return notes, foot
    signs, rows = _signs(house, house.key, (4, foot + 30), plan.measures.label, plan.width)
    return notes + signs, foot + 40 + (rows - 1) * 1.7 * plan.measures.label


def _heading(floor: Floor, at: Point, room: float) -> list[Svg]:
    x, top = at
    name, large = fitted(floor.name, HEADING, 20, 15, room)
    return [
        path(segment(x, top, x + room, top), **paint(stroke=floor.hue, width=5)),
        text(name, (x, top + 28), HEADING, large, "ink"),
        *(_tag(tag, x, top + 40 + 27 * n, room) for n, tag in enumerate(floor.tags)),
    ]


# --- Landing page ---------------------------------------------------------------------------------------------------------


LEADERS = (0.243, 0.567, 0.849)
"""At which share of the drawing's height a leader meets each floor, the attic first. Style sheets rely on it."""


def leaders(plan: Plan, height: float) -> list[Svg]:
    """A line from the left edge to each floor, ending in a dot on its wall."""
    attic, framework, foundation = (share * height for share in LEADERS)
    knee = plan.left + 3 * plan.scale
    slope = (attic - plan.knee) / (plan.plate - plan.knee)
    ends = (
        (knee - slope * (knee - plan.left + plan.measures.overhang), attic),
        (plan.left + plan.measures.post / 2, framework),
        (plan.left - 6 * plan.scale, foundation),
    )
    lines = path((segment(0, y, x, y) for x, y in ends), **paint(stroke="ink", width=1.2))
    return [lines, *(element("circle", cx=x, cy=y, r=4, **paint("ink")) for x, y in ends)]
