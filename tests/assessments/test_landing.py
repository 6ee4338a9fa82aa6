"""GET /: what Groundwork is, the first question, and the way back to what was begun."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.engine.playbook import Playbook
from assessments.access import NEWEST, SESSION_KEY
from assessments.answering import record_answer
from assessments.links import link_of, replace_link
from assessments.models import Answer, Assessment
from assessments.wizard.landing import EXAMPLE, example_house
from assessments.wizard.progress import progress_of
from tests.assessments.conftest import Open, answer_everything
from tests.factories import AssessmentFactory


def test_it_needs_no_database(client: Client, playbook: Playbook) -> None:
    """Nothing is stored about somebody who only looks: without the db fixture any query would fail."""
    response = client.get(reverse("assessments:landing"))
    assert response.status_code == 200
    assert "sid" not in response.cookies


def test_the_symptoms_stand_as_the_house_does(client: Client, playbook: Playbook) -> None:
    page = client.get(reverse("assessments:landing")).content.decode()
    places = [page.index(f'value="{layer}"') for layer in ("mlops", "dataops", "devops", "unsure")]
    assert places == sorted(places)
    assert " checked" not in page


def test_times_and_numbers_are_computed_from_the_playbook(client: Client) -> None:
    page = client.get(reverse("assessments:landing")).context["page"]
    assert (page.full.minutes, page.quick.minutes) == (20, 5)
    assert (page.full.questions, page.quick.questions) == (35, 12)


def test_every_layer_is_explained(client: Client, playbook: Playbook) -> None:
    page = client.get(reverse("assessments:landing")).content.decode()
    for layer in playbook.layers:
        assert layer.focus in page
        assert layer.goal in page
        assert layer.users in page


def test_the_example_shows_what_its_title_says(playbook: Playbook) -> None:
    assert set(EXAMPLE) == set(playbook.capability)
    house = example_house(playbook)
    assert [floor.gate for floor in house.floors] == ["open", "closed", "blocked"]
    for block in (block for floor in house.floors for block in floor.blocks):
        assert block.level is not None
        below = block.minimum is not None and block.level < block.minimum
        assert block.planned is not None or not below, "what is below its minimum is planned to be raised"


def test_a_mistake_is_in_the_title_of_the_window(client: Client, playbook: Playbook) -> None:
    page = client.post(reverse("assessments:start"), {"mode": "huge"}).content.decode()
    assert "<title>Error: Groundwork – see what" in page


# --- Going on with what was begun -----------------------------------------------------------------------------------------


def offers(client: Client) -> list[str]:
    """The links back, as they read."""
    page = client.get("/").content.decode()
    found = re.findall(r'<li><a href="(/a/[^"]+)">(.*?)</li>', page, re.DOTALL)
    return [f"{href} {re.sub('<[^>]+>', '', words)}" for href, words in found]


def test_what_was_begun_is_one_link_away(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="stated", value="devops")
    assert offers(visitor) == [
        f"/a/{assessment.public_id}/q/c_size/ Go on with The service portal 1 of 35 answered"
    ]


def test_without_a_scope_the_organisation_names_it(visitor: Client, assessment: Assessment) -> None:
    Assessment.objects.update(scope="")
    assert "Go on with Harrow Pumps 0 of 35 answered" in offers(visitor)[0]
    Assessment.objects.update(organisation="")
    assert "Go on with your assessment 0 of 35 answered" in offers(visitor)[0]


def test_only_the_three_used_last_are_offered_and_none_that_is_finished(client: Client, db: None) -> None:
    now = timezone.now()
    several = AssessmentFactory.create_batch(5)
    for number, each in enumerate(several):
        client.post(link_of(each))
        Assessment.objects.filter(pk=each.pk).update(
            scope=f"part {number}", touched=now - timedelta(hours=number)
        )
    answer_everything(several[1])
    Assessment.objects.filter(pk=several[1].pk).update(touched=now)
    assert [re.search(r"part \d", each)[0] for each in offers(client)] == ["part 0", "part 2", "part 3"]  # type: ignore[index]


def test_one_that_somebody_else_has_closed_to_this_browser_is_not_offered(
    visitor: Client, assessment: Assessment
) -> None:
    replace_link(assessment=assessment)
    assert offers(visitor) == []


def test_only_the_newest_are_looked_through(client: Client, db: None) -> None:
    now = timezone.now()
    several = AssessmentFactory.create_batch(NEWEST + 1)
    for number, each in enumerate(several):
        client.post(link_of(each))
        Assessment.objects.filter(pk=each.pk).update(touched=now - timedelta(hours=number))
    for each in several[:NEWEST]:
        Answer.objects.bulk_create(
            Answer(assessment=each, question=question, value="unknown") for question in progress_of(each).path
        )
    assert offers(client) == [], "the eleventh is out of sight"
    Answer.objects.filter(assessment=several[NEWEST - 1]).delete()
    assert len(offers(client)) == 1


def test_one_of_an_edition_that_was_taken_away_is_left_out(visitor: Client, assessment: Assessment) -> None:
    other = AssessmentFactory(edition="1999.1")
    session = visitor.session
    session[SESSION_KEY] = {**session[SESSION_KEY], other.public_id: other.link_number}
    session.save()
    (only,) = offers(visitor)
    assert assessment.public_id in only


def test_what_people_typed_stays_text(visitor: Client, assessment: Assessment) -> None:
    Assessment.objects.update(scope="<b hx-get=/>\u05d0")
    page = visitor.get("/").content.decode()
    assert "<bdi>&lt;b hx-get=/&gt;\u05d0</bdi>" in page
    assert re.search(r"<section[^>]+hx-disable>\s*<ul><li>", page)


def test_it_takes_two_queries_beside_the_session(
    visitor: Client, browser_of: Open, assessment: Assessment, django_assert_num_queries: object
) -> None:
    for other in AssessmentFactory.create_batch(4):
        visitor.post(link_of(other))
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(offers(visitor)) == 3


def test_no_cache_keeps_the_page(client: Client, playbook: Playbook) -> None:
    assert "no-store" in client.get("/")["Cache-Control"]


def test_a_pick_is_said_to_be_optional(client: Client, playbook: Playbook) -> None:
    assert "Pick one, or begin without." in client.get("/").content.decode()
