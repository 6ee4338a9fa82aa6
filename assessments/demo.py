"""The consultant for trying out: an account, a workspace and two clients, made of the invented organisations."""

from random import Random

from allauth.account.models import EmailAddress
from django.db import transaction

from assessments.accounts.demo import ADDRESS, PASSWORD
from assessments.accounts.models import User
from assessments.answering import answers_of, create_assessment, record_answer
from assessments.models import Assessment, Client
from assessments.people import start_workspace
from assessments.playbooks import current
from assessments.questions import Value
from assessments.samples import Sample, samples
from assessments.surveys import close_survey, join, open_survey

NAME = "Ana Keller"
WORKSPACE = "Keller Consulting"

CLIENTS = {
    "Tallis Software": {"Business software": "tallis-software", "Payments": "lumo"},
    "Harrow Pumps": {"Service portal": "harrow-pumps"},
}
"""Client -> unit -> the invented organisation whose answers it has."""

PEOPLE = 12
ROLES = ("developer", "operations", "analyst", "developer")
LEANING = (-1, 0, 0, 0, 0, 0, 1, 2)
UNANSWERED, NOTED = 0.05, 0.03
"""Twelve people, half of them developers, who mostly see it as the sample does."""


@transaction.atomic
def store_demo_consultant() -> bool:
    """Make all of it, once; whether there was anything to make."""
    if User.objects.filter(email=ADDRESS).exists():
        return False
    owner = User.objects.create_user(ADDRESS, PASSWORD, name=NAME)
    EmailAddress.objects.create(user=owner, email=ADDRESS, primary=True, verified=True)
    workspace = start_workspace(request=None, owner=owner, name=WORKSPACE)
    by_slug = {each.slug: each for each in samples()}
    for name, units in CLIENTS.items():
        client = Client.objects.create(workspace=workspace, name=name)
        stored = [_store(client, unit, by_slug[slug]) for unit, slug in units.items()]
    _ask_several(stored[-1])
    return True


def _ask_several(assessment: Assessment) -> None:
    """Let invented people answer it, each a little differently, and count what they say."""
    survey, given = open_survey(request=None, assessment=assessment), answers_of(assessment)
    dice = Random(7)  # noqa: S311  the same people every time
    for number in range(PEOPLE):
        part = join(survey=survey, role=ROLES[number % len(ROLES)])
        for question, each in given.items():
            if question in current().question or dice.random() < UNANSWERED:
                continue
            note = "We do this by hand on Fridays." if dice.random() < NOTED else ""
            said = _leaning(each.value, dice) if question in current().capability else each.value
            record_answer(assessment=part, question=question, value=said, na_reason=each.na_reason, note=note)
    close_survey(request=None, survey=survey)


def _leaning(value: Value, dice: Random) -> int:
    level = value if isinstance(value, int) else 1
    return min(max(level + dice.choice(LEANING), 0), 4)


def _store(client: Client, unit: str, sample: Sample) -> Assessment:
    assessment = create_assessment(playbook=current(), mode=sample.mode)
    assessment.client, assessment.unit = client, unit
    assessment.organisation, assessment.scope, assessment.decision = (
        client.name,
        sample.scope,
        sample.decision,
    )
    assessment.save()
    for question, value in sample.answers.items():
        record_answer(
            assessment=assessment, question=question, value=value, note=sample.notes.get(question, "")
        )
    return assessment
