"""Every session of the server is cleared in the midst of a workshop: votes stay, phones do not notice, facilitators come back."""

from django.contrib.sessions.models import Session
from django.test import Client as Browser

from tests.assessments.workshop.conftest import QUESTION, ComeIn, Facilitated
from tests.factories import PASSWORD


def test_a_workshop_goes_on_without_its_sessions(room: Facilitated, host: Browser, come_in: ComeIn) -> None:
    room.lead_to("open")
    phones = [come_in() for _ in range(3)]
    vote = f"/w/{room.workshop.public_id}/vote/"
    for phone in phones[:2]:
        assert phone.post(vote, {"round": room.round.pk, "answer": "2"}).status_code == 303
    console = f"/a/{room.workshop.assessment.public_id}/room/"
    assert host.get(console).status_code == 200

    Session.objects.all().delete()

    assert room.round.votes.count() == 2
    assert phones[2].post(vote, {"round": room.round.pk, "answer": "3"}).status_code == 303
    assert phones[0].get(f"/w/{room.workshop.public_id}/").status_code == 200
    assert host.get(console).status_code in {302, 404}
    act = {"act": "reveal", "step": room.now.step}
    assert host.post(f"{console}act/", act).status_code in {302, 403, 404}
    assert room.state_of(QUESTION) == "open", "who is not signed in any more does nothing"

    host.post("/account/login/", {"login": room.ana.email, "password": PASSWORD})
    assert host.get(console).status_code == 200
    assert host.post(f"{console}act/", {"act": "reveal", "step": room.now.step}).status_code == 303
    assert room.round.people == 3
    assert room.round.votes.count() == 3


def test_a_phone_that_has_forgotten_everything_is_in_again_by_one_tap(room: Facilitated, link: str) -> None:
    room.lead_to("open")
    phone = Browser()
    phone.post(link)
    phone.cookies.clear()
    Session.objects.all().delete()
    page = phone.get(f"/w/{room.workshop.public_id}/").content.decode()
    assert f'href="{link}"' in page or 'href="/join/' in page
    assert phone.post(link).status_code == 303
    vote = {"round": room.round.pk, "answer": "2"}
    assert phone.post(f"/w/{room.workshop.public_id}/vote/", vote).status_code == 303
