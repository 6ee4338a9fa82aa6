"""The stages over weeks: whatever a case says, no two words meet, on any width."""

from typing import Any

import pytest

from advisor.engine import advise
from advisor.engine.situation import read_situation
from reports.presenter import drawings
from reports.presenter.lexicon import Lexicon
from tests.advisor.drawing.houses import collisions, words
from tests.situations import CASES, PLAYBOOK

BY_ID = {case["id"]: case for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_two_words_of_the_stages_meet(case: dict[str, Any]) -> None:
    situation = read_situation(PLAYBOOK, case)
    drawn = drawings.stage_bars(Lexicon(PLAYBOOK, situation), advise(PLAYBOOK, situation))
    if drawn:
        assert [collisions(each) for each in (drawn.screen, drawn.phone, drawn.paper)] == [[], [], []]


def test_work_that_may_begin_early_has_a_line_of_its_own() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc8_startup_of_four"])
    drawn = drawings.stage_bars(Lexicon(PLAYBOOK, situation), advise(PLAYBOOK, situation))
    assert drawn is not None
    assert {"One early start", "6 to 12 weeks", "groundwork for DataOps: One scheduler"} <= set(
        words(drawn.screen)
    )
