"""Two days in words: what became of gates, levels, plan, pitfalls and symptoms. Pure: no request, no query, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from advisor.drawing import gate as door
from advisor.drawing import slope
from advisor.drawing.gate import GateState
from advisor.drawing.masonry import AnswerState
from advisor.drawing.slope import Line
from advisor.drawing.svg import Svg
from advisor.engine.advice import Advice, GateResult, Move
from advisor.engine.progress import UNMOVED, Course, Crossing, Mood, Progress, Seen, Shift, progress
from advisor.engine.situation import NOT_APPLICABLE, Answer
from reports.presenter import gates, numbers
from reports.presenter.compared import (
    Comparison,
    CrossingView,
    DayView,
    Direction,
    Group,
    MilestoneView,
    ProgressSection,
    ShiftView,
    SlopesView,
)
from reports.presenter.lexicon import Lexicon, listed
from reports.presenter.parts import Drawn, FloorView
from reports.presenter.summary import in_short

NAME_LENGTH = 60
"""So much of a milestone's name stands in a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One of two days: an assessment as it was seen then. Today has neither name nor number of a milestone."""

    seen: Seen
    day: date
    given: Mapping[str, Any]
    """The answers, by question."""
    name: str = ""
    number: int = 0
    left_out: frozenset[str] = frozenset()
    """The codes of moves that somebody took out of the plan."""

    @property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.seen.playbook, self.seen.situation, self.given)


@dataclass(frozen=True, slots=True)
class Pair:
    """Both days, and what happened between them."""

    then: Day
    now: Day
    change: Progress
    was: Lexicon
    lexicon: Lexicon

    @classmethod
    def of(cls, then: Day, now: Day) -> "Pair":
        return cls(then, now, progress(then.seen, now.seen), then.lexicon, now.lexicon)


def comparison(then: Day, now: Day) -> Comparison:
    """The whole comparison, in the active language."""
    pair = Pair.of(then, now)
    crossings, works, pitfalls = pair.change.crossings, _works(pair), _pitfalls(pair)
    return Comparison(
        headline=headline(pair),
        lead=_lead(pair),
        then=_day(then, pair.was),
        now=_day(now, pair.lexicon),
        notes=tuple(_notes(pair)),
        crossings=tuple(_crossing(pair, each) for each in reversed(crossings)),
        crossings_heading=_crossings_heading(pair.change),
        floors=tuple(_floors(pair)),
        floors_heading=_levels_sentence(pair.change) or gettext("No level has changed"),
        works=works,
        works_heading=_works_heading(pair.change),
        pitfalls=pitfalls,
        pitfalls_heading=_pitfalls_heading(pair.change),
        symptoms=tuple(_symptom(pair, each) for each in pair.change.moods),
        symptoms_heading=_symptoms_heading(pair.change.moods),
    )


def section(then: Day, now: Day) -> tuple[ProgressSection, dict[str, str]]:
    """The same within a report: one heading, one sentence or two, and what became of each level that moved."""
    pair = Pair.of(then, now)
    words = {"name": in_short(then.name, NAME_LENGTH), "day": numbers.day(then.day)}
    says = " ".join([_full_stop(headline(pair)), *_lead(pair)])
    heading = gettext("Change since “%(name)s”, %(day)s") % words
    moved = [each for each in pair.change.shifts if each.course not in UNMOVED]
    marks = {each.capability: course_word(each.course, each.steps, each.now) for each in moved}
    return ProgressSection(number=then.number, heading=heading, says=says), marks


def with_marks(floors: tuple[FloorView, ...], marks: dict[str, str]) -> tuple[FloorView, ...]:
    """The floors of a report, each row with what became of it."""
    return tuple(
        replace(
            floor,
            rows=tuple(replace(row, since=marks.get(row.capability, "")) for row in floor.rows),
        )
        for floor in floors
    )


def milestone(day: Day) -> MilestoneView:
    """A milestone in a list, with the result of its day."""
    lexicon, advice = day.lexicon, day.seen.advice
    return MilestoneView(
        number=day.number,
        name=day.name,
        day=numbers.day(day.day),
        facts=(_answered(day, lexicon), _bottleneck(lexicon, advice), _open_gates(lexicon, advice)),
    )


def _answered(day: Day, lexicon: Lexicon) -> str:
    total = len(lexicon.asked)
    words = {"done": sum(1 for each in lexicon.asked if each in day.given), "total": total}
    told = ngettext(
        "%(done)s of %(total)s question answered", "%(done)s of %(total)s questions answered", total
    )
    return told % words


# --- Headline and lead --------------------------------------------------------------------------------------------------


def headline(pair: Pair) -> str:
    """One sentence of at most 90 characters, the weightiest change first: a gate, and with it the bottleneck; the levels."""
    change = pair.change
    if not change.compared:
        return gettext("Nothing can be compared: no question was asked both times")
    if passed := change.crossed("passed"):
        return _passed(pair, passed)
    if lost := change.crossed("lost"):
        return _lost(pair, lost)
    if sentence := _levels_sentence(change) or _known_sentence(change):
        return sentence
    if not change.unmoved:
        return gettext("Every level is as it was, but not everything around it")
    if change.only_then or change.only_now:
        return gettext("Nothing has changed in what can be compared")
    return gettext("Nothing has changed")


def _passed(pair: Pair, passed: tuple[str, ...]) -> str:
    words = {
        "layers": listed(pair.lexicon.name(each) for each in passed),
        "next": pair.lexicon.name(pair.now.seen.advice.bottleneck.layer or passed[-1]),
    }
    if pair.now.seen.advice.bottleneck.kind == "none":
        return (
            ngettext(
                "The %(layers)s gate is open: nothing in the structure holds you back",
                "The %(layers)s gates are open: nothing in the structure holds you back",
                len(passed),
            )
            % words
        )
    if pair.change.floors_moved > 0:
        return (
            ngettext(
                "The %(layers)s gate is open: the bottleneck has moved up to %(next)s",
                "The %(layers)s gates are open: the bottleneck has moved up to %(next)s",
                len(passed),
            )
            % words
        )
    return (
        ngettext("The %(layers)s gate is open now", "The %(layers)s gates are open now", len(passed)) % words
    )


def _lost(pair: Pair, lost: tuple[str, ...]) -> str:
    words = {
        "layers": listed(pair.lexicon.name(each) for each in lost),
        "to": pair.lexicon.name(pair.now.seen.advice.bottleneck.layer or lost[0]),
    }
    if pair.change.floors_moved < 0:
        return (
            ngettext(
                "The %(layers)s gate is no longer open: the bottleneck is back in %(to)s",
                "The %(layers)s gates are no longer open: the bottleneck is back in %(to)s",
                len(lost),
            )
            % words
        )
    return (
        ngettext(
            "The %(layers)s gate is no longer open", "The %(layers)s gates are no longer open", len(lost)
        )
        % words
    )


def _levels_sentence(change: Progress) -> str:
    """ "Three answers are higher, one is lower"; empty where no level moved."""
    up, down = len(change.up), len(change.down)
    words = {"up": numbers.in_words_first(up), "down": numbers.in_words(down)}
    if up and down:
        first = ngettext("One answer is higher", "%(up)s answers are higher", up) % words
        second = ngettext("one is lower", "%(down)s are lower", down) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if up:
        risen = ngettext(
            "One answer is higher, none is lower", "%(up)s answers are higher, none is lower", up
        )
        return risen % words
    words["down"] = numbers.in_words_first(down)
    fallen = ngettext(
        "One answer is lower, none is higher", "%(down)s answers are lower, none is higher", down
    )
    return fallen % words if down else ""


def _known_sentence(change: Progress) -> str:
    known, lost = (
        sum(1 for each in change.shifts if each.course == course)
        for course in ("now_known", "no_longer_known")
    )
    if known:
        words = {"count": numbers.in_words_first(known)}
        return (
            ngettext(
                "One answer is known now that was not", "%(count)s answers are known now that were not", known
            )
            % words
        )
    words = {"count": numbers.in_words_first(lost)}
    told = ngettext("One answer is no longer known", "%(count)s answers are no longer known", lost)
    return told % words if lost else ""


def _lead(pair: Pair) -> tuple[str, ...]:
    """What else happened, a sentence each; what the headline says is not said again."""
    told = headline(pair)
    sentences = (
        _levels_sentence(pair.change),
        _known_sentence(pair.change),
        _works_heading(pair.change) if pair.change.work("done") or pair.change.work("begun") else "",
        _pitfalls_heading(pair.change) if pair.change.pitfalls_gone or pair.change.pitfalls_new else "",
    )
    found = tuple(_full_stop(each) for each in sentences if each and each != told)
    whole = pair.change.compared and not (pair.change.only_then or pair.change.only_now)
    if found or not whole or not pair.change.unmoved:
        return found
    return (gettext("The same answers give the same result."),)


def _full_stop(sentence: str) -> str:
    return gettext("%(sentence)s.") % {"sentence": sentence}


# --- The two days -------------------------------------------------------------------------------------------------------


def _day(day: Day, lexicon: Lexicon) -> DayView:
    advice = day.seen.advice
    share = numbers.share(advice.coverage)
    return DayView(
        name=day.name or gettext("Today"),
        day=numbers.day(day.day),
        asked=gettext("Quick check") if advice.mode == "quick" else gettext("Full assessment"),
        bottleneck=_bottleneck(lexicon, advice),
        confidence={
            "high": gettext("Confidence is high"),
            "medium": gettext("Confidence is medium"),
            "low": gettext("Confidence is low"),
        }[advice.confidence.level],
        answered=gettext("%(share)s of the blocks answered") % {"share": share},
    )


def _bottleneck(lexicon: Lexicon, advice: Advice) -> str:
    layer = advice.bottleneck.layer or advice.bottleneck.at or ""
    match advice.bottleneck.kind:
        case "gate":
            return gettext("Bottleneck: %(layer)s") % {"layer": lexicon.name(layer)}
        case "undetermined":
            return gettext("%(layer)s cannot be judged") % {"layer": lexicon.name(layer)}
        case "next_stage":
            return gettext("Next stage: %(layer)s") % {"layer": lexicon.name(layer)}
        case _:
            return gettext("No bottleneck")


def _open_gates(lexicon: Lexicon, advice: Advice) -> str:
    found = [lexicon.name(each.layer) for each in advice.gates.values() if each.effective == "open"]
    if not found:
        return gettext("No gate open")
    words = {"layers": listed(found)}
    return ngettext("Gate open: %(layers)s", "Gates open: %(layers)s", len(found)) % words


# --- What is not compared -----------------------------------------------------------------------------------------------


def _notes(pair: Pair) -> Iterable[str]:
    change = pair.change
    then, now = pair.then.seen, pair.now.seen
    count = len(change.compared)
    total = count + len(change.only_then)
    words = {"edition": then.playbook.edition, "count": count, "total": total}
    if then.playbook.edition != now.playbook.edition:
        yield (
            ngettext(
                "Asked under another edition (%(edition)s): %(count)s of its %(total)s question is compared.",
                "Asked under another edition (%(edition)s): %(count)s of its %(total)s questions are compared.",
                total,
            )
            % words
        )
        yield from _left_out(pair)
    elif then.situation.mode != now.situation.mode:
        more = len(change.only_then) + len(change.only_now)
        words |= {"every": count + more}
        told = ngettext(
            "Only the one question asked both times is compared, of %(every)s in all.",
            "Only the %(count)s questions asked both times are compared, of %(every)s in all.",
            count,
        )
        quick = then.situation.mode == "quick"
        kind = (
            gettext("A quick check then, a full assessment now.")
            if quick
            else gettext("A full assessment then, a quick check now.")
        )
        yield f"{kind} {told % words}"
    elif change.only_then or change.only_now:
        yield from _left_out(pair)
    if then.playbook.edition == now.playbook.edition and then.playbook is not now.playbook:
        yield gettext("Each of the two days is judged by the figures that held on it.")


def _left_out(pair: Pair) -> Iterable[str]:
    if gone := pair.change.only_then:
        words = {"titles": pair.was.titles(gone)}
        yield gettext("Asked only then, and not compared: %(titles)s.") % words
    if new := pair.change.only_now:
        yield gettext("Asked only now, and not compared: %(titles)s.") % {"titles": pair.lexicon.titles(new)}


# --- Gates --------------------------------------------------------------------------------------------------------------


def _crossings_heading(change: Progress) -> str:
    passed, lost = len(change.crossed("passed")), len(change.crossed("lost"))
    if passed:
        words = {"count": numbers.in_words_first(passed)}
        told = ngettext(
            "One gate is open now that was not", "%(count)s gates are open now that were not", passed
        )
        return told % words
    if lost:
        words = {"count": numbers.in_words_first(lost)}
        return ngettext("One gate is no longer open", "%(count)s gates are no longer open", lost) % words
    if not any(change.crossed(each) for each in ("open", "shut")):
        return gettext("The gates cannot be compared")
    return gettext("No gate was passed or lost")


def _crossing(pair: Pair, crossing: Crossing) -> CrossingView:
    lexicon = pair.lexicon if crossing.layer in pair.lexicon.tags else pair.was
    directions: dict[str, Direction] = {"passed": "better", "lost": "worse"}
    return CrossingView(
        layer=lexicon.tags[crossing.layer],
        then=_symbol(crossing.then),
        then_word=_state(crossing.then),
        now=_symbol(crossing.now),
        now_word=_state(crossing.now),
        says=_says(pair, crossing),
        direction=directions.get(crossing.passage, "same"),
    )


def _symbol(gate: GateResult | None) -> Svg | None:
    return door.gate(gate.effective, gates.gate_word(gate.effective)) if gate else None


def _state(gate: GateResult | None) -> str:
    return _word(gate.effective) if gate else gettext("not in the picture")


def _word(state: GateState) -> str:
    return {
        "open": gettext("open"),
        "near": gettext("nearly open"),
        "closed": gettext("closed"),
        "blocked": gettext("blocked"),
        "undetermined": gettext("cannot be judged"),
        "not_started": gettext("not started"),
    }[state]


def _says(pair: Pair, crossing: Crossing) -> str:
    match crossing.passage:
        case "passed":
            return _opened(crossing)
        case "lost":
            return _closed(crossing)
        case "open":
            return gettext("still open")
        case "other_terms":
            return _other_terms(pair)
        case "only_then" | "only_now":
            return gettext("not compared: judged on one of the two days only")
        case "shut":
            return _still(crossing)


def _opened(crossing: Crossing) -> str:
    if crossing.then and crossing.then.effective == "undetermined":
        return gettext("open now; then it could not be judged")
    return gettext("passed since")


def _closed(crossing: Crossing) -> str:
    if crossing.now and crossing.now.effective == "undetermined":
        return gettext("open then; now it cannot be judged")
    return gettext("lost since")


def _other_terms(pair: Pair) -> str:
    match pair.then.seen.situation.mode, pair.now.seen.situation.mode:
        case "quick", "full":
            return gettext("not compared: the quick check asked for less")
        case "full", "quick":
            return gettext("not compared: the quick check asks for less")
        case _:
            return gettext("not compared: it asks for something else now")


def _still(crossing: Crossing) -> str:
    """A gate that was shut and is: how far it has come, where that can be told."""
    if crossing.then is None or crossing.now is None:
        return ""
    if crossing.now.state == "open" != crossing.then.state:
        return gettext("its own answers would open it now; the floor below does not carry it")
    state = _standing(crossing.then.effective, crossing.now.effective)
    return f"{state}: {_distance(crossing.nearer)}" if crossing.nearer is not None else state


def _standing(then: GateState, now: GateState) -> str:
    """How a gate stands that was shut and is."""
    words = {"state": _word(now)}
    if then == now:
        return gettext("still %(state)s") % words
    if then == "blocked":
        return gettext("the floor below carries it now, but its own gate is %(state)s") % words
    return gettext("%(state)s now") % words


def _distance(nearer: int) -> str:
    words = {"count": numbers.in_words(abs(nearer))}
    if nearer > 0:
        told = ngettext(
            "one answer fewer stands in the way", "%(count)s answers fewer stand in the way", nearer
        )
    elif nearer < 0:
        told = ngettext(
            "one answer more stands in the way", "%(count)s answers more stand in the way", -nearer
        )
    else:
        told = gettext("the same number of answers stands in the way")
    return told % words


# --- Levels -------------------------------------------------------------------------------------------------------------


def course_word(course: Course, steps: int, now: Answer | None) -> str:
    """What became of an answer, in a few words: "up 1", "same", "now known: 2"."""
    words = {"count": abs(steps), "level": now}
    return {
        "up": gettext("up %(count)s"),
        "down": gettext("down %(count)s"),
        "same": gettext("same"),
        "now_known": gettext("now known: %(level)s"),
        "no_longer_known": gettext("no longer known"),
        "never_known": gettext("still not known"),
        "now_applies": _applies(now),
        "no_longer_applies": gettext("no longer applies"),
        "left_out": gettext("does not apply"),
    }[course] % words


def _applies(now: Answer | None) -> str:
    return gettext("now applies: %(level)s") if isinstance(now, int) else gettext("now applies")


def _floors(pair: Pair) -> Iterable[SlopesView]:
    """The top floor first, as in the house."""
    playbook = pair.lexicon.playbook
    for layer in reversed(playbook.layers):
        shifts = [
            each for each in pair.change.shifts if playbook.capability[each.capability].layer == layer.id
        ]
        if shifts:
            yield _slopes(pair, layer.id, shifts)


def _slopes(pair: Pair, layer: str, shifts: list[Shift]) -> SlopesView:
    tag = pair.lexicon.tags[layer]
    lines = [_line(pair, each) for each in shifts]
    title = gettext("%(layer)s: levels then and now.") % {"layer": tag.name}
    left, right = _short(pair.then), _short(pair.now)
    screen, phone, paper = (
        slope.slope(lines, title, left, right, tag.hue, form=form)
        for form in (slope.SCREEN, slope.PHONE, slope.PAPER)
    )
    return SlopesView(
        layer=tag,
        says=_floor_says(shifts),
        drawing=Drawn(screen=screen, phone=phone, paper=paper),
        rows=tuple(_row(pair, each) for each in shifts),
    )


def _short(day: Day) -> str:
    """Over one end of a drawing: the day."""
    return numbers.day(day.day) if day.name else gettext("today")


def _line(pair: Pair, shift: Shift) -> Line:
    return Line(
        name=pair.lexicon.title(shift.capability),
        before=shift.then if isinstance(shift.then, int) else None,
        after=shift.now if isinstance(shift.now, int) else None,
        before_word=pair.was.answer(shift.was),
        after_word=pair.lexicon.answer(shift.capability),
        change_word=course_word(shift.course, shift.steps, shift.now),
        before_state=_drawn(shift.then),
        after_state=_drawn(shift.now),
    )


def _drawn(answer: Answer | None) -> AnswerState:
    if isinstance(answer, int):
        return "level"
    return "not_applicable" if answer is NOT_APPLICABLE else "unknown"


def _row(pair: Pair, shift: Shift) -> ShiftView:
    return ShiftView(
        capability=shift.capability,
        title=pair.lexicon.title(shift.capability),
        then=pair.was.answer(shift.was),
        now=pair.lexicon.answer(shift.capability),
        says=course_word(shift.course, shift.steps, shift.now),
        direction=_direction(shift.course),
    )


def _direction(course: Course) -> Direction:
    return {"up": "better", "down": "worse"}.get(course, "same")  # type: ignore[return-value]  # no other words


def _floor_says(shifts: list[Shift]) -> str:
    """ "Two up, one down, three the same"; answers without a level on one of the days are in the rows."""
    up, down, same = (sum(1 for each in shifts if each.course == course) for course in ("up", "down", "same"))
    parts = [
        (up, gettext("%(count)s up")),
        (down, gettext("%(count)s down")),
        (same, gettext("%(count)s the same")),
        (len(shifts) - up - down - same, gettext("%(count)s without a level to compare")),
    ]
    return ", ".join(words % {"count": count} for count, words in parts if count)


# --- Plan and pitfalls ----------------------------------------------------------------------------------------------------


def _works(pair: Pair) -> tuple[Group, ...]:
    change, was, lexicon = pair.change, pair.was, pair.lexicon
    left_out = pair.now.left_out
    still = change.work("open")
    found = (
        (gettext("Done: the levels they were to bring are reached"), was, change.work("done")),
        (gettext("Begun: a level has risen, but not as far as planned"), was, change.work("begun")),
        (gettext("Still open"), was, tuple(each for each in still if each.code not in left_out)),
        (gettext("Left out by you"), was, tuple(each for each in still if each.code in left_out)),
        (gettext("No longer in the plan"), was, change.work("left")),
        (gettext("New in the plan"), lexicon, change.work("new")),
    )
    return tuple(
        Group(heading=heading, titles=tuple(_initiative(words, each) for each in moves))
        for heading, words, moves in found
        if moves
    )


def _initiative(lexicon: Lexicon, move: Move) -> str:
    return lexicon.playbook.initiative[move.initiative].words(move.phase).title


def _works_heading(change: Progress) -> str:
    done, begun = len(change.work("done")), len(change.work("begun"))
    words = {"done": numbers.in_words_first(done), "begun": numbers.in_words(begun)}
    first = ngettext("One initiative is done", "%(done)s initiatives are done", done) % words
    if done and begun:
        second = ngettext("one is begun", "%(begun)s are begun", begun) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if done:
        return first
    words["begun"] = numbers.in_words_first(begun)
    started = ngettext("One initiative is begun", "%(begun)s initiatives are begun", begun) % words
    return started if begun else gettext("No initiative is done or begun")


def _pitfalls(pair: Pair) -> tuple[Group, ...]:
    change = pair.change
    found = (
        (gettext("Gone"), pair.was, change.pitfalls_gone),
        (gettext("New"), pair.lexicon, change.pitfalls_new),
        (gettext("Still there"), pair.lexicon, change.pitfalls_still),
    )
    return tuple(
        Group(heading=heading, titles=tuple(lexicon.playbook.pitfall[each].title for each in names))
        for heading, lexicon, names in found
        if names
    )


def _pitfalls_heading(change: Progress) -> str:
    gone, new = len(change.pitfalls_gone), len(change.pitfalls_new)
    words = {"gone": numbers.in_words_first(gone), "new": numbers.in_words(new)}
    first = ngettext("One pitfall is gone", "%(gone)s pitfalls are gone", gone) % words
    if gone and new:
        second = ngettext("one is new", "%(new)s are new", new) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if gone:
        return first
    words["new"] = numbers.in_words_first(new)
    fresh = ngettext("One pitfall is new", "%(new)s pitfalls are new", new) % words
    return fresh if new else gettext("The same pitfalls apply")


# --- Symptoms -------------------------------------------------------------------------------------------------------------


def _symptom(pair: Pair, mood: Mood) -> ShiftView:
    then, now = pair.was.answer(mood.was), pair.lexicon.answer(mood.signal)
    says = {
        "up": gettext("better"),
        "down": gettext("worse"),
        "same": gettext("same") if then == now else gettext("about the same"),
        "now_known": gettext("now known"),
        "no_longer_known": gettext("no longer known"),
        "never_known": gettext("still not known"),
    }
    return ShiftView(
        capability=mood.signal,
        title=pair.lexicon.title(mood.signal),
        then=then,
        now=now,
        says=says[mood.course],
        direction=_direction(mood.course),
    )


def _symptoms_heading(moods: tuple[Mood, ...]) -> str:
    better, worse = (sum(1 for each in moods if each.course == course) for course in ("up", "down"))
    words = {"better": numbers.in_words_first(better), "worse": numbers.in_words(worse)}
    first = ngettext("One symptom is better", "%(better)s symptoms are better", better) % words
    if better and worse:
        second = ngettext("one is worse", "%(worse)s are worse", worse) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if better:
        return first
    words["worse"] = numbers.in_words_first(worse)
    fallen = ngettext("One symptom is worse", "%(worse)s symptoms are worse", worse) % words
    return fallen if worse else gettext("No symptom is better or worse")
