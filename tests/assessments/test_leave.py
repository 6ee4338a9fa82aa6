"""/a/<id>/leave/: this browser forgets, the server does not."""

import pytest
from django.conf import settings
from django.test import Client

from assessments.access import SESSION_KEY
from assessments.links import link_of
from assessments.models import Assessment
from tests.assessments.test_start import fields_of
from tests.factories import AssessmentFactory

WIPE = '"cache", "storage"'


def test_the_browser_forgets_and_is_asked_to_throw_its_copies_away(
    visitor: Client, assessment: Assessment
) -> None:
    response = visitor.post(f"/a/{assessment.public_id}/leave/")
    assert (response.status_code, response["Location"]) == (303, "/left/")
    assert response["Clear-Site-Data"] == WIPE
    page = visitor.get("/left/")
    assert page["Clear-Site-Data"] == WIPE
    assert "open your private link" in page.content.decode()
    for path in ("", "keep/", "review/", "result/", "data.json", "q/stated/"):
        assert visitor.get(f"/a/{assessment.public_id}/{path}").status_code == 404, path


def test_the_private_link_leads_back(visitor: Client, assessment: Assessment) -> None:
    visitor.post(f"/a/{assessment.public_id}/leave/")
    visitor.post(link_of(assessment))
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 200


def test_other_assessments_stay_at_hand(visitor: Client, assessment: Assessment) -> None:
    other = AssessmentFactory()
    visitor.post(link_of(other))
    visitor.post(f"/a/{assessment.public_id}/leave/")
    assert visitor.session[SESSION_KEY] == {other.public_id: 1}
    assert visitor.get(f"/a/{other.public_id}/").status_code == 200


def test_with_the_last_one_the_session_ends(visitor: Client, assessment: Assessment) -> None:
    visitor.post(f"/a/{assessment.public_id}/leave/")
    assert not visitor.cookies[settings.SESSION_COOKIE_NAME].value


def test_leaving_does_not_make_the_browser_forget_what_it_has_deleted(
    visitor: Client, assessment: Assessment
) -> None:
    other = AssessmentFactory()
    visitor.post(link_of(other))
    visitor.post(f"/a/{other.public_id}/delete/")
    visitor.post(f"/a/{assessment.public_id}/leave/")
    assert visitor.get(f"/a/{other.public_id}/").status_code == 410
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 404


def test_the_start_page_no_longer_offers_it(visitor: Client, assessment: Assessment) -> None:
    assert assessment.scope in visitor.get("/").content.decode()
    visitor.post(f"/a/{assessment.public_id}/leave/")
    assert assessment.scope not in visitor.get("/").content.decode()


@pytest.mark.django_db
def test_the_form_it_was_begun_with_does_not_lead_back() -> None:
    """Whoever uses the device next might still have that page, and send it once more."""
    browser = Client(enforce_csrf_checks=True)
    form = fields_of(browser.get("/").content.decode()) | {"mode": "quick"}
    assert browser.post("/start/", form).status_code == 303
    left = Assessment.objects.get()
    token = fields_of(browser.get(f"/a/{left.public_id}/keep/").content.decode())["csrfmiddlewaretoken"]
    browser.post(f"/a/{left.public_id}/leave/", {"csrfmiddlewaretoken": token})
    assert browser.post("/start/", form).status_code == 403
    fresh = fields_of(browser.get("/").content.decode())
    assert (
        browser.post("/start/", form | {"csrfmiddlewaretoken": fresh["csrfmiddlewaretoken"]}).status_code
        == 303
    )
    assert list(browser.session[SESSION_KEY]) != [left.public_id]
    assert Assessment.objects.count() == 2


def test_looking_leaves_nothing(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(f"/a/{assessment.public_id}/leave/")
    assert page.status_code == 200
    assert str(link_of(assessment)) in page.content.decode(), "the only way back is shown once more"
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 200
