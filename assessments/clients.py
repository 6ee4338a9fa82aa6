"""The one place that writes clients and their units: found by name or made, renamed, put aside and taken up again."""

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import audit
from assessments.answering import RefusedError, clean_line
from assessments.models import Assessment, Client, Workspace
from assessments.models.assessment import NAME_LENGTH


def clean_client_name(name: str) -> str:
    """The name of a client as it is stored. Raises RefusedError."""
    return clean_line(name, NAME_LENGTH, gettext("Client"), gettext("Enter the name of the client"))


def clean_unit(unit: str) -> str:
    """The name of a unit as it is stored; empty for the whole client. Raises RefusedError."""
    return clean_line(unit, NAME_LENGTH, gettext("Unit"))


def make_client(*, request: HttpRequest, workspace: Workspace, name: str) -> Client:
    """A new client. Raises RefusedError for a name that cannot be stored, or that another client has."""
    name = clean_client_name(name)
    refuse_taken(workspace, name)
    try:
        with transaction.atomic():
            made = Client.objects.create(workspace=workspace, name=name)
            audit.note(request, "client.made", workspace=workspace, subject=made.public_id)
    except IntegrityError:  # somebody was faster
        refuse_taken(workspace, name)
        raise
    return made


def client_called(*, request: HttpRequest, workspace: Workspace, name: str) -> Client:
    """The client with this name, made if there is none. One that was put aside is taken up again. Raises RefusedError."""
    name = clean_client_name(name)
    found = workspace.clients.filter(name__iexact=name, binned=None).first()
    if found is None:
        return make_client(request=request, workspace=workspace, name=name)
    if found.archived:
        archive_client(request=request, client=found, archived=False)
    return found


def refuse_taken(workspace: Workspace, name: str, *, besides: Client | None = None) -> None:
    """Raises RefusedError if a client of the workspace has this name already, whatever its capitals."""
    taken = workspace.clients.filter(name__iexact=name).first()
    if taken is None or taken == besides:
        return
    words = {"name": taken.name}
    if taken.binned:
        raise RefusedError(
            gettext("A client called %(name)s is in the bin. Restore it, or choose another name.") % words
        )
    raise RefusedError(gettext("There is a client called %(name)s already. Choose another name.") % words)


def rename_client(*, request: HttpRequest, client: Client, name: str) -> None:
    """Give a client another name; reports that carried the old one carry the new one. Raises RefusedError."""
    name, before = clean_client_name(name), client.name
    refuse_taken(client.workspace, name, besides=client)
    try:
        with transaction.atomic():
            Client.objects.filter(pk=client.pk).update(name=name)
            client.assessments.filter(organisation=before).update(organisation=name)
            audit.note(
                request,
                "client.renamed",
                workspace=client.workspace,
                subject=client.public_id,
            )
    except IntegrityError:  # somebody gave another one this name at this moment
        refuse_taken(client.workspace, name, besides=client)
        raise
    client.name = name


def archive_client(*, request: HttpRequest, client: Client, archived: bool) -> None:
    """Put a client aside, or take it up again. Its assessments go with it, as they are."""
    with transaction.atomic():
        Client.objects.filter(pk=client.pk).update(archived=timezone.now() if archived else None)
        action = "client.archived" if archived else "client.taken_up"
        audit.note(request, action, workspace=client.workspace, subject=client.public_id)


def readable_assessments(client: Client) -> QuerySet[Assessment]:
    """Those that the workspace may read, the newest first."""
    return client.assessments.filter(binned=None, kept_by_client=False).order_by("-pk")


def kept_to_themselves(client: Client) -> int:
    """How many the client answers alone and has not shared. One query."""
    return client.assessments.filter(binned=None, kept_by_client=True).count()


def rename_unit(*, request: HttpRequest, client: Client, unit: str, name: str) -> None:
    """Give a unit another name in all its assessments; two units of one name become one. Raises RefusedError."""
    name = clean_line(name, NAME_LENGTH, gettext("Unit"), gettext("Enter the name of the unit"))
    with transaction.atomic():
        changed = Assessment.objects.filter(client=client, unit=unit)
        changed.filter(scope=NullIf(F("unit"), Value(""))).update(scope=name)
        changed.update(unit=name)
        audit.note(
            request,
            "unit.renamed",
            workspace=client.workspace,
            subject=client.public_id,
        )
