"""What became of each level and of each symptom between two days."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from advisor.drawing import slope
from advisor.drawing.masonry import AnswerState
from advisor.drawing.slope import Line
from advisor.engine.progress import Course, Mood, Progress, Shift
from advisor.engine.situation import NOT_APPLICABLE, Answer
from reports.presenter import numbers
from reports.presenter.compared import Direction, ShiftView, SlopesView
from reports.presenter.parts import Drawn
from reports.presenter.progress.days import Day, Pair


def levels_sentence(change: Progress) -> str:
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


def slopes_by_floor(pair: Pair) -> Iterable[SlopesView]:
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


# --- Symptoms -------------------------------------------------------------------------------------------------------------


def symptom_view(pair: Pair, mood: Mood) -> ShiftView:
    """What became of one symptom."""
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


def symptoms_heading(moods: tuple[Mood, ...]) -> str:
    """As in: "One symptom is better, one is worse"."""
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
