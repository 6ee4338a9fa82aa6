"""How long a session is signed in, what it leaves behind, and how all of them are ended."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY as AUTH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from assessments.access import DELETED_KEY, SEEN_AT, SESSION_KEY, SIGNED_IN_AT
from assessments.accounts.models import User
from assessments.links import link_of
from assessments.models import Assessment
from tests.accounts.conftest import is_signed_in, sign_in
from tests.factories import PASSWORD, AssessmentFactory

HOUR = 60 * 60


def pass_time(client: Client, *, since: int = 0, seen: int = 0) -> None:
    """Let somebody have signed in, and have been seen, so many seconds earlier."""
    session = client.session
    session[SIGNED_IN_AT] -= since
    session[SEEN_AT] -= seen
    session.save()


@pytest.fixture
def assessment(db: None) -> Assessment:
    return AssessmentFactory()


@pytest.fixture
def with_both(signed: Client, assessment: Assessment) -> Client:
    """A browser that is signed in, and may work on an assessment by its private link too."""
    signed.post(link_of(assessment))
    return signed


def opens(client: Client, assessment: Assessment) -> bool:
    return client.get(f"/a/{assessment.public_id}/").status_code == 200


# --- Time ---------------------------------------------------------------------------------------------------------------


def test_twelve_hours_without_use_end_it(signed: Client) -> None:
    pass_time(signed, seen=12 * HOUR - 60, since=12 * HOUR)
    assert is_signed_in(signed)
    pass_time(signed, seen=12 * HOUR + 60)
    assert not is_signed_in(signed)


def test_seven_days_end_it_in_any_case(signed: Client) -> None:
    pass_time(signed, since=7 * 24 * HOUR)
    assert not is_signed_in(signed)


def test_being_there_is_noted_only_every_few_minutes(signed: Client) -> None:
    pass_time(signed, seen=100)
    before = signed.session[SEEN_AT]
    is_signed_in(signed)
    assert signed.session[SEEN_AT] == before
    pass_time(signed, seen=300)
    is_signed_in(signed)
    assert signed.session[SEEN_AT] > before


def test_a_session_that_does_not_know_its_age_is_not_believed(signed: Client) -> None:
    session = signed.session
    del session[SIGNED_IN_AT]
    session.save()
    assert not is_signed_in(signed)


def test_what_came_by_private_links_outlives_the_sign_in(with_both: Client, assessment: Assessment) -> None:
    pass_time(with_both, seen=13 * HOUR)
    assert opens(with_both, assessment)
    assert not is_signed_in(with_both)
    assert opens(with_both, assessment)
    assert set(with_both.session.keys()) == {SESSION_KEY}


# --- Signing out ----------------------------------------------------------------------------------------------------------


def test_signing_out_asks_first(signed: Client) -> None:
    assert "Sign out?" in signed.get("/account/logout/").content.decode()
    assert is_signed_in(signed)


def test_signing_out_leaves_what_came_by_private_links(with_both: Client, assessment: Assessment) -> None:
    before = with_both.cookies[settings.SESSION_COOKIE_NAME].value
    assert "This browser also holds 1 assessment" in with_both.get("/account/logout/").content.decode()
    assert with_both.post("/account/logout/")["Location"] == "/account/login/"
    assert not is_signed_in(with_both)
    assert opens(with_both, assessment)
    assert with_both.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert "You are signed out." in with_both.get("/account/login/").content.decode()


def test_leaving_an_assessment_signs_nobody_out(with_both: Client, assessment: Assessment) -> None:
    with_both.post(f"/a/{assessment.public_id}/leave/")
    assert not opens(with_both, assessment)
    assert is_signed_in(with_both)


def test_whoever_wants_it_leaves_nothing_behind(with_both: Client, assessment: Assessment) -> None:
    with_both.post("/account/logout/", {"forget": "1"})
    assert not opens(with_both, assessment)
    assert SESSION_KEY not in with_both.session
    assert DELETED_KEY not in with_both.session


def test_nothing_is_kept_of_where_somebody_was_signed_in(with_both: Client, other: Client) -> None:
    with_both.post("/account/logout/")
    assert UserSession.objects.count() == 1
    pass_time(other, seen=13 * HOUR)
    is_signed_in(other)
    assert not UserSession.objects.exists()


def test_the_clean_up_forgets_browsers_that_never_came_back(signed: Client) -> None:
    Session.objects.update(expire_date=timezone.now())
    call_command("delete_expired", verbosity=0)
    assert not UserSession.objects.exists()


# --- Several browsers -------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(signed: Client) -> Client:
    """Another browser in which Ann has signed in too."""
    other = Client()
    sign_in(other)
    return other


def test_all_browsers_are_listed_and_the_others_can_be_signed_out(signed: Client, other: Client) -> None:
    page = signed.get("/account/sessions/").content.decode()
    assert "You are signed in on 2 browsers" in page
    assert page.count("This browser") == 1
    assert signed.post("/account/sessions/").status_code == 302
    assert is_signed_in(signed)
    assert not is_signed_in(other)
    assert "You are signed in on one browser" in signed.get("/account/sessions/").content.decode()


def test_a_changed_password_signs_out_everywhere_else(signed: Client, other: Client) -> None:
    new = {"oldpassword": PASSWORD, "password1": "an even quieter river"}
    page = signed.post("/account/password/change/", new, follow=True).content.decode()
    assert "Your password is changed. Everywhere else you are signed out." in page
    assert is_signed_in(signed)
    assert not is_signed_in(other)


def test_coming_in_by_a_private_link_is_no_session_that_cannot_be_ended(
    with_both: Client, other: Client, ann: User
) -> None:
    assert UserSession.objects.filter(user=ann).count() == 2
    assert with_both.session.session_key in UserSession.objects.values_list("session_key", flat=True)
    other.post("/account/sessions/")
    assert not is_signed_in(with_both)


def test_the_session_before_a_private_link_is_signed_in_no_more(
    signed: Client, assessment: Assessment
) -> None:
    before = signed.cookies[settings.SESSION_COOKIE_NAME].value
    signed.post(link_of(assessment))
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_signed_in(old)
    assert AUTH_SESSION_KEY not in old.session
    assert is_signed_in(signed)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8.1 <script>alert(1)</script>", "A browser that says no name"),
    ],
)
def test_browsers_are_called_as_people_call_them(signed: Client, line: str, said: str) -> None:
    UserSession.objects.update(user_agent=line)
    page = signed.get("/account/sessions/").content.decode()
    assert f"<bdi>{said}</bdi>" in page
    assert "alert(1)" not in page
