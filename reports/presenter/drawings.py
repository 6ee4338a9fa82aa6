"""The report's drawings: what the advice says, handed to advisor.drawing with its words."""

from dataclasses import replace

from django.utils.translation import gettext, ngettext

from advisor.drawing import Block, Floor, House, Key, Tag, charts, house
from advisor.drawing import gate as door
from advisor.drawing.masonry import Place
from advisor.drawing.svg import Hue, Svg
from advisor.engine.advice import Advice, Standing
from advisor.engine.asking import MLOPS
from reports.presenter import gates, numbers
from reports.presenter.levels import level_row, reading_of, state_of
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import Drawn, FloorView, HouseView

PLACES: tuple[Place, ...] = ("foundation", "framework", "attic")
"""From the ground up, like the layers."""


# --- The house --------------------------------------------------------------------------------------------------------


def house_view(lexicon: Lexicon, advice: Advice) -> HouseView:
    floors = tuple(_floor(lexicon, advice, layer.id) for layer in lexicon.playbook.layers)
    first, second, third = (_drawn_floor(lexicon, advice, each) for each in floors)
    key = _key(gettext("SECTION A-A"), gettext("1 COURSE = 1 LEVEL"))
    drawn = House(floors=(first, second, third), key=key)
    return HouseView(
        sheet=house.sheet(drawn),
        narrow=house.narrow(drawn),
        printed=house.printed(replace(drawn, key=_key(gettext("Figures: level reached, of 4")))),
        label=_label(lexicon),
        floors=tuple(reversed(floors)),
    )


def stage_house(lexicon: Lexicon, advice: Advice) -> Svg:
    """The house without words, for the screen of a room; beside it every floor stands with its gate in words."""
    floors = (_floor(lexicon, advice, layer.id) for layer in lexicon.playbook.layers)
    first, second, third = (_drawn_floor(lexicon, advice, each) for each in floors)
    return house.landing_small(House(floors=(first, second, third)))


def _label(lexicon: Lexicon) -> str:
    words = {
        "floors": numbers.in_words(len(lexicon.playbook.layers)),
        "blocks": numbers.in_words(len(lexicon.playbook.capabilities)),
    }
    return gettext("The house: %(floors)s floors, %(blocks)s blocks") % words


def _floor(lexicon: Lexicon, advice: Advice, layer: str) -> FloorView:
    gate = advice.gates.get(layer)
    standings = [
        each for each in advice.standings if lexicon.playbook.capability[each.capability].layer == layer
    ]
    asked = [each for each in standings if each.asked]
    status = lexicon.playbook.status[advice.mlops_status] if layer == MLOPS else None
    reasons = [reason for each in advice.applicability if each.layer == layer for reason in each.reasons]
    return FloorView(
        layer=lexicon.tags[layer],
        asked=bool(asked),
        gate=gate.effective if gate else None,
        gate_word=gates.word_of(advice, gate) if gate else "",
        gate_reason=gates.gate_reason(advice, gate) if gate else "",
        symbol=door.gate(gate.effective, gates.word_of(advice, gate)) if gate else None,
        tags=_tags(advice, layer),
        on_sand=bool(asked)
        and gate is not None
        and gate.effective == "blocked"
        and not gates.waits(advice, gate),
        status_title=status.title if status else "",
        status=status.says if status else "",
        whys=lexicon.whys(*reasons),
        whys_title=gettext("Why this floor counts") if asked else "",
        rows=tuple(level_row(lexicon, each) for each in standings) if asked else (),
    )


def _tags(advice: Advice, layer: str) -> tuple[tuple[str, bool], ...]:
    tags = []
    if advice.bottleneck.layer == layer:
        next_stage = advice.bottleneck.kind == "next_stage"
        tags.append((gettext("Next stage") if next_stage else gettext("Bottleneck"), True))
    if advice.agreement.stated == layer:
        tags.append((gettext("You named it"), False))
    return tuple(tags)


def _drawn_floor(lexicon: Lexicon, advice: Advice, floor: FloorView) -> Floor:
    place = PLACES[[each.id for each in lexicon.playbook.layers].index(floor.layer.id)]
    standings = {each.capability: each for each in advice.standings}
    return Floor(
        place=place,
        hue=floor.layer.hue,
        name=floor.layer.name,
        kicker=floor.layer.place.upper(),
        gate=floor.gate,
        gate_word=floor.gate_word or floor.status_title,
        gate_reason=floor.gate_reason,
        below_unknown=advice.bottleneck.kind == "undetermined",
        tags=tuple(Tag(word.upper(), solid=solid) for word, solid in floor.tags),
        blocks=tuple(
            _block(lexicon, standings[each.id], in_play=floor.gate is not None)
            for each in lexicon.playbook.capabilities_of[floor.layer.id]
        ),
    )


def _block(lexicon: Lexicon, standing: Standing, *, in_play: bool) -> Block:
    """A floor that is not part of the picture has dotted places and no line to reach."""
    capability = lexicon.playbook.capability[standing.capability]
    return Block(
        lines=capability.label,
        level=standing.answer if isinstance(standing.answer, int) and standing.asked else None,
        state=state_of(standing),
        minimum=standing.minimum if standing.asked else None,
        planned=standing.planned if in_play else None,
        href=lexicon.href(capability.id),
        title=reading_of(lexicon, standing),
    )


def _key(*notes: str) -> Key:
    return Key(
        built=gettext("built"),
        planned=gettext("planned"),
        minimum=gettext("gate minimum"),
        unknown=gettext("not known"),
        not_applicable=gettext("does not apply"),
        not_asked=gettext("not asked"),
        sand=gettext("sand: floor below not ready"),
        notes=notes,
    )


# --- Charts -----------------------------------------------------------------------------------------------------------


def stage_bars(lexicon: Lexicon, advice: Advice) -> Drawn | None:
    """The stages over weeks; None where durations are not known."""
    bars = _bars(lexicon, advice)
    if not bars:
        return None
    horizon = advice.budget.horizon_weeks if advice.budget else None
    weeks = charts.tick_weeks(bars, horizon)
    months = {"months": lexicon.situation.horizon_months}
    chart = charts.StageChart(
        title=gettext("Stages over time. The same figures stand in the table of stages on this page."),
        bars=bars,
        ticks=tuple(
            (week, gettext("week %(week)s") % {"week": week} if week else gettext("today")) for week in weeks
        ),
        horizon=horizon,
        horizon_word=gettext("your horizon, %(months)s months") % months if horizon else "",
        early=_early(lexicon, advice),
        care=_care(lexicon, advice),
    )
    return Drawn(
        screen=charts.stages(chart, charts.SCREEN),
        phone=charts.stages(chart, charts.PHONE),
        paper=charts.stages(chart, charts.PAPER),
        scale=" ".join(
            [
                gettext("One brick is %(weeks)s: solid to the lower estimate, dashed to the upper one.")
                % {"weeks": numbers.weeks_whole(chart.brick)},
                *dashed_note(advice),
            ]
        ),
    )


def dashed_note(advice: Advice) -> list[str]:
    """What the dashes of later stages mean; nothing where none waits."""
    held = advice.budget is not None and any(each.held_until for each in advice.budget.tranches)
    return [gettext("Later stages wait for a gate, dashed throughout.")] if held else []


def _bars(lexicon: Lexicon, advice: Advice) -> tuple[charts.StageBar, ...]:
    bars: list[charts.StageBar] = []
    tranches = {each.stage: each for each in advice.budget.tranches} if advice.budget else {}
    beside = advice.budget.baseline if advice.budget else None
    for stage in advice.roadmap:
        tranche = tranches.get(stage.stage)
        if (
            tranche is None
            or tranche.start_week is None
            or stage.weeks is None
            or stage.planned_weeks is None
        ):
            return ()
        words = {"number": stage.stage, "layer": lexicon.name(stage.layer)}
        bars.append(
            charts.StageBar(
                hue=lexicon.tags[stage.layer].hue,
                name=gettext("Put off by you")
                if stage.put_off
                else gettext("Stage %(number)s, %(layer)s") % words,
                note=numbers.weeks_between(stage.weeks),
                start=tranche.start_week,
                low=stage.weeks.low,
                high=stage.weeks.high,
                planned=stage.planned_weeks,
                held=not tranche.released,
                gate="" if stage.put_off else gettext("%(layer)s gate, answered again") % words,
                baseline=(beside.lead.high, gettext("baseline")) if beside and not bars else None,
                baseline_hue=lexicon.tags[beside.layer].hue if beside else "stone",
            )
        )
    return tuple(bars)


def _early(lexicon: Lexicon, advice: Advice) -> charts.EarlyStart | None:
    """The one piece of work of the preparation lane."""
    if not advice.prep_lane:
        return None
    move = advice.prep_lane[0]
    words = {"layer": lexicon.name(move.layer), "name": lexicon.playbook.initiative[move.initiative].short}
    return charts.EarlyStart(
        hue=lexicon.tags[move.layer].hue,
        name=gettext("One early start"),
        note=numbers.weeks_between(move.lead),
        low=move.lead.low,
        high=move.lead.high,
        words=gettext("groundwork for %(layer)s: %(name)s") % words,
    )


def _care(lexicon: Lexicon, advice: Advice) -> charts.CareLine | None:
    if not advice.protect_lane:
        return None
    share = numbers.share(lexicon.playbook.figures.protection_share.value)
    names = ", ".join(lexicon.playbook.initiative[each.initiative].short for each in advice.protect_lane)
    return charts.CareLine(
        hue=lexicon.tags[advice.protect_lane[0].layer].hue,
        name=gettext("Care for what is live"),
        note=gettext("all the time"),
        words=gettext("first steps only, at most %(share)s of the people: %(names)s")
        % {"share": share, "names": names},
    )


def budget_bar(lexicon: Lexicon, advice: Advice) -> Drawn | None:
    """What is released in solid bricks, what is held in dashed ones."""
    budget = advice.budget
    if budget is None:
        return None
    parts = [
        charts.BudgetPart(hue=lexicon.tags[each.layer].hue, amount=each.effort.middle, held=not each.released)
        for each in budget.tranches
    ]
    if budget.baseline and budget.baseline.effort:
        hue = lexicon.tags[budget.baseline.layer].hue
        parts.insert(0, charts.BudgetPart(hue=hue, amount=budget.baseline.effort.middle))
    title = ngettext(
        "Budget in one stage, middle values in person-weeks. The table of the budget has the same figures.",
        "Budget in %(count)s stages, middle values in person-weeks. The table of the budget has the same figures.",
        len(budget.tranches),
    ) % {"count": len(budget.tranches)}
    return Drawn(
        screen=charts.budget(parts, title, charts.SCREEN),
        phone=charts.budget(parts, title, charts.PHONE),
        paper=charts.budget(parts, title, charts.PAPER),
    )


def distribution(buckets: tuple[charts.Bucket, ...], title: str, hue: Hue) -> Drawn:
    here = gettext("you")
    return Drawn(
        screen=charts.distribution(buckets, title, here, hue, charts.SCREEN),
        phone=charts.distribution(buckets, title, here, hue, charts.PHONE),
        paper=charts.distribution(buckets, title, here, hue, charts.PAPER),
    )
