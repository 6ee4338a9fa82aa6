"""Draws the house for each of its uses: result page, paper, screens between, landing page, phone."""

from advisor.drawing import annotations, storeys
from advisor.drawing.measures import LANDING, NARROW, PRINT, SHEET, SMALL, Measures, Plan
from advisor.drawing.model import House
from advisor.drawing.svg import Svg, picture


def sheet(house: House) -> Svg:
    """The result house for wide screens: framed, with dimension line, gates and title block. To be shown 1136 wide."""
    plan = _plan(house, SHEET)
    notes, height = annotations.sheet(house, plan)
    return _picture(house, plan, height, notes, "house-sheet", links=True)


def narrow(house: House) -> Svg:
    """The result house for screens from 720 to 1080 pixels: narrower bays, the gates' words under the house."""
    plan = _plan(house, NARROW)
    notes, height = annotations.below(house, plan)
    return _picture(house, plan, height, notes, "house-narrow", links=True)


def printed(house: House) -> Svg:
    """The result house for paper, without links. To be shown 174 mm wide or wider: then all words have 8 points."""
    plan = _plan(house, PRINT)
    notes, height = annotations.printed(house, plan)
    return _picture(house, plan, height, notes, "house-print", links=False)


def landing(house: House, *, leaders: float = 0) -> Svg:
    """An illustration with labels, without figures, gates and tags.

    ``leaders`` adds that much room at the left, through which a line runs from the edge to each floor. The lines meet
    the edge at 24.3, 56.7 and 84.9 percent of the height, from the top.
    """
    plan = _plan(house, LANDING, leaders)
    height = plan.bottom + 4
    notes = annotations.leaders(plan, height) if leaders else []
    return _picture(house, plan, height, notes, "house-landing", over=True)


def landing_small(house: House) -> Svg:
    """An illustration without any words, for phones."""
    plan = _plan(house, SMALL)
    return _picture(house, plan, plan.bottom + 2, [], "house-small")


def _plan(house: House, measures: Measures, shift: float = 0) -> Plan:
    return Plan(
        measures,
        max(len(floor.blocks) for floor in house.floors),
        storeys.on_sand(house.floors[1], house.floors[0]),
        shift,
    )


def _picture(
    house: House,
    plan: Plan,
    height: float,
    notes: list[Svg],
    kind: str,
    *,
    links: bool = False,
    over: bool = False,
) -> Svg:
    """The house on its notes, or below them where they end on its walls."""
    linked = links and any(block.href for floor in house.floors for block in floor.blocks)
    role = (
        "group" if linked else "img"
    )  # what is inside an "img" does not exist for a screen reader, links included
    drawn = storeys.draw(house, plan, links=links)
    parts = [*drawn, *notes] if over else [*notes, *drawn]
    return picture(house.reading, plan.width, height, *parts, kind=f"house {kind}", role=role)
