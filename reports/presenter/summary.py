"""The first page: headline, lead, what was named against what was measured, three messages and four facts."""

from django.utils.translation import get_language, gettext, ngettext

from advisor.engine.advice import Advice, GateResult
from advisor.engine.asking import path
from advisor.engine.situation import UNKNOWN
from reports.presenter import gates, numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.page import Agreement, Compared, Fact, Message, MovesSection

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
    if advice.gates[layer.id].state == "near" and not advice.gates[layer.id].provisional:
        return gettext("One step is missing. %(holds_back)s") % words
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
            return (_gate_lead(lexicon, advice), layer.repair)
        case "undetermined":
            return (
                gettext("No bottleneck can be named while %(layer)s cannot be judged.")
                % {"layer": lexicon.name(advice.bottleneck.at or "")},
                gettext("The list of questions below says what is missing and who can answer it."),
            )
        case "next_stage":
            return (
                gettext("DevOps and DataOps carry what you have today."),
                gettext("Your first model starts from zero: first a list and a watch, then the rest."),
            )
        case _:
            return _sound_lead(lexicon, advice)


def _gate_lead(lexicon: Lexicon, advice: Advice) -> str:
    measured = advice.bottleneck.layer or ""
    stated = advice.agreement.stated
    words = {
        "measured": lexicon.name(measured),
        "stated": lexicon.name(stated) if stated in lexicon.tags else "",
    }
    match advice.agreement.code:
        case "agree":
            return gettext("You named %(measured)s, and your answers agree.") % words
        case "foundation_below":
            return _below_lead(lexicon, stated or "", measured)
        case "stated_layer_sound":
            return gettext("You named %(stated)s, but your answers do not support it.") % words
        case "stated_not_applicable":
            return (
                gettext("You named models, but none is in use; your answers point to %(measured)s.") % words
            )
        case _:
            return _below_line(lexicon, advice.gates[measured])


def _below_lead(lexicon: Lexicon, stated: str, measured: str) -> str:
    order = [each.id for each in lexicon.playbook.layers]
    distance = order.index(stated) - order.index(measured)
    words = {
        "stated": lexicon.name(stated),
        "measured": lexicon.name(measured),
        "count": numbers.in_words(distance),
    }
    return (
        ngettext(
            "You named %(stated)s, and that pain is real; its cause lies one floor below, in %(measured)s.",
            "You named %(stated)s, and that pain is real; its cause lies %(count)s floors below, in %(measured)s.",
            distance,
        )
        % words
    )


def _below_line(lexicon: Lexicon, gate: GateResult) -> str:
    words = {
        "count": numbers.in_words_first(len(gate.failing)),
        "total": numbers.in_words(len(gate.minima)),
        "layer": lexicon.name(gate.layer),
    }
    if not gate.failing:
        return (
            gettext("On %(layer)s every minimum is reached, but the average is too low for its gate.") % words
        )
    return (
        ngettext(
            "%(count)s of %(total)s answers on %(layer)s lies below what its gate needs.",
            "%(count)s of %(total)s answers on %(layer)s lie below what its gate needs.",
            len(gate.failing),
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
        return (
            gettext("Nothing in the structure holds you back."),
            gettext("Begin with “%(title)s”; everything else can wait.") % words,
        )
    return (
        gettext("Nothing in the structure holds you back, and nothing calls for work now."),
        gettext("Answer again in 6 to 12 months."),
    )


def provisional(advice: Advice) -> str:
    if advice.mode != "quick":
        return ""
    return gettext(
        "This is the quick check, with three questions a floor. The result is provisional: "
        "the full assessment asks the rest, and your answers carry over."
    )


# --- Named and measured -----------------------------------------------------------------------------------------------


def agreement(lexicon: Lexicon, advice: Advice) -> Agreement:
    found = advice.agreement
    words = lexicon.playbook.agreement[found.code]
    return Agreement(
        code=found.code,
        named=_named(lexicon, advice),
        shown=_shown(lexicon, advice),
        title=words.title,
        says=words.says,
        chain=tuple(_chain(lexicon, advice)),
        whys=lexicon.whys(*found.reasons, *(reason for link in found.chain for reason in link.reasons)),
    )


def _named(lexicon: Lexicon, advice: Advice) -> Compared:
    kicker, stated = gettext("You named"), advice.agreement.stated
    if stated not in lexicon.tags:
        title = gettext("Several things, or nothing yet") if stated else gettext("Nothing yet")
        undetermined = advice.bottleneck.kind == "undetermined"
        says = (
            gettext("Nothing to compare with yet.")
            if undetermined
            else gettext("So the answers speak for themselves.")
        )
        return Compared(kicker=kicker, title=title, layer=None, says=says)
    layer, tag = lexicon.layer(stated), lexicon.tags[stated]
    agreed = advice.agreement.code == "agree"
    says = _pain(lexicon, stated) if agreed else _signs(lexicon, stated)
    return Compared(kicker=kicker, title=layer.named, layer=tag, says=says)


def _pain(lexicon: Lexicon, layer: str) -> str:
    """The floor and what hurts there, in the words of the first question."""
    option = next(each for each in lexicon.playbook.question["stated"].options if each.layer == layer)
    words = {"place": lexicon.tags[layer].place, "layer": lexicon.name(layer), "fact": option.fact}
    return gettext("%(place)s, %(layer)s. %(fact)s") % words


def _signs(lexicon: Lexicon, layer: str) -> str:
    """The floor and its symptoms: "Foundation, DevOps. Time to reach users: less than a day."."""
    tag = lexicon.tags[layer]
    where = gettext("%(place)s, %(layer)s.") % {"place": tag.place, "layer": tag.name}
    asked = set(path(lexicon.playbook, lexicon.situation))
    known = [
        each
        for each in lexicon.playbook.signals
        if each.layer == layer
        and each.id in asked
        and lexicon.situation.signals.get(each.id) in {option.id for option in each.options}
    ]
    signs = [
        gettext("%(title)s: %(answer)s.") % {"title": each.title, "answer": _lower(lexicon.answer(each.id))}
        for each in known
    ]
    return " ".join([where, *signs])


def _lower(words: str) -> str:
    """As in the middle of a sentence, in English; other languages keep their capitals, since nouns may need them."""
    return words[:1].lower() + words[1:] if (get_language() or "en").startswith("en") else words


def _shown(lexicon: Lexicon, advice: Advice) -> Compared:
    kicker, layer = gettext("The answers show"), advice.bottleneck.layer
    match advice.bottleneck.kind:
        case "gate":
            title, says = lexicon.layer(layer or "").bottleneck, _signs(lexicon, layer or "")
        case "next_stage":
            title, says = gettext("A first model can come"), gettext("Both gates below are open.")
        case "undetermined":
            layer, title = advice.bottleneck.at, gettext("Not enough to name a bottleneck")
            says = gettext("The %(layer)s gate cannot be judged yet.") % {"layer": lexicon.name(layer or "")}
        case _:
            title = gettext("No bottleneck in the structure")
            says = gettext("Every gate is open.")
    tag = lexicon.tags[layer] if layer and advice.bottleneck.kind != "undetermined" else None
    return Compared(kicker=kicker, title=title, layer=tag, says=says)


def _chain(lexicon: Lexicon, advice: Advice) -> list[str]:
    """From the gap below up to the pain, one sentence a step."""
    steps = []
    for link in advice.agreement.chain:
        words = {
            "lower": lexicon.title(link.lower),
            "answer": lexicon.answer(link.lower),
            "upper": lexicon.title(link.upper),
            "reason": next((reason.says for reason in link.reasons if reason.says), ""),
        }
        steps.append(gettext("%(lower)s (%(answer)s) carries %(upper)s. %(reason)s") % words)
    return steps


# --- Messages and facts -----------------------------------------------------------------------------------------------


def messages(lexicon: Lexicon, advice: Advice, moves: MovesSection) -> tuple[Message, ...]:
    """The bottleneck, what decides it, what to do first."""
    return (
        Message(title=_first_title(advice), lines=_first_lines(lexicon, advice)),
        Message(title=_second_title(advice), lines=_second_lines(lexicon, advice)),
        Message(
            title=gettext("What to do first"),
            lines=tuple(
                gettext("%(move)s, %(weeks)s") % {"move": each.short, "weeks": each.lead}
                for each in moves.moves
            )
            or (moves.note,),
            numbered=bool(moves.moves),
        ),
    )


def _first_title(advice: Advice) -> str:
    return {
        "gate": gettext("The bottleneck"),
        "undetermined": gettext("No verdict yet"),
        "next_stage": gettext("The next stage"),
        "none": gettext("No bottleneck"),
    }[advice.bottleneck.kind]


def _first_lines(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    layer = advice.bottleneck.layer
    if advice.bottleneck.kind == "gate" and layer:
        return (lexicon.layer(layer).bottleneck + ".", _below_line(lexicon, advice.gates[layer]))
    if advice.bottleneck.kind == "undetermined":
        return (
            gettext("%(layer)s cannot be judged yet.") % {"layer": lexicon.name(advice.bottleneck.at or "")},
        )
    if advice.bottleneck.kind == "next_stage":
        return (gettext("MLOps. Both gates below are open, and a first model is decided on."),)
    return (gettext("Every gate is open."),)


def _second_title(advice: Advice) -> str:
    return {
        "gate": gettext("What decides it"),
        "undetermined": gettext("What is missing"),
        "next_stage": gettext("What carries it"),
        "none": gettext("What to look at"),
    }[advice.bottleneck.kind]


def _second_lines(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    if advice.bottleneck.kind == "gate":
        return tuple(
            gettext("%(fact)s.")
            % {"fact": lexicon.playbook.capability[each.capability].levels[each.level].title}
            for each in advice.bottleneck.deciding
        )
    if advice.bottleneck.kind == "undetermined":
        missing = gates.unknown_in(advice, lexicon, advice.bottleneck.at or "")
        return tuple(f"{lexicon.title(each)}." for each in missing)
    if advice.bottleneck.kind == "next_stage":
        return tuple(lexicon.layer(each).sound for each, gate in advice.gates.items() if gate.state == "open")
    if advice.contradictions:
        signals = [signal for each in advice.contradictions for signal in each.signals]
        return tuple(f"{quote.title}: {quote.answer}." for quote in lexicon.quotes(signals))
    if advice.optimise_focus:
        return tuple(f"{lexicon.title(each)}." for each in advice.optimise_focus)
    return (gettext("Nothing calls for work now."),)


def facts(lexicon: Lexicon, advice: Advice) -> tuple[Fact, ...]:
    """Answered of all, roles, answers without support, confidence."""
    asked = path(lexicon.playbook, lexicon.situation)
    answered = sum(1 for each in asked if _answered(lexicon, each))
    roles, odd = len(set(lexicon.situation.roles)), len(advice.implausible)
    of = {"answered": answered, "total": len(asked)}
    return (
        Fact(figure=gettext("%(answered)s of %(total)s") % of, label=gettext("questions answered")),
        Fact(figure=str(roles), label=ngettext("role took part", "roles took part", roles)),
        Fact(figure=str(odd), label=ngettext("answer lacks its support", "answers lack their support", odd)),
        Fact(figure=confidence_word(advice), label=_confidence_label(advice)),
    )


def _answered(lexicon: Lexicon, question: str) -> bool:
    """Known: "don't know" is an answer worth having, but no known one."""
    situation = lexicon.situation
    if question in lexicon.playbook.capability:
        return question in situation.levels and situation.levels[question] is not UNKNOWN
    if question in lexicon.playbook.signal:
        return situation.signals.get(question, "unknown") != "unknown"
    if question == "c_roles":
        return bool(situation.roles)
    return situation.given(question) is not None


def confidence_word(advice: Advice) -> str:
    return {"high": gettext("High"), "medium": gettext("Medium"), "low": gettext("Low")}[
        advice.confidence.level
    ]


def _confidence_label(advice: Advice) -> str:
    count = len(advice.confidence.doubts)
    if not count:
        return gettext("confidence, nothing speaks against it")
    return ngettext("confidence, for one reason", "confidence, for %(count)s reasons", count) % {
        "count": numbers.in_words(count)
    }
