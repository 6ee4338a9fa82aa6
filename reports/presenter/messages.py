"""The foot of the first page: three messages, and the facts about the assessment itself."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice
from advisor.engine.situation import UNKNOWN
from reports.presenter import gates, numbers, summary
from reports.presenter.lexicon import Lexicon, lower
from reports.presenter.parts import Fact, Message
from reports.presenter.sections import MoveCard, MovesSection


def messages(
    lexicon: Lexicon, advice: Advice, moves: MovesSection, *, brief: bool = False
) -> tuple[Message, ...]:
    """The bottleneck, what decides it, what to do first; ``brief`` where other words need the room of the sheet."""
    return (
        Message(
            title=_first_title(advice),
            lines=(*_first_lines(lexicon, advice), *(() if brief else _critical(lexicon, advice))),
        ),
        Message(title=_second_title(advice), lines=_second_lines(lexicon, advice, brief=brief)),
        Message(
            title=gettext("What to do first"),
            lines=tuple(_first_move(each) for each in moves.moves) or (moves.note,),
            numbered=bool(moves.moves),
        ),
    )


def _first_move(move: MoveCard) -> str:
    """As it was calculated, and in brackets what somebody decided instead."""
    words = {"move": move.short, "weeks": move.lead, "slot": move.decided.lower()}
    if move.decided:
        return gettext("%(move)s, %(weeks)s (you: %(slot)s)") % words
    return gettext("%(move)s, %(weeks)s") % words


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
        return (
            lexicon.layer(layer).bottleneck + ".",
            gates.below_line(lexicon, advice.gates[layer]),
        )
    if advice.bottleneck.kind == "undetermined":
        return (
            gettext("%(layer)s cannot be judged yet.") % {"layer": lexicon.name(advice.bottleneck.at or "")},
        )
    if advice.bottleneck.kind == "next_stage":
        return (
            gettext("%(layer)s. Both gates below are open, and a first model is decided on.")
            % {"layer": lexicon.name(layer or "")},
        )
    return (gettext("Every gate is open."),)


def _critical(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    """Critical pitfalls stand on the first page, whatever the bottleneck is (R-PIT)."""
    titles = [
        lexicon.playbook.pitfall[each.id].title for each in advice.pitfalls if each.severity == "critical"
    ]
    if not titles:
        return ()
    words = {"title": titles[0], "count": numbers.in_words(len(titles) - 1)}
    if len(titles) == 1:
        return (gettext("Critical pitfall: %(title)s.") % words,)
    return (
        ngettext(
            "Critical pitfalls: %(title)s, and one more.",
            "Critical pitfalls: %(title)s, and %(count)s more.",
            len(titles) - 1,
        )
        % words,
    )


def _second_title(advice: Advice) -> str:
    return {
        "gate": gettext("What decides it"),
        "undetermined": gettext("What is missing"),
        "next_stage": gettext("What carries it"),
        "none": gettext("What to look at"),
    }[advice.bottleneck.kind]


def _second_lines(lexicon: Lexicon, advice: Advice, *, brief: bool) -> tuple[str, ...]:
    if advice.bottleneck.kind == "gate" and brief:
        return tuple(
            gettext("%(fact)s.")
            % {"fact": lexicon.playbook.capability[each.capability].levels[each.level].title}
            for each in advice.bottleneck.deciding
        )
    if advice.bottleneck.kind == "gate":
        return tuple(
            gettext("%(title)s: %(fact)s.")
            % {
                "title": lexicon.title(each.capability),
                "fact": lower(lexicon.playbook.capability[each.capability].levels[each.level].title),
            }
            for each in advice.bottleneck.deciding
        )
    if advice.bottleneck.kind == "undetermined":
        missing = gates.unknown_in(advice, lexicon, advice.bottleneck.at or "")
        return tuple(f"{lexicon.title(each)}." for each in missing)
    if advice.bottleneck.kind == "next_stage":
        return tuple(lexicon.layer(each).sound for each in summary.sound_layers(advice))
    if advice.contradictions:
        signals = [signal for each in advice.contradictions for signal in each.signals]
        return tuple(f"{quote.title}: {quote.answer}." for quote in lexicon.quotes(signals))
    if advice.optimise_focus:
        return tuple(f"{lexicon.title(each)}." for each in advice.optimise_focus)
    return (gettext("Nothing calls for work now."),)


def facts(lexicon: Lexicon, advice: Advice) -> tuple[Fact, ...]:
    """Answered of all ("don't know" is an answer too), roles, answers without support, confidence."""
    asked = lexicon.asked
    answered = sum(1 for each in asked if lexicon.answered(each))
    unknown = answered - sum(1 for each in asked if _known(lexicon, each))
    odd = len(advice.implausible)
    of = {"answered": answered, "total": len(asked)}
    return (
        Fact(figure=gettext("%(answered)s of %(total)s") % of, label=_answered_label(unknown)),
        *_roles(lexicon),
        Fact(figure=str(odd), label=ngettext("answer lacks its support", "answers lack their support", odd)),
        Fact(figure=_confidence_word(advice), label=_confidence_label(advice)),
    )


def _roles(lexicon: Lexicon) -> tuple[Fact, ...]:
    """Nothing where nobody has said who takes part: that none did would be untrue."""
    roles = len(set(lexicon.situation.roles or ()))
    if not lexicon.asks("c_roles") or not roles:
        return ()
    return (Fact(figure=str(roles), label=ngettext("role took part", "roles took part", roles)),)


def _answered_label(unknown: int) -> str:
    if not unknown:
        return gettext("questions answered")
    return ngettext(
        "questions answered, one of them with “don’t know”",
        "questions answered, %(count)s of them with “don’t know”",
        unknown,
    ) % {"count": numbers.in_words(unknown)}


def _known(lexicon: Lexicon, question: str) -> bool:
    situation = lexicon.situation
    if question in lexicon.playbook.capability:
        return situation.levels.get(question, UNKNOWN) is not UNKNOWN
    if question in lexicon.playbook.signal:
        return situation.signals.get(question, "unknown") != "unknown"
    return situation.given(question) not in (None, "unknown")


def _confidence_word(advice: Advice) -> str:
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
