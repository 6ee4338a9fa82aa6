"""Where assessments belong: the clients of a workspace, their units, and what waits to be put somewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext

from assessments.handing_over import inbox_of
from assessments.models import Assessment, Client, Workspace
from assessments.workspace import words
from assessments.workspace.listing import LONGEST_SEARCH, PAGE, matching_words, with_digests
from assessments.workspace.rows import Row, row_of

MOST_ROWS = 200
"""So many assessments of one client stand on its page; older ones are in the list."""


def names_of_clients(workspace: Workspace) -> list[str]:
    """To be offered while somebody types. One query."""
    found = workspace.clients.filter(binned=None).order_by(Lower("name"), "pk")
    return list(found.values_list("name", flat=True))


def waiting_in(workspace: Workspace) -> int:
    """How many assessments were handed over and wait. One query."""
    return inbox_of(workspace).count()


# --- All clients --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A client in the list."""

    client: Client
    units: str
    assessments: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsPage:
    """The list of clients. ``any`` tells an empty workspace from a search that finds nothing."""

    title: str
    q: str
    archived: bool
    rows: tuple[ClientRow, ...]
    said: str
    any: bool
    number: int
    last: int
    before: str
    after: str


def clients_page(workspace: Workspace, asked: QueryDict) -> ClientsPage:
    """The clients whose names hold what was typed, those put aside if they are asked for. Four queries."""
    q = " ".join(asked.get("q", "").replace("\0", "")[:LONGEST_SEARCH].split())
    archived = asked.get("archived") == "1"
    all_of_them = workspace.clients.filter(binned=None)
    found = all_of_them.filter(archived__isnull=not archived)
    found = found.filter(matching_words(q, "name")) if q else found
    typed = asked.get("page", "")
    page = Paginator(found.order_by(Lower("name"), "pk"), PAGE).get_page(typed if typed.isascii() else 1)
    counts = all_of_them.aggregate(
        all=Count("pk", filter=Q(archived=None)), aside=Count("pk", filter=Q(archived__isnull=False))
    )
    every = counts["aside"] if archived else counts["all"]
    return ClientsPage(
        title=words.sentence((words.clients(counts["all"]),)) if counts["all"] else gettext("No client yet"),
        q=q,
        archived=archived,
        rows=_client_rows(list(page.object_list)),
        said=gettext("%(found)s of %(all)s, A to Z") % {"found": page.paginator.count, "all": every},
        any=bool(counts["all"] or counts["aside"]),
        number=page.number,
        last=page.paginator.num_pages,
        before=_query(q, page.previous_page_number(), archived=archived) if page.has_previous() else "",
        after=_query(q, page.next_page_number(), archived=archived) if page.has_next() else "",
    )


def _query(q: str, page: int, *, archived: bool) -> str:
    said = {"q": q, "archived": "1" if archived else "", "page": page if page > 1 else ""}
    return f"?{urlencode({name: value for name, value in said.items() if value})}"


def _client_rows(clients: Iterable[Client]) -> tuple[ClientRow, ...]:
    """The rows of these clients. One query."""
    found = Assessment.objects.filter(client__in=clients, binned=None).values("client").order_by()
    counts = found.annotate(count=Count("pk"), units=Count("unit", distinct=True), last=Max("touched"))
    of = {each["client"]: each for each in counts}
    return tuple(_client_row(each, of.get(each.pk, {})) for each in clients)


def _client_row(client: Client, counts: Mapping[str, Any]) -> ClientRow:
    """A client that has no assessment has no counts."""
    units, last = counts.get("units", 0), counts.get("last")
    return ClientRow(
        client=client,
        units=words.sentence((words.units(units),)) if units else gettext("No unit yet"),
        assessments=words.sentence((words.assessments(counts.get("count", 0)),)),
        updated=words.day(last) if last else "",
    )


# --- One client ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit with its assessments, the newest first. ``name`` is empty for the whole client."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """One client. ``more``: there are older assessments than the page shows."""

    client: Client
    units: tuple[Unit, ...]
    counted: str
    more: bool


def client_page(client: Client, workspace: Workspace, *, editor: bool) -> ClientPage:
    """A client with everything about it. One query; four more where answers have changed since the last look."""
    here = client.assessments.filter(binned=None)
    found = with_digests(
        here.select_related("client", "digest", "survey", "workshop").order_by("-touched", "-pk")[
            : MOST_ROWS + 1
        ]
    )
    shown = found[:MOST_ROWS]
    units = tuple(_units(shown, workspace, editor=editor))
    counted = (words.units(len(units)), words.assessments(len(shown))) if units else ()
    return ClientPage(
        client=client, units=units, counted=words.sentence(counted), more=len(found) > MOST_ROWS
    )


def _units(found: Iterable[Assessment], workspace: Workspace, *, editor: bool) -> Iterable[Unit]:
    """By unit, the one that was touched last first."""
    order: dict[str, int] = {}
    for each in found:
        order.setdefault(each.unit, len(order))
    in_order = sorted(found, key=lambda each: order[each.unit])
    for name, group in groupby(in_order, key=lambda each: each.unit):
        rows = tuple(row_of(each, workspace.public_id, editor=editor) for each in group)
        yield Unit(name=name, rows=rows)
