"""Where a consultant judges differently from the rules: both verdicts in words, the calculated one first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice
from reports.presenter import numbers
from reports.presenter.gates import gate_title
from reports.presenter.lexicon import Lexicon
from reports.presenter.summary import in_short

BOTTLENECK = "bottleneck"
REASON_LENGTH = 90
"""With the verdict two lines on the first sheet of paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """One verdict beside what was calculated. ``reason`` and ``by`` are printed as typed; ``agrees`` where both say the same."""

    subject: str
    about: str
    """ "The bottleneck" """
    calculated: str
    judged: str
    reason: str
    reason_in_short: str
    by: str
    agrees: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSection:
    heading: str
    note: str
    rows: tuple[JudgedRow, ...]
    more: str
    """How many there are beside the first one, which alone stands in full on the first sheet of paper."""


def judged_section(
    lexicon: Lexicon, advice: Advice, rulings: Iterable[tuple[str, str, str, str, date]]
) -> JudgedSection | None:
    """Each ruling is its subject, verdict, reason, whose it is, and the day. Those on layers unknown here are left out."""
    rows = tuple(_row(lexicon, advice, *each) for each in rulings if _is_known(lexicon, advice, *each[:2]))
    if not rows:
        return None
    words = {"count": numbers.in_words_first(len(rows))}
    return JudgedSection(
        heading=ngettext(
            "One finding is judged differently", "%(count)s findings are judged differently", len(rows)
        )
        % words,
        note=gettext(
            "What the rules found comes first, what a consultant decided beside it. The plan follows the rules."
        ),
        rows=rows,
        more=_more(len(rows) - 1),
    )


def _more(count: int) -> str:
    if not count:
        return ""
    words = {"count": numbers.in_words_first(count)}
    return (
        ngettext(
            "One more finding is judged differently; see “Why”.",
            "%(count)s more findings are judged differently; see “Why”.",
            count,
        )
        % words
    )


def subject_title(lexicon: Lexicon, subject: str) -> str:
    """What a verdict is about."""
    if subject == BOTTLENECK:
        return gettext("The bottleneck")
    return gettext("The gate of %(layer)s") % {"layer": lexicon.name(subject)}


def calculated(lexicon: Lexicon, advice: Advice, subject: str) -> str:
    """What the rules found, as a short sentence."""
    if subject != BOTTLENECK:
        return gettext("%(gate)s.") % {"gate": gate_title(lexicon, advice, advice.gates[subject])}
    bottleneck = advice.bottleneck
    if bottleneck.kind == "gate" and bottleneck.layer:
        return bottleneck_of(lexicon, bottleneck.layer)
    return {
        "undetermined": gettext("No bottleneck can be named yet."),
        "next_stage": gettext("Nothing holds you back; the next stage can begin."),
    }.get(bottleneck.kind, gettext("Nothing holds you back."))


def bottleneck_of(lexicon: Lexicon, layer: str) -> str:
    """That this layer is the bottleneck, as a short sentence."""
    return gettext("%(bottleneck)s.") % {"bottleneck": lexicon.playbook.layer[layer].bottleneck}


def judged(lexicon: Lexicon, subject: str, verdict: str) -> str:
    """A verdict as a short sentence."""
    if subject == BOTTLENECK:
        return bottleneck_of(lexicon, verdict)
    layer = {"layer": lexicon.name(subject)}
    return gettext("%(layer)s: open.") % layer if verdict == "open" else gettext("%(layer)s: closed.") % layer


def says_the_same(advice: Advice, subject: str, verdict: str) -> bool:
    """Whether a verdict is what the rules found anyway."""
    if subject == BOTTLENECK:
        return advice.bottleneck.kind == "gate" and advice.bottleneck.layer == verdict
    state = advice.gates[subject].effective
    return state == "open" if verdict == "open" else state in ("closed", "blocked", "near")


def _is_known(lexicon: Lexicon, advice: Advice, subject: str, verdict: str) -> bool:
    if subject == BOTTLENECK:
        return verdict in lexicon.playbook.layer
    return subject in advice.gates


def _row(  # noqa: PLR0917  as they come
    lexicon: Lexicon, advice: Advice, subject: str, verdict: str, reason: str, by: str, on: date
) -> JudgedRow:
    return JudgedRow(
        subject=subject,
        about=subject_title(lexicon, subject),
        calculated=calculated(lexicon, advice, subject),
        judged=judged(lexicon, subject, verdict),
        reason=reason,
        reason_in_short=in_short(reason, REASON_LENGTH),
        by=gettext("%(name)s, %(day)s") % {"name": by, "day": numbers.day(on)},
        agrees=gettext("By now both agree.") if says_the_same(advice, subject, verdict) else "",
    )
