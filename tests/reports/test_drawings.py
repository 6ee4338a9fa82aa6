"""The drawings of the report: whatever a case says, no two words meet, on any width."""

from collections.abc import Iterator
from typing import Any

import pytest

from advisor.drawing import Svg
from advisor.engine import advise
from advisor.engine.situation import read_situation
from reports.presenter import drawings
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import Drawn
from tests.advisor.drawing.houses import collisions, words
from tests.reports.pages import page_of_case
from tests.situations import CASES, PLAYBOOK

BY_ID = {case["id"]: case for case in CASES}


def stages(case: dict[str, Any]) -> Drawn | None:
    situation = read_situation(PLAYBOOK, case)
    return drawings.stage_bars(Lexicon(PLAYBOOK, situation), advise(PLAYBOOK, situation))


def every_drawing(case: dict[str, Any]) -> Iterator[Svg | None]:
    page = page_of_case(case["id"])
    yield from (page.house.sheet, page.house.narrow, page.house.printed)
    yield from (page.dependencies.screen, page.dependencies.paper)
    for chart in (page.roadmap and page.roadmap.bars, page.budget and page.budget.bar):
        if chart:
            yield from (chart.screen, chart.phone, chart.paper)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_two_words_of_a_drawing_meet(case: dict[str, Any]) -> None:
    assert [found for each in every_drawing(case) if each for found in collisions(each)] == []


def test_work_that_may_begin_early_has_a_line_of_its_own() -> None:
    drawn = stages(BY_ID["gc8_startup_of_four"])
    assert drawn is not None
    expected = {"One early start", "6 to 12 weeks", "groundwork for DataOps: One scheduler"}
    assert expected <= set(words(drawn.screen))


def test_without_an_early_start_there_is_no_line_for_it() -> None:
    drawn = stages(BY_ID["gc4_saas_wrong_suspect"])
    assert drawn is not None
    assert "One early start" not in words(drawn.screen)
