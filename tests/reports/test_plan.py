"""/a/<id>/plan/: moves brought forward, put off, left out and described, with the reason where an order does not hold."""

import pytest
from django.test import Client
from django.urls import reverse

from advisor.engine.ownplan import Change
from assessments.models import Assessment, PlanChange
from assessments.planning import change_move, own_figures, plan_changes
from reports.telling import report_of

SCHEDULER = "do_i_orchestrate"
TESTS = "do_i_tests"
BASELINE = "dv_i_baseline"


def at(name: str, assessment: Assessment, *more: str) -> str:
    return reverse(f"reports:{name}", args=[assessment.public_id, *more])


def move_form(**fields: str) -> dict[str, str]:
    return {"slot": "now", "owner": "", "due": "", "note": "", "risk": "", **fields}


def columns(assessment: Assessment) -> dict[str, list[str]]:
    roadmap = report_of(assessment).roadmap
    assert roadmap
    return {column.kicker: [move.code for move in column.moves] for column in roadmap.columns}


# --- The board ---------------------------------------------------------------------------------------------------------


def test_the_board_has_every_move_in_its_calculated_column(owner: Client, tallis: Assessment) -> None:
    board = owner.get(at("plan", tallis)).context["board"]
    found = {column.slot: [card.code for card in column.cards] for column in board.columns}
    assert found["now"] == [BASELINE, SCHEDULER, "do_i_code"]
    assert found["next"] == [TESTS, "do_i_observe", "do_i_lineage"]
    assert len(found["later"]) == 5
    assert not board.left_out.cards
    assert board.changes == 0


def test_a_move_goes_to_another_column_and_the_way_back_is_offered(owner: Client, tallis: Assessment) -> None:
    answer = owner.post(at("move_to", tallis, TESTS), {"slot": "now"})
    assert answer.status_code == 303
    assert columns(tallis)["Now"] == [BASELINE, SCHEDULER, "do_i_code", TESTS]
    page = owner.get(answer["Location"]).content.decode()
    assert "stands under <b>Now</b> now" in page
    assert '<input type="hidden" name="slot" value="next">' in page
    owner.post(at("move_to", tallis, TESTS), {"slot": "next"})
    assert not plan_changes(tallis)


def test_with_scripts_only_the_board_comes_back(owner: Client, tallis: Assessment) -> None:
    text = owner.get(at("plan", tallis), headers={"HX-Request": "true"}).content.decode().strip()
    assert text.startswith('<div id="board">')


def test_an_order_that_does_not_hold_asks_for_a_reason_first(owner: Client, tallis: Assessment) -> None:
    answer = owner.post(at("move_to", tallis, SCHEDULER), {"slot": "later"})
    assert answer["Location"] == f"{at('move', tallis, SCHEDULER)}?slot=later#risk"
    assert not plan_changes(tallis)
    page = owner.get(answer["Location"]).content.decode()
    assert (
        "“Data alerts” needs Pipeline orchestration at level 2, and “One scheduler” comes after it." in page
    )
    scripted = owner.post(at("move_to", tallis, SCHEDULER), {"slot": "later"}, headers={"HX-Request": "true"})
    assert scripted["HX-Redirect"] == answer["Location"]


@pytest.mark.parametrize(
    ("code", "slot"), [("nonsense", "now"), ("ml_i_govern", "now"), (TESTS, "tomorrow"), (TESTS, "")]
)
def test_what_is_not_in_the_plan_is_not_found(
    owner: Client, tallis: Assessment, code: str, slot: str
) -> None:
    assert owner.post(at("move_to", tallis, code), {"slot": slot}).status_code == 404
    assert not PlanChange.objects.exists()


# --- One move ----------------------------------------------------------------------------------------------------------


def test_owner_day_note_and_effort_are_kept_and_printed(owner: Client, tallis: Assessment) -> None:
    sent = move_form(owner="Ana Keller", due="2027-03-12", note="With <the> platform team")
    sent |= {f"effort-{SCHEDULER}": "4,5", f"effort-{SCHEDULER}-high": "9"}
    answer = owner.post(at("move", tallis, SCHEDULER), sent)
    assert answer.status_code == 303
    assert plan_changes(tallis)[SCHEDULER] == Change(
        owner="Ana Keller", due="2027-03-12", note="With <the> platform team"
    )
    assert own_figures(tallis) == {f"effort:{SCHEDULER}": (4.5, 9)}
    text = owner.get(at("result", tallis)).content.decode()
    assert "Changed by you" in text
    assert "effort was 10 to 30 person-weeks" in text
    assert "With &lt;the&gt; platform team" in text
    assert "by 12 March 2027" in text
    assert "One figure is changed" in text


def test_a_broken_order_is_stored_with_its_reason_and_printed_as_an_accepted_risk(
    owner: Client, tallis: Assessment
) -> None:
    refused = owner.post(at("move", tallis, SCHEDULER), move_form(slot="later"))
    assert refused.status_code == 422
    assert "Enter why you accept this." in refused.content.decode()
    assert not plan_changes(tallis)
    stored = owner.post(
        at("move", tallis, SCHEDULER), move_form(slot="later", risk="The tool arrives in May")
    )
    assert stored.status_code == 303
    roadmap = report_of(tallis).roadmap
    assert roadmap
    assert [each.reason for each in roadmap.risks] == ["The tool arrives in May"]
    assert "The tool arrives in May" in owner.get(at("result", tallis)).content.decode()


def test_a_reason_goes_when_there_is_nothing_left_to_accept(owner: Client, tallis: Assessment) -> None:
    owner.post(at("move", tallis, SCHEDULER), move_form(slot="later", risk="The tool arrives in May"))
    owner.post(at("move_to", tallis, SCHEDULER), {"slot": "now"})
    assert not plan_changes(tallis)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slot": "tomorrow"}, "Select Now, Next, Later or Leave it out"),
        ({"slot": ""}, "Select when it is done"),
        ({"due": "12.3.2027x"}, "Enter the day as year-month-day"),
        ({"owner": "x" * 81}, "Owner must be 80 characters or less"),
        ({"note": "x" * 301}, "Note must be 300 characters or less"),
        ({f"effort-{SCHEDULER}": "4"}, "enter both ends, or leave both empty"),
        ({f"effort-{SCHEDULER}": "9", f"effort-{SCHEDULER}-high": "4"}, "is above the upper one"),
        ({f"effort-{SCHEDULER}": "few", f"effort-{SCHEDULER}-high": "4"}, "“few” is not a number"),
        ({f"effort-{SCHEDULER}": "-1", f"effort-{SCHEDULER}-high": "4"}, "is not possible"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_stored(
    owner: Client, tallis: Assessment, wrong: dict[str, str], says: str
) -> None:
    answer = owner.post(at("move", tallis, SCHEDULER), move_form(note="kept") | wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text
    assert "There is a problem" in text
    assert wrong.get("note", "kept") in text
    assert not plan_changes(tallis)
    assert not own_figures(tallis)


def test_everything_about_a_move_is_taken_back_at_once(owner: Client, tallis: Assessment) -> None:
    sent = move_form(owner="Ana") | {f"effort-{SCHEDULER}": "1", f"effort-{SCHEDULER}-high": "2"}
    owner.post(at("move", tallis, SCHEDULER), sent)
    assert owner.post(at("as_calculated", tallis, SCHEDULER)).status_code == 303
    assert not plan_changes(tallis)
    assert not own_figures(tallis)


# --- All of them -------------------------------------------------------------------------------------------------------


def test_a_move_left_out_stands_in_its_own_column_and_comes_back(owner: Client, tallis: Assessment) -> None:
    owner.post(at("move_to", tallis, BASELINE), {"slot": "dropped"})
    assert columns(tallis)["Left out"] == [BASELINE]
    assert "2 to 4 person-weeks are left out" in owner.get(at("result", tallis)).content.decode()
    owner.post(at("as_calculated", tallis, BASELINE))
    assert "Left out" not in columns(tallis)


def test_the_whole_plan_is_reset_after_asking(owner: Client, tallis: Assessment) -> None:
    change_move(assessment=tallis, code=TESTS, change=Change(slot="now", owner="Ana"))
    assert owner.get(at("reset_plan", tallis)).status_code == 200
    assert plan_changes(tallis)
    assert owner.post(at("reset_plan", tallis)).status_code == 303
    assert not plan_changes(tallis)


def test_changes_wait_while_their_move_is_not_in_the_plan(owner: Client, tallis: Assessment) -> None:
    change_move(assessment=tallis, code="dv_i_paved", change=Change(slot="now", owner="Ana"))
    assert owner.get(at("plan", tallis)).context["board"].changes == 0
    assert plan_changes(tallis)["dv_i_paved"].owner == "Ana"


def test_a_stranger_finds_nothing(client: Client, tallis: Assessment) -> None:
    for name, more in (("plan", ()), ("reset_plan", ()), ("move", (TESTS,)), ("figures", ())):
        assert client.get(at(name, tallis, *more)).status_code == 404
    assert client.post(at("move_to", tallis, TESTS), {"slot": "now"}).status_code == 404
    assert client.post(at("as_calculated", tallis, TESTS)).status_code == 404
    assert not PlanChange.objects.exists()


def test_looking_changes_nothing(owner: Client, tallis: Assessment) -> None:
    before = tallis.version
    for name, more in (("plan", ()), ("reset_plan", ()), ("move", (TESTS,)), ("figures", ())):
        owner.get(at(name, tallis, *more))
    tallis.refresh_from_db()
    assert tallis.version == before


def test_a_change_is_in_the_data_that_can_be_taken_along(owner: Client, tallis: Assessment) -> None:
    change_move(assessment=tallis, code=TESTS, change=Change(slot="now", due="2027-01-05"))
    data = owner.get(reverse("assessments:data", args=[tallis.public_id])).json()
    assert data["plan"] == [
        {"move": TESTS, "slot": "now", "owner": "", "due": "2027-01-05", "note": "", "risk": ""}
    ]
