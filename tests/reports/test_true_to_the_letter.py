"""Statements that readers check against their own answers: each says exactly what was tried, calculated or decided."""

from dataclasses import replace

from advisor.engine import advise, whatif
from advisor.engine.ownplan import Change
from advisor.engine.situation import UNKNOWN, Situation, read_situation
from reports.presenter import ReportPage
from reports.presenter.lexicon import Lexicon
from reports.presenter.sections import BudgetSection
from reports.presenter.trials import plan_done
from reports.presenter.whatif import whatif_page
from tests.reports.test_sentences import page_of
from tests.situations import CASES, PLAYBOOK

SOUND = {each.id: 3 for each in PLAYBOOK.capabilities if each.layer == "dataops"}
SHORT = Situation(
    mode="full",
    levels={"dv_ci": 2, "dv_cd": 2, "dv_env": 1, "dv_obs": 2, "dv_chg": 2, "dv_own": 1, **SOUND},
    models="0",
    ml_plans="none",
    size="m",
    capacity_fte=4,
    horizon_months=12,
)
"""One answer below the line of the first gate, and an average of 1.7 where it needs 2.0."""


def case(name: str) -> Situation:
    return read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == name))


TALLIS = case("gc4_saas_wrong_suspect")


# --- What would change the result -------------------------------------------------------------------------------------


def test_an_answer_that_has_to_rise_by_two_levels_is_named() -> None:
    change = page_of(SHORT).change
    assert change.note == "One level more or less in a single answer does not move it. A larger step does."
    assert change.items[0].title == "No answer by one level"
    assert change.items[0].says.startswith("We tried each answer one level up and one level down: ")
    assert change.items[1].answers[0].question == "dv_env"
    assert change.items[1].says == "At 3 instead of 1, there would be no bottleneck."


# --- The budget of a changed plan -------------------------------------------------------------------------------------


def decided(situation: Situation = TALLIS, **slots: str) -> tuple[ReportPage, BudgetSection]:
    page = page_of(situation, changes={code: Change(slot=slot) for code, slot in slots.items()})  # type: ignore[arg-type]
    assert page.budget
    return page, page.budget


def test_the_budget_counts_what_stays_in_the_plan_and_says_what_was_calculated() -> None:
    _, before = decided()
    page, budget = decided(do_i_lineage="dropped")
    assert page.roadmap
    kept = page.roadmap.changed.rsplit("left out, ", 1)[1].removesuffix(" stay in the plan.")
    assert f"range {kept}." in budget.note
    assert "As calculated, before your changes: " in budget.note
    assert "before your changes" not in before.note
    assert before.rows[1].range != budget.rows[1].range


def test_what_was_put_off_is_a_part_of_its_own_that_is_not_released() -> None:
    page, budget = decided(do_i_lineage="later")
    assert (budget.rows[-1].what, budget.rows[-1].when) == ("Put off", "put off by you")
    assert page.roadmap
    assert page.roadmap.stages[-1].stage == "Put off"


def test_what_was_brought_forward_is_named_in_the_stage_that_holds_it() -> None:
    page, budget = decided(ml_i_track="now")
    assert "Stage 1 includes what you brought forward: Repeatable training." in budget.sentences
    assert page.roadmap
    assert page.roadmap.risks_heading == "One accepted risk"
    assert "As calculated, before your changes: " in budget.note


def test_a_plan_without_moves_has_no_budget() -> None:
    page, _ = decided()
    assert page.roadmap
    _, budget = decided(**{each.code: "dropped" for each in page.roadmap.planned})
    assert budget.missing == "Every move is left out of the plan, so there is nothing to spend."


def test_a_sum_is_judged_by_the_plan_as_decided() -> None:
    situation = replace(TALLIS, day_rate=1000.0)
    calculated = advise(PLAYBOOK, situation).budget
    assert calculated
    assert calculated.released_money
    situation = replace(situation, budget=calculated.released_money.low - 1)
    assert "not cover even the lower end" in decided(situation)[1].affordable
    assert "covers the lower end" in decided(situation, do_i_lineage="dropped")[1].affordable


# --- What keeps the gate closed ---------------------------------------------------------------------------------------


def test_one_answer_and_a_short_average_are_both_named_wherever_the_gate_is() -> None:
    page = page_of(replace(SHORT, stated="devops"))
    assert page.deciding
    assert page.deciding.heading == "One answer is too low, and the average is short by 0.3"
    assert page.lead == (
        "You named releases (DevOps), and your answers agree.",
        "In DevOps, “Environments as code” is too low, and the average is short by 0.3.",
    )
    row = page.gates.rows[-1]
    assert row.opens.startswith("To level 2: Environments as code. For the average of 2.0, to level 2: ")
    assert page.messages[0].lines[1].endswith("is too low for its gate, and the average is short by 0.3.")


def test_a_move_on_a_block_that_reaches_its_minimum_says_why_it_is_there() -> None:
    moves = page_of(SHORT).moves.moves
    assert any(each.lifts[-1] == "That lifts the average, which the gate asks for too." for each in moves)


def test_where_the_minimum_is_all_that_is_missing_the_average_is_not_named() -> None:
    page = page_of(replace(SHORT, levels={**SHORT.levels, "dv_ci": 3, "dv_cd": 3, "dv_own": 2}))
    assert page.lead[-1] == "One answer is too low in DevOps: Environments as code."
    assert page.headline.startswith("One step is missing.")
    assert page.deciding
    assert page.deciding.heading == "One answer is left before the DevOps gate opens"


def test_what_decides_is_told_with_the_name_of_its_block() -> None:
    for line in page_of(SHORT).messages[1].lines:
        assert line.startswith("Environments as code: ")


# --- A floor that is not known ----------------------------------------------------------------------------------------


def test_a_floor_above_one_that_cannot_be_judged_waits_and_stands_on_no_sand() -> None:
    levels = {each: level for each, level in SHORT.levels.items() if each != "dv_env"}
    page = page_of(replace(SHORT, levels=levels | {"do_orc": 1}))
    row = page.gates.rows[0]
    assert row.title == "DataOps: waits"
    assert row.decides.startswith("It waits: whether the DevOps floor below carries it is not known yet.")
    assert "closed too" not in row.decides
    floor = page.house.floors[1]
    assert (floor.gate_word, floor.gate_reason, floor.on_sand) == ("Waits", "floor below not known", False)
    assert "sand" not in row.decides + row.opens


# --- Pitfalls ---------------------------------------------------------------------------------------------------------


def test_only_the_side_that_is_not_settled_is_named() -> None:
    levels = {**SHORT.levels, "dv_own": 2, "do_own": 1}
    rows = page_of(replace(SHORT, levels=levels, sourcing="external")).pitfalls.rows
    see = next(each.see for each in rows if each.id == "outsourced_ownership")
    assert see.endswith(f"not settled inside: {PLAYBOOK.capability['do_own'].title}.")


def test_a_critical_pitfall_stands_on_the_first_page() -> None:
    page = page_of(TALLIS)
    critical = [each.title for each in page.pitfalls.rows if each.severity == "critical"]
    assert critical
    assert any(all(title in line for title in critical) for line in page.messages[0].lines)


# --- Time and money ---------------------------------------------------------------------------------------------------


def test_where_steps_decide_how_long_it_takes_they_are_told() -> None:
    page = page_of(replace(TALLIS, capacity_fte=40.0))
    assert page.budget
    assert page.roadmap
    assert any("its longest steps follow one another, " in each for each in page.budget.sentences)
    assert "A wave is a group of moves that can run side by side" in page.roadmap.formula
    slow = page_of(replace(TALLIS, capacity_fte=0.5))
    assert slow.budget
    assert not any("longest steps" in each for each in slow.budget.sentences)
    assert any("from half a person at" in each for each in slow.budget.sentences)


def test_later_stages_are_dashed_and_the_caption_says_so() -> None:
    roadmap = page_of(TALLIS).roadmap
    assert roadmap
    assert roadmap.bars
    assert roadmap.bars.scale.endswith("Later stages wait for a gate, dashed throughout.")
    alone = page_of(SHORT).roadmap
    assert alone
    assert alone.bars
    assert "Later stages" not in alone.bars.scale


def test_an_early_start_says_where_its_effort_is_counted() -> None:
    page = page_of(case("gc8_startup_of_four"))
    assert page.budget
    assert any("starts early; its effort is counted in stage 2." in each for each in page.budget.sentences)


def test_without_people_the_table_has_lead_times_and_the_missing_answer_is_linked() -> None:
    roadmap = page_of(replace(SHORT, capacity_fte=None)).roadmap
    assert roadmap
    assert roadmap.missing.endswith("Until then there are lead times only.")
    assert [each.question for each in roadmap.missing_answers] == ["c_capacity_fte"]
    assert (roadmap.range_title, roadmap.bars_title) == ("Lead time", "The lead times of each stage")


def test_what_is_released_is_not_said_to_start() -> None:
    budget = page_of(SHORT).budget
    assert budget
    assert budget.heading == "All of it is released"


# --- What is not known ------------------------------------------------------------------------------------------------


def test_blocks_that_are_not_known_are_named_as_not_planned() -> None:
    page = page_of(replace(SHORT, levels={**SHORT.levels, "do_tst": UNKNOWN, "do_obs": UNKNOWN}))
    assert page.roadmap
    assert page.roadmap.unknown == "Not in the plan: two blocks that are not known"
    assert {each.question for each in page.roadmap.unknown_answers} == {"do_tst", "do_obs"}
    assert page.budget
    assert page.budget.sentences[-1] == "Not in the plan: two blocks that are not known."
    known = page_of(SHORT)
    assert known.roadmap
    assert not known.roadmap.unknown


def test_a_plan_that_ends_in_doubt_says_which_blocks_it_hangs_on() -> None:
    situation = replace(SHORT, levels={**SHORT.levels, "do_tst": UNKNOWN})
    lexicon = Lexicon(PLAYBOOK, situation)
    levels = plan_done(advise(PLAYBOOK, situation))
    effect = whatif_page(lexicon, levels, whatif(PLAYBOOK, situation, levels)).effect
    assert effect.unknown
    assert PLAYBOOK.capability["do_tst"].title in effect.unknown.says
    assert "do_tst=2" in effect.unknown.query


def test_confidence_counts_blocks_and_gives_only_reasons_that_apply() -> None:
    levels = {**SHORT.levels, "do_tst": UNKNOWN, "do_obs": UNKNOWN}
    confidence = page_of(replace(SHORT, levels=levels, roles=("dev", "ops", "data"))).confidence
    assert confidence.doubts[0].says == "Two of twelve blocks are not known."
    assert "R-CONF-5" not in [each.rule for each in confidence.whys]
    assert "What would change this" in confidence.says
