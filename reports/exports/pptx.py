"""The main pages of the report as slides: native text, tables and shapes that whoever presents can change."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from django.utils.translation import gettext

from reports.exports import look
from reports.exports.pptx_house import house, key
from reports.exports.rows import risk_line
from reports.exports.slides import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Box,
    Cell,
    Deck,
    Para,
    Row,
    Slide,
    described,
    rectangle,
    row_height,
    stroke,
    table,
    text,
)
from reports.presenter import numbers
from reports.presenter.drawings import dashed_note
from reports.presenter.parts import Message
from reports.presenter.sections import Column, MoveCard, PitfallRow
from reports.telling import Report

WIDE = RIGHT - LEFT

MOST, GAP = 3, 24
"""Columns beside each other, and the space between them in points."""

LOGO_SIZE = 0.75
"""Points for each CSS pixel of a logo as the page shows it."""


def _room(count: int) -> float:
    """The width of one of so many columns: fewer get more, but never a line too long to read."""
    columns = max(2, min(count, MOST))
    return (WIDE - GAP * (columns - 1)) / columns


def to_pptx(report: Report) -> bytes:
    """The presentation, the same bytes for the same report."""
    deck = Deck(report.page)
    for slide in SLIDES:
        slide(deck, report)
    return deck.save()


# --- Summary --------------------------------------------------------------------------------------------------------------


def _summary(deck: Deck, report: Report) -> None:
    page = report.page
    slide = Slide(deck, page.headline, box=(LEFT, 108, WIDE * 0.9, 104), size=42)
    kicker = " · ".join(each for each in (page.title_in_short, page.day_words) if each)
    text(slide.shapes, (LEFT, 60, WIDE, 18), Para(kicker, 13, colour=look.INK_2))
    _prepared(slide, report)
    lead = [Para(" ".join(page.lead), 18, colour=look.INK_2)]
    if page.decision:
        words = gettext("The decision that waits: %(decision)s") % {"decision": page.decision_in_short}
        lead.append(Para(words, 13, colour=look.INK_2, before=8))
    for each in page.judged.rows if page.judged else ():
        words = gettext("%(about)s, judged differently: %(judged)s") % {
            "about": each.about,
            "judged": each.judged,
        }
        lead.append(Para(words, 13, bold=True, before=6))
    text(slide.shapes, (LEFT, 228, WIDE * 0.86, 88), *lead)
    room = _room(MOST)
    for place, message in enumerate(page.messages):
        left = LEFT + place * (room + GAP)
        rectangle(slide.shapes, (left, 338, room, 3), fill=look.INK)
        text(slide.shapes, (left, 350, room, BOTTOM - 350), *_message(message))
    facts = (f"{each.figure} {each.label}" for each in page.facts)
    slide.notes(
        " ".join(page.lead),
        page.scope,
        page.provisional,
        *(
            f"{each.about}: {each.judged} {each.reason} {each.by}"
            for each in (page.judged.rows if page.judged else ())
        ),
        *facts,
        page.method.edition,
        whys=page.agreement.whys,
    )


def _prepared(slide: Slide, report: Report) -> None:
    """Who prepared the report, at the right of the first slide's head."""
    by = report.page.prepared
    if by is None:
        return
    if report.logo:
        wide, high = by.width * LOGO_SIZE, by.height * LOGO_SIZE
        slide.picture(report.logo, (RIGHT - wide, 52 - high, wide, high), by.logo_alt)
    words = " · ".join(each for each in (by.says_in_short, by.contact_in_short) if each)
    text(slide.shapes, (LEFT + WIDE / 2, 60, WIDE / 2, 18), Para(words, 11, colour=look.INK_2), align="right")


def _message(message: Message) -> Iterator[Para]:
    yield Para(message.title, 17, bold=True)
    for number, line in enumerate(message.lines, start=1):
        yield Para(f"{number}. {line}" if message.numbered else line, 15, before=6)


# --- Where you stand --------------------------------------------------------------------------------------------------------


def _house(deck: Deck, report: Report) -> None:
    slide = Slide(deck, report.page.messages[0].lines[0])
    house(slide, report)
    signs = [
        ("built", gettext("built")),
        ("planned", gettext("planned")),
        ("minimum", gettext("gate minimum")),
        ("unknown", gettext("not known")),
        ("sand", gettext("sand: floor below not ready")),
    ]
    key(slide, signs, 491)
    slide.notes(
        gettext("One course of a block is one level."),
        *(f"{each.layer.name}: {each.gate_word or each.status_title}, {each.gate_reason}" for each in report.page.house.floors),
        whys=[why for floor in report.page.house.floors for why in floor.whys],
    )  # fmt: skip


def _agreement(deck: Deck, report: Report) -> None:
    """Only where what was named and what was found differ."""
    found = report.page.agreement
    if not found.differs:
        return
    slide = Slide(deck, found.title)
    room = (WIDE - 32) / 2
    for place, side in enumerate(found.sides):
        left = LEFT + place * (room + 32)
        high = 5 if place else 1.5
        rectangle(slide.shapes, (left, 116 - high / 2, room, high), fill=look.INK)
        paras = [
            Para(side.kicker, 11, colour=look.INK_2),
            Para(
                side.title,
                20,
                bold=True,
                colour=look.HUES[side.layer.hue] if side.layer else look.INK,
                before=3,
            ),
            Para(side.says, 14, colour=look.INK_2, before=6),
        ]
        text(slide.shapes, (left, 128, room, 134), *paras)
    steps = [Para(f"{number}. {step}", 15, before=8) for number, step in enumerate(found.chain, start=1)]
    text(slide.shapes, (LEFT, 282, WIDE * 0.9, BOTTOM - 282), Para(found.says, 20), *steps)
    slide.notes(found.says, *found.chain, whys=found.whys)


def _deciding(deck: Deck, report: Report) -> None:
    section = report.page.deciding
    if section is None:
        return
    slide = Slide(deck, section.heading)
    room = _room(len(section.answers))
    for place, each in enumerate(section.answers[:MOST]):
        left, hue = LEFT + place * (room + GAP), look.HUES[each.hue]
        rectangle(slide.shapes, (left, 112, room, 5), fill=hue)
        text(slide.shapes, (left, 126, room, 46), Para(each.title, 17, bold=True))
        text(slide.shapes, (left, 174, room, 44), Para(each.words, 30, bold=True, colour=hue))
        quoted = [Para(f"“{each.chosen}”", 16, bold=True), Para(each.fact, 14, before=4)]
        text(slide.shapes, (left, 226, room, 134), *quoted)
        rectangle(slide.shapes, (left, 370, room, 0.75), fill=look.HAIR)
        needed = [
            Para(f"{each.needed}: {each.needed_title}", 13, bold=True, colour=look.INK_2),
            Para(each.needed_fact, 13, colour=look.INK_2, before=3),
        ]
        text(slide.shapes, (left, 380, room, BOTTOM - 380), *needed)
    slide.notes(section.note, *(f"{each.title}: {each.words}" for each in section.answers), whys=section.whys)


def _levels(deck: Deck, report: Report) -> None:
    """Every capability in one table."""
    section = report.page.levels
    slide = Slide(deck, section.heading)
    standings = {each.capability: each for each in report.advice.standings}
    rows: list[tuple[Cell, ...]] = []
    bars = []
    for floor in section.floors:
        hue = look.HUES[floor.layer.hue]
        if not floor.asked:
            rows.append((floor.layer.name, floor.status_title, "", "", ""))
            bars.append(hue)
        for row in floor.rows:
            planned = standings[row.capability].planned
            rows.append(
                (
                    floor.layer.name,
                    [Para(row.title, 12, bold=row.below)],
                    [Para(row.words, 12, bold=row.below)],
                    [Para(row.needs, 12, bold=row.below)],
                    gettext("to %(level)s") % {"level": planned} if planned is not None else "",
                )
            )
            bars.append(hue)
    head = (gettext("Layer"), gettext("Capability"), gettext("Level"), gettext("Gate"), gettext("Planned"))
    widths = (112, 330, 140, 190, 90)
    table(
        slide, (LEFT + 10, 92, WIDE - 10, BOTTOM - 86), head, rows, widths,
        name=section.heading, largest=12, pad=3, bars=bars,
    )  # fmt: skip
    slide.notes(section.note, section.strong)


def _gates(deck: Deck, report: Report) -> None:
    section = report.page.gates
    slide = Slide(deck, section.heading)
    rows = [([Para(row.title, 13, bold=True)], row.decides, row.opens) for row in section.rows]
    table(
        slide, (LEFT + 10, TOP, WIDE - 10, BOTTOM - TOP),
        (gettext("Gate"), gettext("What decides it"), gettext("What opens it")),
        rows, (182, 370, 310), name=section.heading, largest=16, pad=12,
        bars=[look.HUES[row.layer.hue] for row in section.rows],
    )  # fmt: skip
    slide.notes(section.note, whys=[why for row in section.rows for why in row.whys])


# --- What to do -------------------------------------------------------------------------------------------------------------


def _moves(deck: Deck, report: Report) -> None:
    section = report.page.moves
    slide = Slide(deck, section.heading)
    room = _room(len(section.moves))
    pitch = 19 if any(each.offer for each in section.moves[:MOST]) else 25
    for place, move in enumerate(section.moves[:MOST]):
        _move(slide, move, (LEFT + place * (room + GAP), 112, room, BOTTOM - 112), pitch)
    if not section.moves:
        text(slide.shapes, (LEFT, TOP + 10, WIDE * 0.8, 120), Para(section.note, 18))
    risks = (f"{move.title}: {move.why} {move.success} {move.risk}" for move in section.moves)
    slide.notes(section.note, *risks, whys=[why for move in section.moves for why in move.whys])


def _move(slide: Slide, move: MoveCard, box: Box, pitch: float) -> None:
    """``pitch`` is the height of one line of its figures."""
    left, top, wide, high = box
    hue = look.HUES[move.layer.hue]
    rectangle(slide.shapes, (left, top, wide, 5), fill=hue)
    text(slide.shapes, (left, top + 14, 40, 44), Para(str(move.number), 34, bold=True))
    where = " · ".join(each for each in (move.layer.place, move.part) if each)
    head = [Para(where, 10.5, colour=hue), Para(move.title, 16, bold=True, before=1)]
    text(slide.shapes, (left + 40, top + 16, wide - 40, 76), *head)
    text(
        slide.shapes,
        (left, top + 102, wide, 76),
        Para(" ".join((*move.lifts, move.why)), 13, colour=look.INK_2),
    )
    rectangle(slide.shapes, (left, top + 188, 3, 100), fill=look.INK)
    monday = [
        Para(gettext("Next Monday"), 10.5, bold=True, colour=look.INK_2),
        Para(move.next_monday, 14, before=3),
    ]
    text(slide.shapes, (left + 12, top + 188, wide - 12, 100), *monday)
    rectangle(slide.shapes, (left, top + 304, wide, 0.75), fill=look.HAIR)
    rows = [
        (gettext("Effort"), move.effort),
        (gettext("Lead time"), move.lead),
        (gettext("Owner"), move.owner),
    ]
    if move.offer:
        rows.append((gettext("Service"), move.offer))
    for place, (name, value) in enumerate(rows):
        y, last = top + 310 + pitch * place, place == len(rows) - 1
        text(slide.shapes, (left, y, 74, 20), Para(name, 11, colour=look.INK_2))
        text(
            slide.shapes,
            (left + 78, y, wide - 78, high - 310 - pitch * place if last else pitch - 2),
            Para(value, 12, bold=True),
        )


def _roadmap(deck: Deck, report: Report) -> None:
    """Now, next and later side by side."""
    section = report.page.roadmap
    if section is None or not section.columns:
        return
    slide = Slide(deck, section.heading)
    columns = section.columns
    gap = 18
    room = (WIDE - gap * (len(columns) - 1)) / len(columns)
    room = min(room, 280)
    for place, column in enumerate(columns):
        _column(
            slide, column, (LEFT + place * (room + gap), 112, room, (400 if section.risks else 470) - 112)
        )
    risks = [risk_line(each) for each in section.risks]
    if risks:
        rectangle(slide.shapes, (LEFT, 408, 3, 68), fill=look.INK)
        text(slide.shapes, (LEFT + 12, 408, WIDE - 12, 68), *(Para(each, 13, before=4) for each in risks))
    foot = section.missing or section.note
    text(slide.shapes, (LEFT, 478, WIDE, 24), Para(foot, 12, colour=look.INK_2), anchor="bottom")
    lanes = (
        f"{lane.title}: {lane.says} {lane.limit} {'; '.join(each.title for each in lane.moves)}"
        for lane in section.lanes
    )
    slide.notes(section.note, section.missing, *risks, *lanes, whys=section.whys)


def _column(slide: Slide, column: Column, box: Box) -> None:
    left, first, wide, room = box
    hue = look.HUES[column.hue]
    bar = (left, first, wide, 6)
    if column.dashed:
        rectangle(slide.shapes, bar, line=hue, width=1.2, dash="dash")
    else:
        rectangle(slide.shapes, bar, fill=hue)
    head = [Para(column.kicker, 12, colour=look.INK_2), Para(column.title, 18, bold=True, before=1)]
    text(slide.shapes, (left, first + 14, wide, 52), *head)
    top = first + 72
    if column.says:
        text(slide.shapes, (left, top, wide, 90), Para(column.says, 14, colour=look.INK_2))
        top += 96
    if not column.moves:
        return
    high = min(68.0, (first + room - top) / len(column.moves))
    for place, move in enumerate(column.moves):
        group = slide.shapes.add_group_shape()
        card = (left, top + place * high, wide, high - 6)
        rectangle(
            group.shapes, card, fill=look.SURFACE, line=hue if column.dashed else look.HAIR, width=0.9,
            dash="dash" if column.dashed else "",
        )  # fmt: skip
        rows = [
            Para(move.short, 14, bold=True),
            Para(f"{move.lead} · {move.effort}", 11, colour=look.INK_2),
            Para(move.owner, 11, colour=look.INK_2),
        ]
        inside = (left + 8, card[1] + 2, wide - 14, card[3] - 4)
        shown = 3 if high >= 58 else 2 if high >= 34 else 1
        text(group.shapes, inside, *rows[:shown], anchor="middle")
        described(group, move.title, f"{move.title}. {move.lead}, {move.effort}. {' '.join(move.lifts)}")


# --- Time and money ---------------------------------------------------------------------------------------------------------

AXIS, AXIS_END = 232.0, 900.0
"""Where week 0 and the last week stand, in points."""


def _stages(deck: Deck, report: Report) -> None:
    """How long each stage takes, and how the budget is released."""
    page = report.page
    if page.budget is None:
        return
    slide = Slide(deck, page.budget.heading)
    bottom = _bars(slide, report) if page.roadmap and page.roadmap.timed else _without_time(slide, report)
    if page.budget.missing:
        text(slide.shapes, (LEFT, bottom + 16, WIDE * 0.8, 90), Para(page.budget.missing, 16))
    else:
        _money(slide, report, max(bottom + 14, 322))
    formula = page.roadmap.formula if page.roadmap else ""
    figures = (
        f"{each.title}: {each.value} ({each.basis}). {each.reason}" for each in page.budget.assumptions
    )
    slide.notes(
        page.budget.missing,
        page.budget.note,
        *page.budget.sentences,
        formula,
        page.budget.formula,
        *figures,
        whys=page.budget.whys,
    )


def _without_time(slide: Slide, report: Report) -> float:
    """A table of the stages where nobody knows how many people there are."""
    roadmap = report.page.roadmap
    if roadmap is None or not roadmap.stages:
        return TOP
    columns = [0, 1, 2, 3] if roadmap.sized else [0, 1, 3]
    names = (gettext("Stage"), roadmap.range_title, gettext("Effort"), gettext("Ends with"))
    rows = [
        (f"{row.stage}, {row.layer.name}", row.range, row.effort, row.ends_with) for row in roadmap.stages
    ]
    head, widths = [names[each] for each in columns], [(190, 220, 200, 262)[each] for each in columns]
    cells = [[row[each] for each in columns] for row in rows]
    box = (LEFT, TOP, sum(widths), 170)
    return table(slide, box, head, cells, widths, name=roadmap.bars_title, largest=14)


def _bars(slide: Slide, report: Report) -> float:
    """A bar a stage over weeks: solid to the lower estimate, dashed to the upper one, a flag where it is planned to end."""
    advice, roadmap = report.decided, report.page.roadmap
    budget = advice.budget
    if roadmap is None or budget is None:
        return TOP
    tranches = {each.stage: each for each in budget.tranches}
    horizon = budget.horizon_weeks
    ends = [tranches[each.stage].start_week or 0 for each in advice.roadmap]
    ends = [start + each.weeks.high for start, each in zip(ends, advice.roadmap, strict=True) if each.weeks]
    most = max([*ends, horizon or 0, 4])

    def place(week: float) -> float:
        return AXIS + (AXIS_END - AXIS) * week / most

    text(slide.shapes, (LEFT, 98, WIDE, 20), Para(roadmap.bars_title, 15, bold=True))
    group = slide.shapes.add_group_shape()
    foot = 146 + 54 * len(advice.roadmap)
    for week in _ticks(most):
        rectangle(group.shapes, (place(week), 142, 0.75, foot - 142), fill=look.HAIR)
        word = gettext("week %(week)s") % {"week": week} if week else gettext("today")
        text(
            slide.shapes,
            (place(week) - 45, 124, 90, 15),
            Para(word, 11, colour=look.INK_2),
            align="center",
        )
    for number, (stage, row) in enumerate(zip(advice.roadmap, roadmap.stages, strict=True)):
        tranche = tranches[stage.stage]
        if stage.weeks is None or stage.planned_weeks is None or tranche.start_week is None:
            continue
        y, hue, start = 154 + 54 * number, look.HUES[row.layer.hue], tranche.start_week
        low, high = place(start + stage.weeks.low), place(start + stage.weeks.high)
        held = not tranche.released
        rectangle(group.shapes, (place(start), y, high - place(start), 26), line=hue, width=1.2, dash="dash")
        if not held:
            rectangle(group.shapes, (place(start), y, low - place(start), 26), fill=hue)
        end = place(start + stage.planned_weeks)
        rectangle(group.shapes, (end - 1, y - 5, 2, 36), fill=look.INK)
        rectangle(group.shapes, (end - 7, y - 5, 7, 5), fill=look.INK)
        name = [
            Para(f"{row.stage}, {row.layer.name}", 14, bold=True),
            Para(f"{row.range}; {row.span}", 11, colour=look.INK_2, before=1),
        ]
        text(slide.shapes, (LEFT, y - 5, AXIS - LEFT - 14, 40), *name)
    if horizon:
        stroke(
            group.shapes,
            (place(horizon), 142),
            (place(horizon), foot),
            colour=look.INK,
            width=1.2,
            dash="dot",
        )
        months = gettext("your horizon, %(months)s") % {
            "months": numbers.months(report.situation.horizon_months or 0)
        }
        beside = place(horizon) > AXIS_END - 160
        left = place(horizon) - 164 if beside else place(horizon) + 4
        text(
            slide.shapes,
            (left, foot - 14, 160, 14),
            Para(months, 11, colour=look.INK_2),
            align="right" if beside else "left",
        )
    rows = "; ".join(f"{row.stage}, {row.layer.name}: {row.range}, {row.span}" for row in roadmap.stages)
    described(group, roadmap.bars_title, f"{roadmap.bars_title}. {rows}.")
    sign = gettext(
        "Solid up to the lower estimate, dashed up to the upper one. The flag: the gate, answered again, as planned."
    )
    sign = " ".join([sign, *dashed_note(advice)])
    text(slide.shapes, (AXIS, foot + 4, AXIS_END - AXIS, 15), Para(sign, 11, colour=look.INK_2))
    return foot + 20


def _ticks(most: float) -> Iterable[int]:
    """Weeks to name: six at most."""
    steps = (4, 8, 12, 16, 24, 26, 52, 104)
    step = next((each for each in steps if most / each <= 6), 52 * ceil(most / 52 / 6))
    return range(0, int(most) + 1, step)


def _money(slide: Slide, report: Report, top: float) -> None:
    """What is released and what is held, as one bar."""
    section, budget = report.page.budget, report.decided.budget
    if section is None or budget is None or section.released is None:
        return
    parts: list[tuple[str, float, bool, str]] = []
    hues = [look.HUES[row.layer.hue] for row in section.rows]
    names = [f"{row.what}, {row.layer.name}: {row.middle}, {row.when}" for row in section.rows]
    amounts: Sequence[tuple[float, bool]] = [
        *([(budget.baseline.effort.middle, False)] if budget.baseline and budget.baseline.effort else []),
        *((each.effort.middle, not each.released) for each in budget.tranches),
    ]
    parts = [
        (hue, amount, held, name) for hue, (amount, held), name in zip(hues, amounts, names, strict=True)
    ]
    text(slide.shapes, (LEFT, top, WIDE, 20), Para(section.bar_title, 15, bold=True))
    top += 24
    whole = sum(amount for _, amount, _, _ in parts) or 1
    room = _room(2)
    for place, each in enumerate(each for each in (section.released, section.held) if each):
        paras = [
            Para(each.figure, 22, bold=True),
            Para(each.label, 13, colour=look.INK_2),
            Para(each.money, 13, bold=True, before=1),
        ]
        text(slide.shapes, (LEFT + place * (room + GAP), top, room, 64), *paras)
    group, left = slide.shapes.add_group_shape(), float(LEFT)
    for hue, amount, held, _ in parts:
        wide = (WIDE - 2) * amount / whole
        if held:
            rectangle(
                group.shapes, (left + 1, top + 70, max(wide - 2, 1), 24), line=hue, width=1.2, dash="dash"
            )
        else:
            rectangle(group.shapes, (left, top + 70, max(wide - 1, 1), 24), fill=hue)
        left += wide
    described(group, section.bar_title, f"{section.bar_title}. {'; '.join(names)}.")
    says = " ".join(each for each in (section.note, section.affordable) if each)
    text(slide.shapes, (LEFT, top + 102, WIDE, BOTTOM - top - 102 + 6), Para(says, 12, colour=look.INK_2))


# --- Questions to take home ----------------------------------------------------------------------------------------------


def _homework(deck: Deck, report: Report) -> None:
    """Only where nothing can be judged before they are answered."""
    section = report.page.homework
    if section is None or not report.page.homework_first:
        return
    rows = [
        (
            [Para(row.title, 12, bold=True), Para(row.why, 11, colour=look.INK_2, before=2)],
            row.who,
            row.evidence,
        )
        for row in section.rows
    ]
    for number, part in enumerate(_paged(rows, HOMEWORK_WIDTHS, 7)):
        slide = Slide(deck, section.heading if not number else f"{section.heading} ({number + 1})")
        head = (gettext("Question"), gettext("Who knows"), gettext("Evidence to bring"))
        table(
            slide, (LEFT, TOP - 6, WIDE, BOTTOM - TOP + 10), head, part, HOMEWORK_WIDTHS,
            name=section.heading, largest=14, pad=7,
        )  # fmt: skip
        slide.notes(section.note)


HOMEWORK_WIDTHS = (430, 170, 272)

# --- Pitfalls ---------------------------------------------------------------------------------------------------------------

PITFALL_WIDTHS = (92, 452, 318)


def _pitfalls(deck: Deck, report: Report) -> None:
    """The most severe first, on as many slides as they need."""
    section = report.page.pitfalls
    if not section.rows:
        slide = Slide(deck, section.heading)
        text(slide.shapes, (LEFT, TOP + 10, WIDE * 0.8, 120), Para(section.note, 18))
        slide.notes(section.note)
        return
    pages = list(_paged([_pitfall(row) for row in section.rows], PITFALL_WIDTHS, 10))
    left = list(section.rows)
    for number, cells in enumerate(pages, start=1):
        rows, left = left[: len(cells)], left[len(cells) :]
        words = {"heading": section.heading, "number": number, "count": len(pages)}
        slide = Slide(
            deck,
            gettext("%(heading)s (%(number)s of %(count)s)") % words if len(pages) > 1 else section.heading,
        )
        head = (gettext("Severity"), gettext("What can be seen"), gettext("What to do instead"))
        table(
            slide, (LEFT, TOP - 6, WIDE, BOTTOM - TOP + 10), head, cells, PITFALL_WIDTHS,
            name=section.heading, largest=15, pad=10,
        )  # fmt: skip
        because = (
            f"{row.title}: {row.hurts} {'; '.join(f'{each.title}: {each.answer}' for each in row.answers)}"
            for row in rows
        )
        slide.notes(section.note, *because, whys=[why for row in rows for why in row.whys])


def _pitfall(row: PitfallRow) -> tuple[Cell, ...]:
    return (
        [Para(row.severity_word, 12, bold=row.severity == "critical")],
        [Para(row.title, 14, bold=True), Para(row.see, 12, before=2)],
        [Para(row.instead, 12, bold=True)],
    )


def _paged[Each: Row](rows: Sequence[Each], widths: Sequence[float], pad: float) -> Iterator[list[Each]]:
    """As many rows a slide as fit at 12 points."""
    page: list[Each] = []
    for row in rows:
        if page and sum(row_height(each, widths, 12, pad) for each in (*page, row)) > BOTTOM - TOP - 24:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


SLIDES = (
    _summary,
    _house,
    _agreement,
    _homework,
    _deciding,
    _levels,
    _gates,
    _moves,
    _roadmap,
    _stages,
    _pitfalls,
)
"""In the order of the page; a slide that has nothing to say is left out."""
