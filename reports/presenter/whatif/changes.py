"""The tried levels themselves, and those among them that something else would have to carry."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, Difference, Implausible
from advisor.engine.situation import UNKNOWN
from reports.presenter.lexicon import Lexicon, of_four
from reports.presenter.trials import Levels, query_of, tried
from reports.presenter.whatif.parts import ChangedLevel, Unsupported


def unknown_remedy(lexicon: Lexicon, levels: Levels, found: Difference) -> Unsupported | None:
    """A plan raises no block that nobody knows, so its end may hang on one."""
    at = found.after.bottleneck.at
    if not levels or found.after.bottleneck.kind != "undetermined" or at is None:
        return None
    gate = found.after.gates[at]
    missing = [each for each in lexicon.playbook.capability if each in gate.unknown]
    words = {"titles": lexicon.titles(missing), "layer": lexicon.name(at)}
    if not missing:
        return None
    return Unsupported(
        says=ngettext(
            "The %(layer)s gate cannot be judged then: one block is not known, and no move raises it: %(titles)s.",
            "The %(layer)s gate cannot be judged then: these blocks are not known, and no move raises them: %(titles)s.",
            len(missing),
        )
        % words,
        remedy=ngettext("Try it at its minimum too", "Try them at their minimum too", len(missing)),
        query=query_of(tried(lexicon, {**levels, **{each: gate.minima[each] for each in missing}})),
    )


def changed_level(lexicon: Lexicon, capability: str, level: int) -> ChangedLevel:
    """A level that is tried, beside the answer of today."""
    return ChangedLevel(
        title=lexicon.title(capability),
        layer=lexicon.tags[lexicon.playbook.capability[capability].layer],
        says=_from_to(lexicon, capability, level),
    )


def _from_to(lexicon: Lexicon, capability: str, level: int) -> str:
    answer = lexicon.situation.levels.get(capability)
    if isinstance(answer, int):
        return gettext("from %(start)s to %(to)s") % {"start": answer, "to": level}
    if answer is UNKNOWN:
        return gettext("from “don’t know” to %(to)s") % {"to": level}
    return gettext("from “not answered” to %(to)s") % {"to": level}


def lacking_support(levels: Levels, after: Advice) -> list[Implausible]:
    """The levels without support that have to do with what is tried."""
    return [each for each in after.implausible if each.capability in levels or each.needs in levels]


def unsupported_level(lexicon: Lexicon, levels: Levels, found: Implausible) -> Unsupported:
    """A level without support in words, with the way to try what would carry it too."""
    words = {
        "title": lexicon.title(found.capability),
        "level": of_four(found.level),
        "needs": lexicon.title(found.needs),
        "at_least": found.at_least,
        "reason": next((each.says for each in found.reasons if each.says), ""),
    }
    says = gettext(
        "“%(title)s” at %(level)s would be reported without support: it needs “%(needs)s” at %(at_least)s. %(reason)s"
    )
    return Unsupported(
        says=(says % words).strip(),
        remedy=gettext("Try “%(needs)s” at %(at_least)s too") % words,
        query=query_of(tried(lexicon, {**levels, found.needs: found.at_least})),
    )
