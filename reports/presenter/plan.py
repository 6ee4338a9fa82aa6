"""The plan in words: the first moves, Now / Next / Later, the stages, and the lanes beside them."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, FirstMove, Move, Reason, Stage, Tranche
from advisor.engine.asking import DATAOPS
from advisor.engine.ownplan import Item, OwnPlan
from advisor.engine.playbook import Initiative
from reports.presenter import drawings, money, numbers, ownplan
from reports.presenter.lexicon import Lexicon
from reports.presenter.sections import (
    Column,
    Lane,
    MoveCard,
    MovesSection,
    PlannedMove,
    RoadmapSection,
    StageRow,
)

# --- First moves ------------------------------------------------------------------------------------------------------


def moves_section(lexicon: Lexicon, advice: Advice, own: OwnPlan) -> MovesSection:
    cards = tuple(
        _card(lexicon, advice, number, each, own) for number, each in enumerate(advice.first_moves, start=1)
    )
    return MovesSection(
        heading=_moves_heading(advice),
        note=_moves_note(lexicon, advice),
        moves=cards,
        offered=lexicon.offers.whose,
    )


def _moves_heading(advice: Advice) -> str:
    count = len(advice.first_moves)
    words = {"count": numbers.in_words(count)}
    if not count:
        return gettext("Keep going, and check again")
    if advice.bottleneck.kind == "undetermined":
        return ngettext("Measure first: one baseline", "Measure first: %(count)s baselines", count) % words
    if advice.bottleneck.kind == "none":
        return ngettext("One move is enough for now", "%(count)s moves are enough for now", count) % {
            "count": numbers.in_words_first(count)
        }
    return ngettext("Start with this one move", "Start with these %(count)s moves", count) % words


def _moves_note(lexicon: Lexicon, advice: Advice) -> str:
    if not advice.first_moves:
        figures = lexicon.playbook.figures
        words = {
            "level": numbers.printed(figures.focus_level.value),
            "months": numbers.months(figures.sustain_months.value),
        }
        return (
            gettext("No gate is closed and nothing stays below level %(level)s. Answer again in %(months)s.")
            % words
        )
    if advice.bottleneck.kind == "undetermined":
        return ngettext(
            "It takes little effort, and replaces opinions by figures.",
            "Each takes little effort, and together they replace opinions by figures.",
            len(advice.first_moves),
        )
    sentences = [_later(advice), _parallel(lexicon, advice)]
    return " ".join(each for each in sentences if each)


def _later(advice: Advice) -> str:
    first = {each.move.code for each in advice.first_moves}
    count = sum(1 for stage in advice.roadmap for move in stage.moves if move.code not in first)
    if not count:
        return ""
    words = {"count": numbers.in_words_first(count)}
    return ngettext("One more comes later.", "%(count)s more come later.", count) % words


def _parallel(lexicon: Lexicon, advice: Advice) -> str:
    people = lexicon.situation.capacity_fte
    if advice.budget is None or advice.budget.parallel is None or not people or len(advice.first_moves) < 2:
        return ""
    count = advice.budget.parallel
    words = {"people": numbers.people(people), "count": numbers.in_words(count)}
    return (
        ngettext(
            "With %(people)s freed, make one move at a time.",
            "With %(people)s freed, up to %(count)s moves can run side by side.",
            count,
        )
        % words
    )


def _card(lexicon: Lexicon, advice: Advice, number: int, found: FirstMove, own: OwnPlan) -> MoveCard:
    move = found.move
    item = own.item(move.code)
    initiative = lexicon.playbook.initiative[move.initiative]
    words = initiative.words(move.phase)
    return MoveCard(
        number=number,
        code=move.code,
        layer=lexicon.tags[move.layer],
        title=words.title,
        short=words.short,
        part=_part(found),
        lifts=lifts(lexicon, move),
        why=words.why,
        next_monday=words.next_monday,
        effort=effort_of(move),
        lead=numbers.weeks(move.lead),
        owner=(item and item.change.owner) or owner_of(lexicon, move),
        sourcing=_sourcing(initiative),
        sourcing_says=initiative.sourcing_says,
        success=words.success,
        risk=initiative.risk,
        whys=lexicon.whys(*move.reasons, *found.reasons, *_without_lead(lexicon, advice, move)),
        due=ownplan.due(item) if item else "",
        note=item.change.note if item else "",
        remarks=ownplan.remarks(lexicon, item) if item else (),
        decided=ownplan.slot_word(item.slot) if item and item.moved else "",
        offer=lexicon.offers.says(initiative),
    )


def _part(found: FirstMove) -> str:
    return {
        "main": "",
        "baseline": gettext("Baseline"),
        "preparation": gettext("Early start"),
        "focus": gettext("Refinement"),
    }[found.role]


def lifts(lexicon: Lexicon, move: Move) -> tuple[str, ...]:
    """What rises from where to where, and why, where that is not for its own minimum."""
    rises = (
        gettext("Lifts %(title)s from %(start)s to %(to)s.")
        % {"title": lexicon.title(each.capability), "start": each.start, "to": each.to}
        for each in move.raises
    )
    if move.cause == "balance":
        return (*rises, gettext("That lifts the average, which the gate asks for too."))
    if move.cause == "prerequisite" and (needed := _needed_by(move)):
        return (*rises, gettext("“%(title)s” needs it.") % {"title": needed})
    return tuple(rises)


def _needed_by(move: Move) -> str:
    return next((each.says for each in move.reasons if each.rule == "R-ORD-3" and each.says), "")


def owner_of(lexicon: Lexicon, move: Move) -> str:
    """Who is to look after it; somebody has to stand in where nobody looks after the data (R-APP-8)."""
    if _lacks_lead(lexicon, move):
        return gettext("A named sponsor in the business, until there is a data lead")
    return lexicon.playbook.initiative[move.initiative].owner


def _lacks_lead(lexicon: Lexicon, move: Move) -> bool:
    return move.layer == DATAOPS and lexicon.situation.data_team == "none"


def _without_lead(lexicon: Lexicon, advice: Advice, move: Move) -> tuple[Reason, ...]:
    if not _lacks_lead(lexicon, move):
        return ()
    reasons = (reason for each in advice.applicability for reason in each.reasons)
    return tuple(each for each in reasons if each.rule == "R-APP-8")


def effort_of(move: Move) -> str:
    return numbers.person_weeks(move.effort) if move.effort else gettext("not known yet")


def _sourcing(initiative: Initiative) -> str:
    return {
        "in_house": gettext("In-house"),
        "managed": gettext("A managed service"),
        "build": gettext("Built once with help"),
        "hybrid": gettext("A mix of both"),
    }[initiative.sourcing]


# --- Roadmap ----------------------------------------------------------------------------------------------------------


def roadmap_section(lexicon: Lexicon, advice: Advice, own: OwnPlan, decided: Advice) -> RoadmapSection | None:
    """None where nothing is planned at all. ``decided`` has the stages as somebody changed them."""
    if not advice.roadmap and not advice.protect_lane and advice.mlops_status != "watch":
        return None
    unknown = money.unknown_blocks(advice)
    timed = any(each.planned_weeks is not None for each in advice.roadmap)
    return RoadmapSection(
        heading=_roadmap_heading(advice),
        note=_roadmap_note(advice),
        changed=ownplan.changed_note(lexicon, own),
        columns=tuple(_columns(lexicon, advice, own)),
        bars=drawings.stage_bars(lexicon, decided),
        bars_title=gettext("How long each stage takes") if timed else gettext("The lead times of each stage"),
        stages=tuple(_stage_row(lexicon, decided, each) for each in decided.roadmap),
        lanes=(
            *_lane(lexicon, "protection", advice.protect_lane, _limit(lexicon)),
            *_lane(lexicon, "preparation", decided.prep_lane),
        ),
        risks=(risks := ownplan.risks(lexicon, own)),
        risks_heading=ownplan.risks_heading(len(risks)),
        missing=_missing(lexicon, advice),
        formula=_formula(lexicon, decided),
        whys=lexicon.whys(*(reason for each in advice.roadmap for reason in each.reasons)),
        range_title=gettext("Duration") if timed else gettext("Lead time"),
        missing_answers=lexicon.quotes(_without_figures(lexicon)) if _missing(lexicon, advice) else (),
        unknown=money.not_in_the_plan(len(unknown)),
        unknown_answers=lexicon.quotes(unknown),
    )


def _without_figures(lexicon: Lexicon) -> list[str]:
    """The questions without whose answers nobody can say how long it takes."""
    situation = lexicon.situation
    missing = {"c_size": situation.size is None, "c_capacity_fte": situation.capacity_fte is None}
    return [each for each, is_so in missing.items() if is_so and lexicon.asks(each)]


def _roadmap_heading(advice: Advice) -> str:
    if advice.bottleneck.kind == "undetermined":
        return gettext("Find out first, then plan")
    if len(advice.roadmap) > 1:
        return gettext("One floor after the other")
    return gettext("One stage, then look again") if advice.roadmap else gettext("Nothing has to be planned")


def _roadmap_note(advice: Advice) -> str:
    if advice.bottleneck.kind == "undetermined":
        return gettext("Nothing can be planned on answers that are missing. Short baselines fill the gaps.")
    if not advice.roadmap:
        return gettext("Every gate is open. This is what may come.")
    return gettext("A stage starts when the gate below is answered again, with evidence.")


def _columns(lexicon: Lexicon, advice: Advice, own: OwnPlan) -> Iterable[Column]:
    """Now, next, later by stage, and what somebody left out; as the reader's own plan has it."""
    if advice.roadmap:
        layer = advice.bottleneck.at or advice.first_moves[0].move.layer
        yield _column(lexicon, gettext("Now"), _now_title(advice, own), layer, own.at("now"))
        if then := own.at("next"):
            yield _column(lexicon, gettext("Next"), gettext("Until the gate opens"), layer, then)
        yield from _columns_later(lexicon, advice, own)
        if out := own.at("dropped"):
            yield _column(
                lexicon, gettext("Left out"), _count_of_moves(len(out)), out[0].move.layer, out, dashed=True
            )
    if advice.mlops_status == "watch":
        yield _column_watch(lexicon)


def _now_title(advice: Advice, own: OwnPlan) -> str:
    return (
        gettext("Baselines")
        if advice.bottleneck.kind == "undetermined"
        else _count_of_moves(len(own.at("now")))
    )


def _count_of_moves(count: int) -> str:
    if not count:
        return gettext("Nothing yet")
    words = {"count": numbers.in_words_first(count)}
    return ngettext("One move", "%(count)s moves", count) % words


def _columns_later(lexicon: Lexicon, advice: Advice, own: OwnPlan) -> Iterable[Column]:
    """What somebody put off, then each later stage, also one of which everything was brought forward."""
    put_off = [each for each in own.at("later") if each.stage < 2]
    if put_off:
        yield _column(lexicon, gettext("Later"), gettext("Put off by you"), put_off[0].move.layer, put_off)
    if advice.bottleneck.kind == "undetermined":
        return
    for below, stage in pairwise(advice.roadmap):
        items = [each for each in own.at("later") if each.stage == stage.stage]
        early = {each.code for each in advice.protect_lane}
        kicker = gettext("Later, %(layer)s") % {"layer": lexicon.name(stage.layer)}
        title = gettext("After the %(layer)s gate") % {"layer": lexicon.name(below.layer)}
        yield _column(lexicon, kicker, title, stage.layer, items, dashed=True, early=early)


def _column(
    lexicon: Lexicon,
    kicker: str,
    title: str,
    layer: str,
    items: Sequence[Item],
    *,
    dashed: bool = False,
    early: Collection[str] = (),
) -> Column:
    """``early`` has the codes of moves whose first step begins now, in the lane of care."""
    return Column(
        kicker=kicker,
        title=title,
        hue=lexicon.tags[layer].hue,
        dashed=dashed,
        says="" if items else gettext("Everything planned here has started already."),
        moves=tuple(planned(lexicon, each.move, each, early=each.move.code in early) for each in items),
    )


def _column_watch(lexicon: Lexicon) -> Column:
    """A closed third stage: its entry conditions, no work."""
    status, top = lexicon.playbook.status["watch"], lexicon.playbook.layers[-1]
    return Column(
        kicker=gettext("Later, %(layer)s") % {"layer": top.name},
        title=status.title,
        hue=lexicon.tags[top.id].hue,
        dashed=True,
        says=status.says,
        moves=(),
    )


def planned(lexicon: Lexicon, move: Move, item: Item | None = None, *, early: bool = False) -> PlannedMove:
    """A move in words, with what somebody changed about it."""
    initiative = lexicon.playbook.initiative[move.initiative]
    words = initiative.words(move.phase)
    return PlannedMove(
        code=move.code,
        short=words.short,
        title=words.title,
        lead=numbers.weeks(move.lead),
        effort=effort_of(move),
        owner=(item and item.change.owner) or owner_of(lexicon, move),
        lifts=lifts(lexicon, move),
        next_monday=words.next_monday,
        success=words.success,
        due=ownplan.due(item) if item else "",
        due_day=ownplan.due_day(item) if item else None,
        note=item.change.note if item else "",
        remarks=ownplan.remarks(lexicon, item) if item else (),
        early=gettext("first step already now") if early else "",
        left_out=item is not None and item.slot == "dropped",
        offer=lexicon.offers.says(initiative),
    )


def _stage_row(lexicon: Lexicon, advice: Advice, stage: Stage) -> StageRow:
    tranche = (
        next((each for each in advice.budget.tranches if each.stage == stage.stage), None)
        if advice.budget
        else None
    )
    span = ""
    if tranche and tranche.start_week is not None and tranche.end_week is not None:
        words = {"start": numbers.whole(tranche.start_week), "end": numbers.whole(tranche.end_week)}
        span = gettext("week %(start)s to %(end)s") % words
    lead = numbers.weeks_between(stage.lead_weeks)
    return StageRow(
        stage=money.stage_name(stage),
        layer=lexicon.tags[stage.layer],
        range=numbers.weeks_between(stage.weeks) if stage.weeks else lead,
        planned=numbers.weeks_whole(stage.planned_weeks) if stage.planned_weeks is not None else "",
        span=span,
        effort=numbers.person_weeks(stage.effort) if stage.effort else "",
        ends_with=_ends_with(lexicon, advice, stage),
        horizon=_horizon(advice, tranche),
    )


def _ends_with(lexicon: Lexicon, advice: Advice, stage: Stage) -> str:
    words = {"layer": lexicon.name(stage.layer)}
    if stage.put_off:
        return gettext("what you put off is done")
    if advice.bottleneck.kind == "undetermined":
        return gettext("%(layer)s can be judged") % words
    return gettext("the %(layer)s gate, answered again") % words


def _horizon(advice: Advice, tranche: Tranche | None) -> str:
    if advice.budget is None or tranche is None or tranche.inside_horizon is None:
        return ""
    if not tranche.inside_horizon:
        return gettext("ends after your horizon")
    if money.ends_late(advice.budget, money.upper_ends(advice).get(tranche.stage)):
        return gettext("inside your horizon as planned, not at the upper estimate")
    return gettext("inside your horizon")


def _limit(lexicon: Lexicon) -> str:
    """The whole effort of these moves belongs to their own stage; beside the main plan only a beginning is made."""
    share = numbers.share(lexicon.playbook.figures.protection_share.value)
    return gettext("First step; all first steps together take at most %(share)s of the people.") % {
        "share": share
    }


def _lane(lexicon: Lexicon, name: str, moves: tuple[Move, ...], limit: str = "") -> Iterable[Lane]:
    if moves:
        words = lexicon.playbook.lane[name]
        yield Lane(
            title=words.title,
            says=words.says,
            limit=limit,
            moves=tuple(planned(lexicon, each) for each in moves),
            whys=lexicon.whys(*(reason for each in moves for reason in each.reasons)),
        )


def _missing(lexicon: Lexicon, advice: Advice) -> str:
    if not advice.roadmap:
        return ""
    size, capacity = lexicon.situation.size is None, lexicon.situation.capacity_fte is None
    words = {"size": lexicon.title("c_size"), "capacity": lexicon.title("c_capacity_fte")}
    if capacity and not lexicon.asks("c_capacity_fte"):
        not_asked = gettext(
            "The quick check does not ask for people and horizon, so there are lead times only."
        )
        if not size:
            return not_asked
        return gettext("%(not_asked)s No effort can be given without “%(size)s”.") % {
            **words,
            "not_asked": not_asked,
        }
    if size and capacity:
        return (
            gettext(
                "Two answers are missing for effort and duration: “%(size)s” and “%(capacity)s”. "
                "Until then there are lead times only."
            )
            % words
        )
    if size:
        return (
            gettext(
                "One answer is missing for effort and duration: “%(size)s”. Until then there are lead times only."
            )
            % words
        )
    if capacity:
        return (
            gettext(
                "One answer is missing for durations: “%(capacity)s”. Until then there are lead times only."
            )
            % words
        )
    return ""


def _formula(lexicon: Lexicon, advice: Advice) -> str:
    if not any(stage.planned_weeks is not None for stage in advice.roadmap):
        return ""
    share = numbers.share(lexicon.playbook.figures.capacity_use.value)
    return gettext(
        "Weeks of a stage: all middle efforts added up, divided by %(share)s of the people freed; or, if that is more, "
        "the longest lead times of its waves, one wave after the other. A wave is a group of moves that can run side "
        "by side; the next one builds on it."
    ) % {"share": share}
