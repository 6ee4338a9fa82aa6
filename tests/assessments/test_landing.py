"""GET /: what Groundwork is, and the first question."""

from django.test import Client
from django.urls import reverse

from advisor.engine.playbook import Playbook
from assessments.wizard.landing import EXAMPLE, example_house


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
