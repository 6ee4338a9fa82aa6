"""A "what if" in words: levels as somebody tries them, and what the rules then say, beside what they say today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from advisor.drawing import SmallBlock, SmallFloor, Svg, mini
from advisor.drawing import gate as door
from advisor.drawing.gate import GateState
from advisor.engine import whatif
from advisor.engine.advice import Advice, Difference, Implausible
from advisor.engine.playbook import Range
from advisor.engine.situation import UNKNOWN, Situation
from reports.presenter import numbers
from reports.presenter.findings import severity_word
from reports.presenter.gates import waits, word_of
from reports.presenter.levels import reading_of, state_of
from reports.presenter.lexicon import Lexicon, listed, of_four
from reports.presenter.ownplan import short_of
from reports.presenter.parts import LayerTag
from reports.presenter.summary import headline
from reports.presenter.trials import ChoiceFloor, Levels, Start, floors, query_of, starts, tried

# --- The page -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLevel:
    """ "Pipeline orchestration", "from 1 to 2"."""

    title: str
    layer: LayerTag
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same thing today and with the tried levels."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePair:
    layer: LayerTag
    before: str
    before_symbol: Svg
    after: str
    after_symbol: Svg
    says: str
    """ "opens", "closes"; empty where nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What goes and what comes. ``says`` is the whole of it in a sentence; the lists may be empty."""

    says: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """ "Effort", "127 person-weeks", "114 person-weeks", "13 person-weeks less"."""

    title: str
    before: str
    after: str
    difference: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A tried level without the level that has to carry it. ``query`` leads to where that one is tried too."""

    says: str
    remedy: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Everything that changes, beside what it was."""

    changed: tuple[ChangedLevel, ...]
    headline: Pair
    before_house: Svg
    after_house: Svg
    unsupported: tuple[Unsupported, ...]
    gates: tuple[GatePair, ...]
    """The floor of the bottleneck first, then the others as in the house."""
    gates_say: str
    bottleneck: Pair
    bottleneck_says: str
    pitfalls: Listed
    holds: Listed
    moves: Listed
    figures: tuple[FigureRow, ...]
    first_before: tuple[str, ...]
    first_after: tuple[str, ...]
    first_says: str
    unknown: Unsupported | None
    """Why no bottleneck can be named then, and the levels to try too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage:
    """Levels to try, and their effect."""

    floors: tuple[ChoiceFloor, ...]
    """The top floor first, as in the house."""
    starts: tuple[Start, ...]
    summary: str
    """The whole effect in one sentence, to be read out."""
    effect: Effect
    levels: tuple[tuple[str, int], ...]
    """What is tried, for the form that keeps it."""
    query: str


def whatif_page(lexicon: Lexicon, levels: Levels, difference: Difference) -> WhatIfPage:
    """``lexicon`` has today's answers, ``levels`` the tried ones as ``tried`` leaves them."""
    return WhatIfPage(
        floors=tuple(floors(lexicon, levels, difference)),
        starts=tuple(starts(lexicon, levels, difference.before)),
        summary=summary(lexicon, len(levels), difference),
        effect=_effect(lexicon, levels, difference),
        levels=tuple(levels.items()),
        query=query_of(levels),
    )


# --- The effect -----------------------------------------------------------------------------------------------------------


def _effect(lexicon: Lexicon, levels: Levels, found: Difference) -> Effect:
    then = _then(lexicon, levels)
    bottleneck = Pair(before=_bottleneck(lexicon, found.before), after=_bottleneck(then, found.after))
    first_before, first_after = (_first(lexicon, each) for each in (found.before, found.after))
    return Effect(
        changed=tuple(_changed(lexicon, each, level) for each, level in levels.items()),
        headline=Pair(before=headline(lexicon, found.before), after=headline(then, found.after)),
        before_house=_house(lexicon, found.before, {}, gettext("The house today.")),
        after_house=_house(
            then, found.after, _directions(lexicon, levels), gettext("The house with these levels.")
        ),
        unsupported=tuple(_unsupported(lexicon, levels, each) for each in _lacking(levels, found.after)),
        gates=tuple(_gates(lexicon, found)),
        gates_say="" if _moved_gates(found) else gettext("These levels change nothing about the gates."),
        bottleneck=bottleneck,
        bottleneck_says=""
        if found.bottleneck_moved
        else gettext("These levels change nothing about the bottleneck."),
        pitfalls=_pitfalls(lexicon, found),
        holds=_holds(lexicon, found),
        moves=_moves(lexicon, found),
        figures=tuple(_figures(found)),
        first_before=first_before,
        first_after=first_after,
        first_says=gettext("The first moves stay the same.") if first_before == first_after else "",
        unknown=_unknown(lexicon, levels, found),
    )


def _unknown(lexicon: Lexicon, levels: Levels, found: Difference) -> Unsupported | None:
    """A plan raises no block that nobody knows, so its end may hang on one."""
    at = found.after.bottleneck.at
    if not levels or found.after.bottleneck.kind != "undetermined" or at is None:
        return None
    gate = found.after.gates[at]
    missing = [each for each in lexicon.playbook.capability if each in gate.unknown]
    words = {"titles": lexicon.titles(missing), "layer": lexicon.name(at)}
    if not missing:
        return None
    return Unsupported(
        says=ngettext(
            "The %(layer)s gate cannot be judged then: one block is not known, and no move raises it: %(titles)s.",
            "The %(layer)s gate cannot be judged then: these blocks are not known, and no move raises them: %(titles)s.",
            len(missing),
        )
        % words,
        remedy=ngettext("Try it at its minimum too", "Try them at their minimum too", len(missing)),
        query=query_of(tried(lexicon, {**levels, **{each: gate.minima[each] for each in missing}})),
    )


def _then(lexicon: Lexicon, levels: Levels) -> Lexicon:
    """The words for the situation with the tried levels."""
    situation: Situation = lexicon.situation.with_levels(levels)
    given = None if lexicon.given is None else {*lexicon.given, *levels}
    return Lexicon(lexicon.playbook, situation, given, lexicon.edition, lexicon.own)


def _changed(lexicon: Lexicon, capability: str, level: int) -> ChangedLevel:
    return ChangedLevel(
        title=lexicon.title(capability),
        layer=lexicon.tags[lexicon.playbook.capability[capability].layer],
        says=_from_to(lexicon, capability, level),
    )


def _from_to(lexicon: Lexicon, capability: str, level: int) -> str:
    answer = lexicon.situation.levels.get(capability)
    if isinstance(answer, int):
        return gettext("from %(start)s to %(to)s") % {"start": answer, "to": level}
    if answer is UNKNOWN:
        return gettext("from “don’t know” to %(to)s") % {"to": level}
    return gettext("from “not answered” to %(to)s") % {"to": level}


# --- The two houses -------------------------------------------------------------------------------------------------------


def _directions(lexicon: Lexicon, levels: Levels) -> dict[str, bool]:
    """Whether each changed capability rises; what was not known does in any case."""
    answers = lexicon.situation.levels
    return {
        each: level > answer if isinstance(answer := answers.get(each), int) else True
        for each, level in levels.items()
    }


def _house(lexicon: Lexicon, advice: Advice, rises: Mapping[str, bool], title: str) -> Svg:
    standings = {each.capability: each for each in advice.standings}
    floors, readings = [], []
    for layer in lexicon.playbook.layers:
        gate = advice.gates.get(layer.id)
        mine = [standings[each.id] for each in lexicon.playbook.capabilities_of[layer.id]]
        blocks = tuple(
            SmallBlock(
                state=state_of(each),
                level=each.answer if isinstance(each.answer, int) and each.asked else None,
                moved=("up" if rises[each.capability] else "down") if each.capability in rises else "",
            )
            for each in mine
        )
        effective: GateState | None = gate.effective if gate else None
        on_sand = bool(gate) and effective == "blocked" and any(each.asked for each in mine)
        on_sand = on_sand and advice.bottleneck.kind != "undetermined"
        floors.append(
            SmallFloor(hue=lexicon.tags[layer.id].hue, blocks=blocks, gate=effective, on_sand=on_sand)
        )
        asked = [reading_of(lexicon, each) for each in mine if each.asked]
        words = {
            "layer": layer.name,
            "gate": word_of(advice, gate) if gate else "",
            "blocks": "; ".join(asked),
        }
        if asked and effective:
            readings.append(gettext("%(layer)s (%(gate)s): %(blocks)s.") % words)
    first, second, third = floors
    return mini.small((first, second, third), " ".join([title, *reversed(readings)]))


# --- Gates and bottleneck -------------------------------------------------------------------------------------------------


def _moved_gates(found: Difference) -> bool:
    return any(
        found.after.gates[each].effective != gate.effective for each, gate in found.before.gates.items()
    )


def _gates(lexicon: Lexicon, found: Difference) -> Iterable[GatePair]:
    for layer, gate in reversed(list(found.before.gates.items())):
        before, after = gate.effective, found.after.gates[layer].effective
        yield GatePair(
            layer=lexicon.tags[layer],
            before=(word := word_of(found.before, gate)),
            before_symbol=door.gate(before, word),
            after=(then := word_of(found.after, found.after.gates[layer])),
            after_symbol=door.gate(after, then),
            says=_moves_so(before, after, waits=waits(found.after, found.after.gates[layer]))
            if before != after
            else "",
        )


def _moves_so(before: GateState, after: GateState, *, waits: bool) -> str:
    """What happens to a gate, in a word or two."""
    if after == "open":
        return gettext("opens")
    if after == "blocked":
        return gettext("waits now") if waits else gettext("on sand now")
    if before == "open":
        return gettext("closes")
    if before == "blocked":
        return gettext("freed")
    if after == "undetermined":
        return gettext("in doubt")
    if before == "undetermined":
        return gettext("known now")
    return gettext("comes closer") if after == "near" else gettext("moves away")


def _bottleneck(lexicon: Lexicon, advice: Advice) -> str:
    found = advice.bottleneck
    if found.layer is None:
        return gettext("No bottleneck") if found.kind == "none" else gettext("No verdict yet")
    words = {"layer": lexicon.name(found.layer)}
    if found.kind == "next_stage":
        return gettext("%(layer)s is the next stage") % words
    return gettext("%(layer)s is the bottleneck") % words


# --- Pitfalls, holds, moves -----------------------------------------------------------------------------------------------


def _pitfalls(lexicon: Lexicon, found: Difference) -> Listed:
    before = {each.id: each.severity for each in found.before.pitfalls}
    after = {each.id: each.severity for each in found.after.pitfalls}
    titles = lexicon.playbook.pitfall
    changed = [each for each in after if each in before and before[each] != after[each]]
    if not (found.pitfalls_gone or found.pitfalls_new or changed):
        return Listed(says=gettext("These levels change nothing about the pitfalls."))
    sentences = [
        gettext("“%(title)s” stays, and is %(after)s instead of %(before)s.")
        % {
            "title": titles[each].title,
            "before": severity_word(before[each]).lower(),
            "after": severity_word(after[each]).lower(),
        }
        for each in changed
    ]
    return Listed(
        says=" ".join(sentences),
        gone=tuple(titles[each].title for each in found.pitfalls_gone),
        new=tuple(titles[each].title for each in found.pitfalls_new),
    )


def _holds(lexicon: Lexicon, found: Difference) -> Listed:
    before, after = ([each.id for each in advice.holds] for advice in (found.before, found.after))
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    if not (gone or new):
        none = gettext("Nothing has to stop, today or then.")
        return Listed(says=gettext("What to stop stays the same.") if before else none)
    titles = lexicon.playbook.hold
    return Listed(
        says="",
        gone=tuple(titles[each].title for each in gone),
        new=tuple(titles[each].title for each in new),
    )


def _moves(lexicon: Lexicon, found: Difference) -> Listed:
    if not (found.moves_gone or found.moves_new):
        return Listed(says=gettext("These levels change no move of the roadmap."))
    stay = sum(1 for each in _codes(found.before) if each not in found.moves_gone)
    words = {"count": numbers.in_words_first(stay)}
    return Listed(
        says=ngettext("One move stays in the roadmap.", "%(count)s moves stay in the roadmap.", stay) % words
        if stay
        else gettext("No move of today’s roadmap is left."),
        gone=tuple(short_of(lexicon, each) for each in found.moves_gone),
        new=tuple(short_of(lexicon, each) for each in found.moves_new),
    )


def _codes(advice: Advice) -> list[str]:
    return [move.code for stage in advice.roadmap for move in stage.moves]


def _first(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    return tuple(short_of(lexicon, each.move.code) for each in advice.first_moves)


# --- Figures --------------------------------------------------------------------------------------------------------------


def _figures(found: Difference) -> Iterable[FigureRow]:
    before, after = found.before, found.after
    yield _counted(gettext("Stages"), len(before.roadmap), len(after.roadmap))
    yield _counted(gettext("Moves in the roadmap"), len(_codes(before)), len(_codes(after)))
    effort_before, effort_after = _effort(before), _effort(after)
    if effort_before is not None and effort_after is not None:
        yield FigureRow(
            title=gettext("Effort, middle value"),
            before=_person_weeks(effort_before),
            after=_person_weeks(effort_after),
            difference=_effort_difference(found) or gettext("the same"),
        )
    weeks_before, weeks_after = _weeks(before), _weeks(after)
    if weeks_before is not None and weeks_after is not None:
        yield FigureRow(
            title=gettext("Planned duration"),
            before=_in_weeks(weeks_before),
            after=_in_weeks(weeks_after),
            difference=_weeks_difference(weeks_before, weeks_after),
        )
    yield FigureRow(
        title=gettext("Confidence"),
        before=_confidence(before),
        after=_confidence(after),
        difference=gettext("the same")
        if before.confidence.level == after.confidence.level
        else gettext("higher")
        if TRUST.index(after.confidence.level) > TRUST.index(before.confidence.level)
        else gettext("lower"),
    )


TRUST = ("low", "medium", "high")


def _confidence(advice: Advice) -> str:
    return {"high": gettext("high"), "medium": gettext("medium"), "low": gettext("low")}[
        advice.confidence.level
    ]


def _counted(title: str, before: int, after: int) -> FigureRow:
    words = {"count": numbers.in_words(abs(after - before))}
    changed = gettext("%(count)s more") % words if after > before else gettext("%(count)s fewer") % words
    difference = gettext("the same") if before == after else changed
    return FigureRow(
        title=title, before=numbers.in_words(before), after=numbers.in_words(after), difference=difference
    )


def _effort(advice: Advice) -> Decimal | None:
    """Of the whole programme in person-weeks, rounded as estimates are; None where it is not known."""
    if advice.budget is None:
        return None if advice.roadmap else Decimal(0)
    return numbers.estimate(advice.budget.released.middle + advice.budget.held.middle)


def _person_weeks(amount: Decimal) -> str:
    if not amount:
        return gettext("none")
    return numbers.person_weeks(Range(low=float(amount), high=float(amount)))


def _effort_difference(found: Difference) -> str:
    """ "13 person-weeks less"; empty where it is the same, or not known."""
    before, after = _effort(found.before), _effort(found.after)
    if before is None or after is None or before == after:
        return ""
    words = {"effort": _person_weeks(abs(before - after))}
    return gettext("%(effort)s less") % words if after < before else gettext("%(effort)s more") % words


def _weeks(advice: Advice) -> int | None:
    """All stages one after the other, as planned; None where durations are not known."""
    planned = [each.planned_weeks for each in advice.roadmap]
    known = [each for each in planned if each is not None]
    return int(numbers.rounded(sum(known))) if len(known) == len(planned) else None


def _in_weeks(count: int) -> str:
    return numbers.weeks_whole(count) if count else gettext("none")


def _weeks_difference(before: int, after: int) -> str:
    if before == after:
        return gettext("the same")
    words = {"weeks": numbers.weeks_whole(abs(before - after))}
    return gettext("%(weeks)s less") % words if after < before else gettext("%(weeks)s more") % words


# --- Levels without support -----------------------------------------------------------------------------------------------


def _lacking(levels: Levels, after: Advice) -> list[Implausible]:
    """The levels without support that have to do with what is tried."""
    return [each for each in after.implausible if each.capability in levels or each.needs in levels]


def _unsupported(lexicon: Lexicon, levels: Levels, found: Implausible) -> Unsupported:
    words = {
        "title": lexicon.title(found.capability),
        "level": of_four(found.level),
        "needs": lexicon.title(found.needs),
        "at_least": found.at_least,
        "reason": next((each.says for each in found.reasons if each.says), ""),
    }
    says = gettext(
        "“%(title)s” at %(level)s would be reported without support: it needs “%(needs)s” at %(at_least)s. %(reason)s"
    )
    return Unsupported(
        says=(says % words).strip(),
        remedy=gettext("Try “%(needs)s” at %(at_least)s too") % words,
        query=query_of(tried(lexicon, {**levels, found.needs: found.at_least})),
    )


# --- All of it in one sentence ----------------------------------------------------------------------------------------------


def summary(lexicon: Lexicon, count: int, found: Difference) -> str:
    """ "With two levels changed, the DataOps gate opens, one pitfall goes and the plan takes 13 person-weeks less."."""
    if not count:
        return gettext("No level is changed yet: both sides show today’s answers.")
    effects = list(_effects(lexicon, found))
    words = {"count": numbers.in_words(count), "effects": listed(effects)}
    if not effects:
        return (
            ngettext(
                "With one level changed, gates, bottleneck, pitfalls and roadmap stay as they are.",
                "With %(count)s levels changed, gates, bottleneck, pitfalls and roadmap stay as they are.",
                count,
            )
            % words
        )
    return (
        ngettext("With one level changed, %(effects)s.", "With %(count)s levels changed, %(effects)s.", count)
        % words
    )


def _effects(lexicon: Lexicon, found: Difference) -> Iterable[str]:
    """What changes, the weightiest first, in parts of a sentence."""
    if found.gates_opened:
        words = {"layers": listed(map(lexicon.name, found.gates_opened))}
        count = len(found.gates_opened)
        yield ngettext("the %(layers)s gate opens", "the %(layers)s gates open", count) % words
    if found.gates_closed:
        words = {"layers": listed(map(lexicon.name, found.gates_closed))}
        count = len(found.gates_closed)
        yield ngettext("the %(layers)s gate closes", "the %(layers)s gates close", count) % words
    if found.bottleneck_moved:
        yield _bottleneck_moves(lexicon, found)
    if gone := len(found.pitfalls_gone):
        yield ngettext("one pitfall goes", "%(count)s pitfalls go", gone) % {"count": numbers.in_words(gone)}
    if new := len(found.pitfalls_new):
        yield ngettext("one pitfall appears", "%(count)s pitfalls appear", new) % {
            "count": numbers.in_words(new)
        }
    yield from _plan_effects(found)


def _bottleneck_moves(lexicon: Lexicon, found: Difference) -> str:
    after = found.after.bottleneck
    words = {"layer": lexicon.name(after.layer) if after.layer else ""}
    moves = gettext("the bottleneck moves to %(layer)s")
    becomes = gettext("%(layer)s becomes the bottleneck")
    return {
        "gate": (moves if found.before.bottleneck.kind == "gate" else becomes) % words,
        "next_stage": gettext("%(layer)s is the next stage") % words,
        "undetermined": gettext("no bottleneck can be named"),
        "none": gettext("no bottleneck is left"),
    }[after.kind]


def _plan_effects(found: Difference) -> Iterable[str]:
    if done := _behind(found):
        yield gettext("%(effort)s are behind you") % {"effort": done}
    elif difference := _effort_difference(found):
        yield gettext("the plan takes %(difference)s") % {"difference": difference}
    elif found.moves_gone or found.moves_new:
        yield gettext("the roadmap has other moves")
    elif [each.move.code for each in found.before.first_moves] != [
        each.move.code for each in found.after.first_moves
    ]:
        yield gettext("the first moves are other ones")


def _behind(found: Difference) -> str:
    """How much of today's plan is done then, where nothing else takes its place."""
    before, after = _effort(found.before), _effort(found.after)
    judged = "undetermined" not in (found.before.bottleneck.kind, found.after.bottleneck.kind)
    if not judged or found.moves_new or before is None or after is None or before - after <= 1:
        return ""
    return _person_weeks(before - after)


# --- Kept plans in the report -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCard:
    """A kept plan: its name as typed, what it changes, and what that would do.

    ``reached`` says that nothing is left to try, and then there are no facts.
    """

    number: int
    name: str
    changed: tuple[ChangedLevel, ...]
    reached: str
    facts: tuple[tuple[str, str], ...]
    """ "Bottleneck", "MLOps instead of DataOps"."""
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenariosSection:
    heading: str
    note: str
    cards: tuple[ScenarioCard, ...]


def scenarios_section(cards: Iterable[ScenarioCard]) -> ScenariosSection | None:
    """None where nobody kept one."""
    found = tuple(cards)
    if not found:
        return None
    count = len(found)
    return ScenariosSection(
        heading=ngettext("What if: one plan", "What if: %(count)s plans", count)
        % {"count": numbers.in_words(count)},
        note=gettext("Levels as they might become. The effect is worked out anew from today’s answers."),
        cards=found,
    )


def scenario_cards(lexicon: Lexicon, scenarios: Iterable[tuple[int, str, Levels]]) -> Iterable[ScenarioCard]:
    """``scenarios`` are number, name and levels of each."""
    for number, name, levels in scenarios:
        left = tried(lexicon, levels)
        yield _card(lexicon, number, name, left, whatif(lexicon.playbook, lexicon.situation, left))


def _card(lexicon: Lexicon, number: int, name: str, levels: Levels, found: Difference) -> ScenarioCard:
    """Without ``levels``, today's answers have come as far as the plan."""
    return ScenarioCard(
        number=number,
        name=name,
        changed=tuple(_changed(lexicon, each, level) for each, level in levels.items()),
        reached="" if levels else gettext("Today’s answers have reached every level of this plan."),
        facts=tuple(_facts(lexicon, found)) if levels else (),
        query=query_of(levels),
    )


def _facts(lexicon: Lexicon, found: Difference) -> Iterable[tuple[str, str]]:
    gates = [
        gettext("%(layer)s %(says)s") % {"layer": each.layer.name, "says": each.says}
        for each in _gates(lexicon, found)
        if each.says
    ]
    yield gettext("Gates"), "; ".join(reversed(gates)) or gettext("as today")
    words = {"then": _bottleneck(lexicon, found.after)}
    moved = "%(then)s" if found.bottleneck_moved else gettext("%(then)s, as today")
    yield gettext("Bottleneck"), moved % words
    if _effort(found.before) is not None and _effort(found.after) is not None:
        yield gettext("Effort"), _effort_difference(found) or gettext("as today")
