"""The end of what is stored of a person, and of what a restored backup has brought back."""

from collections import Counter
from dataclasses import dataclass, replace

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from assessments.accounts.models import User
from assessments.answering import delete_assessment
from assessments.erasures import Erasure, erasures, fingerprint, record
from assessments.models import (
    Answer,
    Assessment,
    AuditEvent,
    Client,
    Invitation,
    PlanChange,
    Role,
    Ruling,
    Workspace,
)
from assessments.planning import change_move, plan_changes


class HeldError(Exception):
    """Somebody is the only owner of these workspaces: first another has to be, or the workspaces go too."""

    def __init__(self, workspaces: tuple[Workspace, ...]) -> None:
        self.workspaces = workspaces
        super().__init__(", ".join(each.name for each in workspaces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What was deleted of a person, and where their address still stands in free text, by public id."""

    accounts: int
    workspaces: int
    invitations: int
    plan_owners: int
    still_named_in: tuple[str, ...]


# --- A person -----------------------------------------------------------------------------------------------------------


def erase_person(email: str, *, with_workspaces: bool = False) -> Gone:
    """Delete what is stored of whoever has this address, and write their fingerprint on the list.

    Plan owners that carry the address go everywhere; those that carry the name go only in workspaces the person is in,
    since others may be called the same. Raises HeldError, unless their workspaces shall go ``with`` them.
    """
    address = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=address).first()
        number = user.pk if user else None
        owned = owned_alone(user) if user else ()
        if owned and not with_workspaces:
            raise HeldError(owned)
        owners = _clear_owners(address, user)
        for each in owned:
            record("workspace", each.public_id)
            each.delete()
        gone = Gone(
            accounts=_delete_account(user) if user else 0,
            workspaces=len(owned),
            invitations=Invitation.objects.filter(email__iexact=address).delete()[0],
            plan_owners=owners,
            still_named_in=still_named_in(address),
        )
        record("person", address)
        AuditEvent.objects.create(actor_kind="system", action="person.erased", details={"user": number})
    return gone


def owned_alone(user: User) -> tuple[Workspace, ...]:
    """The workspaces of which somebody is the only owner, by name. One query."""
    others = Count("memberships", filter=Q(memberships__role=Role.OWNER) & ~Q(memberships__user=user))
    mine = Workspace.objects.filter(memberships__user=user, memberships__role=Role.OWNER).values("pk")
    found = Workspace.objects.filter(pk__in=mine).annotate(others=others).filter(others=0)
    return tuple(found.order_by("name", "pk"))


def still_named_in(address: str) -> tuple[str, ...]:
    """The assessments in whose notes, reasons or description the address stands, by public id. Two queries."""
    notes = Answer.objects.filter(Q(note__icontains=address) | Q(na_reason__icontains=address))
    told = Q(organisation__icontains=address) | Q(scope__icontains=address) | Q(decision__icontains=address)
    planned = Q(plan_changes__note__icontains=address) | Q(plan_changes__risk__icontains=address)
    found = Assessment.objects.filter(told | planned).values_list("public_id", flat=True)
    return tuple(sorted({*found, *notes.values_list("assessment__public_id", flat=True)}))


def _clear_owners(address: str, user: User | None) -> int:
    """Take a person out of the plans; how many moves they owned there."""
    named = Q(owner__iexact=address)
    if user is not None and user.name:
        named |= Q(owner__iexact=user.name, assessment__client__workspace__memberships__user=user)
    moves = list(PlanChange.objects.filter(named).select_related("assessment").distinct())
    for move in moves:
        change = plan_changes(move.assessment)[move.code]
        change_move(assessment=move.assessment, code=move.code, change=replace(change, owner=""))
    return len(moves)


def _delete_account(user: User) -> int:
    """Their verdicts stay, without the name that is printed beside them."""
    Ruling.objects.filter(by=user).update(by_name="")
    UserSession.objects.filter(user=user).delete()
    user.delete()
    return 1


# --- After a restore ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was deleted once more, by kind; and the addresses of those who could not be, with their workspaces."""

    counts: Counter[str]
    held: tuple[tuple[str, HeldError], ...]


def replay() -> Replayed:
    """Delete whatever was on the list and is there again. Who came anew after the deletion is left alone.

    Several runs are as good as one.
    """
    counts: Counter[str] = Counter()
    held: list[tuple[str, HeldError]] = []
    listed = {(each.kind, each.fingerprint): each for each in erasures()}  # the latest of each
    for workspace in _listed("workspace", Workspace.objects.all(), listed):
        workspace.delete()
        counts["workspace"] += 1
    for client in _listed("client", Client.objects.all(), listed):
        client.delete()
        counts["client"] += 1
    for assessment in _listed("assessment", Assessment.objects.filter(sample=None), listed):
        delete_assessment(assessment=assessment)
        counts["assessment"] += 1
    for address in _people(listed):
        try:
            erase_person(address)
            counts["person"] += 1
        except HeldError as error:
            held.append((address, error))
    return Replayed(counts, tuple(held))


type Listed = dict[tuple[str, str], Erasure]


def _listed[Row: (Workspace, Client, Assessment)](
    kind: str, rows: QuerySet[Row], listed: Listed
) -> list[Row]:
    """Those of the rows that the list names. Ids are random and given once, so nothing new has one of them."""
    return [each for each in rows.iterator() if (kind, fingerprint(kind, each.public_id)) in listed]


def _people(listed: Listed) -> list[str]:
    """The addresses on the list that an account or an invitation from before the deletion carries again."""
    accounts = User.objects.values_list("email", "joined")
    invited = Invitation.objects.values_list("email", "made")
    found: dict[str, None] = {}
    for email, since in [*accounts, *invited]:
        line = listed.get(("person", fingerprint("person", email.lower())))
        if line is not None and since <= line.at:
            found[email.lower()] = None
    return list(found)
