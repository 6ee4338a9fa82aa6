"""Levels that can be tried: what an address says of them, what each block offers, and where to begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from advisor.engine import advise
from advisor.engine.advice import Advice, Difference, GateResult
from advisor.engine.playbook import LEVELS
from advisor.engine.situation import NOT_APPLICABLE
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import LayerTag

type Levels = Mapping[str, int]
"""Capability to level 0 to 4: what somebody tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A level that can be tried. ``today`` is the one that was answered."""

    level: int
    title: str
    chosen: bool
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """A capability with what can be tried. Without ``choices`` nothing can, and ``answer`` says why."""

    capability: str
    title: str
    answer: str
    """ "today 1 of 4" """
    needs: str
    as_today: bool
    today_title: str
    """The title of the level as answered; empty where none is known."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFloor:
    """A floor. Without rows it is not part of the picture, and ``status`` says why."""

    layer: LayerTag
    rows: tuple[ChoiceRow, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Levels to begin with: today's, what opens the next gate, a kept plan. ``query`` is the end of their address."""

    title: str
    query: str
    here: bool
    """These are the levels on the page."""


# --- In an address --------------------------------------------------------------------------------------------------


def query_of(levels: Levels) -> str:
    """ "?dv_ci=2&dv_cd=3"; empty for today's answers."""
    return f"?{urlencode(dict(levels))}" if levels else ""


def tried(lexicon: Lexicon, levels: Levels) -> dict[str, int]:
    """The levels that differ from the answers and can be tried at all, in the order of the catalogue."""
    answers = lexicon.situation.levels
    return {
        each: levels[each]
        for each in lexicon.playbook.capability
        if each in levels
        and lexicon.asks(each)
        and answers.get(each) is not NOT_APPLICABLE
        and answers.get(each) != levels[each]
    }


def read_levels(
    lexicon: Lexicon, entered: Mapping[str, str], beside: Iterable[str] = ()
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Levels as they stand in an address, and what could not be read of it, a sentence each.

    ``beside`` names what else may stand there. An empty value is today's answer.
    """
    levels: dict[str, int] = {}
    notices = []
    for name, value in entered.items():
        if name in beside or not value.strip():
            continue
        if notice := _unreadable(lexicon, name, value.strip()):
            notices.append(notice)
        else:
            levels[name] = int(value)
    return tried(lexicon, levels), _at_most(notices)


NOTICES = 3
"""So many mistakes in an address are told one by one."""

QUOTED = 40
"""So many characters of a wrong value are repeated."""


def _at_most(notices: Sequence[str]) -> tuple[str, ...]:
    more = len(notices) - NOTICES
    if more <= 0:
        return tuple(notices)
    rest = ngettext(
        "One more part of the address was left out.",
        "%(count)s more parts of the address were left out.",
        more,
    ) % {"count": numbers.in_words_first(more)}
    return (*notices[:NOTICES], rest)


def _unreadable(lexicon: Lexicon, name: str, value: str) -> str:
    """Why this part of an address was left out; empty where it can be read."""
    if name not in lexicon.playbook.capability:
        return gettext("“%(name)s” was left out: it is no block of the house.") % {"name": _quoted(name)}
    words = {"title": lexicon.title(name), "value": _quoted(value)}
    if not lexicon.asks(name):
        return gettext("“%(title)s” was left out: it is not asked here.") % words
    if lexicon.situation.levels.get(name) is NOT_APPLICABLE:
        return (
            gettext("“%(title)s” was left out: it does not apply to you, so no level of it can be tried.")
            % words
        )
    if value not in map(str, LEVELS):
        return gettext("“%(value)s” for “%(title)s” was left out: a level is a number from 0 to 4.") % words
    return ""


def _quoted(text: str) -> str:
    """Short, and without what cannot be seen."""
    shown = "".join(each if each.isprintable() else "·" for each in text)
    return shown if len(shown) <= QUOTED else f"{shown[: QUOTED - 1]}…"


# --- On the page ----------------------------------------------------------------------------------------------------


def floors(lexicon: Lexicon, levels: Levels, difference: Difference) -> Iterable[ChoiceFloor]:
    """The floor of the bottleneck first, since what is tried there changes most; then the others as in the house."""
    before = difference.before
    standings = {each.capability: each for each in before.standings}
    downwards = lexicon.playbook.layers[::-1]
    for layer in sorted(downwards, key=lambda each: each.id != before.bottleneck.at):
        asked = [each for each in lexicon.playbook.capabilities_of[layer.id] if standings[each.id].asked]
        status = "" if asked else lexicon.playbook.status[before.mlops_status].title
        yield ChoiceFloor(
            layer=lexicon.tags[layer.id],
            rows=tuple(_row(lexicon, each.id, levels, standings[each.id].minimum) for each in asked),
            status=gettext("%(status)s: there is nothing to try on this floor.") % {"status": status}
            if status
            else "",
        )


def _row(lexicon: Lexicon, capability: str, levels: Levels, minimum: int | None) -> ChoiceRow:
    answer = lexicon.situation.levels.get(capability)
    titles = [each.title for each in lexicon.playbook.capability[capability].levels]
    free = answer is not NOT_APPLICABLE
    words = {"answer": lexicon.answer(capability)}
    return ChoiceRow(
        capability=capability,
        title=lexicon.title(capability),
        answer=gettext("today: %(answer)s") % words,
        needs=gettext("needs %(minimum)s") % {"minimum": minimum} if minimum and free else "",
        as_today=capability not in levels,
        today_title=titles[answer] if isinstance(answer, int) else "",
        choices=tuple(
            Choice(
                level=each, title=titles[each], chosen=levels.get(capability) == each, today=answer == each
            )
            for each in LEVELS
        )
        if free
        else (),
    )


def starts(lexicon: Lexicon, levels: Levels, before: Advice) -> Iterable[Start]:
    """Today's answers, then levels that the advice itself names, each set once."""
    offered = {query_of({}): gettext("Today’s answers")}
    at = before.bottleneck.at
    if at and at in before.gates:
        opens = tried(lexicon, before.gates[at].opens)
        offered.setdefault(query_of(opens), _opening(lexicon, before.gates[at], opens))
    if before.roadmap:
        offered.setdefault(query_of(tried(lexicon, stage_done(before))), gettext("Stage 1 done"))
        offered.setdefault(query_of(tried(lexicon, plan_done(before))), gettext("The whole plan done"))
    here = query_of(levels)
    for query, title in offered.items():
        yield Start(title=title, query=query, here=query == here)


def _opening(lexicon: Lexicon, gate: GateResult, opens: Levels) -> str:
    """With answers not known, their minimum may still leave the average too low."""
    words = {"layer": lexicon.name(gate.layer)}
    if gate.unknown:
        then = advise(lexicon.playbook, lexicon.situation.with_levels(opens))
        if then.gates[gate.layer].state != "open":
            return gettext("Every minimum of the %(layer)s gate") % words
    return gettext("Open the %(layer)s gate") % words


def stage_done(advice: Advice) -> dict[str, int]:
    """The levels after the first stage of the roadmap."""
    reached: dict[str, int] = {}
    for move in advice.roadmap[0].moves:
        for each in move.raises:
            reached[each.capability] = max(each.to, reached.get(each.capability, 0))
    return reached


def plan_done(advice: Advice) -> dict[str, int]:
    """The levels after the whole roadmap."""
    return {each.capability: each.planned for each in advice.standings if each.planned is not None}
