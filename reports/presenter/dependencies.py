"""What blocks what, in words: the blocks that are too low, what they hold up, and why the lower one comes first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from advisor.drawing import Svg
from advisor.drawing import dependencies as risers
from advisor.drawing.charts import Format
from advisor.engine.advice import Advice, Blocking, Reason, Standing
from reports.presenter import numbers
from reports.presenter.levels import level_words
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import LayerTag, Why

MOST_DRAWN = 12
"""So many lines can be followed with the eye; the table has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A block that is held up: "has to wait at 1 of 4", and why. ``needs`` is the level it wants from the lower one."""

    title: str
    href: str
    layer: LayerTag
    says: str
    needs: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A block that is too low, or not known: "1 of 4", "holds up two blocks"."""

    title: str
    href: str
    layer: LayerTag
    words: str
    says: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DependenciesSection:
    """Without ``holders`` nothing blocks: then there is no drawing, and the note says so.

    ``screen`` and ``paper`` are the same drawing; ``holders`` is its table twin, and takes its place on phones.
    """

    heading: str
    note: str
    screen: Svg | None
    paper: Svg | None
    more: str
    """How much the drawing leaves out, if anything."""
    holders: tuple[Holder, ...]
    whys: tuple[Why, ...]


def dependencies_section(lexicon: Lexicon, advice: Advice) -> DependenciesSection:
    groups = _groups(advice.blocking)
    drawn = _strongest(groups)
    left_out = len(advice.blocking) - sum(len(each) for each in drawn.values())
    return DependenciesSection(
        heading=_heading(lexicon, groups),
        note=_note(advice.blocking),
        screen=_drawn(lexicon, advice, drawn, risers.SCREEN) if drawn else None,
        paper=_drawn(lexicon, advice, drawn, risers.PAPER) if drawn else None,
        more=_more(left_out),
        holders=tuple(_holder(lexicon, advice, lower, held) for lower, held in groups.items()),
        whys=lexicon.whys(*_reasons(advice.blocking)),
    )


def _reasons(blocking: tuple[Blocking, ...]) -> list[Reason]:
    """Without their notes, which stand in the rows."""
    return [reason._replace(says="") for each in blocking for reason in each.reasons]


type Groups = dict[str, tuple[Blocking, ...]]


def _groups(blocking: Iterable[Blocking]) -> Groups:
    """By the block that holds up, from the ground up."""
    groups: Groups = {}
    for each in blocking:
        groups[each.lower] = (*groups.get(each.lower, ()), each)
    return groups


def _strongest(groups: Groups) -> Groups:
    """What is drawn: whole groups, those that are missing, pressing and large first, in the order of the house."""
    order = sorted(groups, key=lambda lower: _weakness(groups[lower]))
    taken, room = set(), MOST_DRAWN
    for lower in order:
        if len(groups[lower]) <= room:
            taken.add(lower)
            room -= len(groups[lower])
    return {lower: held for lower, held in groups.items() if lower in taken}


def _weakness(held: tuple[Blocking, ...]) -> tuple[bool, bool, int]:
    return held[0].kind == "unknown", not held[0].pressing, -len(held)


def _uppers(held: Iterable[Blocking]) -> set[str]:
    return {each.upper for each in held}


# --- Words ------------------------------------------------------------------------------------------------------------


def _heading(lexicon: Lexicon, groups: Groups) -> str:
    every = [each for held in groups.values() for each in held]
    missing = {
        lower: _uppers(held) for lower, held in groups.items() if any(each.kind == "missing" for each in held)
    }
    if missing:
        return _heading_missing(lexicon, missing)
    reported = len(_uppers(each for each in every if each.kind == "reported"))
    if reported:
        return ngettext(
            "One level is reported without its support",
            "%(count)s levels are reported without their support",
            reported,
        ) % {"count": numbers.in_words_first(reported)}
    if every:
        count = len(_uppers(every))
        return ngettext(
            "One block may be held up: what it rests on is not known",
            "%(count)s blocks may be held up: what they rest on is not known",
            count,
        ) % {"count": numbers.in_words_first(count)}
    return gettext("No block has to wait for another")


def _heading_missing(lexicon: Lexicon, missing: dict[str, set[str]]) -> str:
    """The block that holds up most, or how many there are where none stands out."""
    held = set().union(*missing.values())
    most = max(len(each) for each in missing.values())
    first = [lower for lower, each in missing.items() if len(each) == most]
    if len(first) == 1:
        words = {"title": lexicon.title(first[0]), "count": numbers.in_words(most)}
        return (
            ngettext(
                "“%(title)s” holds up one other block", "“%(title)s” holds up %(count)s other blocks", most
            )
            % words
        )
    words = {"lowers": numbers.in_words_first(len(missing)), "count": numbers.in_words(len(held))}
    return (
        ngettext(
            "%(lowers)s blocks hold up one other", "%(lowers)s blocks hold up %(count)s others", len(held)
        )
        % words
    )


def _note(blocking: tuple[Blocking, ...]) -> str:
    if not blocking:
        return gettext("Whatever a gate or the plan asks for already has the support it needs.")
    if all(each.kind == "unknown" for each in blocking):
        return gettext("A line leads from what nobody knows up to what may have to wait for it.")
    return gettext(
        "A line leads from a block that is too low to what rests on it. Raise the lower one first."
    )


def _more(count: int) -> str:
    if not count:
        return ""
    words = {"count": numbers.in_words_first(count)}
    return ngettext("One more link is in the table.", "%(count)s more links are in the table.", count) % words


def _holder(lexicon: Lexicon, advice: Advice, lower: str, held: tuple[Blocking, ...]) -> Holder:
    count = len(_uppers(held))
    words = {"count": numbers.in_words(count)}
    if held[0].kind == "unknown":
        says = ngettext("may hold up one block", "may hold up %(count)s blocks", count) % words
    else:
        says = ngettext("holds up one block", "holds up %(count)s blocks", count) % words
    standings = _standings(advice)
    return Holder(
        title=lexicon.title(lower),
        href=lexicon.href(lower),
        layer=_layer(lexicon, lower),
        words=level_words(standings[lower]),
        says=says,
        held=tuple(_held(lexicon, standings[each.upper], each) for each in held),
    )


def _held(lexicon: Lexicon, standing: Standing, found: Blocking) -> Held:
    words = {"level": found.level, "answer": level_words(standing)}
    says = {
        "missing": gettext("%(answer)s, waits to reach %(level)s"),
        "unknown": gettext("%(answer)s, may have to wait to reach %(level)s"),
        "reported": gettext("%(answer)s, reported without this support"),
    }[found.kind]
    return Held(
        title=lexicon.title(found.upper),
        href=lexicon.href(found.upper),
        layer=_layer(lexicon, found.upper),
        says=says % words,
        needs=gettext("level %(level)s") % {"level": found.at_least},
        reason=" ".join(reason.says for reason in found.reasons),
    )


def _layer(lexicon: Lexicon, capability: str) -> LayerTag:
    return lexicon.tags[lexicon.playbook.capability[capability].layer]


def _standings(advice: Advice) -> dict[str, Standing]:
    return {each.capability: each for each in advice.standings}


# --- The drawing ------------------------------------------------------------------------------------------------------


def _drawn(lexicon: Lexicon, advice: Advice, groups: Groups, form: Format) -> Svg:
    links = [each for held in groups.values() for each in held]
    ties = [
        risers.Tie(
            lower=each.lower,
            upper=each.upper,
            unknown=each.kind == "unknown",
            pressing=each.pressing,
            reported=each.kind == "reported",
        )
        for each in links
    ]
    signs = risers.Signs(
        count=gettext("so many blocks rest on it"),
        pressing=gettext("decides the gate, or is planned"),
        other=gettext("not planned yet"),
        unknown=gettext("not known"),
        reported=gettext("reported without support"),
    )
    return risers.dependencies(
        _bands(lexicon, advice, links), ties, _reading(lexicon, advice, groups), signs, form
    )


def _bands(lexicon: Lexicon, advice: Advice, links: list[Blocking]) -> list[risers.Band]:
    taking_part = {name for each in links for name in (each.lower, each.upper)}
    bands = []
    for layer in lexicon.playbook.layers:
        capabilities = lexicon.playbook.capabilities_of[layer.id]
        parts = tuple(
            risers.Part(
                name=each.id,
                column=column,
                lines=each.label,
                words=_words(_standings(advice)[each.id], [link for link in links if link.lower == each.id]),
            )
            for column, each in enumerate(capabilities)
            if each.id in taking_part
        )
        hue = lexicon.tags[layer.id].hue
        if parts:
            bands.append(risers.Band(hue=hue, name=layer.name, columns=len(capabilities), parts=parts))
    return bands


def _words(standing: Standing, held: list[Blocking]) -> str:
    """The level of a block, and the one it needs where it holds something up: "1, needs 2"."""
    if not held or not isinstance(standing.answer, int):
        return level_words(standing)
    words = {"level": standing.answer, "needed": max(each.at_least for each in held)}
    return gettext("%(level)s, needs %(needed)s") % words


def _reading(lexicon: Lexicon, advice: Advice, groups: Groups) -> str:
    """Every line of the drawing as a sentence, and where its table stands."""
    sentences = []
    for lower, held in groups.items():
        words = {
            "lower": lexicon.title(lower),
            "level": _words(_standings(advice)[lower], list(held)),
            "uppers": lexicon.titles(dict.fromkeys(each.upper for each in held)),
        }
        unknown = held[0].kind == "unknown"
        sentences.append(
            (
                gettext("%(lower)s (%(level)s) may hold up: %(uppers)s.")
                if unknown
                else gettext("%(lower)s (%(level)s) holds up: %(uppers)s.")
            )
            % words
        )
    return " ".join([*sentences, gettext("The reasons stand in the table beside it.")])
