"""The result as the screen of a room shows it when the workshop is over: the finding, what to do first, and the house."""

from dataclasses import dataclass

from django.utils.translation import gettext

from advisor.drawing import Svg
from advisor.engine.advice import Advice
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from reports.presenter.drawings import stage_house
from reports.presenter.lexicon import Lexicon
from reports.presenter.page import ReportPage
from reports.presenter.parts import FloorView, Message

LONG, LONGER = 60, 100
"""A finding with more characters than these is set in smaller steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult:
    """What of a report is read across a room. ``floors`` stand in the order of the eye, the attic first."""

    kicker: str
    headline: str
    lead: tuple[str, ...]
    first: Message
    """What to do first, or what is missing where nothing can be judged."""
    house: Svg
    floors: tuple[FloorView, ...]

    @property
    def size(self) -> str:
        """Which step."""
        return "longer" if len(self.headline) > LONGER else "long" if len(self.headline) > LONG else ""


def stage_result(playbook: Playbook, situation: Situation, advice: Advice, page: ReportPage) -> StageResult:
    """The same words as on the report's page, but for those that lead to what is printed only there."""
    lexicon = Lexicon(playbook, situation)
    _, missing, first = page.messages
    is_open = advice.bottleneck.kind == "undetermined"
    return StageResult(
        kicker="\N{NO-BREAK SPACE}· ".join(filter(None, [gettext("Result"), page.title_in_short])),
        headline=page.headline,
        lead=page.lead[:1] if is_open else (*page.lead, *filter(None, [page.few])),
        first=missing if is_open else first,
        house=stage_house(lexicon, advice),
        floors=page.house.floors,
    )
