"""/a/<id>/what-if/: levels tried in an address, their effect beside today's result, and plans kept under a name."""

import re
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.urls import reverse

from assessments.answering import record_answer
from assessments.models import Assessment, Scenario
from assessments.samples import samples, store_sample
from assessments.scenarios import keep_scenario, scenarios_of
from reports.presenter.whatif import WhatIfPage
from reports.printing import paper
from reports.telling import report_of

OPENS = {"do_orc": 2, "do_dep": 2, "do_tst": 2, "do_obs": 2, "do_gov": 2}
"""What opens the gate of the second floor."""

HOSTILE = "<script>alert(1)</script>&\u202egnp"


def at(assessment: Assessment, name: str = "whatif", *more: object) -> str:
    return reverse(f"reports:{name}", args=[assessment.public_id, *more])


def page_at(owner: Client, assessment: Assessment, query: str = "") -> WhatIfPage:
    answer = owner.get(at(assessment) + query)
    assert answer.status_code == 200
    page: WhatIfPage = answer.context["trial"].page
    return page


def sent(**more: object) -> dict[str, object]:
    return {"plan-name": "Second team", **OPENS, **more}


# --- What an address shows ----------------------------------------------------------------------------------------------


def test_without_a_level_both_sides_show_today(owner: Client, tallis: Assessment) -> None:
    page = page_at(owner, tallis)
    assert page.summary == "No level is changed yet: both sides show today’s answers."
    assert page.effect.headline.before == page.effect.headline.after == report_of(tallis).headline
    assert not any(row.differs for row in page.effect.figures)
    assert page.effect.bottleneck_says == "These levels change nothing about the bottleneck."
    assert page.effect.gates_say
    assert page.effect.moves.says == "These levels change no move of the roadmap."


def test_levels_in_the_address_change_gates_bottleneck_pitfalls_and_roadmap(
    owner: Client, tallis: Assessment
) -> None:
    effect = page_at(owner, tallis, "?do_orc=2&do_dep=2&do_tst=2&do_obs=2&do_gov=2").effect
    assert {each.layer.id: each.says for each in effect.gates} == {
        "mlops": "freed",
        "dataops": "opens",
        "devops": "",
    }
    assert (effect.bottleneck.before, effect.bottleneck.after) == (
        "DataOps is the bottleneck",
        "MLOps is the bottleneck",
    )
    assert effect.pitfalls.gone == ("Models grow on data that is not ready",)
    assert "One scheduler" in effect.moves.gone
    assert {each.title: each.difference for each in effect.figures}["Effort, middle value"] == (
        "78 person-weeks less"
    )
    assert effect.first_before != effect.first_after


def test_the_whole_effect_is_one_sentence(owner: Client, tallis: Assessment) -> None:
    page = page_at(owner, tallis, "?do_orc=2&do_dep=2&do_tst=2&do_obs=2&do_gov=2")
    assert page.summary == (
        "With five levels changed, the DataOps gate opens, the bottleneck moves to MLOps, one pitfall goes "
        "and 78 person-weeks are behind you."
    )
    assert page_at(owner, tallis, "?dv_own=4").summary.startswith("With one level changed, gates, bottleneck")


def test_the_gate_that_holds_back_can_be_opened_with_one_link(owner: Client, tallis: Assessment) -> None:
    starts = {each.title: each.query for each in page_at(owner, tallis).starts}
    assert list(starts) == ["Today’s answers", "Open the DataOps gate", "The whole plan done"]
    assert dict(parse_qsl(starts["Open the DataOps gate"][1:])) == {k: str(v) for k, v in OPENS.items()}
    opened = page_at(owner, tallis, starts["Open the DataOps gate"])
    assert [each.title for each in opened.starts if each.here] == ["Open the DataOps gate"]
    done = page_at(owner, tallis, starts["The whole plan done"]).effect
    assert done.bottleneck.after == "No bottleneck"


def test_a_level_without_support_is_said_with_its_reason_and_a_way_out(
    owner: Client, tallis: Assessment
) -> None:
    page = page_at(owner, tallis, "?do_obs=4")
    (first, *_) = page.effect.unsupported
    assert "“Data observability” at 4 of 4 would be reported without support: it needs" in first.says
    assert first.says.endswith(".")
    assert "do_obs=4" in first.query
    assert first.query.count("=") == 2
    assert first.says not in {each.says for each in page_at(owner, tallis, first.query).effect.unsupported}


def test_an_unknown_answer_can_be_tried_and_one_that_does_not_apply_cannot(
    owner: Client, tallis: Assessment
) -> None:
    record_answer(assessment=tallis, question="dv_ci", value="unknown")
    record_answer(assessment=tallis, question="ml_ret", value="na", na_reason="Rebuilt once a year")
    page = page_at(owner, tallis, "?dv_ci=1&ml_ret=3")
    assert [(each.title, each.says) for each in page.effect.changed] == [
        ("Version control, build and test", "from “don’t know” to 1")
    ]
    rows = {row.capability: row for floor in page.floors for row in floor.rows}
    assert rows["ml_ret"].choices == ()
    assert rows["ml_ret"].answer == "today: does not apply"
    assert [each.chosen for each in rows["dv_ci"].choices] == [False, True, False, False, False]


def test_the_floor_of_the_bottleneck_comes_first_and_then_the_others_as_in_the_house(
    owner: Client, tallis: Assessment
) -> None:
    assert [floor.layer.id for floor in page_at(owner, tallis).floors] == ["dataops", "mlops", "devops"]


def test_todays_own_level_is_no_change(owner: Client, tallis: Assessment) -> None:
    assert page_at(owner, tallis, "?do_orc=1").levels == ()


# --- What cannot be read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?nonsense=2", "“nonsense” was left out: it is no block of the house."),
        (
            "?dv_ci=7",
            "“7” for “Version control, build and test” was left out: a level is a number from 0 to 4.",
        ),
        ("?dv_ci=-1", "“-1” for"),
        ("?dv_ci=%C2%B2", "“²” for"),
        ("?dv_ci=two", "“two” for"),
        ("?dv_ci=1e400", "“1e400” for"),
        ("?dv_ci=" + "9" * 5000, "9…” for"),
        ("?%00=%00", "“·” was left out"),
        ("?c_size=m", "“c_size” was left out"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(
    owner: Client, tallis: Assessment, query: str, says: str
) -> None:
    answer = owner.get(at(tallis) + query + "&do_orc=3")
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert answer.context["trial"].levels == {"do_orc": 3}


def test_hostile_words_stay_text_and_many_are_told_in_short(owner: Client, tallis: Assessment) -> None:
    answer = owner.get(at(tallis), {HOSTILE: "1"} | {f"x{n}": "1" for n in range(30)})
    text = answer.content.decode()
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert len(answer.context["trial"].notices) == 4
    assert "more parts of the address were left out." in text


def test_a_block_that_is_not_asked_here_is_said(owner: Client, tallis: Assessment) -> None:
    record_answer(assessment=tallis, question="c_models", value="0")
    answer = owner.get(at(tallis) + "?ml_reg=2")
    assert "“Model registry” was left out: it is not asked here." in answer.content.decode()


def test_empty_values_leave_the_address(owner: Client, tallis: Assessment) -> None:
    answer = owner.get(at(tallis) + "?dv_ci=&do_orc=3&dv_cd=")
    assert answer.status_code == 302
    assert answer["Location"] == at(tallis) + "?do_orc=3"
    assert owner.get(at(tallis) + "?dv_ci=")["Location"] == at(tallis)


def test_with_scripts_only_what_changed_comes_back_with_its_address(
    owner: Client, tallis: Assessment
) -> None:
    answer = owner.get(at(tallis) + "?dv_ci=&do_orc=3&foo=1", headers={"HX-Request": "true"})
    text = answer.content.decode().strip()
    assert text.startswith('<div id="outcome">')
    assert '<p hx-swap-oob="innerHTML:#said">With one level changed' in text
    assert "<html" not in text
    assert answer["HX-Replace-Url"] == at(tallis) + "?do_orc=3"
    assert "HX-Request" in answer["Vary"]


def test_looking_changes_nothing_and_no_cache_keeps_it(owner: Client, tallis: Assessment) -> None:
    before = tallis.version
    answer = owner.get(at(tallis) + "?do_orc=3")
    assert "no-store" in answer["Cache-Control"]
    tallis.refresh_from_db()
    assert tallis.version == before
    assert not Scenario.objects.exists()


# --- Keeping ------------------------------------------------------------------------------------------------------------


def test_a_plan_is_kept_and_stands_on_the_page_in_the_report_and_on_paper(
    owner: Client, tallis: Assessment
) -> None:
    answer = owner.post(at(tallis), sent())
    assert answer.status_code == 303
    assert answer["Location"] == at(tallis) + "?do_orc=2&do_dep=2&do_tst=2&do_obs=2&do_gov=2&saved=1#saved"
    (kept,) = scenarios_of(tallis)
    assert (kept.name, kept.levels) == ("Second team", OPENS)
    assert "Saved:" in owner.get(answer["Location"]).content.decode()
    result = owner.get(at(tallis, "result")).content.decode()
    for text in (result, paper(report_of(tallis))):
        assert "What if: one plan" in text
        assert "Second team" in text
        assert "78 person-weeks less" in text


def test_a_hostile_name_stays_text(owner: Client, tallis: Assessment) -> None:
    owner.post(at(tallis), sent(**{"plan-name": HOSTILE}))
    pages = [at(tallis), at(tallis, "result"), at(tallis, "scenario", 1), at(tallis, "delete_scenario", 1)]
    texts = [owner.get(each).content.decode() for each in pages] + [paper(report_of(tallis))]
    for text in texts:
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;gnp" in text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"plan-name": " "}, "Enter a name for the plan"),
        ({"plan-name": "x" * 81}, "Name must be 80 characters or less"),
        ({"plan-name": "taken"}, "A plan is called “taken” already"),
        (dict.fromkeys(OPENS, ""), "Change at least one level, then save the plan"),
        (dict.fromkeys(OPENS, "9"), "Change at least one level, then save the plan"),
    ],
)
def test_a_mistake_is_told_and_what_was_tried_is_still_there(
    owner: Client, tallis: Assessment, more: dict[str, str], says: str
) -> None:
    keep_scenario(assessment=tallis, name="Taken", levels={"dv_ci": 0})
    answer = owner.post(at(tallis), sent(**more))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text
    assert "There is a problem" in text
    if "do_orc" not in more:
        assert '<input type="hidden" name="do_orc" value="2">' in text
    assert len(scenarios_of(tallis)) == 1


def test_the_fourth_is_refused_with_a_way_out(owner: Client, tallis: Assessment) -> None:
    for n in range(3):
        keep_scenario(assessment=tallis, name=f"Plan {n}", levels={"dv_ci": n})
    answer = owner.post(at(tallis), sent())
    assert answer.status_code == 422
    assert "There are 3 named plans already. Delete one, then save this one." in answer.content.decode()
    assert 'name="plan-name"' not in owner.get(at(tallis) + "?do_orc=3").content.decode()


def test_a_plan_is_worked_out_anew_when_answers_change(owner: Client, tallis: Assessment) -> None:
    owner.post(at(tallis), sent())
    record_answer(assessment=tallis, question="do_orc", value=2)
    scenarios = report_of(tallis).scenarios
    assert scenarios
    assert "do_orc" not in scenarios.cards[0].query
    assert len(scenarios.cards[0].changed) == 4
    for each, level in OPENS.items():
        record_answer(assessment=tallis, question=each, value=level)
    scenarios = report_of(tallis).scenarios
    assert scenarios
    assert scenarios.cards[0].reached == "Today’s answers have reached every level of this plan."
    assert "reached: today’s answers are there" in owner.get(at(tallis)).content.decode()


def test_a_plan_is_renamed(owner: Client, tallis: Assessment) -> None:
    owner.post(at(tallis), sent())
    assert owner.get(at(tallis, "scenario", 1)).status_code == 200
    refused = owner.post(at(tallis, "scenario", 1), {"plan-name": ""})
    assert refused.status_code == 422
    assert "Enter a name for the plan" in refused.content.decode()
    assert (
        owner.post(at(tallis, "scenario", 1), {"plan-name": "Two teams"})["Location"] == at(tallis) + "#plans"
    )
    assert scenarios_of(tallis)[0].name == "Two teams"


def test_a_plan_is_deleted_after_asking(owner: Client, tallis: Assessment) -> None:
    owner.post(at(tallis), sent())
    assert owner.get(at(tallis, "delete_scenario", 1)).status_code == 200
    assert scenarios_of(tallis)
    assert owner.post(at(tallis, "delete_scenario", 1)).status_code == 303
    assert not scenarios_of(tallis)
    for name in ("scenario", "delete_scenario"):
        assert owner.get(at(tallis, name, 1)).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999, 10**30])
def test_a_plan_that_is_not_there_is_not_found(owner: Client, tallis: Assessment, number: int) -> None:
    assert owner.get(at(tallis, "scenario", number)).status_code == 404
    assert owner.post(at(tallis, "delete_scenario", number)).status_code == 404


def test_a_stranger_finds_nothing(client: Client, tallis: Assessment) -> None:
    keep_scenario(assessment=tallis, name="Second team", levels=OPENS)
    for address in (at(tallis), at(tallis, "scenario", 1), at(tallis, "delete_scenario", 1)):
        assert client.get(address).status_code == 404
        assert client.post(address, sent()).status_code == 404
    assert len(scenarios_of(tallis)) == 1


def test_a_form_from_elsewhere_is_refused(tallis: Assessment, owner: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    assert strict.post(at(tallis), sent()).status_code == 403


# --- From the result, and samples ---------------------------------------------------------------------------------------


def test_the_result_leads_to_levels_made_already(owner: Client, tallis: Assessment) -> None:
    record_answer(assessment=tallis, question="dv_ci", value=2)
    text = owner.get(at(tallis, "result")).content.decode()
    assert f'href="{at(tallis)}"' in text
    tries = re.findall(rf'href="({re.escape(at(tallis))}\?[^"]+)"', text)
    assert tries
    for address in tries:
        page = page_at(owner, tallis, "?" + address.partition("?")[2].replace("&amp;", "&"))
        assert page.effect.bottleneck_says == "", address


@pytest.mark.django_db
def test_a_sample_can_be_tried_but_keeps_nothing(client: Client) -> None:
    for each in samples():
        store_sample(each)
        address = reverse("reports:sample_whatif", args=[each.slug])
        text = client.get(address + "?dv_ci=4").content.decode()
        assert "nothing can be saved here" in text
        assert "<form method" not in text.replace("data-theme-switch", "")
        assert client.post(address, sent()).status_code == 405
        assert address in client.get(reverse("reports:sample", args=[each.slug])).content.decode()
    assert not Scenario.objects.exists()
