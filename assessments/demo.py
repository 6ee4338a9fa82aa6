"""The consultant for trying out: an account, a workspace and two clients, made of the invented organisations."""

from allauth.account.models import EmailAddress
from django.db import transaction

from assessments.accounts.demo import ADDRESS, PASSWORD
from assessments.accounts.models import User
from assessments.answering import create_assessment, record_answer
from assessments.models import Client
from assessments.people import start_workspace
from assessments.playbooks import current
from assessments.samples import Sample, samples

NAME = "Ana Keller"
WORKSPACE = "Keller Consulting"

CLIENTS = {
    "Tallis Software": {"Business software": "tallis-software", "Payments": "lumo"},
    "Harrow Pumps": {"Service portal": "harrow-pumps"},
}
"""Client -> unit -> the invented organisation whose answers it has."""


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
        for unit, slug in units.items():
            _store(client, unit, by_slug[slug])
    return True


def _store(client: Client, unit: str, sample: Sample) -> None:
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
