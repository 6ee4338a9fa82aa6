"""How far the result can be trusted: what would change it, what to find out, and every answer it rests on."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, BottleneckKind, Homework, Stability, Swing
from advisor.engine.situation import UNKNOWN
from reports.presenter import numbers
from reports.presenter.annex import AnswerGroup, AnswerRow
from reports.presenter.lexicon import Lexicon, anchor
from reports.presenter.sections import (
    ChangeItem,
    ChangeSection,
    ConfidenceSection,
    Doubt,
    HomeworkRow,
    HomeworkSection,
    Try,
)
from reports.presenter.trials import query_of

# --- What would change the result -------------------------------------------------------------------------------------


def change_section(lexicon: Lexicon, advice: Advice, stability: Stability) -> ChangeSection:
    items = [] if stability.swings else [_firm(lexicon, stability)]
    items += _swings(lexicon, [*stability.swings, *stability.further])
    items += _together(lexicon, advice)
    return ChangeSection(
        heading=gettext("What would change this"),
        note=_change_note(stability),
        items=tuple(items),
        whys=lexicon.whys(*stability.reasons),
    )


def _change_note(stability: Stability) -> str:
    if stability.swings:
        count = len({each.capability for each in (*stability.swings, *stability.further)})
        words = {"count": numbers.in_words(count)}
        return (
            ngettext(
                "A single answer could move it.", "Each of %(count)s answers alone could move it.", count
            )
            % words
        )
    if stability.further:
        return gettext("One level more or less in a single answer does not move it. A larger step does.")
    return gettext("The finding stands firmly.")


def _firm(lexicon: Lexicon, stability: Stability) -> ChangeItem:
    """What was tried without effect."""
    known = any(isinstance(each, int) for each in lexicon.situation.levels.values())
    unknown = any(
        lexicon.situation.levels.get(each, UNKNOWN) is UNKNOWN
        for each in lexicon.asked
        if each in lexicon.playbook.capability
    )
    words = {"count": stability.tried}
    if known and unknown:
        text = ngettext(
            "We tried one change, and the result stayed the same.",
            "We tried each answer one level up and one level down, and each one not known at every level: "
            "%(count)s changes, one at a time. The result stayed the same.",
            stability.tried,
        )
    elif unknown:
        text = ngettext(
            "We tried one change, and the result stayed the same.",
            "We tried each answer not known at every level: %(count)s changes, one at a time. "
            "The result stayed the same.",
            stability.tried,
        )
    else:
        text = ngettext(
            "We tried one answer one level away, and the result stayed the same.",
            "We tried each answer one level up and one level down: %(count)s changes, one at a time. "
            "The result stayed the same.",
            stability.tried,
        )
    title = gettext("No answer by one level") if known else gettext("No single answer")
    return ChangeItem(title=title, says=text % words, answers=())


def _swings(lexicon: Lexicon, swings: Iterable[Swing]) -> list[ChangeItem]:
    """One item for each outcome; answers that lead to it in the same way stand together."""
    levels: dict[tuple[str, str | None, BottleneckKind], list[Swing]] = {}
    for each in swings:
        levels.setdefault((each.capability, each.layer, each.kind), []).append(each)
    together: dict[str, list[Swing]] = {}
    for found in levels.values():
        together.setdefault(_swing(lexicon, found), []).append(found[0])
    return [_change(lexicon, says, found) for says, found in together.items()]


def _change(lexicon: Lexicon, says: str, swings: list[Swing]) -> ChangeItem:
    capabilities = [each.capability for each in swings]
    words = {
        "count": numbers.in_words(len(capabilities)),
        "says": says,
        "titles": lexicon.titles(capabilities),
    }
    if len(capabilities) == 1:
        title = lexicon.title(capabilities[0])
    else:
        title = gettext("Any one of %(count)s answers") % words
        says = gettext("%(says)s This goes for: %(titles)s.") % words
    return ChangeItem(
        title=title,
        says=says,
        answers=lexicon.quotes(capabilities),
        tries=tuple(_try(lexicon, {each.capability: each.to}) for each in swings),
    )


def _try(lexicon: Lexicon, levels: dict[str, int]) -> Try:
    """A link to these levels, made already."""
    if len(levels) > 1:
        return Try(title=gettext("Try all of them"), query=query_of(levels))
    ((capability, level),) = levels.items()
    words = {"title": lexicon.title(capability), "level": level}
    return Try(title=gettext("Try %(title)s at %(level)s") % words, query=query_of(levels))


def _swing(lexicon: Lexicon, found: list[Swing]) -> str:
    first = found[0]
    words = {
        "levels": _either([str(each.to) for each in found]),
        "start": first.start if isinstance(first.start, int) else "",
        "layer": lexicon.name(first.layer) if first.layer else "",
    }
    texts = _known_swing(first.kind) if isinstance(first.start, int) else _unknown_swing(first.kind)
    return texts % words


def _known_swing(kind: BottleneckKind) -> str:
    return {
        "gate": gettext("At %(levels)s instead of %(start)s, %(layer)s would be the bottleneck."),
        "next_stage": gettext("At %(levels)s instead of %(start)s, the first model would be the next stage."),
        "undetermined": gettext("At %(levels)s instead of %(start)s, no bottleneck could be named."),
        "none": gettext("At %(levels)s instead of %(start)s, there would be no bottleneck."),
    }[kind]


def _unknown_swing(kind: BottleneckKind) -> str:
    return {
        "gate": gettext("If it turns out to be %(levels)s, %(layer)s is the bottleneck."),
        "next_stage": gettext("If it turns out to be %(levels)s, the first model is the next stage."),
        "undetermined": gettext("If it turns out to be %(levels)s, the next open question decides."),
        "none": gettext("If it turns out to be %(levels)s, there is no bottleneck."),
    }[kind]


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _together(lexicon: Lexicon, advice: Advice) -> list[ChangeItem]:
    """What has to change at the same time for the bottleneck's gate to open."""
    layer = advice.bottleneck.layer
    if advice.bottleneck.kind != "gate" or layer is None or len(advice.gates[layer].opens) < 2:
        return []
    opens = advice.gates[layer].opens
    titles = [each for each in lexicon.playbook.capability if each in opens]
    words = {
        "layer": lexicon.name(layer),
        "titles": lexicon.titles(titles),
        "count": numbers.in_words_first(len(titles)),
    }
    return [
        ChangeItem(
            title=gettext("%(count)s answers together") % words,
            says=gettext("The %(layer)s gate opens when all of these reach their level: %(titles)s.") % words,
            answers=(),
            tries=(_try(lexicon, {each: opens[each] for each in titles}),),
        )
    ]


# --- Confidence -------------------------------------------------------------------------------------------------------


def confidence_section(lexicon: Lexicon, advice: Advice) -> ConfidenceSection:
    found = advice.confidence
    rules = lexicon.playbook.confidence_rule
    return ConfidenceSection(
        heading={
            "high": gettext("Confidence is high"),
            "medium": gettext("Confidence is medium"),
            "low": gettext("Confidence is low"),
        }[found.level],
        says=_confidence_says(advice),
        doubts=tuple(
            Doubt(
                says=_not_known(advice) if each.code in COVERAGE else rules[each.code].says,
                raises=rules[each.code].raises,
                answers=lexicon.used(each.reasons),
            )
            for each in found.doubts
        ),
        whys=lexicon.whys(*(reason for each in found.doubts or (found,) for reason in each.reasons)),
    )


COVERAGE = ("coverage_below_60", "coverage_below_90")


def _confidence_says(advice: Advice) -> str:
    """How trust in the answers and firmness of the finding go together."""
    if not advice.confidence.doubts:
        return gettext("Nothing speaks against this result.")
    if advice.bottleneck.kind == "undetermined":
        return ""
    return gettext(
        "A finding can stand firmly on answers in doubt: confidence is how far the answers can be trusted, and "
        "“What would change this” says how much they would have to differ."
    )


def _not_known(advice: Advice) -> str:
    """Which share of the blocks has no known level; "don't know" is an answer, but no level."""
    asked = [each for each in advice.standings if each.asked]
    count = sum(1 for each in asked if each.answer in (None, UNKNOWN))
    words = {"count": numbers.in_words_first(count), "total": numbers.in_words(len(asked))}
    return (
        ngettext(
            "One of %(total)s blocks is not known.", "%(count)s of %(total)s blocks are not known.", count
        )
        % words
    )


# --- Homework ---------------------------------------------------------------------------------------------------------


def homework_section(lexicon: Lexicon, advice: Advice) -> HomeworkSection | None:
    """What was asked and is not known comes first; symptoms and what a quick check leaves out stand apart."""
    if not advice.homework:
        return None
    asked = [
        each
        for each in advice.homework
        if each.kind != "not_asked" and each.question in lexicon.playbook.capability
    ]
    later = [each for each in advice.homework if each not in asked]
    first, second = (asked, later) if asked else (later, [])
    return HomeworkSection(
        heading=_homework_heading(first),
        note=_homework_note(first),
        rows=tuple(_homework(lexicon, each) for each in first),
        more_heading=_more_heading(second),
        more=tuple(_homework(lexicon, each) for each in second),
    )


def _homework_heading(rows: list[Homework]) -> str:
    count = len(rows)
    if rows[0].kind == "not_asked":
        words = {"count": numbers.in_words_first(count)}
        return (
            ngettext("One question was not asked yet", "%(count)s questions were not asked yet", count)
            % words
        )
    words = {"count": numbers.in_words(count)}
    return ngettext("Take this question home", "Take these %(count)s questions home", count) % words


def _homework_note(rows: list[Homework]) -> str:
    if rows[0].kind == "not_asked":
        return gettext("The most influential first. Go on to the full assessment; your answers carry over.")
    return ngettext(
        "Answer it with evidence; the result follows.",
        "The most influential first. Answer them with evidence; the result follows.",
        len(rows),
    )


def _more_heading(rows: list[Homework]) -> str:
    if not rows:
        return ""
    if rows[0].kind == "not_asked":
        return gettext("Not asked in the quick check")
    return gettext("Symptoms without an answer")


def _homework(lexicon: Lexicon, found: Homework) -> HomeworkRow:
    capability = lexicon.playbook.capability.get(found.question)
    signal = lexicon.playbook.signal.get(found.question)
    asks = capability.question if capability else signal.question if signal else ""
    who = capability.who if capability else signal.who if signal else ()
    return HomeworkRow(
        question=found.question,
        layer=lexicon.tags[found.layer],
        title=asks,
        short=lexicon.title(found.question),
        why=capability.matters if capability else signal.hint if signal else "",
        who=_sentence(", ".join(who)),
        evidence=" ".join(_full_stop(each) for each in capability.evidence) if capability else "",
        kind={
            "unknown": gettext("don’t know"),
            "open": gettext("not answered"),
            "not_asked": gettext("not asked yet"),
        }[found.kind],
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _full_stop(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


# --- All answers ------------------------------------------------------------------------------------------------------


def answers(
    lexicon: Lexicon, notes: Mapping[str, str], na_reasons: Mapping[str, str]
) -> tuple[AnswerGroup, ...]:
    """Every question of this situation with its answer, by floor; notes are printed as typed."""
    asked = lexicon.asked
    row = {each: _answer(lexicon, each, notes, na_reasons) for each in asked}
    about = tuple(row[each] for each in asked if each in lexicon.playbook.question)
    groups = [AnswerGroup(title=gettext("Your organisation"), layer=None, rows=about)]
    for layer in lexicon.playbook.layers:
        rows = [each for each in asked if each in lexicon.playbook.capability]
        signals = [each for each in asked if each in lexicon.playbook.signal]
        mine = [
            *(each for each in rows if lexicon.playbook.capability[each].layer == layer.id),
            *(each for each in signals if lexicon.playbook.signal[each].layer == layer.id),
        ]
        words = {"place": layer.place, "layer": layer.name}
        groups.append(
            AnswerGroup(
                title=gettext("%(place)s, %(layer)s") % words,
                layer=lexicon.tags[layer.id],
                rows=tuple(row[each] for each in mine),
            )
        )
    return tuple(each for each in groups if each.rows)


def _answer(
    lexicon: Lexicon, question: str, notes: Mapping[str, str], na_reasons: Mapping[str, str]
) -> AnswerRow:
    capability = lexicon.playbook.capability.get(question)
    signal = lexicon.playbook.signal.get(question)
    context = lexicon.playbook.question.get(question)
    asked = capability or signal or context
    return AnswerRow(
        question=question,
        anchor=anchor(question),
        title=lexicon.title(question),
        asks=asked.question if asked else "",
        answer=lexicon.answer(question),
        fact=_fact(lexicon, question, na_reasons),
        note=notes.get(question, ""),
    )


def _fact(lexicon: Lexicon, question: str, na_reasons: Mapping[str, str]) -> str:
    capability = lexicon.playbook.capability.get(question)
    if capability is None:
        return ""
    level = lexicon.situation.levels.get(question)
    if isinstance(level, int):
        found = capability.levels[level]
        return gettext("%(title)s. %(fact)s") % {"title": found.title, "fact": found.fact}
    return "" if level in (None, UNKNOWN) else na_reasons.get(question, "")
