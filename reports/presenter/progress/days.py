"""The two days that are compared: each as it was seen then, and what it says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice
from advisor.engine.progress import Progress, Seen, progress
from reports.presenter import numbers
from reports.presenter.compared import DayView, MilestoneView
from reports.presenter.lexicon import Lexicon, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One of two days: an assessment as it was seen then. Today has neither name nor number of a milestone."""

    seen: Seen
    day: date
    given: Mapping[str, Any]
    """The answers, by question."""
    name: str = ""
    number: int = 0
    left_out: frozenset[str] = frozenset()
    """The codes of moves that somebody took out of the plan."""

    @property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.seen.playbook, self.seen.situation, self.given)


@dataclass(frozen=True, slots=True)
class Pair:
    """Both days, and what happened between them."""

    then: Day
    now: Day
    change: Progress
    was: Lexicon
    lexicon: Lexicon

    @classmethod
    def of(cls, then: Day, now: Day) -> "Pair":
        return cls(then, now, progress(then.seen, now.seen), then.lexicon, now.lexicon)


def milestone(day: Day) -> MilestoneView:
    """A milestone in a list, with the result of its day."""
    lexicon, advice = day.lexicon, day.seen.advice
    return MilestoneView(
        number=day.number,
        name=day.name,
        day=numbers.day(day.day),
        facts=(_answered(day, lexicon), _bottleneck(lexicon, advice), _open_gates(lexicon, advice)),
    )


def _answered(day: Day, lexicon: Lexicon) -> str:
    total = len(lexicon.asked)
    words = {"done": sum(1 for each in lexicon.asked if each in day.given), "total": total}
    told = ngettext(
        "%(done)s of %(total)s question answered", "%(done)s of %(total)s questions answered", total
    )
    return told % words


def day_view(day: Day, lexicon: Lexicon) -> DayView:
    """A day at the head of a comparison, with what was known on it."""
    advice = day.seen.advice
    share = numbers.share(advice.coverage)
    return DayView(
        name=day.name or gettext("Today"),
        day=numbers.day(day.day),
        asked=gettext("Quick check") if advice.mode == "quick" else gettext("Full assessment"),
        bottleneck=_bottleneck(lexicon, advice),
        confidence={
            "high": gettext("Confidence is high"),
            "medium": gettext("Confidence is medium"),
            "low": gettext("Confidence is low"),
        }[advice.confidence.level],
        answered=gettext("%(share)s of the blocks answered") % {"share": share},
    )


def _bottleneck(lexicon: Lexicon, advice: Advice) -> str:
    layer = advice.bottleneck.layer or advice.bottleneck.at or ""
    match advice.bottleneck.kind:
        case "gate":
            return gettext("Bottleneck: %(layer)s") % {"layer": lexicon.name(layer)}
        case "undetermined":
            return gettext("%(layer)s cannot be judged") % {"layer": lexicon.name(layer)}
        case "next_stage":
            return gettext("Next stage: %(layer)s") % {"layer": lexicon.name(layer)}
        case _:
            return gettext("No bottleneck")


def _open_gates(lexicon: Lexicon, advice: Advice) -> str:
    found = [lexicon.name(each.layer) for each in advice.gates.values() if each.effective == "open"]
    if not found:
        return gettext("No gate open")
    words = {"layers": listed(found)}
    return ngettext("Gate open: %(layers)s", "Gates open: %(layers)s", len(found)) % words
