"""What the page of the trail prints: who did what in a workspace, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext

from assessments.accounts.models import User
from assessments.models import ApiToken, Assessment, AuditEvent, Client, Workspace

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: "Ana Keller", "made a link to read the report", "Tallis Software, Payments"."""

    at: datetime
    who: str
    what: str
    about: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A page of lines, and the people among whom one can be chosen."""

    lines: tuple[Line, ...]
    people: tuple[tuple[int, str], ...]
    who: str
    page: Page[AuditEvent]
    query: str
    """What the address of another page of this choice begins with."""


def trail_page(workspace: Workspace, asked: QueryDict) -> TrailPage:
    """``asked`` is what the address says: a person by number, and which of many pages. Six queries."""
    people = {each.user_id: str(each.user) for each in workspace.memberships.select_related("user")}
    who = asked.get("who", "")
    found = AuditEvent.objects.filter(workspace=workspace.pk).order_by("-at", "-pk")
    if who.isdecimal() and int(who) in people:
        found = found.filter(actor_kind="user", actor=int(who))
    else:
        who = ""
    page = Paginator(found, PAGE).get_page(asked.get("page", ""))
    events = list(page)
    names = people | _gone(events, people)
    about = _about(workspace, events)
    return TrailPage(
        lines=tuple(
            Line(
                at=each.at,
                who=_who(each, names),
                what=_what(each),
                about=about.get(each.subject, ""),
                network=each.network or "",
            )
            for each in events
        ),
        people=tuple(sorted(people.items(), key=lambda one: one[1].casefold())),
        who=who,
        page=page,
        query=f"who={who}&" if who else "",
    )


def _gone(events: list[AuditEvent], people: Mapping[int, str]) -> dict[int, str]:
    """The names of those who are no longer in the workspace and still have an account."""
    wanted = {each.actor for each in events if each.actor_kind == "user" and each.actor} - people.keys()
    return {each.pk: str(each) for each in User.objects.filter(pk__in=wanted)} if wanted else {}


def _about(workspace: Workspace, events: list[AuditEvent]) -> dict[str, str]:
    """What the lines are about, by public id, as far as it is still there: the trail itself keeps no names."""
    wanted = {each.subject for each in events if each.subject}
    here = {workspace.public_id: workspace.name}
    clients = Client.objects.filter(workspace=workspace, public_id__in=wanted)
    here |= {each.public_id: each.name for each in clients}
    for each in Assessment.objects.filter(client__workspace=workspace, public_id__in=wanted).select_related(
        "client"
    ):
        name = each.client.name if each.client else ""
        here[each.public_id] = f"{name}, {each.unit}" if each.unit else name
    keys = ApiToken.objects.filter(workspace=workspace, public_id__in=wanted)
    return here | {each.public_id: each.name for each in keys}


def _who(event: AuditEvent, names: Mapping[int, str]) -> str:
    if event.actor_kind == "user":
        return names.get(event.actor or 0) or gettext("Somebody whose account is deleted")
    return {
        "client": gettext("Somebody with a private link"),
        "reader": gettext("Somebody with a link to read"),
        "token": gettext("A program with a key"),
    }.get(event.actor_kind, gettext("This server"))


def _what(event: AuditEvent) -> str:
    """The action in words; an action that this version does not know by its own name."""
    told = {
        "access.refused": gettext("was refused a page that the role does not allow"),
        "assessment.archived": gettext("archived an assessment"),
        "assessment.binned": gettext("put an assessment into the bin"),
        "assessment.declined": gettext("left an assessment to its owner"),
        "assessment.erased": gettext("deleted an assessment for good"),
        "assessment.handed_over": gettext("handed an assessment over"),
        "assessment.link_replaced": gettext("replaced a private link"),
        "assessment.moved": gettext("moved an assessment"),
        "assessment.prepared": gettext("prepared an assessment"),
        "assessment.restored": gettext("took an assessment out of the bin"),
        "assessment.shared": gettext("shared the answers with the workspace"),
        "assessment.taken": gettext("took what was handed over"),
        "assessment.taken_up": gettext("took an assessment up again"),
        "brand.changed": gettext("changed the branding"),
        "brand.removed": gettext("removed the branding"),
        "client.archived": gettext("archived a client"),
        "client.binned": gettext("put a client into the bin"),
        "client.erased": gettext("deleted a client for good"),
        "client.exported": gettext("downloaded all data of a client"),
        "client.made": gettext("added a client"),
        "client.renamed": gettext("renamed a client"),
        "client.restored": gettext("took a client out of the bin"),
        "client.taken_up": gettext("took a client up again"),
        "code.ended": gettext("ended a link for handing over"),
        "code.made": gettext("made a link for handing over"),
        "defaults.changed": gettext("changed the defaults"),
        "member.invited": gettext("invited somebody"),
        "member.joined": gettext("joined"),
        "member.left": gettext("left"),
        "member.let_in": gettext("let somebody in"),
        "member.removed": gettext("removed somebody"),
        "member.role": gettext("changed somebody’s role"),
        "member.uninvited": gettext("took an invitation back"),
        "offers.changed": gettext("changed the offers"),
        "plan.owner_removed": gettext("took a person out of plans"),
        "ruling.made": gettext("judged something differently"),
        "ruling.withdrawn": gettext("withdrew a judgement"),
        "share.made": gettext("made a link to read the report"),
        "share.opened": gettext("opened the report by a link"),
        "share.revoked": gettext("revoked a link to read the report"),
        "survey.agreed": gettext("agreed on an answer"),
        "survey.closed": gettext("counted what several people answered"),
        "survey.link_replaced": gettext("replaced the link for several people"),
        "survey.opened": gettext("asked several people"),
        "token.made": gettext("made a key for programs"),
        "token.removed": gettext("removed a key for programs"),
        "unit.renamed": gettext("renamed a unit"),
        "webhook.changed": gettext("changed where programs are told"),
        "webhook.made": gettext("added an address where programs are told"),
        "webhook.removed": gettext("removed an address where programs are told"),
        "workshop.agreed": gettext("agreed on an answer in a workshop"),
        "workshop.code_replaced": gettext("made a new code for a workshop"),
        "workshop.ended": gettext("ended a workshop"),
        "workshop.locked": gettext("locked a workshop"),
        "workshop.opened": gettext("opened a workshop"),
        "workshop.phone_removed": gettext("took a phone out of a workshop"),
        "workshop.report_sent": gettext("sent the report to people of a workshop"),
        "workshop.revealed": gettext("showed the result of a vote"),
        "workshop.round_dropped": gettext("dropped a vote that nobody had seen"),
        "workshop.round_opened": gettext("opened a vote"),
        "workshop.stage_replaced": gettext("made a new link to a workshop’s screen"),
        "workshop.taken_back": gettext("took an agreed answer back"),
        "workshop.unlocked": gettext("unlocked a workshop"),
        "workspace.renamed": gettext("renamed the workspace"),
        "workspace.started": gettext("started the workspace"),
    }
    return told.get(event.action, event.action)
