"""Houses to draw in tests, and eyes to look at a drawing with."""

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from advisor.drawing import Block, Floor, House, Key, Tag
from advisor.drawing.gate import GateState
from advisor.drawing.lettering import BODY, DISPLAY, HEADING, MONO, STRONG
from advisor.drawing.masonry import AnswerState

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "g", "a", "path", "rect", "circle", "text"}
ATTRIBUTES = {
    "viewBox", "role", "class", "width", "height", "x", "y", "cx", "cy", "r", "d", "href", "fill", "stroke",
    "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family", "font-weight", "font-size",
    "letter-spacing", "text-anchor", "transform", "pointer-events",
}  # fmt: skip
NOT_A_NUMBER = re.compile(r"nan|inf|e[+-]", re.IGNORECASE)
PAINTED = re.compile(r"none|#[0-9A-F]{6}")

type Level = int | AnswerState

LABELS = (
    ("Build", "and test"),
    ("Release", "flow"),
    ("Environments", "as code"),
    ("Monitoring,", "recovery"),
    ("Change", "approval"),
    ("Shared", "ownership"),
)
KEY = Key(
    built="built",
    planned="planned",
    minimum="gate minimum",
    unknown="not known",
    not_applicable="does not apply",
    not_asked="not asked",
    sand="sand: floor below not ready",
    notes=("SECTION A-A", "1 COURSE = 1 LEVEL"),
)


def block(level: Level, lines: tuple[str, ...] = ("Build", "and test"), **rest: object) -> Block:
    if isinstance(level, int):
        return Block(lines=lines, level=level, **rest)  # type: ignore[arg-type]
    return Block(lines=lines, state=level, **rest)  # type: ignore[arg-type]


def house(
    levels: Sequence[Sequence[Level]] = ((3, 3, 3, 3, 2, 3), (2, 1, 1, 1, 1, 1), (1, 1, 1, 2, 1, 0)),
    gates: Sequence[GateState | None] = ("open", "closed", "blocked"),
    **rest: object,
) -> House:
    """From the ground up; every block asks for 2 and is planned up to 2."""
    names = (
        ("foundation", "stone", "DevOps"),
        ("framework", "brick", "DataOps"),
        ("attic", "copper", "MLOps"),
    )
    floors = tuple(
        Floor(
            place=place,  # type: ignore[arg-type]
            hue=hue,  # type: ignore[arg-type]
            kicker=place.upper(),
            name=name,
            blocks=tuple(
                block(level, LABELS[n % 6], minimum=2, planned=2, **rest) for n, level in enumerate(row)
            ),
            gate=gate,
            gate_word=f"Gate {gate}" if gate else "",
            gate_reason="4 of 6 below the line",
            tags=(Tag("BOTTLENECK", solid=True),) if gate == "closed" else (),
        )
        for (place, hue, name), row, gate in zip(names, levels, gates, strict=True)
    )
    return House(floors=floors, key=KEY)  # type: ignore[arg-type]


def parsed(svg: str) -> ET.Element:
    """The drawing as a tree, after looking at what holds for every drawing."""
    root = ET.fromstring(svg)  # noqa: S314  our own markup
    assert root.tag == f"{SVG}svg"
    assert root.get("role") in ("img", "group")
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        for paint in ("fill", "stroke"):
            assert PAINTED.fullmatch(element.get(paint, "none"))
        for name in ("d", "x", "y", "cx", "cy", "width", "height", "font-size", "transform"):
            assert not NOT_A_NUMBER.search(element.get(name, ""))
    return root


def words(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def coloured(svg: str, *classes: str) -> Iterator[ET.Element]:
    """The elements that carry one of the classes, such as "f-brick"."""
    return (
        element for element in parsed(svg).iter() if set((element.get("class") or "").split()) & set(classes)
    )


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of words that touch each other, and words that run over the edge (with ""). Words that are turned stand alone."""
    root = parsed(svg)
    edge = float(root.get("viewBox", "").split()[2])
    found, boxes = [], [_box(each) for each in root.iter(f"{SVG}text") if not each.get("transform")]
    for place, (left, top, right, bottom, said) in enumerate(boxes):
        if left < -0.5 or right > edge + 1:
            found.append((said, ""))
        found += [
            (said, other)
            for x1, y1, x2, y2, other in boxes[place + 1 :]
            if left < x2 - 0.5 and x1 < right - 0.5 and top < y2 - 0.5 and y1 < bottom - 0.5
        ]
    return found


def _box(element: ET.Element) -> tuple[float, float, float, float, str]:
    """Where words lie: from the height of their capitals to a little below the line."""
    size, said = float(element.get("font-size", "")), (element.text or "").strip()
    fonts = {(each.family, str(each.weight)): each for each in (BODY, STRONG, HEADING, DISPLAY, MONO)}
    width = fonts[element.get("font-family", ""), element.get("font-weight", "")].width(said, size)
    x, y = float(element.get("x", "")), float(element.get("y", ""))
    left = x - width * {"end": 1.0, "middle": 0.5}.get(element.get("text-anchor", ""), 0.0)
    return left, y - 0.72 * size, left + width, y + 0.2 * size, said
