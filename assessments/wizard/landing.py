"""What the landing page prints: the symptoms tied to their floors, an example house, and the layers at a glance."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext

from advisor.drawing import Block, Floor, House, Svg, house
from advisor.engine import advise
from advisor.engine.advice import Advice, Standing
from advisor.engine.playbook import Layer, Playbook
from advisor.engine.situation import Mode, Situation
from assessments.access import Assessment
from assessments.floors import HUES, NO_FLOOR, PLACES, hue_of
from assessments.retention import rule
from assessments.wizard.addresses import next_url
from assessments.wizard.progress import expected, has_edition, progress_of
from assessments.wizard.steps import window_title

EXAMPLE: Mapping[str, int] = {
    "dv_ci": 3, "dv_cd": 3, "dv_env": 3, "dv_obs": 3, "dv_chg": 2, "dv_own": 3,
    "do_own": 2, "do_orc": 1, "do_dep": 1, "do_tst": 1, "do_obs": 1, "do_gov": 1,
    "ml_trn": 1, "ml_reg": 1, "ml_val": 1, "ml_dep": 2, "ml_mon": 1, "ml_ret": 0,
}  # fmt: skip
"""The levels of an invented organisation. What they are worth is the engine's business, as for everybody else."""

LEADERS = 80
"""Room for the lines that tie the symptoms to their floors, in units of the drawing."""

MOST_UNDER_WAY = 3
"""So many assessments are offered to be gone on with; more would push the page out of sight."""


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
class UnderWay:
    """An assessment that this browser has begun. ``name`` is what its people call it; empty where they have not said."""

    name: str
    done: int
    total: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The landing page. Symptoms stand as the house does, the attic on top; the layers as one invests, from the ground."""

    symptoms: tuple[Symptom, ...]
    several: Symptom
    house: Svg
    small_house: Svg
    floors: tuple[Floor, ...]
    """Of the small house, from the attic down: it has no room for words of its own."""
    full: Offer
    quick: Offer
    layers: tuple[LayerColumn, ...]
    blocks: int
    under_way: tuple[UnderWay, ...]
    rule: str
    error: str
    window_title: str


def landing(playbook: Playbook, *, begun: Iterable[Assessment] = (), error: str = "") -> Landing:
    """The landing page of an edition, for a browser that has begun these assessments.

    ``error`` says what was wrong with what was sent from it.
    """
    options = playbook.question["stated"].options
    drawn = example_house(playbook)
    return Landing(
        symptoms=tuple(
            Symptom(each.id, each.title, hue_of(playbook, each.layer), each.layer)
            for each in reversed(options)
            if each.layer
        ),
        several=next(Symptom(each.id, each.title, NO_FLOOR, "") for each in options if not each.layer),
        house=house.landing(drawn, leaders=LEADERS),
        small_house=house.landing_small(drawn),
        floors=tuple(reversed(drawn.floors)),
        full=_offer(playbook, "full"),
        quick=_offer(playbook, "quick"),
        layers=tuple(LayerColumn(layer, hue_of(playbook, layer.id)) for layer in playbook.layers),
        blocks=len(playbook.capabilities),
        under_way=tuple(islice(_under_way(begun), MOST_UNDER_WAY)),
        rule=rule(),
        error=error,
        window_title=window_title(
            gettext("Groundwork – see what your delivery, data and models stand on"), error=bool(error)
        ),
    )


def _under_way(begun: Iterable[Assessment]) -> Iterator[UnderWay]:
    for each in begun:
        if not has_edition(each):
            continue
        progress = progress_of(each)
        if progress.open:
            yield UnderWay(
                name=each.scope or each.organisation,
                done=progress.answered(progress.path),
                total=len(progress.path),
                next=next_url(each, progress),
            )


def _offer(playbook: Playbook, mode: Mode) -> Offer:
    ahead = expected(playbook, mode)
    return Offer(mode, len(ahead.path), ahead.minutes_left)


def example_house(playbook: Playbook) -> House:
    """The example as the edition's rules judge it."""
    levels = {each: level for each, level in EXAMPLE.items() if each in playbook.capability}
    advice = advise(playbook, Situation(mode="full", models="2_5", levels=levels))
    foundation, framework, attic = (
        Floor(
            place=place,
            hue=hue,
            name=layer.name,
            gate=advice.gates[layer.id].effective,
            blocks=_blocks(playbook, advice, layer),
        )
        for place, hue, layer in zip(PLACES, HUES, playbook.layers, strict=True)
    )
    title = gettext(
        "An example: a house of three floors, in which the middle floor is not ready for the attic it carries."
    )
    return House(floors=(foundation, framework, attic), title=title)


def _blocks(playbook: Playbook, advice: Advice, layer: Layer) -> tuple[Block, ...]:
    standings = {each.capability: each for each in advice.standings}
    return tuple(_block(each.label, standings[each.id]) for each in playbook.capabilities_of[layer.id])


def _block(lines: tuple[str, ...], standing: Standing) -> Block:
    level = standing.answer if isinstance(standing.answer, int) else None
    return Block(
        lines=lines,
        level=level,
        state="unknown" if level is None else "level",
        minimum=standing.minimum,
        planned=standing.planned,
    )
