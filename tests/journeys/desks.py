"""A workspace in which every page has something on it, and the addresses of those pages."""

from django.utils import timezone

from assessments.accounts.models import User
from assessments.answering import record_answer
from assessments.handing_over import link_of, make_code
from assessments.models import (
    Agreement,
    ApiToken,
    Assessment,
    Client,
    CopyWish,
    Delivery,
    HandOver,
    Participant,
    Round,
    Ruling,
    Vote,
    Webhook,
    Workshop,
    Workspace,
)
from assessments.surveys import close_survey, join, open_survey
from assessments.surveys import link_of as survey_link
from assessments.wastebasket import bin_assessment
from assessments.workshop.joining import join_link, open_workshop
from assessments.workshop.rounds import act
from tests.assessments.workspace.conftest import begun, finished
from tests.factories import ClientFactory, MembershipFactory, WorkspaceFactory, answered_like


def furnish(*, workspace: str, client: str, unit: str) -> User:
    """A consultant of a workspace that holds one of everything, under these names."""
    made = WorkspaceFactory(name=workspace)
    theirs = ClientFactory(workspace=made, name=client)
    finished(theirs, unit)
    begun(theirs, unit, kept_by_client=True)
    finished(theirs, unit, like="land-records", mode="quick")
    begun(theirs, unit, archived=timezone.now())
    bin_assessment(request=None, assessment=begun(theirs, unit))
    Client.objects.create(workspace=made, name=f"{client[:78]} 2", binned=timezone.now())
    waiting = answered_like("lumo", client)
    Assessment.objects.filter(pk=waiting.pk).update(scope=unit)
    HandOver.objects.create(assessment=waiting, workspace=made)
    make_code(request=None, workspace=made)
    ApiToken.objects.create(workspace=made, name=unit, digest="x" * 64, begins="gw_abcdef", scope="write")
    judged = made.clients.order_by("pk")[0].assessments.order_by("pk")[0]
    for subject, verdict in (("bottleneck", "mlops"), ("dataops", "open")):
        Ruling.objects.create(
            assessment=judged, subject=subject, verdict=verdict, reason=unit, by_name=client[:80]
        )
    hook = Webhook.objects.create(workspace=made, url=f"https://tools.example.com/{'x' * 80}", secret="x")
    for tries, said in ((0, ""), (1, "HTTP 200"), (6, "HTTP 500")):
        at = timezone.now() if said == "HTTP 200" else None
        Delivery.objects.create(
            webhook=hook, message_id=f"m{tries}", kind="test", body={}, tries=tries, said=said, delivered=at
        )
    ask_several(judged, remark=unit)
    other = theirs.assessments.order_by("pk")[2]
    join(survey=open_survey(request=None, assessment=other), role="analyst")
    gather(judged, note=unit)
    user: User = MembershipFactory(workspace=made, role="owner", user__name=client[:80]).user
    return user


def ask_several(assessment: Assessment, *, remark: str) -> None:
    """Seven people have answered it, and are counted; on one question something is agreed and something remains open."""
    survey = open_survey(request=None, assessment=assessment)
    for level in (0, 0, 1, 2, 4, 4, 4):
        part = join(survey=survey, role="developer")
        for question in ("dv_ci", "dv_cd", "sig_lead"):
            value = level if question != "sig_lead" else "unknown"
            record_answer(assessment=part, question=question, value=value, note=remark)
    close_survey(request=None, survey=survey)
    survey.tallies.filter(question="dv_cd").update(agreed=timezone.now(), dissent=remark)


def gather(assessment: Assessment, *, note: str) -> None:
    """A room in which seven phones have voted on a question, are far apart, and look at it."""
    workshop = open_workshop(assessment=assessment, by=None)
    shown = Round.objects.create(workshop=workshop, question="do_own", number=1)
    for number, level in enumerate((0, 0, 1, 2, 4, 4, 4), start=1):
        phone = Participant.objects.create(workshop=workshop, digest=f"{number:064}", number=number)
        Vote.objects.create(round=shown, participant=phone, value=str(level))
    Workshop.objects.filter(pk=workshop.pk).update(question="do_own")
    act(request=None, workshop=workshop, name="reveal", by=None, step=0)
    Agreement.objects.create(workshop=workshop, question="do_own", note=note, note_shown=True)
    CopyWish.objects.create(workshop=workshop, email="somebody@example.com")


def pages_of(user: User) -> list[str]:
    """The addresses of all pages of the only workspace of this user, the owner's page for handing over among them."""
    workspace: Workspace = user.memberships.get().workspace
    home, here = f"/desk/{workspace.public_id}/", Assessment.objects.filter(client__workspace=workspace)
    gone = here.get(binned__isnull=False).public_id
    result, kept, other = here.order_by("pk")[:3]
    assert result.client is not None
    return [
        home,
        f"{home}?q=nobody",
        f"{home}?state=archived&sort=client",
        f"{home}?done=binned.{gone}",
        f"{home}new/",
        f"{home}a/{result.public_id}/",
        f"{home}a/{kept.public_id}/",
        f"{home}clients/",
        f"{home}clients/{result.client.public_id}/",
        f"{home}inbox/",
        f"{home}keys/",
        f"{home}people/named/?q=an",
        f"{home}trail/",
        f"{home}webhooks/",
        f"{home}clients/{result.client.public_id}/data/",
        f"/a/{result.public_id}/judgement/",
        f"/a/{result.public_id}/result/",
        f"/a/{result.public_id}/several/",
        f"/a/{result.public_id}/differences/",
        f"/a/{result.public_id}/differences/dv_ci/",
        f"/a/{other.public_id}/several/",
        str(survey_link(other.survey)),
        f"/a/{result.public_id}/room/",
        f"/a/{result.public_id}/room/copies/",
        join_link(result.workshop),
        f"{home}bin/",
        f"{home}bin/assessment/{gone}/delete/",
        str(link_of(workspace.codes.get())),
    ]
