"""What the landing page prints: the symptoms tied to their floors, an example house, and the layers at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from advisor.drawing import Block, Floor, GateState, House, Place, Svg, house
from advisor.engine.playbook import Layer, Playbook
from advisor.engine.situation import Mode
from assessments.wizard.pages import HUES
from assessments.wizard.progress import expected

EXAMPLE: Sequence[tuple[Sequence[int], GateState]] = (
    ((3, 3, 3, 3, 2, 3), "open"),
    ((2, 1, 1, 1, 1, 1), "closed"),
    ((1, 1, 1, 2, 1, 0), "blocked"),
)
"""An invented organisation, from the ground up: the level of each block, and what its floor is worth."""

PLACES: tuple[Place, Place, Place] = ("foundation", "framework", "attic")

LEADERS = 80
"""Room for the lines that tie the symptoms to their floors, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """A line to choose, and the floor it points to."""

    value: str
    title: str
    hue: str
    floor: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the two ways to begin."""

    mode: Mode
    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """A layer in the table."""

    layer: Layer
    hue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The landing page. Symptoms stand as the house does, the attic on top; the layers as one invests, from the ground."""

    symptoms: tuple[Symptom, ...]
    several: Symptom
    house: Svg
    small_house: Svg
    full: Offer
    quick: Offer
    layers: tuple[LayerColumn, ...]
    blocks: int
    error: str


def landing(playbook: Playbook, error: str = "") -> Landing:
    """The landing page of an edition; ``error`` says what was wrong with what was sent from it."""
    hues = {layer.id: hue for layer, hue in zip(playbook.layers, HUES, strict=True)}
    options = playbook.question["stated"].options
    drawn = example_house(playbook)
    return Landing(
        symptoms=tuple(
            Symptom(each.id, each.title, hues[each.layer], each.layer)
            for each in reversed(options)
            if each.layer
        ),
        several=next(Symptom(each.id, each.title, "ink", "") for each in options if not each.layer),
        house=house.landing(drawn, leaders=LEADERS),
        small_house=house.landing_small(drawn),
        full=_offer(playbook, "full"),
        quick=_offer(playbook, "quick"),
        layers=tuple(LayerColumn(layer, hues[layer.id]) for layer in playbook.layers),
        blocks=len(playbook.capabilities),
        error=error,
    )


def _offer(playbook: Playbook, mode: Mode) -> Offer:
    ahead = expected(playbook, mode)
    return Offer(mode, len(ahead.path), ahead.minutes_left)


def example_house(playbook: Playbook) -> House:
    """The example, drawn with the edition's blocks and gates; each block is planned up to what its gate asks for."""
    foundation, framework, attic = (
        Floor(place=place, hue=hue, name=layer.name, gate=gate, blocks=_blocks(playbook, layer, levels))
        for place, hue, layer, (levels, gate) in zip(PLACES, HUES, playbook.layers, EXAMPLE, strict=True)
    )
    title = gettext(
        "An example: a house of three floors, in which the middle floor is not ready for the attic it carries."
    )
    return House(floors=(foundation, framework, attic), title=title)


def _blocks(playbook: Playbook, layer: Layer, levels: Sequence[int]) -> tuple[Block, ...]:
    minima = playbook.gate[layer.id].minima
    return tuple(
        _block(capability.label, level, minima.get(capability.id))
        for capability, level in zip(playbook.capabilities_of[layer.id], levels, strict=False)
    )


def _block(lines: tuple[str, ...], level: int, minimum: int | None) -> Block:
    planned = minimum if minimum and level < minimum else None
    return Block(lines=lines, level=level, minimum=minimum, planned=planned)
