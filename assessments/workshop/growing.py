"""The house as far as the room has agreed on it: levels only, no gate, no minimum, no plan and no verdict."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from advisor.drawing import Block, Floor, House, Svg, house
from advisor.drawing.masonry import AnswerState
from advisor.engine.playbook import Capability, Layer
from assessments.floors import HUES, PLACES
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW
from assessments.workshop.seen import Room

STATES: dict[object, AnswerState] = {DONT_KNOW: "unknown", DOES_NOT_APPLY: "not_applicable"}


@dataclass(frozen=True, slots=True)
class FloorLine:
    """A floor in words, beside its place in the house."""

    name: str
    hue: str
    agreed: str
    """ "2 of 6"."""


@dataclass(frozen=True, slots=True)
class Growing:
    """``floors`` stand in the order of the eye, the attic first."""

    drawn: Svg
    floors: tuple[FloorLine, ...]


def growing(room: Room) -> Growing:
    """What stands by now; the block of the question on the screen has a frame. No query."""
    floors = [_floor(room, n, layer) for n, layer in enumerate(room.playbook.layers)]
    first, second, third = (drawn for drawn, _ in floors)
    words = {"count": agreed_blocks(room), "total": len(room.playbook.capabilities)}
    title = (
        ngettext(
            "The house so far: the room has agreed on %(count)s of %(total)s blocks.",
            "The house so far: the room has agreed on %(count)s of %(total)s blocks.",
            words["total"],
        )
        % words
    )
    drawn = house.landing_small(House(floors=(first, second, third), title=title))
    return Growing(drawn, tuple(line for _, line in reversed(floors)))


def agreed_blocks(room: Room) -> int:
    """On how many blocks of the house the room has agreed."""
    return sum(1 for each in room.playbook.capabilities if room.state_of(each.id) == "agreed")


def _floor(room: Room, number: int, layer: Layer) -> tuple[Floor, FloorLine]:
    capabilities = room.playbook.capabilities_of[layer.id]
    hue = HUES[number]
    agreed = sum(1 for each in capabilities if room.state_of(each.id) == "agreed")
    blocks = tuple(_block(room, each) for each in capabilities)
    words = gettext("%(agreed)s of %(total)s") % {"agreed": agreed, "total": len(capabilities)}
    return Floor(place=PLACES[number], hue=hue, name=layer.name, blocks=blocks), FloorLine(
        layer.name, hue, words
    )


def _block(room: Room, capability: Capability) -> Block:
    given = room.answers.get(capability.id)
    if given is None or room.state_of(capability.id) != "agreed":
        return Block(lines=capability.label, state="not_asked")
    here = capability.id == room.workshop.question
    if isinstance(given.value, int):
        return Block(lines=capability.label, level=given.value, here=here)
    return Block(lines=capability.label, state=STATES.get(given.value, "not_asked"), here=here)
