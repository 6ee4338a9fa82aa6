"""The first words of a report: the finding in a headline, what it means in a lead, and how provisional it is."""

from dataclasses import replace

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice
from advisor.engine.asking import capabilities_asked
from advisor.engine.situation import UNKNOWN
from reports.presenter import gates, numbers
from reports.presenter.lexicon import Lexicon, listed

HEADLINE_LENGTH = 90


# --- Headline ---------------------------------------------------------------------------------------------------------


def headline(lexicon: Lexicon, advice: Advice) -> str:
    """One or two sentences of at most HEADLINE_LENGTH characters: the finding itself."""
    match advice.bottleneck.kind:
        case "gate":
            return _gate_headline(lexicon, advice)
        case "undetermined":
            return _open_headline(lexicon, advice)
        case "next_stage":
            return gettext("Both floors hold. Your first model is the next stage.")
        case _:
            return _sound_headline(advice)


def _gate_headline(lexicon: Lexicon, advice: Advice) -> str:
    layer = lexicon.layer(advice.bottleneck.layer or "")
    words = {"holds_back": layer.holds_back}
    if advice.gates[layer.id].state == "near":
        steps = len(advice.gates[layer.id].opens)
        words["count"] = numbers.in_words_first(steps)
        return (
            ngettext(
                "One step is missing. %(holds_back)s", "%(count)s steps are missing. %(holds_back)s", steps
            )
            % words
        )
    if advice.agreement.code == "foundation_below":
        return gettext("%(holds_back)s The pain shows higher up.") % words
    sound = _sound_below(lexicon, advice, layer.id)
    return gettext("%(sound)s %(holds_back)s") % {**words, "sound": sound} if sound else layer.holds_back


def _sound_below(lexicon: Lexicon, advice: Advice, bottleneck: str) -> str:
    """Praise for the named layer, else for the one right below the bottleneck; none where there is any doubt about it."""
    order = [each.id for each in lexicon.playbook.layers]
    below = order[: order.index(bottleneck)]
    doubted = {each.layer for each in advice.contradictions}
    stated = advice.agreement.stated
    chosen = stated if stated in below else (below[-1] if below else None)
    if chosen is None or chosen in doubted or advice.mode == "quick":
        return ""
    return lexicon.layer(chosen).sound


def _open_headline(lexicon: Lexicon, advice: Advice) -> str:
    if advice.coverage == 0:
        count = len([each for each in advice.standings if each.asked])
        words = {"count": numbers.in_words_first(count)}
        return (
            ngettext(
                "Too early to say. One answer comes first.",
                "Too early to say. %(count)s answers come first.",
                count,
            )
            % words
        )
    at = advice.bottleneck.at or ""
    count = len(gates.unknown_in(advice, lexicon, at))
    words = {"count": numbers.in_words(count), "layer": lexicon.name(at)}
    return (
        ngettext(
            "Too early to say: the %(layer)s gate hangs on one answer.",
            "Too early to say: the %(layer)s gate hangs on %(count)s answers.",
            count,
        )
        % words
    )


def _sound_headline(advice: Advice) -> str:
    if advice.contradictions:
        return gettext("Every gate is open, but a symptom says otherwise.")
    if advice.mode == "quick":
        return gettext("At first sight every gate is open.")
    if not advice.optimise_focus:
        return gettext("Every gate is open. Keep it that way.")
    return gettext("Every gate is open. Refine a few blocks, no programme needed.")


# --- Lead -------------------------------------------------------------------------------------------------------------


def lead(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    """One or two sentences of at most 22 words."""
    match advice.bottleneck.kind:
        case "gate":
            layer = lexicon.layer(advice.bottleneck.layer or "")
            if few := _few(lexicon, advice):
                return (few,) if advice.agreement.code == "unsure" else (_gate_lead(lexicon, advice), few)
            return (_gate_lead(lexicon, advice), layer.repair)
        case "undetermined":
            return (
                gettext("No bottleneck can be named while %(layer)s cannot be judged.")
                % {"layer": lexicon.name(advice.bottleneck.at or "")},
                gettext("The list of questions below says what is missing and who can answer it."),
            )
        case "next_stage":
            return (
                gettext("%(layers)s carry what you have today.")
                % {"layers": listed(lexicon.name(each) for each in sound_layers(advice))},
                gettext("Your first model starts from zero: first a list and a watch, then the rest."),
            )
        case _:
            return _sound_lead(lexicon, advice)


def carried_by_few(advice: Advice) -> str:
    """That few answers carry the finding, for screens that show no more than it; one that is open says so anyway.

    Empty otherwise. The first sheet of paper has the same figures at its foot.
    """
    doubts = {each.code for each in advice.confidence.doubts}
    if advice.bottleneck.kind == "undetermined" or "coverage_below_60" not in doubts:
        return ""
    asked = [each for each in advice.standings if each.asked]
    known = sum(1 for each in asked if each.answer not in (None, UNKNOWN))
    words = {"count": numbers.in_words(known), "total": numbers.in_words(len(asked))}
    return (
        ngettext(
            "Confidence is low: only %(count)s of %(total)s blocks is known.",
            "Confidence is low: only %(count)s of %(total)s blocks are known.",
            known,
        )
        % words
    )


def _few(lexicon: Lexicon, advice: Advice) -> str:
    """The one or two answers that keep the gate closed, and where one step opens it, the floor that comes then.

    Empty where more are too low: then the lead says what helps the whole floor.
    """
    at = advice.bottleneck.layer or ""
    gate = advice.gates[at]
    if len(gate.failing) > gates.FEW:
        return ""
    if not gate.failing:
        return gates.below_line(lexicon, gate)
    failing = [each for each in lexicon.playbook.capability if each in gate.failing]
    words = {
        "layer": lexicon.name(at),
        "title": lexicon.title(failing[0]),
        "titles": lexicon.titles(failing),
        "short": gates.short_of_average(gate),
        "next": _next(lexicon, advice),
    }
    if len(failing) > 1:
        if words["short"]:
            return gettext("Two answers are too low in %(layer)s, and so is the average: %(titles)s.") % words
        return gettext("Two answers are too low in %(layer)s: %(titles)s.") % words
    if words["short"]:
        return gettext("In %(layer)s, “%(title)s” is too low, and the average is short by %(short)s.") % words
    if gate.state == "near" and words["next"]:
        return gettext("One answer is too low in %(layer)s: %(title)s. Then %(next)s.") % words
    return gettext("One answer is too low in %(layer)s: %(title)s.") % words


def _next(lexicon: Lexicon, advice: Advice) -> str:
    """The first floor above the bottleneck whose own gate is not open; empty without one."""
    order = list(advice.gates)
    above = order[order.index(advice.bottleneck.layer or "") + 1 :]
    return next((lexicon.name(each) for each in above if advice.gates[each].state != "open"), "")


def _gate_lead(lexicon: Lexicon, advice: Advice) -> str:
    measured = advice.bottleneck.layer or ""
    stated = advice.agreement.stated
    words = {
        "measured": lexicon.name(measured),
        "stated": _plain(lexicon, stated) if stated in lexicon.tags else "",
    }
    match advice.agreement.code:
        case "agree":
            return gettext("You named %(stated)s, and your answers agree.") % words
        case "foundation_below":
            return _below_lead(lexicon, stated or "", measured)
        case "stated_layer_sound":
            return gettext("You named %(stated)s, but your answers do not support it.") % words
        case "stated_not_applicable":
            return (
                gettext("You named models, but none is in use; your answers point to %(measured)s.") % words
            )
        case _:
            return gates.below_line(lexicon, advice.gates[measured])


def _plain(lexicon: Lexicon, layer: str | None) -> str:
    """What somebody named who chose a pain and no layer: "models (MLOps)"."""
    words = {"layer": lexicon.name(layer or "")}
    return {
        "devops": gettext("releases (%(layer)s)"),
        "dataops": gettext("reports (%(layer)s)"),
        "mlops": gettext("models (%(layer)s)"),
    }.get(layer or "", "%(layer)s") % words


def _below_lead(lexicon: Lexicon, stated: str, measured: str) -> str:
    order = [each.id for each in lexicon.playbook.layers]
    distance = order.index(stated) - order.index(measured)
    words = {
        "stated": _plain(lexicon, stated),
        "measured": lexicon.name(measured),
        "count": numbers.in_words(distance),
    }
    return (
        ngettext(
            "You named %(stated)s. The pain is real; its cause lies one floor below, in %(measured)s.",
            "You named %(stated)s. The pain is real; its cause lies %(count)s floors below, in %(measured)s.",
            distance,
        )
        % words
    )


def _sound_lead(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    if advice.contradictions:
        layers = {"layers": " / ".join(lexicon.name(each.layer) for each in advice.contradictions)}
        return (
            gettext("The answers on %(layers)s and its symptoms cannot both be right.") % layers,
            gettext("Measure for two weeks before you change anything else."),
        )
    if advice.optimise_focus:
        words = {"title": lexicon.title(advice.optimise_focus[0])}
        alone = len(advice.first_moves) < 2 and not advice.pitfalls
        begin = (
            gettext("Begin with “%(title)s”; everything else can wait.")
            if alone
            else gettext("Begin with “%(title)s”.")
        )
        return (gettext("Nothing in the structure holds you back."), begin % words)
    return (
        gettext("Nothing in the structure holds you back, and nothing calls for work now."),
        gettext("Answer again in %(months)s.")
        % {"months": numbers.months(lexicon.playbook.figures.sustain_months.value)},
    )


def sound_layers(advice: Advice) -> list[str]:
    return [layer for layer, gate in advice.gates.items() if gate.state == "open"]


def provisional(lexicon: Lexicon, advice: Advice) -> str:
    if advice.mode != "quick":
        return ""
    every = capabilities_asked(lexicon.playbook, replace(lexicon.situation, mode="full"))
    asked = sum(1 for each in advice.standings if each.asked)
    words = {"asked": numbers.in_words(asked), "every": numbers.in_words(len(every))}
    return (
        gettext(
            "This is the quick check: it asks about %(asked)s of %(every)s blocks. The result is provisional: "
            "the full assessment asks the rest, and your answers carry over."
        )
        % words
    )


def in_short(text: str, length: int) -> str:
    """At most so many characters, whole words if possible."""
    if len(text) <= length:
        return text
    words = text[:length].rsplit(" ", 1)[0].rstrip()
    return f"{words if length / 2 < len(words) < length else text[: length - 1]}…"
