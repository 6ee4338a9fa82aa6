"""What the report says is what the advice says: nothing more, nothing less, and nothing twice over."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.engine import advise, stability
from advisor.engine.advice import Advice
from advisor.engine.playbook import Benchmark, Playbook
from advisor.engine.situation import Situation, read_situation
from reports.presenter import ReportPage, present
from reports.presenter.levels import strengths
from reports.presenter.lexicon import lower
from reports.presenter.numbers import in_words
from reports.presenter.summary import in_short
from tests.reports.pages import page_of_case
from tests.reports.test_sentences import page_of, printed
from tests.situations import CASES, PLAYBOOK, situations

BY_ID = {case["id"]: case for case in CASES}


def told(case: str, **more: Any) -> tuple[ReportPage, Advice]:
    situation = read_situation(PLAYBOOK, BY_ID[case])
    return page_of(situation, **more), advise(PLAYBOOK, situation)


def words(page: ReportPage) -> str:
    return "\n".join(text for _, text in printed(page))


# --- The finding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_first_page_names_bottleneck_cause_and_first_moves(case: dict[str, Any]) -> None:
    situation = read_situation(PLAYBOOK, case)
    page, advice = page_of_case(case["id"]), advise(PLAYBOOK, situation)
    first = "\n".join([page.headline, *page.lead, *(line for each in page.messages for line in each.lines)])
    if advice.bottleneck.kind == "gate" and advice.bottleneck.layer:
        assert PLAYBOOK.layer[advice.bottleneck.layer].bottleneck in first
    for each in advice.bottleneck.deciding:
        block = PLAYBOOK.capability[each.capability]
        assert f"{block.title}: {lower(block.levels[each.level].title)}." in first
    for move in page.moves.moves:
        assert f"{move.short}, {move.lead}" in first


def test_a_sound_layer_that_was_named_is_praised_before_the_bottleneck_is_told() -> None:
    page, _ = told("gc4_saas_wrong_suspect")
    assert page.headline == "Releases are in good shape. Unchecked data pipelines hold you back."
    assert page.lead[0] == "You named releases (DevOps), but your answers do not support it."
    assert page.agreement.named.title == "Changes and new features come out too slowly"
    assert "less than a day" in page.agreement.named.says
    assert page.moves.moves[0].title.startswith("Delivery baseline")


def test_no_layer_is_praised_while_a_symptom_of_it_hurts() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    hurting = Situation(
        **{each: getattr(situation, each) for each in situation.__dataclass_fields__}
        | {"signals": {**situation.signals, "sig_lead": "months"}}
    )
    page = page_of(hurting)
    assert page.headline == "Unchecked data pipelines hold you back."
    assert page.checks is not None
    assert page.checks.rows[0].title == "DevOps: described as sound, but a symptom hurts"


def test_a_cause_below_the_pain_is_explained_step_by_step() -> None:
    page, advice = told("gc8_startup_of_four")
    assert "two floors below, in DevOps" in page.lead[0]
    assert len(page.agreement.chain) == len(advice.agreement.chain) > 0
    assert "Monitoring and recovery (1 of 4) carries Model monitoring" in page.agreement.chain[0]
    assert page.roadmap is not None
    assert page.roadmap.lanes[0].title == PLAYBOOK.lane["protection"].title
    assert page.moves.moves[-1].part == "Early start"


def test_where_nobody_knows_anything_there_is_no_verdict_and_no_zero() -> None:
    page, _ = told("gc6_agency_nothing_known")
    assert page.kind == "undetermined"
    assert page.headline == "Too early to say. Nine answers come first."
    assert page.deciding is None
    assert page.homework is not None
    assert len(page.homework.rows) == 9
    assert len(page.moves.moves) == 3
    assert all(each.part == "Baseline" for each in page.moves.moves)
    assert all(row.figure in ("?", "") for floor in page.levels.floors for row in floor.rows)
    assert "0 of 4" not in words(page)
    assert page.budget is not None
    assert page.budget.missing


def test_an_organisation_without_models_has_no_attic_to_fail() -> None:
    page, _ = told("gc1_pump_maker_no_ml")
    attic = page.levels.floors[0]
    assert (attic.asked, attic.gate, attic.rows) == (False, None, ())
    assert attic.status_title == PLAYBOOK.status["not_applicable"].title
    assert "Come back" in attic.status
    assert [each.layer.id for each in page.gates.rows] == ["dataops", "devops"]


def test_a_layer_on_watch_is_a_closed_last_column_with_conditions_only() -> None:
    page, _ = told("gc2_parcel_dashboards")
    assert page.roadmap is not None
    last = page.roadmap.columns[-1]
    assert (last.dashed, last.moves) == (True, ())
    assert last.says == PLAYBOOK.status["watch"].says


def test_a_decided_first_model_is_a_next_stage_and_no_failure() -> None:
    page, _ = told("mc09_planned_ml_is_next_stage")
    assert page.headline == "Both floors hold. Your first model is the next stage."
    assert page.gates.rows[0].title == "MLOps: not started"
    assert page.levels.floors[0].tags == (("Next stage", True),)


def test_with_every_gate_open_the_report_offers_refinement() -> None:
    page, _ = told("mc01_exact_threshold")
    assert page.headline.startswith("Every gate is open.")
    assert all(each.part == "Refinement" for each in page.moves.moves)
    assert page.budget is None
    assert page.levels.strong == "All answers stand at level 2: even across the board."


def test_a_gate_that_fails_on_the_average_alone_says_so() -> None:
    page, _ = told("mc02_mean_only_failure")
    assert page.deciding is not None
    assert page.deciding.heading == "The DevOps floor is out of balance"
    assert "average of 1.7 falls short of 2.0" in page.deciding.note


def test_a_quick_check_is_provisional_and_lists_what_was_not_asked() -> None:
    page, _ = told("mc11_quick_provisional")
    assert page.provisional
    assert page.kicker == "Quick check"
    assert page.homework is not None
    assert page.homework.heading == "Nine questions were not asked yet"
    assert all(each.provisional for each in page.gates.rows)


def test_models_named_where_there_are_none_are_cleared_up() -> None:
    page, _ = told("mc08_stated_models_but_none")
    assert page.lead[0] == "You named models, but none is in use; your answers point to DataOps."
    assert "reality" not in page.agreement.named.says


# --- The numbers ------------------------------------------------------------------------------------------------------


def test_the_numbers_of_the_plan_are_those_of_the_advice() -> None:
    page, advice = told("gc4_saas_wrong_suspect")
    assert advice.budget is not None
    assert page.budget is not None
    assert page.budget.released is not None
    assert page.budget.held is not None
    assert (advice.budget.released.low, advice.budget.released.high) == (42, 119)
    assert page.budget.released.figure == "81 person-weeks released"  # 80.5
    assert page.budget.released.label == "now, for stage 1 and the baseline (42 to 119)"
    assert page.budget.held.figure == "46 person-weeks held"
    assert page.budget.note == "Middle values, in person-weeks. Whole programme: 127, range 68 to 185."
    assert page.roadmap is not None
    assert [each.planned for each in page.roadmap.stages] == ["40 weeks", "28 weeks"]
    assert [each.range for each in page.roadmap.stages] == ["20 to 48 weeks", "14 to 28 weeks"]
    assert [each.span for each in page.roadmap.stages] == ["week 0 to 40", "week 40 to 68"]
    assert page.facts[0].figure == "35 of 35"


def test_money_appears_only_with_a_rate() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    assert page_of(situation).budget.released.money == ""  # type: ignore[union-attr]
    rated = read_situation(
        PLAYBOOK,
        {
            **BY_ID["gc4_saas_wrong_suspect"],
            "context": {**BY_ID["gc4_saas_wrong_suspect"]["context"], "day_rate": 1000, "budget": 300_000},
        },
    )
    budget = page_of(rated).budget
    assert budget is not None
    assert budget.released is not None
    assert "403,000" in budget.released.money
    assert "210,000 to 595,000" in budget.released.money
    assert "covers the lower end" in budget.affordable


def test_without_a_size_no_effort_is_invented() -> None:
    case = BY_ID["gc4_saas_wrong_suspect"]
    situation = read_situation(PLAYBOOK, {**case, "context": {**case["context"], "c_size": None}})
    page = page_of(situation)
    assert page.budget is not None
    assert "People in technology" in page.budget.missing
    assert page.roadmap is not None
    assert page.roadmap.bars is None
    assert page.roadmap.missing
    assert {each.effort for each in page.moves.moves} == {"not known yet"}


@given(situations())
@settings(max_examples=40)
def test_the_report_has_every_part_of_the_advice(situation: Situation) -> None:
    page, advice = page_of(situation), advise(PLAYBOOK, situation)
    assert [each.code for each in page.moves.moves] == [each.move.code for each in advice.first_moves]
    assert [each.id for each in page.pitfalls.rows] == [each.id for each in advice.pitfalls]
    assert [each.layer.id for each in reversed(page.gates.rows)] == list(advice.gates)
    rows = [row for floor in page.levels.floors for row in floor.rows]
    below = {each.capability for each in advice.standings if each.asked and each.below}
    assert {each.capability for each in rows if each.below} == below
    found = page.homework.rows + page.homework.more if page.homework else ()
    assert {each.question for each in found} == {each.question for each in advice.homework}
    if page.roadmap:
        planned = {move.code for column in page.roadmap.columns for move in column.moves}
        assert {move.code for stage in advice.roadmap for move in stage.moves} <= planned
    firm = stability(PLAYBOOK, situation)
    quoted = {answer.question for item in page.change.items for answer in item.answers}
    assert quoted == {each.capability for each in (*firm.swings, *firm.further)}


@given(situations())
@settings(max_examples=60)
def test_nothing_is_both_a_strength_and_a_gap(situation: Situation) -> None:
    asked = [each for each in advise(PLAYBOOK, situation).standings if each.asked]
    strong = set(strengths(asked, PLAYBOOK.figures.focus_level.value))
    levels = {each.answer for each in asked if isinstance(each.answer, int)}
    assert not strong & {each.capability for each in asked if each.below}
    if len(levels) == 1:
        assert not strong


def test_unknown_unanswered_and_not_applicable_are_counted_apart() -> None:
    case = BY_ID["gc4_saas_wrong_suspect"]
    answers = {**case["answers"], "dv_ci": None, "ml_trn": "na"}
    del answers["do_own"]
    page = page_of(read_situation(PLAYBOOK, {**case, "answers": answers}))
    assert page.levels.note.endswith("Don’t know: 1. Does not apply: 1. Not answered: 1.")
    shown = {row.capability: row for floor in page.levels.floors for row in floor.rows}
    assert [shown[each].words for each in ("dv_ci", "ml_trn", "do_own")] == [
        "don’t know",
        "does not apply",
        "not answered",
    ]
    assert [shown[each].figure for each in ("dv_ci", "ml_trn", "do_own")] == ["?", "–", ""]


def test_notes_and_reasons_are_printed_as_typed() -> None:
    case = BY_ID["gc4_saas_wrong_suspect"]
    situation = read_situation(PLAYBOOK, {**case, "answers": {**case["answers"], "ml_ret": "na"}})
    page = page_of(
        situation, notes={"dv_cd": "<b>42</b> steps"}, na_reasons={"ml_ret": "Bought"}, decision="Buy?"
    )
    rows = {row.question: row for group in page.answers for row in group.rows}
    assert rows["dv_cd"].note == "<b>42</b> steps"
    assert rows["ml_ret"].fact == "Bought"
    assert page.decision == "Buy?"


def test_an_unknown_answer_that_decides_says_what_each_level_would_mean() -> None:
    page, _ = told("mc04_unknown_critical")
    says = [item.says for item in page.change.items]
    assert "If it turns out to be 0 or 1, DevOps is the bottleneck." in says
    assert page.headline == "Too early to say: the DevOps gate hangs on one answer."


def test_symptoms_are_told_in_the_colours_of_the_advice() -> None:
    page, advice = told("gc4_saas_wrong_suspect")
    assert page.symptoms is not None
    assert {row.question: row.band for row in page.symptoms.rows if row.band} == advice.bands


def test_a_long_title_and_a_long_decision_are_cut_for_one_sheet_and_kept_in_full() -> None:
    title, decision = "Department of very long names " * 3, "Whether to buy a platform, " * 11
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    page = present(
        PLAYBOOK,
        situation,
        advise(PLAYBOOK, situation),
        stability(PLAYBOOK, situation),
        title=title,
        decision=decision,
        day=date(2026, 11, 12),
    )
    assert (page.title, page.decision) == (title, decision)
    assert page.title_in_short == "Department of very long names Department of very long names…"
    assert len(page.title_in_short) == 60
    assert page.footer == f"{page.title_in_short} · DevOps, DataOps, MLOps · 12 November 2026"
    assert page.decision_in_short.endswith("platform, Whether to buy a…")
    assert len(page.decision_in_short) <= 160
    assert in_short("W" * 300, 160) == "W" * 159 + "…"
    assert in_short("Short enough", 12) == "Short enough"


def test_why_a_floor_counts_or_does_not_is_said() -> None:
    page, advice = told("gc1_pump_maker_no_ml")
    said = {floor.layer.id: [why.rule for why in floor.whys] for floor in page.levels.floors}
    assert said == {each.layer: [reason.rule for reason in each.reasons] for each in advice.applicability}
    assert all(said.values())


# --- Words that depend on how much is known ---------------------------------------------------------------------------


def changed(
    case: str, *, mode: str = "", answers: dict[str, Any] | None = None, **context: Any
) -> ReportPage:
    data = BY_ID[case]
    return page_of(
        read_situation(
            PLAYBOOK,
            {
                **data,
                "mode": mode or data["mode"],
                "context": {**data["context"], **context},
                "answers": {**data["answers"], **(answers or {})},
            },
        )
    )


def test_dont_know_is_an_answer_and_is_counted_apart() -> None:
    page = changed("gc4_saas_wrong_suspect", answers={"dv_ci": None})
    assert page.facts[0].figure == "35 of 35"
    assert page.facts[0].label == "questions answered, one of them with “don’t know”"


def test_nothing_chosen_and_nothing_answered_are_told_apart() -> None:
    def said(**context: Any) -> str:
        page = changed("gc4_saas_wrong_suspect", **context)
        return next(row.answer for group in page.answers for row in group.rows if row.question == "c_tools")

    assert said(c_tools=[]) == "none"
    assert said(c_tools=None) == "not answered"


def test_a_quick_check_does_not_blame_anybody_for_what_it_does_not_ask() -> None:
    page = changed("mc11_quick_provisional", c_size="m", c_capacity_fte=None)
    assert page.roadmap is not None
    assert page.roadmap.missing == (
        "The quick check does not ask for people and horizon, so there are lead times only."
    )
    assert (page.roadmap.timed, page.roadmap.sized) == (False, True)
    assert not any("part" in fact.label for fact in page.facts)


def test_where_nobody_said_who_takes_part_it_is_not_told_that_none_did() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    assert situation.roles
    told_of = [
        any("took part" in fact.label for fact in page_of(each).facts)
        for each in (situation, replace(situation, roles=()), replace(situation, roles=None))
    ]
    assert told_of == [True, False, False]


@pytest.mark.parametrize(
    ("bands", "heading"),
    [
        ({}, "No symptom is known yet"),
        ({"sig_lead": "months"}, "One symptom hurts"),
        ({"sig_lead": "within_week"}, "No symptom hurts today"),
    ],
)
def test_symptoms_hurt_only_where_they_are_known_to(bands: dict[str, str], heading: str) -> None:
    unknown = {each.id: "unknown" for each in PLAYBOOK.signals}
    known = dict(bands)
    options = {option.id: option.band for option in PLAYBOOK.signal["sig_lead"].options}
    if heading == "No symptom hurts today":
        known = {"sig_lead": next(each for each, band in options.items() if band == "green")}
    page = changed("gc4_saas_wrong_suspect", **unknown | known)
    assert page.symptoms is not None
    assert page.symptoms.heading == heading


def test_noticeable_symptoms_are_no_calm_ones() -> None:
    amber = {
        each.id: next(option.id for option in each.options if option.band == "amber")
        for each in PLAYBOOK.signals
        if any(option.band == "amber" for option in each.options)
    }
    page = changed("gc4_saas_wrong_suspect", **{each.id: "unknown" for each in PLAYBOOK.signals} | amber)
    assert page.symptoms is not None
    assert page.symptoms.heading == f"{in_words(len(amber)).title()} symptoms are noticeable, none is severe"


def test_where_nobody_leads_the_data_a_sponsor_owns_its_moves() -> None:
    page = changed("gc4_saas_wrong_suspect", c_data_team="none")
    mine = [each for each in page.moves.moves if each.layer.id == "dataops"]
    assert mine
    for each in mine:
        assert each.owner == "A named sponsor in the business, until there is a data lead"
        assert "R-APP-8" in {why.rule for why in each.whys}


def test_a_gate_over_two_closed_ones_names_both() -> None:
    page = changed(
        "gc4_saas_wrong_suspect",
        answers={each.id: 0 for each in PLAYBOOK.capabilities},
    )
    assert page.gates.rows[0].opens == "First the DevOps gate, then the DataOps gate, then its own answers."


def test_a_chain_ends_only_at_a_block_that_lies_below_its_line() -> None:
    page, advice = told("gc8_startup_of_four")
    upper = advice.agreement.chain[-1].upper
    assert page.agreement.chain
    sound = changed("gc8_startup_of_four", answers={upper: 4})
    assert sound.agreement.chain == ()
    assert "comes first" in sound.agreement.says


def test_a_plan_that_may_outlast_the_horizon_says_both_ends() -> None:
    page = changed("gc4_saas_wrong_suspect", c_horizon_months=18, c_capacity_fte=2)
    assert page.budget is not None
    assert (
        "As planned, stage 2 ends in week 77; at the upper estimates in week 113, after your horizon of 18 months."
        in page.budget.sentences[-1]
    )


# --- The figures of the edition ---------------------------------------------------------------------------------------


def edition_with(**figures: float) -> Playbook:
    changed = {name: replace(getattr(PLAYBOOK.figures, name), value=value) for name, value in figures.items()}
    return replace(PLAYBOOK, figures=replace(PLAYBOOK.figures, **changed))


def told_by(playbook: Playbook, case: str, **context: Any) -> ReportPage:
    data = BY_ID[case]
    situation = read_situation(playbook, {**data, "context": {**data["context"], **context}})
    advice = advise(playbook, situation)
    return present(
        playbook, situation, advice, stability(playbook, situation), title="Any", day=date(2026, 11, 12)
    )


def test_numbers_in_sentences_are_those_of_the_edition() -> None:
    playbook = edition_with(days_per_week=4, sustain_months=9, focus_level=1)
    page = told_by(playbook, "mc01_exact_threshold")
    assert page.moves.note == "No gate is closed and nothing stays below level 1. Answer again in 9 months."
    assert page.lead[-1] == "Answer again in 9 months."
    assert {row.opens for row in page.gates.rows} == {"It is open. Answer again in 9 months."}
    budget = told_by(playbook, "gc4_saas_wrong_suspect", day_rate=1000).budget
    assert budget is not None
    assert "person-weeks times 4 days times your rate of 1,000 a day" in budget.formula
    assert budget.released is not None
    assert "168,000 to 476,000" in budget.released.money


def test_what_counts_as_strong_is_the_editions_word() -> None:
    asked = [each for each in told("gc4_saas_wrong_suspect")[1].standings if each.asked]
    highest = max(each.answer for each in asked if isinstance(each.answer, int))
    assert strengths(asked, highest)
    assert not strengths(asked, highest + 1)


def test_a_quick_check_says_how_much_of_the_house_it_asks_about() -> None:
    page, advice = told("mc11_quick_provisional")
    asked = sum(1 for each in advice.standings if each.asked)
    assert f"it asks about {in_words(asked)} of " in page.provisional
    assert page.house.label == "The house: three floors, eighteen blocks"


def test_floors_without_published_figures_are_named_only_while_there_are_none() -> None:
    page = told_by(PLAYBOOK, "gc4_saas_wrong_suspect")
    assert page.comparisons is not None
    assert page.comparisons.note == (
        "Published survey, 2025. This edition has no such figures for DataOps and MLOps."
    )
    first = PLAYBOOK.benchmarks[0]
    more = [replace(first, question=each, year=2026) for each in ("sig_trust", "sig_gap")]
    assert {PLAYBOOK.signal[each.question].layer for each in more} == {"dataops", "mlops"}
    page = told_by(replace(PLAYBOOK, benchmarks=(first, *more)), "gc4_saas_wrong_suspect")
    assert page.comparisons is not None
    assert page.comparisons.note == "Published surveys, 2025 and 2026."


@pytest.mark.parametrize("benchmark", PLAYBOOK.benchmarks, ids=lambda each: each.id)
def test_published_classes_run_from_the_best_answer_to_the_worst(benchmark: Benchmark) -> None:
    signal = PLAYBOOK.signal.get(benchmark.question)
    best_first = [each.id for each in signal.options] if signal else ["4", "3", "2", "1", "0"]
    order = [best_first.index(answer) for bucket in benchmark.buckets for answer in bucket.answers]
    assert order == sorted(order)


def test_comparisons_name_their_year_and_add_up() -> None:
    page, _ = told("gc4_saas_wrong_suspect")
    assert page.comparisons is not None
    first = page.comparisons.rows[0]
    assert "2025" in first.says
    assert [row.share for row in first.rows if row.yours] == ["9.4\u00a0%", "15.0\u00a0%"]
    assert "24\u00a0%" in first.says


def test_reasons_say_the_rule_and_the_answers_used() -> None:
    page, advice = told("gc4_saas_wrong_suspect")
    move = page.moves.moves[1]
    assert {why.rule for why in move.whys} >= {reason.rule for reason in advice.first_moves[1].move.reasons}
    assert any(
        answer.question == "do_orc" and answer.answer == "1 of 4"
        for why in move.whys
        for answer in why.answers
    )
    assert all(why.says and why.title for why in move.whys)
