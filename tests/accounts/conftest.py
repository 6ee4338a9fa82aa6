"""Somebody with an account, and the browsers they use."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from assessments.accounts.models import User
from tests.factories import PASSWORD, UserFactory

type SignIn = Callable[..., HttpResponse]


@pytest.fixture
def ann(db: None) -> User:
    """Somebody with a confirmed address."""
    user = UserFactory(email="ann@example.com", name="Ann Berg")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def sign_in(
    client: Client, email: str = "ann@example.com", password: str = PASSWORD, **extra: str
) -> HttpResponse:
    """Send the form of the sign-in page."""
    return client.post("/account/login/", {"login": email, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    """Whether the browser gets to the account, rather than to the sign-in page."""
    return client.get("/account/").status_code == 200


@pytest.fixture
def signed(client: Client, ann: User) -> Client:
    """A browser in which Ann has just signed in."""
    assert sign_in(client).status_code == 302
    return client
