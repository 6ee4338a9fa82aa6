"""What was named as the constraint against what the answers show, and the chain that links the two."""

from django.utils.translation import gettext

from advisor.engine.advice import Advice, Link
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon, lower
from reports.presenter.parts import Agreement, Compared

PLAIN = ("agree", "unsure")
"""Where the two headings say all there is to say."""


def agreement(lexicon: Lexicon, advice: Advice) -> Agreement:
    found = advice.agreement
    words = lexicon.playbook.agreement[found.code]
    chain = found.chain if _explains(advice) else ()
    return Agreement(
        differs=found.code not in PLAIN,
        named=_named(lexicon, advice),
        shown=_shown(lexicon, advice),
        title=words.title,
        says=_says(lexicon, advice),
        chain=tuple(_step(lexicon, each) for each in chain),
        whys=lexicon.whys(*found.reasons, *(reason for link in chain for reason in link.reasons)),
    )


def _explains(advice: Advice) -> bool:
    """A chain explains a pain only where it ends at a block that was asked about and lies below its line."""
    if not advice.agreement.chain:
        return False
    upper = advice.agreement.chain[-1].upper
    return any(each.capability == upper and each.asked and each.below for each in advice.standings)


def _says(lexicon: Lexicon, advice: Advice) -> str:
    found = advice.agreement
    if found.code == "no_structural_bottleneck" and not advice.optimise_focus:
        later = {"months": numbers.months(lexicon.playbook.figures.sustain_months.value)}
        return (
            gettext("Every gate is open, so there is no structural bottleneck. Answer again in %(months)s.")
            % later
        )
    if found.code == "foundation_below" and not _explains(advice):
        return _lower_first(lexicon, advice)
    return lexicon.playbook.agreement[found.code].says


def _lower_first(lexicon: Lexicon, advice: Advice) -> str:
    """No answer links the two floors, so nothing is claimed but their order."""
    stated, measured = advice.agreement.stated or "", advice.agreement.measured or ""
    words = {"upper": lexicon.name(stated), "lower": lexicon.name(measured)}
    upper = advice.gates.get(stated)
    if upper is not None and upper.failing:
        return (
            gettext(
                "What you named does hurt, and %(upper)s has gaps of its own. But the floor below does not carry it "
                "yet, so %(lower)s comes first. Where care cannot wait, it starts at once."
            )
            % words
        )
    return (
        gettext(
            "What you named does hurt. But the floor below does not carry it yet, so %(lower)s comes first. "
            "Where care cannot wait, it starts at once."
        )
        % words
    )


def _named(lexicon: Lexicon, advice: Advice) -> Compared:
    kicker, stated = gettext("You named"), advice.agreement.stated
    option = next((each for each in lexicon.playbook.question["stated"].options if each.id == stated), None)
    title = option.title if option else gettext("Nothing yet")
    if stated not in lexicon.tags:
        undetermined = advice.bottleneck.kind == "undetermined"
        says = (
            gettext("Nothing to compare with yet.")
            if undetermined
            else gettext("So the answers speak for themselves.")
        )
        return Compared(kicker=kicker, title=title, layer=None, says=says)
    agreed = advice.agreement.code == "agree"
    says = _pain(lexicon, stated) if agreed else _signs(lexicon, stated)
    return Compared(kicker=kicker, title=title, layer=lexicon.tags[stated], says=says)


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
        gettext("%(title)s: %(answer)s.") % {"title": each.title, "answer": lower(lexicon.answer(each.id))}
        for each in known
    ]
    return " ".join([where, *signs])


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


def _step(lexicon: Lexicon, link: Link) -> str:
    """One step of the way from the gap below up to the pain."""
    words = {
        "lower": lexicon.title(link.lower),
        "answer": lexicon.answer(link.lower),
        "upper": lexicon.title(link.upper),
        "reason": next((reason.says for reason in link.reasons if reason.says), ""),
    }
    return gettext("%(lower)s (%(answer)s) carries %(upper)s. %(reason)s") % words
