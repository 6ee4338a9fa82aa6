"""What became of each gate between two days."""

from django.utils.translation import gettext, ngettext

from advisor.drawing import gate as door
from advisor.drawing.gate import GateState
from advisor.drawing.svg import Svg
from advisor.engine.advice import GateResult
from advisor.engine.progress import Crossing, Progress
from reports.presenter import gates, numbers
from reports.presenter.compared import CrossingView, Direction
from reports.presenter.progress.days import Pair


def crossings_heading(change: Progress) -> str:
    """As in: "One gate is open now that was not"."""
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


def crossing_view(pair: Pair, crossing: Crossing) -> CrossingView:
    """A gate on both days, drawn and in words."""
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
