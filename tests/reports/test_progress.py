"""Two days in words: the headline for every way things can go, and every change in a few words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.engine import advise
from advisor.engine.playbook import Playbook
from advisor.engine.progress import Seen
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN, Situation
from reports.presenter import progress
from reports.presenter.compared import Comparison
from reports.presenter.progress import Day, comparison
from tests.situations import PLAYBOOK, situations

LEVELS = {each.id: 1 for each in PLAYBOOK.capabilities}
SIGNALS = {each.id: each.options[0].id for each in PLAYBOOK.signals}
CONTEXT: dict[str, Any] = {"models": "2_5", "size": "m", "regulated": False, "stated": "devops"}


def day(name: str = "", playbook: Playbook = PLAYBOOK, mode: Any = "full", **levels: Any) -> Day:
    situation = Situation(mode=mode, levels={**LEVELS, **levels}, signals=SIGNALS, **CONTEXT)
    return look(situation, name, playbook)


def look(situation: Situation, name: str = "", playbook: Playbook = PLAYBOOK) -> Day:
    seen = Seen(playbook=playbook, situation=situation, advice=advise(playbook, situation))
    return Day(seen=seen, day=date(2026, 3, 3), given={**situation.levels, **situation.signals}, name=name)


def floor(layer: str, level: int) -> dict[str, int]:
    return {each.id: level for each in PLAYBOOK.capabilities_of[layer]}


LOW, FIRST, BOTH = floor("devops", 1), floor("devops", 3), {**floor("devops", 3), **floor("dataops", 3)}
ALL = {**BOTH, **floor("mlops", 3)}


@pytest.mark.parametrize(
    ("then", "now", "headline"),
    [
        (LOW, FIRST, "The DevOps gate is open: the bottleneck has moved up to DataOps"),
        (LOW, BOTH, "The DevOps and DataOps gates are open: the bottleneck has moved up to MLOps"),
        (BOTH, ALL, "The MLOps gate is open: nothing in the structure holds you back"),
        (LOW, ALL, "The DevOps, DataOps and MLOps gates are open: nothing in the structure holds you back"),
        (
            LOW,
            FIRST | dict.fromkeys(floor("dataops", 0), UNKNOWN),
            "The DevOps gate is open now",
        ),
        (FIRST, LOW, "The DevOps gate is no longer open: the bottleneck is back in DevOps"),
        (BOTH, LOW, "The DevOps and DataOps gates are no longer open: the bottleneck is back in DevOps"),
        (ALL, BOTH | floor("mlops", 0), "The MLOps gate is no longer open"),
        (LOW, {"dv_ci": 2}, "One answer is higher, none is lower"),
        (LOW, {"dv_ci": 2, "dv_obs": 4}, "Two answers are higher, none is lower"),
        (LOW, {"dv_ci": 0}, "One answer is lower, none is higher"),
        (LOW, {"dv_ci": 0, "do_tst": 0}, "Two answers are lower, none is higher"),
        (LOW, {"dv_ci": 2, "do_tst": 0}, "One answer is higher, one is lower"),
        (LOW, {"dv_ci": 2, "dv_cd": 3, "do_tst": 0, "do_own": 0}, "Two answers are higher, two are lower"),
        ({"dv_ci": UNKNOWN}, {"dv_ci": 1}, "One answer is known now that was not"),
        ({"dv_ci": UNKNOWN, "dv_cd": UNKNOWN}, LOW, "Two answers are known now that were not"),
        (LOW, {"dv_ci": UNKNOWN}, "One answer is no longer known"),
        (LOW, LOW, "Nothing has changed"),
    ],
)
def test_the_headline_tells_the_weightiest_change(
    then: dict[str, Any], now: dict[str, Any], headline: str
) -> None:
    assert comparison(day("Before", **then), day(**now)).headline == headline


def test_no_headline_moves_a_bottleneck_that_other_questions_have_found() -> None:
    first = {each: 2 for each, level in PLAYBOOK.gate["devops"].quick.items() if level}
    told = comparison(day("Before", mode="quick", **first), day(**first))
    assert (told.then.bottleneck, told.now.bottleneck) == ("Bottleneck: DataOps", "Bottleneck: DevOps")
    assert told.headline == "Nothing has changed in what can be compared"


def test_the_headline_says_where_nothing_can_be_compared() -> None:
    gone = replace(
        PLAYBOOK,
        edition="2027.1",
        mapping={"2026.1": dict.fromkeys([*PLAYBOOK.capability, *PLAYBOOK.signal])},
    )
    told = comparison(day("Before"), day(playbook=gone))
    assert told.headline == "Nothing can be compared: no question was asked both times"
    assert told.floors == told.symptoms == ()
    assert "0 of its 24 questions are compared" in told.notes[0]


def test_the_headline_says_where_only_the_surroundings_have_changed() -> None:
    then = day("Before")
    hurting = {each.id: next(o.id for o in each.options if o.band == "red") for each in PLAYBOOK.signals}
    told = comparison(then, look(replace(then.seen.situation, signals=hurting)))
    assert told.headline == "Every level is as it was, but not everything around it"
    assert told.symptoms_heading.endswith("worse")


@given(situations(), situations())
@settings(max_examples=50)
def test_any_headline_fits_and_no_placeholder_is_left(then: Situation, now: Situation) -> None:
    told = comparison(look(then, "Before"), look(now))
    assert len(told.headline) <= 90
    assert "%(" not in repr(told)
    assert told.headline + "." not in told.lead


@given(situations())
@settings(max_examples=40)
def test_any_day_is_the_same_as_itself(situation: Situation) -> None:
    told = comparison(look(situation, "Before"), look(situation))
    assert told.headline == "Nothing has changed"
    assert {each.direction for each in shown(told)} <= {"same"}


def shown(told: Comparison) -> list[Any]:
    return [*told.crossings, *told.symptoms, *(row for each in told.floors for row in each.rows)]


# --- Words of a change ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (1, 2, ("1 of 4", "2 of 4", "up 1")),
        (3, 0, ("3 of 4", "0 of 4", "down 3")),
        (2, 2, ("2 of 4", "2 of 4", "same")),
        (UNKNOWN, 2, ("don’t know", "2 of 4", "now known: 2")),
        (2, UNKNOWN, ("2 of 4", "don’t know", "no longer known")),
        (UNKNOWN, UNKNOWN, ("don’t know", "don’t know", "still not known")),
        (NOT_APPLICABLE, 2, ("does not apply", "2 of 4", "now applies: 2")),
        (2, NOT_APPLICABLE, ("2 of 4", "does not apply", "no longer applies")),
        (NOT_APPLICABLE, NOT_APPLICABLE, ("does not apply", "does not apply", "does not apply")),
    ],
)
def test_an_answer_is_told_at_both_ends_with_what_became_of_it(
    then: Any, now: Any, words: tuple[str, str, str]
) -> None:
    told = comparison(day("Before", ml_ret=then), day(ml_ret=now))
    (row,) = [each for floor in told.floors for each in floor.rows if each.capability == "ml_ret"]
    assert (row.then, row.now, row.says) == words
    (drawn,) = [each.drawing.screen for each in told.floors if each.layer.id == "mlops"]
    assert words[2] in str(drawn)


def gate(told: Comparison, layer: str) -> tuple[str, str, str]:
    (found,) = [each for each in told.crossings if each.layer.id == layer]
    return found.then_word, found.now_word, found.says


def test_a_gate_says_what_became_of_it() -> None:
    needed = [each for each, level in PLAYBOOK.gate["devops"].minima.items() if level == 2]
    two = dict.fromkeys(needed[:2], 2)
    assert gate(comparison(day("a"), day(**FIRST)), "devops") == ("closed", "open", "passed since")
    assert gate(comparison(day("a", **FIRST), day()), "devops") == ("open", "closed", "lost since")
    assert gate(comparison(day("a", **FIRST), day(**BOTH)), "devops")[2] == "still open"
    unknown = FIRST | dict.fromkeys(needed, UNKNOWN)
    assert gate(comparison(day("a", **unknown), day(**FIRST)), "devops")[2] == (
        "open now; then it could not be judged"
    )
    assert gate(comparison(day("a", **FIRST), day(**unknown)), "devops")[2] == (
        "open then; now it cannot be judged"
    )
    assert gate(comparison(day("a"), day(**two)), "devops")[2] == (
        "still closed: two answers fewer stand in the way"
    )
    assert gate(comparison(day("a", **two), day()), "devops")[2] == (
        "still closed: two answers more stand in the way"
    )
    assert gate(comparison(day("a"), day()), "mlops")[2] == (
        "still blocked: the same number of answers stands in the way"
    )
    assert gate(comparison(day("a"), day(**FIRST)), "dataops")[2].startswith(
        "the floor below carries it now, but its own gate is closed"
    )
    assert gate(comparison(day("a"), day(**floor("dataops", 3))), "dataops")[2] == (
        "its own answers would open it now; the floor below does not carry it"
    )
    assert gate(comparison(day("a", mode="quick"), day()), "devops")[2] == (
        "not compared: the quick check asked for less"
    )


def test_plan_and_pitfalls_are_grouped_by_what_became_of_them() -> None:
    told = comparison(day("a"), day(**FIRST))
    works = {each.heading.partition(":")[0]: each.titles for each in told.works}
    done = {each.title for each in PLAYBOOK.initiatives if each.layer == "devops"}
    assert set(works["Done"]) <= done
    assert works["Still open"]
    assert told.works_heading.endswith("are done")
    assert {each.heading for each in told.pitfalls} <= {"Gone", "New", "Still there"}


# --- What is not compared -----------------------------------------------------------------------------------------------


def test_a_quick_check_and_a_full_assessment_say_how_many_questions_are_compared() -> None:
    quick, full = day("a", mode="quick"), day()
    count = sum(each.quick for each in PLAYBOOK.capabilities)
    kept, more = comparison(quick, full).notes[0].split(". ")
    assert kept == "A quick check then, a full assessment now"
    assert more == f"Only the {count} questions asked both times are compared, of 24 in all."
    assert comparison(full, quick).notes[0].startswith("A full assessment then, a quick check now. Only")


def test_another_edition_says_what_is_compared_and_what_is_not() -> None:
    newer = replace(PLAYBOOK, edition="2027.1", mapping={"2026.1": {"dv_obs": None, "sig_lead": None}})
    notes = comparison(day("a"), day(playbook=newer)).notes
    assert notes[0] == "Asked under another edition (2026.1): 22 of its 24 questions are compared."
    assert notes[1].startswith("Asked only then, and not compared: Monitoring and recovery; ")
    assert notes[2].startswith("Asked only now, and not compared: Monitoring and recovery; ")


def test_a_floor_that_came_into_the_picture_is_named_as_not_compared() -> None:
    without = replace(day().seen.situation, models="0", ml_plans="none")
    (note,) = comparison(look(without, "a"), day()).notes
    assert note.startswith("Asked only now, and not compared: ")


def test_figures_that_differ_are_pointed_out() -> None:
    own = replace(PLAYBOOK, gates=PLAYBOOK.gates)
    assert comparison(day("a"), day(playbook=own)).notes == (
        "Each of the two days is judged by the figures that held on it.",
    )


# --- Within a report ----------------------------------------------------------------------------------------------------


def test_a_report_marks_only_what_moved() -> None:
    then = replace(day("Before"), number=3)
    told, marks = progress.section(then, day(dv_ci=2, dv_cd=0, do_tst=UNKNOWN))
    assert told.number == 3
    assert told.heading == "Change since “Before”, 3 March 2026"
    assert told.says.startswith("One answer is higher, one is lower. One answer is no longer known.")
    assert marks == {"dv_ci": "up 1", "dv_cd": "down 1", "do_tst": "no longer known"}


def test_a_very_long_name_is_cut_in_a_report() -> None:
    told, _ = progress.section(day("W" * 80), day())
    assert len(told.heading) < 100
