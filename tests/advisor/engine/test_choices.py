"""Where the rules left a choice: the reading that was decided, see docs/decisions/0005."""

from dataclasses import replace

import pytest

from advisor.engine import advise
from advisor.engine.situation import UNKNOWN, Answer, Situation
from tests.situations import PLAYBOOK

SOUND = Situation(
    mode="full",
    size="m",
    models="2_5",
    data_team="team",
    roles=("developer", "analyst"),
    sourcing="in_house",
    stated="unsure",
    horizon_months=12,
    capacity_fte=5,
    levels=dict.fromkeys(PLAYBOOK.capability, 2),
    signals={
        "sig_lead": "lt_day",
        "sig_cfr": "0_1",
        "sig_fire": "lt25",
        "sig_trust": "team",
        "sig_check": "month",
        "sig_gap": "no",
    },
)


@pytest.mark.parametrize(("regulated", "average"), [(False, 1.75), (True, 2.0), (None, 1.75)])
def test_the_relief_for_the_very_small_is_not_given_where_a_law_demands_evidence(
    regulated: bool | None, average: float
) -> None:
    gate = advise(PLAYBOOK, replace(SOUND, size="xs", regulated=regulated)).gates["dataops"]
    assert gate.average == average
    assert gate.minima["do_gov"] == (2 if regulated else 0)


@pytest.mark.parametrize(("answer", "state"), [(0, "open"), (1, "open"), (UNKNOWN, "undetermined")])
def test_a_minimum_of_nothing_still_wants_an_answer(answer: Answer, state: str) -> None:
    tiny = replace(SOUND, size="xs").with_levels({"do_gov": answer, "do_own": 3})
    gate = advise(PLAYBOOK, tiny).gates["dataops"]
    assert gate.state == state
    assert gate.unknown == (("do_gov",) if answer is UNKNOWN else ())


def test_symptoms_of_a_planned_attic_are_not_missed() -> None:
    asked = {name: given for name, given in SOUND.signals.items() if name not in ("sig_check", "sig_gap")}
    planned = replace(SOUND, models="0", ml_plans="committed", signals=asked)
    advice = advise(PLAYBOOK, planned)
    assert advice.bottleneck.kind == "next_stage"
    assert advice.pitfalls == ()


def test_symptoms_that_were_asked_and_not_answered_are_missed() -> None:
    blind = replace(SOUND, signals={}).with_levels({"dv_ci": 0})
    assert "flying_blind" in [each.id for each in advise(PLAYBOOK, blind).pitfalls]


def test_an_open_question_counts_like_one_that_nobody_can_answer() -> None:
    levels = {each: level for each, level in SOUND.levels.items() if each != "dv_cd"}
    still_open = advise(PLAYBOOK, replace(SOUND, levels=levels))
    unknown = advise(PLAYBOOK, SOUND.with_levels({"dv_cd": UNKNOWN}))
    assert still_open.gates["devops"].unknown == unknown.gates["devops"].unknown == ("dv_cd",)
    assert still_open.coverage == unknown.coverage
    assert [each.kind for each in still_open.homework] == ["open"]
    assert [each.kind for each in unknown.homework] == ["unknown"]


def test_without_a_word_on_plans_no_models_reads_as_looking_around() -> None:
    assert advise(PLAYBOOK, replace(SOUND, models="0", ml_plans=None)).mlops_status == "watch"


def test_the_quick_check_ignores_what_it_does_not_ask() -> None:
    quick = replace(SOUND, mode="quick").with_levels({"dv_obs": 0})
    gate = advise(PLAYBOOK, quick).gates["devops"]
    assert gate.state == "open"
    assert gate.provisional
