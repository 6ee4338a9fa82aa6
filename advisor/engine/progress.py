"""What happened between two looks at one organisation: levels, gates, initiatives, pitfalls and symptoms, then and now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.engine.advice import Advice, GateResult, Move, PitfallFound
from advisor.engine.asking import path
from advisor.engine.playbook import Band, Playbook
from advisor.engine.situation import NOT_APPLICABLE, Answer, Situation

type Course = Literal[
    "up", "down", "same", "now_known", "no_longer_known", "never_known", "now_applies", "no_longer_applies", "left_out"
]  # fmt: skip
"""What became of an answer. Only two known levels, or two known colours of a symptom, are higher or lower."""

type Passage = Literal["passed", "lost", "open", "shut", "other_terms", "only_then", "only_now"]
"""What became of a gate. "other_terms": it asks for something else now, so that its two states say nothing together."""

type Outcome = Literal["done", "begun", "open", "left", "new"]
"""What became of an initiative of the plan. "left": neither done nor begun, and yet not in the plan any more."""

UNMOVED: tuple[Course, ...] = ("same", "never_known", "left_out")
BANDS: tuple[Band, ...] = ("red", "amber", "green")
"""From bad to good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An organisation as it was seen once: the edition, what was answered, and the advice on that."""

    playbook: Playbook
    situation: Situation
    advice: Advice


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One capability, by its id of today. ``steps`` counts levels, positive upwards; 0 unless both are known."""

    capability: str
    was: str
    """Its id of then."""
    then: Answer | None
    now: Answer | None
    course: Course
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """One symptom, by its id of today, with its colour on both days; None where it had none."""

    signal: str
    was: str
    """Its id of then."""
    then: Band | None
    now: Band | None
    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One gate. ``nearer`` is how many answers fewer than then keep a gate shut, negative where they are more.

    It is None where that cannot be told.
    """

    layer: str
    then: GateResult | None
    now: GateResult | None
    passage: Passage
    nearer: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One initiative of the plan; ``move`` is that of then, or of today where it is new."""

    move: Move
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All of it. Questions go by their ids of today, except those that were asked only then."""

    compared: tuple[str, ...]
    """Capabilities and symptoms asked both times."""
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]
    shifts: tuple[Shift, ...]
    crossings: tuple[Crossing, ...]
    """From the ground up."""
    works: tuple[Work, ...]
    pitfalls_gone: tuple[str, ...]
    pitfalls_new: tuple[str, ...]
    pitfalls_still: tuple[str, ...]
    moods: tuple[Mood, ...]
    floors_moved: int
    """How many floors the bottleneck went up, negative for down.

    0 also where a day names none, and where its gate cannot be compared.
    """

    @property
    def up(self) -> tuple[Shift, ...]:
        return tuple(each for each in self.shifts if each.course == "up")

    @property
    def down(self) -> tuple[Shift, ...]:
        return tuple(each for each in self.shifts if each.course == "down")

    def crossed(self, passage: Passage) -> tuple[str, ...]:
        """The layers whose gates did this."""
        return tuple(each.layer for each in self.crossings if each.passage == passage)

    def work(self, outcome: Outcome) -> tuple[Move, ...]:
        return tuple(each.move for each in self.works if each.outcome == outcome)

    @property
    def unmoved(self) -> bool:
        """Nothing that was compared has changed."""
        return (
            all(each.course in UNMOVED for each in self.shifts)
            and all(each.course in UNMOVED for each in self.moods)
            and not (self.crossed("passed") or self.crossed("lost"))
            and not (self.pitfalls_gone or self.pitfalls_new)
            and not any(each.outcome in ("left", "new") for each in self.works)
        )


def progress(before: Seen, after: Seen) -> Progress:
    """What happened between ``before`` and ``after``, which may stem from different editions and modes.

    Only questions asked both times are compared; those of an earlier edition as the later one maps them.
    """
    same = _same(before, after)
    asked_then, asked_now = _asked(before), _asked(after)
    pairs = {old: new for old, new in same.items() if old in asked_then and new in asked_now}
    crossings = _crossings(before, after, same)
    measured = (*after.playbook.capability, *after.playbook.signal)
    compared = tuple(each for each in measured if each in pairs.values())
    return Progress(
        compared=compared,
        only_then=tuple(
            each
            for each in (*before.playbook.capability, *before.playbook.signal)
            if each in asked_then and each not in pairs
        ),
        only_now=tuple(each for each in measured if each in asked_now and each not in compared),
        shifts=_shifts(before, after, pairs),
        crossings=crossings,
        works=_works(before, after, pairs),
        **_pitfalls(before, after, pairs),
        moods=_moods(before, after, pairs),
        floors_moved=_floors_moved(before, after, crossings),
    )


def _same(before: Seen, after: Seen) -> dict[str, str]:
    """Which question of then is which of today."""
    became = (after.playbook.mapping or {}).get(before.playbook.edition, {})
    known = {*after.playbook.capability, *after.playbook.signal, *after.playbook.question}
    old = (*before.playbook.question, *before.playbook.capability, *before.playbook.signal)
    found = {each: became.get(each, each) for each in old}
    taken = {each for each in became.values() if each}
    return {
        each: new
        for each, new in found.items()
        if new in known and new is not None and (each in became or new not in taken)
    }


def _asked(seen: Seen) -> frozenset[str]:
    return frozenset(path(seen.playbook, seen.situation))


# --- Answers ----------------------------------------------------------------------------------------------------------


def _shifts(before: Seen, after: Seen, pairs: Mapping[str, str]) -> tuple[Shift, ...]:
    was = {new: old for old, new in pairs.items()}
    found = []
    for each in after.playbook.capability:
        if was.get(each) in before.playbook.capability:
            then, now = before.situation.levels.get(was[each]), after.situation.levels.get(each)
            course, steps = _course(then, now)
            found.append(
                Shift(capability=each, was=was[each], then=then, now=now, course=course, steps=steps)
            )
    return tuple(found)


def _course(then: Answer | None, now: Answer | None) -> tuple[Course, int]:
    if isinstance(then, int) and isinstance(now, int):
        return _direction(now - then), now - then
    if now is NOT_APPLICABLE:
        return ("left_out" if then is NOT_APPLICABLE else "no_longer_applies"), 0
    if then is NOT_APPLICABLE:
        return "now_applies", 0
    if isinstance(now, int):
        return "now_known", 0
    return ("no_longer_known" if isinstance(then, int) else "never_known"), 0


def _direction(steps: int) -> Course:
    return "up" if steps > 0 else "down" if steps < 0 else "same"


def _moods(before: Seen, after: Seen, pairs: Mapping[str, str]) -> tuple[Mood, ...]:
    was = {new: old for old, new in pairs.items()}
    found = []
    for each in after.playbook.signal:
        if was.get(each) in before.playbook.signal:
            then, now = before.advice.bands.get(was[each]), after.advice.bands.get(each)
            if then and now:
                course = _direction(BANDS.index(now) - BANDS.index(then))
            else:
                course = "now_known" if now else "no_longer_known" if then else "never_known"
            found.append(Mood(signal=each, was=was[each], then=then, now=now, course=course))
    return tuple(found)


# --- Gates ------------------------------------------------------------------------------------------------------------


def _crossings(before: Seen, after: Seen, same: Mapping[str, str]) -> tuple[Crossing, ...]:
    then, now = before.advice.gates, after.advice.gates
    order = dict.fromkeys([each.id for each in (*after.playbook.layers, *before.playbook.layers)])
    one_edition = before.playbook.edition == after.playbook.edition
    return tuple(
        _crossing(each, then.get(each), now.get(each), same, one_edition=one_edition)
        for each in order
        if each in then or each in now
    )


def _crossing(
    layer: str, then: GateResult | None, now: GateResult | None, same: Mapping[str, str], *, one_edition: bool
) -> Crossing:
    passage: Passage
    nearer = None
    if then is None or now is None:
        passage = "only_now" if then is None else "only_then"
    elif not _same_terms(then, now, same, one_edition=one_edition):
        passage = "other_terms"
    elif now.effective == "open":
        passage = "open" if then.effective == "open" else "passed"
    else:
        passage = "lost" if then.effective == "open" else "shut"
        judged = "not_started" not in (then.state, now.state)
        nearer = _short_of(then) - _short_of(now) if passage == "shut" and judged else None
    return Crossing(layer=layer, then=then, now=now, passage=passage, nearer=nearer)


def _same_terms(then: GateResult, now: GateResult, same: Mapping[str, str], *, one_edition: bool) -> bool:
    """Whether a gate asks for the same; what does not apply any more makes no difference within one edition."""
    minima = {same.get(each, ""): level for each, level in then.minima.items()}
    shared = minima.keys() & now.minima.keys()
    return (
        then.variant == now.variant
        and then.average == now.average
        and all(minima[each] == now.minima[each] for each in shared)
        and (one_edition or minima.keys() == now.minima.keys())
    )


def _short_of(gate: GateResult) -> int:
    """How many answers do not reach their minimum, as far as is known."""
    return len(gate.failing) + len(gate.unknown)


def _floors_moved(before: Seen, after: Seen, crossings: tuple[Crossing, ...]) -> int:
    order = [each.layer for each in crossings]
    compared = [each.layer for each in crossings if each.passage in ("passed", "lost", "open", "shut")]
    then, now = before.advice.bottleneck.layer, after.advice.bottleneck.layer
    if then not in compared or now not in compared:
        return 0
    return order.index(now) - order.index(then)


# --- Plan and pitfalls ------------------------------------------------------------------------------------------------


def _works(before: Seen, after: Seen, pairs: Mapping[str, str]) -> tuple[Work, ...]:
    """The plan of then, and what is new in it; moves on answers that are not compared are left out."""
    then, now = _planned(before.advice), _planned(after.advice)
    asked_then = set(pairs.values())
    found = [
        Work(move=move, outcome=_outcome(move, after, pairs, now))
        for move in then.values()
        if _lifted(move) <= pairs.keys()
    ]
    found += [
        Work(move=move, outcome="new")
        for code, move in now.items()
        if code not in then and _lifted(move) <= asked_then
    ]
    return tuple(found)


def _lifted(move: Move) -> set[str]:
    return {each.capability for each in move.raises}


def _planned(advice: Advice) -> dict[str, Move]:
    return {move.code: move for stage in advice.roadmap for move in stage.moves}


def _outcome(move: Move, after: Seen, pairs: Mapping[str, str], planned: Mapping[str, Move]) -> Outcome:
    levels = [
        (after.situation.levels.get(pairs[each.capability]), each.start, each.to) for each in move.raises
    ]
    reached = [(level, start, to) for level, start, to in levels if isinstance(level, int)]
    if reached and len(reached) == len(levels) and all(level >= to for level, _, to in reached):
        return "done"
    if any(level > start for level, start, _ in reached):
        return "begun"
    return "open" if move.code in planned else "left"


def _pitfalls(before: Seen, after: Seen, pairs: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """A pitfall is new or gone only if the other day could have shown it: if the answers behind it were asked for too."""
    then = {each.id: each for each in before.advice.pitfalls}
    now = {each.id: each for each in after.advice.pitfalls}
    asked_then = set(pairs.values())
    return {
        "pitfalls_gone": tuple(
            name for name, each in then.items() if name not in now and _behind(each) <= pairs.keys()
        ),
        "pitfalls_new": tuple(
            name for name, each in now.items() if name not in then and _behind(each) <= asked_then
        ),
        "pitfalls_still": tuple(each for each in now if each in then),
    }


def _behind(found: PitfallFound) -> set[str]:
    return {used.question for reason in found.reasons for used in reason.answers}
