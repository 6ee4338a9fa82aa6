"""The house as native shapes, so that it can be changed on the slide: a group a floor, and in it a group a block."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin
from typing import Any

from advisor.drawing.masonry import COURSES
from advisor.engine.advice import Standing
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN
from reports.exports import look
from reports.exports.slides import (
    Box,
    Dash,
    Para,
    Slide,
    described,
    fitted,
    grouped,
    hatched,
    polygon,
    rectangle,
    stroke,
    text,
    write,
)
from reports.presenter.levels import reading_of
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import FloorView
from reports.telling import Report

BODY, END = 190, 770
"""From the left wall to the right one, in points."""
BAYS = 6
STOREY, BAND, TOP = 103, 12, 131
"""The clear height of a floor, what lies between two floors, and where the attic's begins."""
COURSE, GAP, PAD = 13.5, 3.5, 6.5
BEAM = 5
ATTIC, FRAMEWORK = "copper", "brick"
"""The floors by their colours; the third one is the foundation."""
LEFT_EDGE, RIGHT_EDGE, EDGE = 44, 816, 916
"""Where the names begin, where the gates begin, and where they end."""


def house(slide: Slide, report: Report) -> None:
    """The three floors, their names on the left and their gates on the right."""
    view = report.page.house
    tops = [TOP + place * (STOREY + BAND) for place in range(len(view.floors))]
    states = "; ".join(f"{each.layer.name}: {each.gate_word or each.status_title}" for each in view.floors)
    with grouped(slide.shapes, view.label, f"{view.label}. {states}."):
        for floor, top in zip(view.floors, tops, strict=True):
            _floor(slide.shapes, report, floor, top)
    for floor, top in zip(view.floors, tops, strict=True):
        _name(slide, floor, top)
        _gate(slide, floor, top)


def _floor(shapes: Any, report: Report, floor: FloorView, top: float) -> None:
    lexicon = Lexicon(report.playbook, report.situation)
    standings = {each.capability: each for each in report.advice.standings}
    capabilities = report.playbook.capabilities_of[floor.layer.id]
    state = ", ".join(each for each in (floor.gate_word or floor.status_title, floor.gate_reason) if each)
    blocks = "; ".join(reading_of(lexicon, standings[each.id]) for each in capabilities)
    name = f"{floor.layer.place}, {floor.layer.name}"
    with grouped(shapes, name, f"{floor.layer.name}: {state}. {blocks}."):
        _carcass(shapes, floor, top)
        under_roof = 0.95 if floor.layer.hue == ATTIC else 1
        wide = (END - BODY) / max(len(capabilities), 1) * under_roof
        first = (BODY + END) / 2 - wide * len(capabilities) / 2
        for bay, capability in enumerate(capabilities):
            box = (first + bay * wide, top, wide, STOREY)
            _block(shapes, lexicon, floor, standings[capability.id], box)
        if floor.on_sand:
            sand = (BODY - 12, top + STOREY + BEAM, END - BODY + 24, BAND - BEAM)
            hatched(shapes, sand, colour=look.RULE, dots=True)


# --- Carcass --------------------------------------------------------------------------------------------------------------


def _carcass(shapes: Any, floor: FloorView, top: float) -> None:
    hue, bottom = look.HUES[floor.layer.hue], top + STOREY
    if floor.layer.hue == ATTIC:
        _roof(shapes, hue, top, bottom)
    elif floor.layer.hue == FRAMEWORK:
        rectangle(shapes, (BODY, top, END - BODY, STOREY), fill=look.SURFACE)
        rectangle(shapes, (BODY - 8, top - 1, END - BODY + 16, BEAM), fill=hue)
        wide = (END - BODY) / BAYS
        for post in range(BAYS + 1):
            rectangle(shapes, (BODY + post * wide - 2.5, top, 5, STOREY), fill=hue)
        rectangle(shapes, (BODY - 12, bottom, END - BODY + 24, BEAM), fill=hue)
    else:
        rectangle(shapes, (BODY - 5, top, END - BODY + 10, STOREY), fill=look.SURFACE, line=hue, width=2.5)
        rectangle(shapes, (BODY - 45, top - 2, END - BODY + 90, 2), fill=look.INK)
        rectangle(shapes, (BODY - 18, bottom, END - BODY + 36, 8), fill=hue)


def _roof(shapes: Any, hue: str, top: float, bottom: float) -> None:
    """A mansard: a gable cannot hold six blocks side by side."""
    eaves, knee, ridge = BODY - 34, BODY + 4, (BODY + END) / 2
    points = [
        (eaves, bottom),
        (knee, top),
        (ridge, top - 28),
        (BODY + END - knee, top),
        (BODY + END - eaves, bottom),
    ]
    polygon(shapes, points, fill=look.SURFACE, line=hue, width=3)
    rectangle(shapes, (eaves - 5, bottom, END - BODY + 78, BEAM), fill=hue)


# --- Blocks ---------------------------------------------------------------------------------------------------------------


def _block(shapes: Any, lexicon: Lexicon, floor: FloorView, standing: Standing, place: Box) -> None:
    """``place`` is the bay that it stands in."""
    left, top, wide, high = place[0] + PAD, place[1], place[2] - 2 * PAD, place[3]
    capability = lexicon.playbook.capability[standing.capability]
    figure, colour = _figure(standing), look.HUES[floor.layer.hue]
    over, under = (*capability.label, "")[:2]
    with grouped(shapes, capability.title, reading_of(lexicon, standing)):
        text(shapes, (left, top + 7, wide + 4, 11.5), Para(over, 9, bold=True))
        text(shapes, (left, top + 18, wide - 12, 11.5), Para(under, 9, bold=True))
        if figure:
            reached = Para(figure, 13, bold=True, colour=colour)
            text(shapes, (left + wide - 14, top + 15, 14, 16), reached, align="right")
        _courses(shapes, floor, standing, (left, top, wide, high - 3))


def _figure(standing: Standing) -> str:
    if not standing.asked:
        return ""
    if standing.answer is UNKNOWN or standing.answer is None:
        return "?"
    return "–" if standing.answer is NOT_APPLICABLE else str(standing.answer)


def _courses(shapes: Any, floor: FloorView, standing: Standing, place: Box) -> None:
    """Four courses from the bottom: built, planned, or only a place for one; and the line of the gate's minimum."""
    left, wide, foot = place[0], place[2], place[1] + place[3]
    hue = look.HUES[floor.layer.hue]
    if standing.asked and standing.answer is NOT_APPLICABLE:
        rectangle(shapes, (left + wide * 0.36, foot - 30, wide * 0.28, 2), fill=look.RULE)
        return
    built = standing.answer if standing.asked and isinstance(standing.answer, int) else 0
    planned = (standing.planned or 0) if floor.gate else 0
    unknown = standing.asked and not isinstance(standing.answer, int)
    for row in range(COURSES):
        box = (left, foot - (row + 1) * COURSE - row * GAP, wide, COURSE)
        if unknown:
            hatched(shapes, box, colour=look.RULE)
        elif row < built:
            rectangle(shapes, box, fill=hue)
        elif row < planned:
            rectangle(shapes, box, line=hue, width=1.1, dash="dash")
        else:
            rectangle(
                shapes,
                box,
                line=look.HAIR if standing.asked else look.RULE,
                width=0.8,
                dash="" if standing.asked else "dot",
            )
    if standing.minimum and standing.asked:
        y = foot - standing.minimum * (COURSE + GAP) + GAP / 2
        rectangle(shapes, (left - 4, y - 0.9, wide + 8, 1.8), fill=look.INK)
        for peg in (left - 4, left + wide + 2.2):
            rectangle(shapes, (peg, y - 3.5, 1.8, 7), fill=look.INK)
    if unknown:
        middle = foot - (COURSES * COURSE + (COURSES - 1) * GAP) / 2
        rectangle(shapes, (left + wide / 2 - 9, middle - 10, 18, 20), fill=look.SURFACE)
        text(shapes, (left + wide / 2 - 9, middle - 9, 18, 18), Para("?", 15, bold=True), align="center")


# --- Beside the house -----------------------------------------------------------------------------------------------------


def _name(slide: Slide, floor: FloorView, top: float) -> None:
    hue = look.HUES[floor.layer.hue]
    text(slide.shapes, (LEFT_EDGE, top + 14, 96, 12), Para(floor.layer.place, 9.5, colour=hue))
    text(slide.shapes, (LEFT_EDGE, top + 26, 100, 20), Para(floor.layer.name, 16, bold=True))
    for place, (word, solid) in enumerate(floor.tags):
        made = rectangle(
            slide.shapes,
            (LEFT_EDGE, top + 50 + 18 * place, 84, 15),
            fill=look.INK if solid else "",
            line=look.INK,
            width=0.8,
        )
        paras = fitted([Para(word, 9, bold=True, colour=look.PAPER if solid else look.INK)], 78, 13)
        write(made.text_frame, paras, align="center", anchor="middle")


def _gate(slide: Slide, floor: FloorView, top: float) -> None:
    word = floor.gate_word or floor.status_title
    if floor.gate:
        _door(slide.shapes, floor, top + 14)
    paras = [Para(word, 12, bold=True), Para(floor.gate_reason, 10, colour=look.INK_2, before=1)]
    text(slide.shapes, (RIGHT_EDGE, top + 46, EDGE - RIGHT_EDGE, 48), *paras)


def _door(shapes: Any, floor: FloorView, top: float) -> None:
    """The plan symbol of a door: two jambs, and a leaf that stands open, ajar or in the wall, with the way it swings."""
    group = shapes.add_group_shape()
    foot, near, far = top + 24, RIGHT_EDGE + 10, RIGHT_EDGE + 40
    for left in (RIGHT_EDGE, far):
        rectangle(group.shapes, (left, foot - 3, 10, 6), fill=look.INK)
    turned = {"open": 90, "near": 32}.get(floor.gate or "", 0)
    swing = [
        (near + 30 * cos(radians(each)), foot - 30 * sin(radians(each)))
        for each in range(0, turned + 1, 8 if turned < 90 else 10)
    ]
    end = swing[-1]
    for start, stop in pairwise(swing):
        stroke(group.shapes, start, stop, colour=look.INK, width=0.8)
    dash: Dash = "dash" if floor.gate in ("undetermined", "not_started") else ""
    stroke(group.shapes, (near, foot), end, colour=look.INK, width=2.5, dash=dash)
    if floor.gate == "blocked":
        for lower in (foot - 20, foot - 8):
            upper = 2 * foot - 28 - lower
            stroke(group.shapes, (near + 9, lower), (near + 21, upper), colour=look.INK, width=2)
    if floor.gate == "undetermined":
        text(group.shapes, (near + 5, foot - 23, 20, 18), Para("?", 14, bold=True), align="center")
    described(group, floor.gate_word, floor.gate_word)


def key(slide: Slide, words: Sequence[tuple[str, str]], top: float) -> None:
    """What the signs mean, in one line."""
    left = float(LEFT_EDGE)
    for kind, word in words:
        _sign(slide.shapes, kind, (left, top + 2, 22, 9))
        text(slide.shapes, (left + 28, top, 112, 13), Para(word, 9, colour=look.INK_2))
        left += 142


def _sign(shapes: Any, kind: str, box: Box) -> None:
    left, top, wide, high = box
    if kind == "built":
        rectangle(shapes, box, fill=look.HUES["stone"])
    elif kind == "planned":
        rectangle(shapes, box, line=look.HUES["stone"], width=1.1, dash="dash")
    elif kind == "minimum":
        rectangle(shapes, (left, top + high / 2 - 0.9, wide, 1.8), fill=look.INK)
    else:
        hatched(shapes, box, colour=look.RULE, dots=kind == "sand")
