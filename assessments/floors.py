"""The floors of the house as screens show them: where each layer stands, and in which colour."""

from typing import Literal

from advisor.drawing import Hue, Place
from advisor.engine.playbook import Playbook

PLACES: tuple[Place, Place, Place] = ("foundation", "framework", "attic")
"""The floors from the ground up, like the layers of an edition."""

HUES: tuple[Hue, Hue, Hue] = ("stone", "brick", "copper")
"""The colour of each floor, from the ground up."""

NO_FLOOR: Literal["ink"] = "ink"
"""The colour of what belongs to no floor."""


def place_of(playbook: Playbook, layer: str) -> Place:
    """Where this layer stands."""
    return PLACES[_number(playbook, layer)]


def hue_of(playbook: Playbook, layer: str | None) -> Hue | Literal["ink"]:
    """The colour of this layer."""
    return NO_FLOOR if layer is None else HUES[_number(playbook, layer)]


def _number(playbook: Playbook, layer: str) -> int:
    return [each.id for each in playbook.layers].index(layer)
