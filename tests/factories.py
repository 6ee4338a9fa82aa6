"""Rows for tests."""

from functools import cache

import factory
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from factory.django import DjangoModelFactory

from assessments.accounts.models import User
from assessments.answering import Given, copy_answers
from assessments.links import digest_of, token_of
from assessments.models import Answer, Assessment, Client, Membership, Participant, Workspace
from assessments.models.assessment import new_public_id
from assessments.playbooks import current
from assessments.samples import samples


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """A full assessment under the newest edition, with its private link."""

    class Meta:
        model = Assessment

    public_id = factory.LazyFunction(new_public_id)
    link_number = 1
    edition = factory.LazyFunction(lambda: current().edition)
    mode = "full"
    organisation = "Harrow Pumps"
    scope = "The service portal"

    resume_digest = factory.LazyAttribute(
        lambda row: digest_of(token_of(Assessment(public_id=row.public_id, link_number=row.link_number)))
    )


class AnswerFactory(DjangoModelFactory[Answer]):
    """A stored answer, past every check."""

    class Meta:
        model = Answer

    assessment = factory.SubFactory(AssessmentFactory)
    question = "dv_ci"
    value = 2


def answered_like(slug: str, organisation: str) -> Assessment:
    """An assessment of its own with the answers of a sample, stored at once: many tests begin with it."""
    made = AssessmentFactory(organisation=organisation)
    answers = next(each for each in samples() if each.slug == slug).answers
    copy_answers(given={each: Given(value, "", "") for each, value in answers.items()}, to=made)
    return made


# --- The desk ---------------------------------------------------------------------------------------------------------


class UserFactory(DjangoModelFactory[User]):
    """Somebody with an account and the password ``PASSWORD``."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(lambda: _hashed(PASSWORD))


PASSWORD = "a quiet river under stars"


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own, with a thousandth of the work."""

    iterations = 1000


@cache
def _hashed(password: str) -> str:
    return make_password(password)


class WorkspaceFactory(DjangoModelFactory[Workspace]):
    class Meta:
        model = Workspace

    name = factory.Sequence(lambda n: f"Consultancy {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """An owner of a workspace of their own, if nothing else is said."""

    class Meta:
        model = Membership

    workspace = factory.SubFactory(WorkspaceFactory)
    user = factory.SubFactory(UserFactory)
    role = "owner"


class ClientFactory(DjangoModelFactory[Client]):
    class Meta:
        model = Client

    workspace = factory.SubFactory(WorkspaceFactory)
    name = factory.Sequence(lambda n: f"Client {n}")


# --- The room ---------------------------------------------------------------------------------------------------------


class PhoneFactory(DjangoModelFactory[Participant]):
    """A phone that is in, past every way of coming in."""

    class Meta:
        model = Participant

    digest = factory.Sequence(lambda n: digest_of(f"phone {n}"))
    number = factory.LazyAttribute(lambda row: row.workshop.participants.count() + 1)
