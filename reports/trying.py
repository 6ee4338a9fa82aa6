"""A "what if" of one assessment: from what stands in an address to its page, and from there to a kept plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from advisor.engine import whatif
from assessments.access import Assessment
from assessments.scenarios import MOST, Kept, RefusedError, keep_scenario, scenarios_of
from reports.figure_form import Mistake
from reports.presenter.lexicon import Lexicon
from reports.presenter.trials import Start, query_of, read_levels, tried
from reports.presenter.whatif import WhatIfPage, whatif_page
from reports.telling import read

NAME, SAVED = "plan-name", "saved"
"""What may stand in an address or a form beside the levels: the name to keep them under, and a number just kept."""

BESIDE = (NAME, SAVED, "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A kept plan on the page. ``start`` leads to its levels, as far as they still differ from the answers."""

    number: int
    name: str
    start: Start


@dataclass(frozen=True)
class Trial:
    """An assessment and the levels that somebody tries on it; nothing of it is stored."""

    assessment: Assessment
    lexicon: Lexicon
    levels: dict[str, int]
    notices: tuple[str, ...]
    """What could not be read of the address, a sentence each."""
    scenarios: tuple[Kept, ...]
    saved: str
    """What the address says was kept just now."""
    reader: str = ""
    """The id of the link by which somebody reads the report and may keep nothing; empty for everybody else."""

    @property
    def own(self) -> bool:
        """It can be kept; a sample cannot, nor what somebody only reads."""
        return not self.assessment.sample and not self.reader

    @property
    def full(self) -> bool:
        return len(self.scenarios) >= MOST

    @cached_property
    def page(self) -> WhatIfPage:
        lexicon = self.lexicon
        return whatif_page(lexicon, self.levels, whatif(lexicon.playbook, lexicon.situation, self.levels))

    @cached_property
    def plans(self) -> tuple[KeptPlan, ...]:
        return tuple(KeptPlan(each.number, each.name, self._start(each)) for each in self.scenarios)

    def _start(self, kept: Kept) -> Start:
        query = query_of(tried(self.lexicon, kept.levels))
        return Start(title=kept.name, query=query, here=bool(query) and query == query_of(self.levels))

    @property
    def just_saved(self) -> KeptPlan | None:
        return next((each for each in self.plans if str(each.number) == self.saved), None)


def trial(assessment: Assessment, entered: Mapping[str, str], *, reader: str = "") -> Trial:
    """``entered`` is an address or a form; ``reader`` as in Trial. Three queries, one for a sample."""
    reading = read(assessment)
    lexicon = Lexicon(reading.playbook, reading.situation, reading.given, reading.edition, reading.own)
    levels, notices = read_levels(lexicon, entered, BESIDE)
    kept = scenarios_of(assessment)
    return Trial(assessment, lexicon, levels, notices, kept, "" if reader else entered.get(SAVED, ""), reader)


def keep(found: Trial, name: str) -> tuple[str, Mistake | None]:
    """Keep what is tried under a name: where that can be seen, or what stands in the way. Raises DeletedError."""
    if not found.levels:
        return "", Mistake(NAME, gettext("Change at least one level, then save the plan"))
    try:
        kept = keep_scenario(assessment=found.assessment, name=name, levels=found.levels)
    except RefusedError as refused:
        return "", Mistake(NAME, str(refused))
    return f"{query_of(found.levels)}&{SAVED}={kept.number}#saved", None
