"""GET /: what Groundwork is, and the first question."""

from django.test import Client
from django.urls import reverse

from advisor.engine.playbook import Playbook


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
