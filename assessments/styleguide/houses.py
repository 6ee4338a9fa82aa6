"""The house in its states, and the signs that stand for parts of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.drawing import (
    Block,
    Floor,
    House,
    Hue,
    Key,
    SmallBlock,
    SmallFloor,
    Strip,
    Svg,
    Tag,
    house,
    spread,
    wall,
)
from advisor.drawing import gate as door
from advisor.drawing import strip as level_strip
from advisor.drawing.gate import GateState
from advisor.drawing.mini import glyph
from advisor.engine.playbook import LEVELS, Playbook
from assessments.floors import HUES, PLACES
from assessments.styleguide.parts import Component, component

GATES: Mapping[GateState, str] = {
    "open": "Gate open",
    "near": "Gate nearly open",
    "closed": "Gate closed",
    "blocked": "Blocked",
    "undetermined": "Cannot be judged",
    "not_started": "Not in play",
}

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

SPREADS = (
    ("Close together", (1, 6, 6, 1, 0), "1 for level 0, 6 for level 1, 6 for level 2, 1 for level 3"),
    ("Split", (6, 1, 0, 1, 6), "6 for level 0, 1 for level 1, 1 for level 3, 6 for level 4"),
)
LENGTHS = ((8, "8 people"), (2, "2 people"), (0, "nobody"))

UNKNOWN = Block(lines=(), state="unknown", minimum=2)
NOT_APPLICABLE = Block(lines=(), state="not_applicable")


def houses(playbook: Playbook) -> Iterable[Component]:
    """The large house with its storeys, and the small ones."""
    mixed = _house(playbook, ((3, 3, 2, 3), (2, 1, 1, 1), (1, 1, 2, 0)), ("open", "closed", "blocked"))
    ready = _house(playbook, ((3, 3, 2, 3), (3, 2, 3, 3), (3, 2, 2, 4)), ("open", "open", "open"))
    unknown = _house(
        playbook, ((2, 2, UNKNOWN, 3), (2, UNKNOWN, 3, 1), (NOT_APPLICABLE, 3, 4, UNKNOWN)),
        ("undetermined", "blocked", "blocked"),
    )  # fmt: skip
    unasked = _house(playbook, ((1, 0, 2, 1), (0, 0, 1, 0), (0,)), ("closed", "blocked", None))
    yield component(
        "House",
        "One section through one house: position and words carry the finding, colour only names the floor.",
        "styleguide/_house.html",
        ("A gate is closed: the floor above stands on sand", _shown_house("A gate is closed", mixed)),
        ("Every gate is open", _shown_house("Every gate is open", ready)),
        ("Answers are not known or do not apply", _shown_house("Answers are not known", unknown)),
        ("The attic was not asked about", _shown_house("The attic was not asked about", unasked)),
        wide=True,
    )
    yield component(
        "Stacked form",
        "The same floors as lists, where the window is narrower than the drawing.",
        "components/storey.html",
        ("With a tag and a closed gate", {"floor": _storey(playbook, mixed, 1)}),
        ("Not asked about", {"floor": _storey(playbook, unasked, 2)}),
    )


type Levels = tuple[int | Block, ...]


def _house(playbook: Playbook, rows: tuple[Levels, ...], gates: tuple[GateState | None, ...]) -> House:
    """A house from the ground up; a short row is repeated until the floor is full."""
    first, second, third = (
        Floor(
            place=place,
            hue=hue,
            kicker=layer.place.upper(),
            name=layer.name,
            gate=gate,
            gate_word=GATES[gate] if gate else "Nothing to judge",
            gate_reason="4 of 6 below the line" if gate == "closed" else "",
            tags=(Tag("BOTTLENECK", solid=True),) if gate == "closed" else (),
            blocks=tuple(
                _block(each.label, row[number % len(row)] if gate else None)
                for number, each in enumerate(playbook.capabilities_of[layer.id])
            ),
        )
        for place, hue, layer, row, gate in zip(PLACES, HUES, playbook.layers, rows, gates, strict=True)
    )
    return House(floors=(first, second, third), key=KEY)


def _block(lines: tuple[str, ...], level: int | Block | None) -> Block:
    if level is None:
        return Block(lines=lines, state="not_asked")
    if isinstance(level, Block):
        return replace(level, lines=lines)
    return Block(lines=lines, level=level, minimum=2, planned=2)


def _shown_house(label: str, drawn: House) -> dict[str, object]:
    return {
        "label": label,
        "sheet": house.sheet(drawn),
        "narrow": house.narrow(drawn),
        "small": house.landing_small(drawn),
    }


def _storey(playbook: Playbook, drawn: House, number: int) -> dict[str, object]:
    """One floor of a house, as the stacked form is given it."""
    floor, layer = drawn.floors[number], playbook.layers[number]
    return {
        "layer": {"hue": floor.hue, "place": layer.place, "name": layer.name},
        "asked": floor.gate is not None,
        "tags": [(tag.word, tag.solid) for tag in floor.tags],
        "gate": floor.gate,
        "gate_word": floor.gate_word,
        "gate_reason": floor.gate_reason,
        "symbol": door.gate(floor.gate, floor.gate_word) if floor.gate else "",
        "rows": [
            {
                "title": capability.title,
                "href": "#stacked-form",
                "strip": _strip(floor.hue, block, f"{capability.title}: {block.figure} of 4"),
                "figure": block.figure,
            }
            for capability, block in zip(playbook.capabilities_of[layer.id], floor.blocks, strict=True)
        ],
        "status_title": "Not in play yet",
        "status": "No model is live, so this floor is not asked about.",
    }


def _strip(hue: Hue, block: Block, words: str) -> Svg:
    return level_strip.strip(
        Strip(
            hue=hue,
            title=words,
            level=block.level,
            state=block.state,
            minimum=block.minimum,
            planned=block.planned,
        )
    )


def _voted() -> Iterable[tuple[Svg, str]]:
    for level, votes, words in (
        (2, (1, 3), "2 of 4, needs 2; votes run from 1 to 3"),
        (1, (0, 4), "1 of 4, needs 2; votes run from 0 to 4"),
        (2, (2, 2), "2 of 4, needs 2; all votes say 2"),
    ):
        yield level_strip.strip(Strip(hue="brick", title=words, level=level, minimum=2, votes=votes)), words


def signs() -> Iterable[Component]:
    """What stands for a gate, a level or the whole house in a line of text."""
    levels = [
        (Block(lines=(), level=level, minimum=2, planned=max(level, 2)), f"{level} of 4, needs 2")
        for level in LEVELS
    ]
    others = [
        (Block(lines=(), level=3), "3 of 4, no minimum"),
        (Block(lines=(), level=0, minimum=1, planned=2), "0 of 4, needs 1, 2 planned"),
        (UNKNOWN, "not known, needs 2"),
        (NOT_APPLICABLE, "does not apply"),
        (Block(lines=(), state="not_asked"), "not asked"),
    ]
    yield component(
        "Level strip",
        "Four courses: solid is built, dashed is planned, the black tick is what the gate needs. Figures beside it.",
        "styleguide/_drawings.html",
        *(
            (f"On the {place}", {"drawings": [(_strip(hue, block, words), words) for block, words in levels]})
            for place, hue in zip(PLACES, HUES, strict=True)
        ),
        ("Other states", {"drawings": [(_strip("brick", block, words), words) for block, words in others]}),
        ("With the range of votes", {"drawings": list(_voted())}),
        wide=True,
    )
    yield component(
        "Spread of votes",
        "A column for each answer, the lowest on the left; a bare line is an answer that nobody chose. Words beside it.",
        "styleguide/_drawings.html",
        *(
            (state, {"drawings": [(spread.spread(spread.Spread(counts, words)), words)]})
            for state, counts, words in SPREADS
        ),
        ("Lying down", {"drawings": [(spread.bar(count, 8, words), words) for count, words in LENGTHS]}),
        wide=True,
    )
    yield from _votes()
    gates = [(door.gate(state, words), words) for state, words in GATES.items()]
    yield component(
        "Gate symbol",
        "A door in a plan, always in ink and always with its word: five states, and one for what is not in play.",
        "styleguide/_drawings.html",
        ("All states", {"drawings": gates}),
    )
    yield component(
        "House glyph",
        "A whole result in the row of a list: columns as high as their levels, and the gate of each floor.",
        "styleguide/_drawings.html",
        ("Every kind of answer, and nothing to show yet", {"drawings": list(_glyphs())}),
    )
    yield component(
        "Tag",
        "A word on a floor. One solid tag a page, on the floor that decides.",
        "styleguide/_tags.html",
        ("Solid and outlined", {"tags": [("Bottleneck", True), ("You named it", False)]}),
    )


def _votes() -> Iterable[Component]:
    """How a room votes, as its screen shows it."""
    yield component(
        "Wall of votes",
        "Before the result is shown: one brick a vote, all alike, and a dashed place for each that is missing.",
        "styleguide/_chart.html",
        *(
            (state, _one(wall.wall(voted, of, hue, f"{voted} of {of} voted")))
            for state, voted, of, hue in (
                ("Nine of sixteen", 9, 16, HUES[1]),
                ("Nobody of five", 0, 5, HUES[0]),
                ("All of sixty", 60, 60, HUES[2]),
            )
        ),
        wide=True,
    )
    yield component(
        "Bar of bricks",
        "One brick a vote, in the floor’s colour; who does not know is hatched. The count stands at its end.",
        "styleguide/_chart.html",
        ("Seven votes, the most of all", _one(wall.bricks(7, 7, HUES[1], "7 votes"))),
        ("Two votes beside them", _one(wall.bricks(2, 7, HUES[1], "2 votes"))),
        ("One who does not know", _one(wall.unknown(1, 7, "1 vote"))),
        wide=True,
    )
    levels = [f"Level {level} of 4" for level in range(5)]
    stacks = [(wall.courses(level, HUES[2], words), words) for level, words in enumerate(levels)]
    yield component(
        "Courses of a level",
        "Four courses, as many of them built as the level says. Beside an answer, once the result is shown.",
        "styleguide/_drawings.html",
        ("All levels", {"drawings": stacks}),
    )


def _one(drawn: Svg) -> dict[str, object]:
    """The same drawing on every screen."""
    return {"label": "Votes", "screen": drawn, "phone": drawn}


def _glyphs() -> Iterable[tuple[Svg, str]]:
    levels = tuple(SmallBlock(state="level", level=level) for level in range(5))
    special = tuple(SmallBlock(state=state) for state in ("unknown", "not_applicable", "not_asked"))
    gates: tuple[GateState, ...] = ("open", "near", "blocked")
    blocks = (levels, special, levels)
    floors = tuple(
        SmallFloor(hue=hue, gate=gates[place], blocks=blocks[place]) for place, hue in enumerate(HUES)
    )
    yield glyph(floors, "levels 0 to 4, not known, does not apply, not asked"), "a result"
    waiting = (SmallBlock(state="not_asked"),) * 6
    yield glyph(tuple(SmallFloor(hue=hue, blocks=waiting) for hue in HUES), "no levels yet"), "no result yet"
