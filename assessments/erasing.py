"""The end of what is stored of a person, and of what a restored backup has brought back."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from assessments import audit
from assessments.accounts.leaving import end_account, ending_of
from assessments.accounts.models import User
from assessments.answering import delete_assessment
from assessments.erasures import Erasure, erasures, fingerprint, record, take_over
from assessments.letters import erase_letters_to
from assessments.models import Answer, Assessment, Client, Invitation, PlanChange, Workspace
from assessments.parcels import throw_away
from assessments.planning import change_move, plan_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What was deleted of a person beside the account, and where their address still stands in free text, by public id."""

    invitations: int
    plan_owners: int
    still_named_in: tuple[str, ...]


# --- A person -----------------------------------------------------------------------------------------------------------


def erase_person(email: str) -> Gone:
    """Delete what is stored of whoever has this address, the account as by ``end_account``, and list their fingerprint.

    Plan owners that carry the address go everywhere; those that carry the name go only in workspaces the person is in,
    since others may be called the same. Raises HeldError.
    """
    address = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=address).first()
        owners = _clear_owners(address, user)
        erase_letters_to(address)
        throw_away()
        invitations = Invitation.objects.filter(email__iexact=address).delete()[0]
        if user is not None:
            end_account(request=None, user=user)
        elif owners or invitations:
            audit.note_account(None, "person.erased", None, invitations=invitations, moves=owners)
            record("person", address)
    return Gone(invitations=invitations, plan_owners=owners, still_named_in=still_named_in(address))


def still_named_in(address: str) -> tuple[str, ...]:
    """The assessments in whose notes, reasons or description the address stands, by public id. Two queries."""
    notes = Answer.objects.filter(Q(note__icontains=address) | Q(na_reason__icontains=address))
    told = Q(organisation__icontains=address) | Q(scope__icontains=address) | Q(decision__icontains=address)
    planned = Q(plan_changes__note__icontains=address) | Q(plan_changes__risk__icontains=address)
    found = Assessment.objects.filter(told | planned).values_list("public_id", flat=True)
    return tuple(sorted({*found, *notes.values_list("assessment__public_id", flat=True)}))


def _clear_owners(address: str, user: User | None) -> int:
    named = Q(owner__iexact=address)
    if user is not None and user.name:
        named |= Q(owner__iexact=user.name, assessment__client__workspace__memberships__user=user)
    return _clear(PlanChange.objects.filter(named).distinct())


def _clear(changes: QuerySet[PlanChange]) -> int:
    """Take the owner out of these moves, and leave what else was decided about them; how many."""
    moves = list(changes.select_related("assessment"))
    for move in moves:
        change = plan_changes(move.assessment)[move.code]
        change_move(assessment=move.assessment, code=move.code, change=replace(change, owner=""))
    return len(moves)


# --- A name in a workspace ------------------------------------------------------------------------------------------------


def in_sight_of(workspace: Workspace) -> QuerySet[Assessment]:
    """The assessments of a workspace whose answers it may see, without those in its bin."""
    return Assessment.objects.filter(client__workspace=workspace, kept_by_client=False, binned=None)


def owners_like(workspace: Workspace, text: str) -> dict[str, list[Assessment]]:
    """Who owns moves in plans and has this in the name, with the assessments, by name. One query."""
    found = PlanChange.objects.filter(assessment__in=in_sight_of(workspace), owner__icontains=text)
    owners: dict[str, list[Assessment]] = {}
    for each in found.select_related("assessment__client").order_by("owner", "assessment", "pk"):
        seen = owners.setdefault(each.owner, [])
        if each.assessment not in seen:
            seen.append(each.assessment)
    return owners


def written_in(workspace: Workspace, text: str) -> tuple[Assessment, ...]:
    """The assessments in whose notes, reasons or description this stands, the newest first. One query."""
    written = Q(scope__icontains=text) | Q(decision__icontains=text)
    # Row by row, or databases look through what everybody has written before they ask whose it is.
    here = {"assessment": OuterRef("pk")}
    notes = Answer.objects.filter(Q(note__icontains=text) | Q(na_reason__icontains=text), **here)
    plans = PlanChange.objects.filter(Q(note__icontains=text) | Q(risk__icontains=text), **here)
    where = Q(Exists(notes)) | Q(Exists(plans))
    found = in_sight_of(workspace).filter(written | where)
    return tuple(found.select_related("client").order_by("-pk"))


def take_out_of_plans(*, request: HttpRequest, workspace: Workspace, owner: str) -> int:
    """Take somebody out of the plans of a workspace, by the name as it stands there; how many moves they owned."""
    with transaction.atomic():
        count = _clear(PlanChange.objects.filter(assessment__in=in_sight_of(workspace), owner=owner))
        if count:
            audit.note(request, "plan.owner_removed", workspace=workspace, moves=count)
    return count


# --- After a restore ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was deleted once more, by kind; and the addresses of those who could not be, with their workspaces."""

    counts: Counter[str]
    held: tuple[tuple[str, tuple[Workspace, ...]], ...]


def replay(*files: Path) -> Replayed:
    """Delete whatever is on a list and there again. Who came anew after the deletion is left alone.

    ``files`` are lists of other machines beside this one's own. The database takes over what it does not have of them, as
    it may be older than they are. Several runs are as good as one. Raises OSError for a file that cannot be read.
    """
    counts: Counter[str] = Counter()
    held: list[tuple[str, tuple[Workspace, ...]]] = []
    all_of_them = erasures(*files)
    take_over(all_of_them)
    listed = {(each.kind, each.fingerprint): each for each in all_of_them}  # the latest of each
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
        alone = _left_alone(address)
        if alone:
            held.append((address, alone))
        else:
            erase_person(address)
            counts["person"] += 1
    return Replayed(counts, tuple(held))


def _left_alone(address: str) -> tuple[Workspace, ...]:
    """Workspaces that would have no owner, or go: those that went with the account then are on the list themselves."""
    user = User.objects.filter(email=address).first()
    if user is None:
        return ()
    ending = ending_of(user)
    return ending.held + ending.erased


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
