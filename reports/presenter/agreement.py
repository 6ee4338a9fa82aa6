"""What was named as the constraint against what the answers show, and the chain that links the two."""

from django.utils.translation import get_language, gettext

from advisor.engine.advice import Advice
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import Agreement, Compared

PLAIN = ("agree", "unsure")
"""Where the two headings say all there is to say."""


def agreement(lexicon: Lexicon, advice: Advice) -> Agreement:
    found = advice.agreement
    words = lexicon.playbook.agreement[found.code]
    return Agreement(
        differs=found.code not in PLAIN,
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
    known = [
        each
        for each in lexicon.playbook.signals
        if each.layer == layer
        and lexicon.asks(each.id)
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
