"""The gates in words: what decides each one, what opens it, and which answers keep the bottleneck's gate closed."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, ngettext

from advisor.drawing import gate as door
from advisor.drawing.gate import GateState
from advisor.engine.advice import Advice, Deciding, GateResult
from reports.presenter import numbers
from reports.presenter.levels import strip_of
from reports.presenter.lexicon import Lexicon, of_four, reached
from reports.presenter.sections import DecidingAnswer, DecidingSection, GateRow, GatesSection


def gate_word(state: GateState) -> str:
    """The state as a caption of the symbol."""
    return {
        "open": gettext("Gate open"),
        "near": gettext("Gate nearly open"),
        "closed": gettext("Gate closed"),
        "blocked": gettext("Blocked"),
        "undetermined": gettext("Cannot be judged"),
        "not_started": gettext("Not started"),
    }[state]


def waits(advice: Advice, gate: GateResult) -> bool:
    """A floor above one that cannot be judged: what it stands on is not known, so nobody can call it sand."""
    return gate.effective == "blocked" and advice.bottleneck.kind == "undetermined"


def word_of(advice: Advice, gate: GateResult) -> str:
    """The state of a gate as a caption of its symbol."""
    return gettext("Waits") if waits(advice, gate) else gate_word(gate.effective)


def gate_reason(advice: Advice, gate: GateResult) -> str:
    """One short line under the symbol."""
    if waits(advice, gate):
        return gettext("floor below not known")
    if gate.effective == "blocked":
        return gettext("stands on sand")
    total = len(gate.minima)
    if gate.state == "open":
        return ngettext("the one answer reaches the line", "all %(total)s reach the line", total) % {
            "total": total
        }
    if gate.state == "not_started":
        return gettext("the next stage")
    if gate.failing:
        words = {"count": len(gate.failing), "total": total}
        return gettext("%(count)s of %(total)s below the line") % words
    if gate.unknown:
        count = len(gate.unknown)
        return ngettext("one answer not known", "%(count)s answers not known", count) % {"count": count}
    return (
        gettext("the average decides") if gate.state == "undetermined" else gettext("the average is too low")
    )


FEW = 2
"""So many answers are named one by one; where more are too low, the average is no news."""


def short_of_average(gate: GateResult) -> str:
    """By how much the average is too low, where raising the failing answers to their minimum does not make up for it."""
    if gate.average is None or gate.mean is None or gate.balance != "fail" or not gate.balancing:
        return ""
    return numbers.average(max(gate.average - gate.mean, 0.1))


def below_line(lexicon: Lexicon, gate: GateResult) -> str:
    """How many answers of a floor keep its gate closed, as a sentence."""
    words = {
        "count": numbers.in_words_first(len(gate.failing)),
        "total": numbers.in_words(len(gate.minima)),
        "layer": lexicon.name(gate.layer),
    }
    if not gate.failing:
        return (
            gettext("On %(layer)s every minimum is reached, but the average is too low for its gate.") % words
        )
    short = short_of_average(gate)
    if short and len(gate.failing) <= FEW:
        words["short"] = short
        return (
            ngettext(
                "One of %(total)s answers on %(layer)s is too low for its gate, and the average is short by %(short)s.",
                "%(count)s of %(total)s answers on %(layer)s are too low for its gate, "
                "and the average is short by %(short)s.",
                len(gate.failing),
            )
            % words
        )
    return (
        ngettext(
            "One of %(total)s answers on %(layer)s lies below what its gate needs.",
            "%(count)s of %(total)s answers on %(layer)s lie below what its gate needs.",
            len(gate.failing),
        )
        % words
    )


def gates_section(lexicon: Lexicon, advice: Advice) -> GatesSection:
    """The top floor first, as in the house."""
    gates = list(advice.gates.values())
    rows = [_row(lexicon, advice, gate, gates[:place]) for place, gate in enumerate(gates)]
    return GatesSection(
        heading=_heading(gates),
        note=gettext("A gate says whether the next floor may grow."),
        rows=tuple(reversed(rows)),
    )


def _heading(gates: list[GateResult]) -> str:
    total, count = len(gates), sum(1 for gate in gates if gate.effective == "open")
    words = {"count": numbers.in_words_first(count), "total": numbers.in_words(total)}
    if count == total:
        if count == 2:
            return gettext("Both gates are open")
        return ngettext("The gate is open", "All %(total)s gates are open", total) % words
    if all(gate.state == "undetermined" for gate in gates):
        return gettext("No gate can be judged yet")
    if count == 0:
        return gettext("No gate is open yet")
    return ngettext("One of %(total)s gates is open", "%(count)s of %(total)s gates are open", count) % words


def _row(lexicon: Lexicon, advice: Advice, gate: GateResult, below: list[GateResult]) -> GateRow:
    return GateRow(
        layer=lexicon.tags[gate.layer],
        symbol=door.gate(gate.effective, word_of(advice, gate)),
        title=gate_title(lexicon, advice, gate),
        decides=_decides(lexicon, gate, below),
        opens=_opens(lexicon, gate, below, calm=advice.bottleneck.kind == "none"),
        provisional=gate.provisional,
        whys=lexicon.whys(*gate.reasons),
    )


def gate_title(lexicon: Lexicon, advice: Advice, gate: GateResult) -> str:
    """The gate with its state: "MLOps: blocked"."""
    words = {"layer": lexicon.name(gate.layer)}
    if waits(advice, gate):
        return gettext("%(layer)s: waits") % words
    return {
        "open": gettext("%(layer)s: open"),
        "near": gettext("%(layer)s: nearly open"),
        "closed": gettext("%(layer)s: closed"),
        "blocked": gettext("%(layer)s: blocked"),
        "undetermined": gettext("%(layer)s: cannot be judged"),
        "not_started": gettext("%(layer)s: not started"),
    }[gate.effective] % words


def _own(gate: GateResult, lower: GateResult | None) -> str:
    """The gate's own state, where the floor below hides it."""
    if gate.effective != "blocked":
        return ""
    if gate.state == "closed" and lower and lower.state == "undetermined":
        return gettext("Its own gate is closed.")
    return {
        "open": gettext("Its own answers would open it."),
        "near": gettext("Its own gate is nearly open."),
        "closed": gettext("Its own gate is closed too."),
        "undetermined": gettext("Its own gate cannot be judged."),
        "not_started": gettext("Its own gate has not been started, which is no failure."),
    }[gate.state]


def _first_not_open(below: Iterable[GateResult]) -> GateResult | None:
    return next((gate for gate in below if gate.state != "open"), None)


def _decides(lexicon: Lexicon, gate: GateResult, below: list[GateResult]) -> str:
    lower = _first_not_open(below)
    sentences = [_sand(lexicon, lower)] if gate.effective == "blocked" and lower else []
    sentences += [_own(gate, lower), *_own_reasons(lexicon, gate)]
    return " ".join(each for each in sentences if each)


def _sand(lexicon: Lexicon, lower: GateResult) -> str:
    words = {"layer": lexicon.name(lower.layer)}
    if lower.state == "undetermined":
        return gettext("It waits: whether the %(layer)s floor below carries it is not known yet.") % words
    if lower.state == "near":
        return gettext("It stands on sand, because the %(layer)s gate below is not quite open.") % words
    return gettext("It stands on sand, because the %(layer)s gate below is not open.") % words


def _own_reasons(lexicon: Lexicon, gate: GateResult) -> list[str]:
    if gate.state == "not_started":
        return [gettext("A first model is decided on, so there is nothing to judge yet.")]
    if gate.effective == "blocked":
        return [] if gate.state == "open" else [_count(gate)]
    sentences = _failing(lexicon, gate)
    if gate.unknown:
        sentences.append(gettext("Not known: %(titles)s.") % {"titles": lexicon.titles(gate.unknown)})
    if gate.state == "open":
        total = len(gate.minima)
        words = {"total": numbers.in_words(total)}
        sentences.append(
            ngettext(
                "The one answer reaches its minimum.", "All %(total)s answers reach their minimum.", total
            )
            % words
        )
    return [*sentences, _balance(gate)]


def _count(gate: GateResult) -> str:
    """How much is missing on a floor that has to wait anyway; the table of levels names the answers."""
    words = {
        "below": numbers.in_words_first(len(gate.failing)),
        "unknown": numbers.in_words_first(len(gate.unknown)),
        "total": numbers.in_words(len(gate.minima)),
    }
    if gate.failing:
        return (
            ngettext(
                "One of %(total)s answers lies below the line.",
                "%(below)s of %(total)s answers lie below the line.",
                len(gate.failing),
            )
            % words
        )
    if gate.unknown:
        return (
            ngettext(
                "One of %(total)s answers is not known.",
                "%(unknown)s of %(total)s answers are not known.",
                len(gate.unknown),
            )
            % words
        )
    return _balance(gate)


def _failing(lexicon: Lexicon, gate: GateResult) -> list[str]:
    """The answers below their minimum, those at the same level in one sentence."""
    groups: dict[tuple[int, int], list[str]] = {}
    for each in lexicon.playbook.capability:
        level = lexicon.situation.levels.get(each)
        if each in gate.failing and isinstance(level, int):
            groups.setdefault((level, gate.minima[each]), []).append(each)
    return [
        gettext("Too low, at %(level)s where the gate needs %(minimum)s: %(titles)s.")
        % {"titles": lexicon.titles(found), "level": level, "minimum": minimum}
        for (level, minimum), found in groups.items()
    ]


def _balance(gate: GateResult) -> str:
    if gate.average is None or gate.balance == "none":
        return ""
    needed = numbers.threshold(gate.average)
    if gate.balance == "unknown" or gate.mean is None:
        return gettext(
            "Whether the floor reaches its average of %(needed)s depends on answers not known."
        ) % {"needed": needed}
    words = {"mean": numbers.average(gate.mean), "needed": needed}
    if gate.balance == "fail" and numbers.rounded(gate.mean, "0.1") >= gate.average:
        return gettext("The average is just below the %(needed)s that the gate needs.") % words
    if gate.unknown:
        return gettext("The average of the known levels is %(mean)s; the gate needs %(needed)s.") % words
    return gettext("The average is %(mean)s; the gate needs %(needed)s.") % words


def _opens(lexicon: Lexicon, gate: GateResult, below: list[GateResult], *, calm: bool) -> str:
    """``calm``: every gate is open, so there is time."""
    if gate.state == "not_started":
        then = gettext("The first model is the next stage once both gates below are open.")
    elif gate.effective == "blocked":
        then = (
            gettext("Then what is missing on this floor itself.")
            if gate.state != "open"
            else gettext("Nothing more is needed on this floor.")
        )
    elif gate.state == "open":
        then = _stays_open(lexicon, calm=calm)
    else:
        then = " ".join(_targets(lexicon, gate))
    return _first_below(lexicon, gate, below, then) if gate.effective == "blocked" else then


def _first_below(lexicon: Lexicon, gate: GateResult, below: list[GateResult], then: str) -> str:
    """The gates that have to open before this one can."""
    lower = [lexicon.name(each.layer) for each in below if each.state != "open"]
    words = {"layer": lower[0] if lower else "", "second": lower[-1] if lower else "", "then": then}
    if len(lower) < 2:
        return gettext("First the %(layer)s gate. %(then)s") % words if lower else then
    if gate.state in ("open", "not_started"):
        return gettext("First the %(layer)s gate, then the %(second)s gate. %(then)s") % words
    return gettext("First the %(layer)s gate, then the %(second)s gate, then its own answers.") % words


def _stays_open(lexicon: Lexicon, *, calm: bool) -> str:
    if calm:
        later = {"months": numbers.months(lexicon.playbook.figures.sustain_months.value)}
        return gettext("It is open. Answer again in %(months)s.") % later
    after = {"weeks": numbers.weeks_whole(lexicon.playbook.figures.recheck_weeks.value)}
    return gettext("It is open. Answer again after %(weeks)s at the latest.") % after


def _targets(lexicon: Lexicon, gate: GateResult) -> list[str]:
    lifts = {each: level for each, level in gate.lifts.items() if each not in gate.balancing}
    sentences = [
        gettext("To level %(level)s: %(titles)s.") % {"titles": lexicon.titles(found), "level": level}
        for level, found in _by_level(lexicon, lifts).items()
    ]
    if gate.average is not None and gate.balancing:
        needed = {"needed": numbers.threshold(gate.average)}
        return [
            *sentences,
            *(
                gettext("For the average of %(needed)s, to level %(level)s: %(titles)s.")
                % {**needed, "titles": lexicon.titles(found), "level": level}
                for level, found in _by_level(lexicon, gate.balancing).items()
            ),
        ]
    if gate.unknown:
        sentences.append(gettext("Find out: %(titles)s.") % {"titles": lexicon.titles(gate.unknown)})
    if gate.balance in ("fail", "unknown") and gate.average is not None:
        needed = {"needed": numbers.threshold(gate.average)}
        sentences.append(gettext("Bring the floor to an average of %(needed)s.") % needed)
    return sentences


def _by_level(lexicon: Lexicon, targets: Mapping[str, int]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for each in lexicon.playbook.capability:
        if each in targets:
            groups.setdefault(targets[each], []).append(each)
    return groups


# --- The answers that decide ------------------------------------------------------------------------------------------


def deciding_section(lexicon: Lexicon, advice: Advice) -> DecidingSection | None:
    """Only where a gate is the bottleneck."""
    layer = advice.bottleneck.layer
    if layer is None or not advice.bottleneck.deciding:
        return None
    gate = advice.gates[layer]
    return DecidingSection(
        heading=_deciding_heading(lexicon, gate, len(advice.bottleneck.deciding)),
        note=_deciding_note(gate, len(advice.bottleneck.deciding)),
        answers=tuple(_deciding(lexicon, advice, each) for each in advice.bottleneck.deciding),
        whys=lexicon.whys(
            *advice.bottleneck.reasons,
            *(reason for each in advice.bottleneck.deciding for reason in each.reasons),
        ),
    )


def _deciding_heading(lexicon: Lexicon, gate: GateResult, count: int) -> str:
    words = {"count": numbers.in_words_first(count), "layer": lexicon.name(gate.layer)}
    if not gate.failing:
        return gettext("The %(layer)s floor is out of balance") % words
    short = short_of_average(gate)
    if short and len(gate.failing) <= FEW:
        words |= {"short": short, "failing": numbers.in_words_first(len(gate.failing))}
        return (
            ngettext(
                "One answer is too low, and the average is short by %(short)s",
                "%(failing)s answers are too low, and the average is short by %(short)s",
                len(gate.failing),
            )
            % words
        )
    if gate.state == "near":
        return gettext("One answer is left before the %(layer)s gate opens") % words
    failing = len(gate.failing)
    if failing > count:
        words |= {"failing": numbers.in_words_first(failing)}
        return (
            ngettext(
                "%(failing)s answers keep the %(layer)s gate closed. One weighs most.",
                "%(failing)s answers keep the %(layer)s gate closed. %(count)s weigh most.",
                count,
            )
            % words
        )
    return (
        ngettext(
            "One answer keeps the %(layer)s gate closed",
            "%(count)s answers keep the %(layer)s gate closed",
            count,
        )
        % words
    )


def _deciding_note(gate: GateResult, count: int) -> str:
    if not gate.failing:
        words = {"mean": numbers.average(gate.mean or 0), "needed": numbers.threshold(gate.average or 0)}
        return (
            gettext(
                "Every minimum is reached, but the average of %(mean)s falls short of %(needed)s. "
                "These are the lowest answers."
            )
            % words
        )
    more = len(gate.failing) - count
    if more:
        words = {"more": numbers.in_words_first(more)}
        return (
            ngettext(
                "Largest distance to the line first, quoted as you answered. One more answer lies below the line.",
                "Largest distance to the line first, quoted as you answered. %(more)s more lie below the line.",
                more,
            )
            % words
        )
    if count == 1:
        return gettext("Quoted as you answered.")
    return gettext("Largest distance to the line first, quoted as you answered.")


def _deciding(lexicon: Lexicon, advice: Advice, found: Deciding) -> DecidingAnswer:
    capability = lexicon.playbook.capability[found.capability]
    standing = next(each for each in advice.standings if each.capability == found.capability)
    needs = found.minimum or advice.gates[capability.layer].opens.get(found.capability, found.level + 1)
    return DecidingAnswer(
        title=capability.title,
        href=lexicon.href(capability.id),
        reached=reached(found.level),
        words=of_four(found.level),
        hue=lexicon.tags[capability.layer].hue,
        strip=strip_of(lexicon, standing),
        chosen=capability.levels[found.level].title,
        fact=capability.levels[found.level].fact,
        needed=gettext("Needs %(level)s") % {"level": needs},
        needed_title=capability.levels[needs].title,
        needed_fact=capability.levels[needs].fact,
    )


def unknown_in(advice: Advice, lexicon: Lexicon, layer: str) -> tuple[str, ...]:
    """The answers that a gate waits for, in the order of the questions."""
    unknown = advice.gates[layer].unknown
    return tuple(each for each in lexicon.playbook.capability if each in unknown)
