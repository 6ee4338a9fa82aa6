"""Writes around the house what it means: names, tags, gates, the title block, and leaders to it."""

from itertools import pairwise

from advisor.drawing import masonry
from advisor.drawing.gate import symbol
from advisor.drawing.lettering import BODY, HEADING, MONO, STRONG, fitted, text, wrapped
from advisor.drawing.measures import Plan, Storey
from advisor.drawing.model import Floor, House, Key, Tag
from advisor.drawing.storeys import on_sand
from advisor.drawing.svg import Svg, box, element, outline, paint, path, rectangle, segment

# --- Result page ----------------------------------------------------------------------------------------------------------

MARGIN = 18.5  # from the frame to the words
DIMENSION = 116  # from the words to the dimension line
FOOT = 30  # from the footing to the title block
BAR = 44


def sheet(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Frame, dimension line, names, gates and title block; and the height all this needs."""
    bar = plan.bottom + FOOT
    height = bar + BAR if house.key else bar
    notes = [rectangle(0.5, 0.5, plan.width - 1, height - 1, **paint("surface", "ink", 1)), *_dimension(plan)]
    for floor, storey in zip(house.floors, plan.storeys, strict=True):
        centre = _centre(floor, plan)
        notes += _name(floor, MARGIN, centre, DIMENSION - 14)
        notes += _gate(floor, plan.right + plan.measures.gate_x, centre, plan, plan.width - 10)
    if house.key:
        notes += _title_block(house, house.key, plan, bar)
    return notes, height


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
        text(kicker, x, base - 22, MONO, small, floor.hue),
        text(name, x, base, HEADING, large, "ink"),
    ]
    return drawn + [_tag(tag, x, base + 11 + 26 * n, room) for n, tag in enumerate(floor.tags)]


def _tag(tag: Tag, x: float, y: float, room: float) -> Svg:
    word, size = fitted(tag.word, MONO, 12.5, 10.5, room - 13)
    width = MONO.width(word, size) + 13
    frame = paint("ink", "ink", 1) if tag.solid else paint("surface", "ink", 1)
    return element(
        "g",
        rectangle(x + 0.5, y + 0.5, width, 20, **frame),
        text(word, x + 7, y + 15, MONO, size, "surface" if tag.solid else "ink"),
    )


def _gate(floor: Floor, x: float, base: float, plan: Plan, edge: float) -> list[Svg]:
    if floor.gate is None:
        return []
    size = plan.measures.word
    word, large = fitted(floor.gate_word, STRONG, size, plan.measures.least, edge - x)
    lines = wrapped(floor.gate_reason, BODY, size, edge - x)
    return [
        symbol(floor.gate, x, base, plan.measures.gate),
        text(word, x, base + 1.5 * size, STRONG, large, "ink"),
        *(text(line, x, base + (2.7 + 1.2 * n) * size, BODY, size, "ink-2") for n, line in enumerate(lines)),
    ]


# --- Title block ----------------------------------------------------------------------------------------------------------


def _title_block(house: House, key: Key, plan: Plan, top: float) -> list[Svg]:
    drawn = [path(segment(0, top, plan.width, top), **paint(stroke="ink", width=1))]
    right = plan.width
    for note in reversed(key.notes):
        width = MONO.width(note, 13) + 2 * 15
        drawn += [
            text(note, right - width + 15.5, top + 27, MONO, 13, "ink-2"),
            path(segment(right - width, top, right - width, top + BAR), **paint(stroke="ink", width=1)),
        ]
        right -= width
    drawn += _signs(house, key, MARGIN, top + 27, 15.5, right - 10)[0]
    return drawn


def _signs(house: House, key: Key, x: float, base: float, size: float, edge: float) -> tuple[list[Svg], int]:
    """The signs the drawing uses, with their words, in as many lines as they need; and how many that are."""
    drawn: list[Svg] = []
    at, line = x, 0
    sample, height = 2.2 * size, 0.8 * size
    for name, word in _used(house, key):
        width = sample + 0.55 * size + BODY.width(word, size)
        if at > x and at + width > edge:
            at, line = x, line + 1
        y = base + line * 1.7 * size
        drawn += [_sample(name, house, at, y - 0.72 * size, sample, height)]
        drawn += [text(word, at + sample + 0.55 * size, y, BODY, size, "ink")]
        at += width + 1.45 * size
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
        ("sand", key.sand, any(on_sand(floor) for floor in house.floors[:2])),
    ]
    return [(name, word) for name, word, used in signs if word and used]


def _sample(name: str, house: House, x: float, y: float, width: float, height: float) -> Svg:
    hue, place = house.floors[1].hue, house.floors[1].place
    rim = box(x + 0.5, y + 0.5, width - 1, height - 1)
    if name == "built":
        return path(masonry.course(place, 1, x, y, width, height), **paint(hue))
    if name == "planned":
        return masonry.planned(hue, [rim])
    if name == "minimum":
        return masonry.mason_line(x, y + height / 2, width, peg=4)
    if name == "unknown":
        return masonry.unknown([(x, y, width, height)], step=4.5)
    if name == "not_applicable":
        return masonry.does_not_apply(x + width / 2, y + height / 2, 0.7 * width)
    if name == "not_asked":
        return masonry.not_asked([rim])
    return masonry.sand(x, y, width, height, seed=3, density=0.075)


# --- Paper ----------------------------------------------------------------------------------------------------------------


def printed(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Names turned along the left edge, gates at the right, one line of signs below; and the height all this needs."""
    notes: list[Svg] = []
    for floor, storey in zip(house.floors, plan.storeys, strict=True):
        centre = _centre(floor, plan)
        notes.append(_turned(floor, 14, storey))
        notes += _gate(floor, plan.right + plan.measures.gate_x, centre, plan, plan.width)
    size = plan.measures.label
    base = plan.bottom + 42
    if house.key is None:
        return notes, plan.bottom + 2
    words = " · ".join(house.key.notes)
    edge = plan.width - BODY.width(words, size) - size
    signs, lines = _signs(house, house.key, 0, base, size, edge)
    notes += signs
    notes.append(text(words, plan.width, base, BODY, size, "ink", text_anchor="end"))
    return notes, base + (lines - 1) * 1.7 * size + 0.5 * size


def _turned(floor: Floor, x: float, storey: Storey) -> Svg:
    name, size = fitted(floor.name, HEADING, 17, 12.4, storey.bottom - storey.top)
    y = storey.centre
    return text(
        name, x, y, HEADING, size, floor.hue, text_anchor="middle", transform=f"rotate(-90 {x:g} {y:.6g})"
    )


# --- Screens between phone and desk -----------------------------------------------------------------------------------------


def below(house: House, plan: Plan) -> tuple[list[Svg], float]:
    """Names turned along the left edge, the gates and tags in three columns under the house, then the signs."""
    notes: list[Svg] = [
        _turned(floor, 16, storey) for floor, storey in zip(house.floors, plan.storeys, strict=True)
    ]
    column = plan.width / 3
    top = plan.bottom + 30
    height = 0.0
    for n, floor in enumerate(house.floors):
        drawn, used = _column(floor, n * column + 4, top, plan, column - 18)
        notes += drawn
        height = max(height, used)
    base = top + height + 34
    if house.key is None:
        return notes, base - 20
    signs, lines = _signs(house, house.key, 4, base, plan.measures.label, plan.width)
    return notes + signs, base + (lines - 1) * 1.7 * plan.measures.label + 10


def _column(floor: Floor, x: float, top: float, plan: Plan, room: float) -> tuple[list[Svg], float]:
    name, large = fitted(floor.name, HEADING, 20, 15, room)
    drawn = [
        path(segment(x, top, x + room, top), **paint(stroke=floor.hue, width=5)),
        text(name, x, top + 28, HEADING, large, "ink"),
    ]
    y = top + 40
    for tag in floor.tags:
        drawn.append(_tag(tag, x, y, room))
        y += 27
    if floor.gate is None:
        return drawn, y - top
    base = y + 0.62 * plan.measures.gate
    drawn += _gate(floor, x, base, plan, x + room)
    lines = wrapped(floor.gate_reason, BODY, plan.measures.word, room)
    return drawn, base - top + (2 + 1.2 * len(lines)) * plan.measures.word


# --- Landing page ---------------------------------------------------------------------------------------------------------


def leaders(plan: Plan) -> list[Svg]:
    """A line from the left edge to each floor, ending in a dot on its wall."""
    slope = (plan.attic.centre - plan.knee) / (plan.plate - plan.knee)
    knee = plan.left + 3 * plan.scale
    ends = (
        (knee - slope * (knee - plan.left + plan.measures.overhang), plan.attic.centre),
        (plan.left + plan.measures.post / 2, plan.framework.centre),
        (plan.left - 6 * plan.scale, plan.foundation.centre),
    )
    drawn = [path((segment(0, y, x, y) for x, y in ends), **paint(stroke="ink", width=1.2))]
    return drawn + [element("circle", cx=x, cy=y, r=4, **paint("ink")) for x, y in ends]
