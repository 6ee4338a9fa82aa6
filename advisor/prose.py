"""Advice as readable text for a terminal, in the words of the playbook; the rest goes through gettext."""

from gettext import gettext as _
from textwrap import fill

from advisor.engine.advice import Advice, GateResult, Move
from advisor.engine.playbook import Playbook, Range

WIDTH = 100


def _state(state: str) -> str:
    return {
        "open": _("open"),
        "near": _("nearly open"),
        "closed": _("closed"),
        "undetermined": _("cannot be judged yet"),
        "not_started": _("not started"),
        "blocked": _("blocked, stands on sand"),
    }[state]


def as_text(playbook: Playbook, advice: Advice) -> str:
    """The result in the order in which it should be read; lines of at most 100 characters."""
    parts = [
        _heading(playbook, advice),
        _section(_("Gates"), [_gate(playbook, each) for each in advice.gates.values()]),
        _section(_("What decides it"), _deciding(playbook, advice)),
        _section(_("First moves"), [_move(playbook, each.move) for each in advice.first_moves]),
        _section(
            _("At once, whatever the sequence says"), [_move(playbook, each) for each in advice.protect_lane]
        ),
        _section(_("Prepare already"), [_move(playbook, each) for each in advice.prep_lane]),
        _section(_("Stop for now"), [playbook.hold[each.id].says for each in advice.holds]),
        _section(_("Pitfalls"), _pitfalls(playbook, advice)),
        _section(_("Roadmap"), _roadmap(playbook, advice)),
        _section(_("Does not fit together"), _doubtful(playbook, advice)),
        _section(_("Questions to take home"), _homework(playbook, advice)),
        _section(_confidence(advice), _doubts(playbook, advice)),
    ]
    return "\n\n".join(part for part in parts if part)


def _section(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    body = [fill(each, WIDTH, initial_indent="- ", subsequent_indent="  ") for each in lines]
    return "\n".join([title, "-" * len(title), *body])


def _heading(playbook: Playbook, advice: Advice) -> str:
    layer = playbook.layer.get(advice.bottleneck.layer or "")
    agreement = playbook.agreement[advice.agreement.code]
    match advice.bottleneck.kind:
        case "gate" if layer:
            title = layer.bottleneck
        case "next_stage" if layer:
            title = _("%s is the next stage") % layer.name
        case "undetermined":
            title = _("The bottleneck cannot be named yet")
        case _:
            title = _("No floor holds you back")
    return f"{title}\n{'=' * len(title)}\n{fill(f'{agreement.title}. {agreement.says}', WIDTH)}"


def _gate(playbook: Playbook, gate: GateResult) -> str:
    words = [_state(gate.effective)]
    if gate.effective == "blocked":
        words.append(_("its own answers: %s") % _state(gate.state))
    if gate.mean is not None:
        words.append(_("average %.1f") % gate.mean)
    if gate.failing:
        words.append(_("below the line: %s") % _titles(playbook, gate.failing))
    if gate.unknown:
        words.append(_("not known: %s") % _titles(playbook, gate.unknown))
    if gate.provisional:
        words.append(_("provisional"))
    return f"{playbook.layer[gate.layer].name}: {'; '.join(words)}"


def _titles(playbook: Playbook, capabilities: tuple[str, ...]) -> str:
    return ", ".join(playbook.capability[each].title for each in capabilities)


def _deciding(playbook: Playbook, advice: Advice) -> list[str]:
    found = []
    for each in advice.bottleneck.deciding:
        capability = playbook.capability[each.capability]
        words = {"level": each.level, "minimum": each.minimum}
        reached = _("level %(level)d") if each.minimum is None else _("level %(level)d, needs %(minimum)d")
        found.append(f"{capability.title}: {reached % words}. {capability.levels[each.level].fact}")
    return found


def _move(playbook: Playbook, move: Move) -> str:
    words = playbook.initiative[move.initiative].words(move.phase)
    facts = [_("%s weeks") % _range(move.lead)]
    if move.effort:
        facts.append(_("%s person-weeks") % _range(move.effort))
    return f"{words.title} ({'; '.join(facts)}). {_('Next Monday: %s') % words.next_monday}"


def _range(span: Range) -> str:
    low, high = f"{span.low:g}", f"{span.high:g}"
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _pitfalls(playbook: Playbook, advice: Advice) -> list[str]:
    severities = {"critical": _("CRITICAL"), "high": _("HIGH"), "medium": _("MEDIUM")}
    found = []
    for each in advice.pitfalls:
        pitfall = playbook.pitfall[each.id]
        found.append(f"{severities[each.severity]}: {pitfall.title}. {pitfall.hurts} {pitfall.instead}")
    return found


def _roadmap(playbook: Playbook, advice: Advice) -> list[str]:
    found = []
    for stage in advice.roadmap:
        words = {"number": stage.stage, "layer": playbook.layer[stage.layer].name}
        title = _("Stage %(number)d, %(layer)s") % words
        if stage.weeks:
            title = f"{title} ({_('%s weeks') % _range(_whole(stage.weeks))})"
        moves = [playbook.initiative[move.initiative].words(move.phase).short for move in stage.moves]
        found.append(f"{title}: {', '.join(moves)}")
    return found


def _whole(span: Range) -> Range:
    return Range(low=round(span.low), high=round(span.high))


def _doubtful(playbook: Playbook, advice: Advice) -> list[str]:
    title = {each.id: each.title for each in playbook.capabilities}
    found = [
        _("%(upper)s at %(level)d without %(lower)s at %(needed)d. %(why)s")
        % {
            "upper": title[each.capability],
            "level": each.level,
            "lower": title[each.needs],
            "needed": each.at_least,
            "why": each.reasons[0].says,
        }
        for each in advice.implausible
    ]
    for each in advice.contradictions:
        signals = ", ".join(playbook.signal[signal].title for signal in each.signals)
        found.append(
            _("%(layer)s looks sound, but not its symptoms: %(signals)s")
            % {"layer": playbook.layer[each.layer].name, "signals": signals}
        )
    return found


def _homework(playbook: Playbook, advice: Advice) -> list[str]:
    found = []
    for each in advice.homework:
        question = playbook.capability.get(each.question) or playbook.signal[each.question]
        found.append(
            _("%(question)s Ask: %(who)s") % {"question": question.question, "who": ", ".join(question.who)}
        )
    return found


def _confidence(advice: Advice) -> str:
    return {
        "high": _("Confidence: high"),
        "medium": _("Confidence: medium"),
        "low": _("Confidence: low"),
    }[advice.confidence.level]


def _doubts(playbook: Playbook, advice: Advice) -> list[str]:
    rules = [playbook.confidence_rule[each.code] for each in advice.confidence.doubts]
    return [f"{each.says} {each.raises}" for each in rules] or [_("Nothing speaks against the result.")]
