"""The list of assessments: what was asked of it in the address, and the page of rows that answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, Lower, NullIf
from django.http import QueryDict
from django.utils.translation import gettext

from assessments import wastebasket
from assessments.digests import (
    AT_ONCE,
    MOST,
    NO_BOTTLENECK,
    UNDETERMINED,
    bring_up_to_date,
    in_force,
    is_in_force,
    out_of_date,
)
from assessments.models import Assessment, Client, Workspace
from assessments.playbooks import current
from assessments.rooms import with_open_room
from assessments.workspace import words
from assessments.workspace.rows import Row, row_of

PAGE = 50
WORKSHOP, SEVERAL = "workshop", "several"
"""The types of assessments that people answer together in a room, and each alone before they agree."""
LONGEST_SEARCH = 100
MOST_WORDS = 8

ON_THE_DESK = Q(archived=None, client__archived=None)
DONE = Q(kept_by_client=False, digest__complete=True) & in_force()
READ = Q(kept_by_client=False) & in_force()

COMPUTED = ("answering", "ready")
"""The states that hang on the answers."""

ORDERS = ("-updated", "updated", "client", "-client", "-answered", "answered")
"""The first is the one without being asked."""


# --- What was asked -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of the list; whatever is not known is left out, as if it was not there."""

    q: str = ""
    state: str = ""
    found: str = ""
    client: str = ""
    type: str = ""
    sort: str = ORDERS[0]
    page: int = 1

    @classmethod
    def of(cls, data: QueryDict) -> "Asked":
        page = data.get("page", "")
        return cls(
            q=" ".join(data.get("q", "").replace("\0", "")[:LONGEST_SEARCH].split()),
            state=_known(data.get("state"), (each for each, _ in states())),
            found=_known(data.get("found"), (each for each, _ in findings())),
            client=data.get("client", "").replace("\0", "")[:12],
            type=_known(data.get("type"), (each for each, _ in types())),
            sort=_known(data.get("sort"), ORDERS) or ORDERS[0],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.state or self.found or self.client or self.type)

    @property
    def computed(self) -> bool:
        """Whether what was asked for hangs on the answers."""
        return bool(self.found or self.state in COMPUTED)

    def query(self, **changed: str | int) -> str:
        """The end of an address that asks this with something changed."""
        all_of_it: dict[str, str | int] = {
            "q": self.q,
            "state": self.state,
            "found": self.found,
            "client": self.client,
            "type": self.type,
            "sort": self.sort if self.sort != ORDERS[0] else "",
            "page": self.page if self.page > 1 else "",
        } | changed
        said = {name: value for name, value in all_of_it.items() if value}
        return f"?{urlencode(said)}" if said else ""


def _known(value: str | None, allowed: Iterable[str]) -> str:
    return value if value and value in allowed else ""


def states() -> tuple[tuple[str, str], ...]:
    """What can be chosen as a state, with its word."""
    return (
        ("answering", gettext("Answering")),
        ("ready", gettext("Result ready")),
        ("room", gettext("In the room now")),
        ("client", gettext("With the client")),
        ("archived", gettext("Archived")),
    )


def findings() -> tuple[tuple[str, str], ...]:
    """What can be chosen as a bottleneck, with its word."""
    return (
        *((each.id, each.name) for each in current().layers),
        (UNDETERMINED, gettext("Cannot be judged")),
        (NO_BOTTLENECK, gettext("None")),
    )


def types() -> tuple[tuple[str, str], ...]:
    """What can be chosen as a type, with its word."""
    return (
        ("full", gettext("Full")),
        ("quick", gettext("Quick")),
        (WORKSHOP, gettext("Workshop")),
        (SEVERAL, gettext("Several people")),
    )


# --- The answer ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a column by which the list can be sorted. ``sorted`` is empty where it is not."""

    title: str
    url: str
    sorted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The page of the list. ``title`` counts what is on the desk, whatever was asked for."""

    asked: Asked
    title: str
    rows: tuple[Row, ...]
    said: str
    all: int
    """How many are on the desk, and how many were put aside."""
    page: Page[Any]
    before: str
    after: str
    headings: dict[str, Heading]
    clients: tuple[Client, ...]
    binned: int
    outdated: int
    """So many are not worked out yet, and missing where something was asked that hangs on the answers."""
    states: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]


def listing(workspace: Workspace, asked: Asked, *, editor: bool) -> Listing:
    """What the desk shows for this address. Five queries; five or six more where answers have changed since the last look."""
    here = Assessment.objects.filter(client__workspace=workspace, binned=None)
    counts = _counts(workspace)
    if counts["outdated"] and bring_up_to_date(here, most=MOST if asked.computed else AT_ONCE):
        counts = _counts(workspace)
    clients = tuple(workspace.clients.order_by(Lower("name"), "pk"))
    found = matching(here, asked).order_by(*_order(asked.sort)).values_list("pk", flat=True)
    page = Paginator(found, PAGE).get_page(asked.page)
    rows = with_digests(_in_order(list(page.object_list)))
    return Listing(
        asked=asked,
        title=_title(counts),
        rows=tuple(row_of(each, workspace.public_id, editor=editor) for each in rows),
        said=_said(page, counts, asked),
        all=counts["all"] + counts["aside"],
        page=page,
        before=asked.query(page=page.previous_page_number()) if page.has_previous() else "",
        after=asked.query(page=page.next_page_number()) if page.has_next() else "",
        headings=_headings(asked),
        clients=tuple(each for each in clients if not each.binned),
        binned=counts["in_bin"] + sum(each.binned is not None for each in clients),
        outdated=counts["outdated"] if asked.computed else 0,
        states=states(),
        findings=findings(),
        types=types(),
    )


def _in_order(keys: list[int]) -> list[Assessment]:
    """The rows with these keys: sorting thousands of keys is quicker than sorting thousands of rows."""
    rows = Assessment.objects.select_related("client", "digest", "survey", "workshop").in_bulk(keys)
    return [rows[each] for each in keys if each in rows]


def with_digests(found: Iterable[Assessment]) -> list[Assessment]:
    """Rows that came with their digests, each now with one of today. No query unless more had changed than one look makes."""
    rows = list(found)
    late = [each.pk for each in rows if not is_in_force(each)]
    made = bring_up_to_date(Assessment.objects.filter(pk__in=late), most=len(late)) if late else {}
    for each in rows:
        if each.pk in made:
            each.digest = made[each.pk]
    return [each for each in rows if hasattr(each, "digest")]


def _counts(workspace: Workspace) -> dict[str, int]:
    """How many there are of what, in one query."""
    seen = Q(binned=None)
    return Assessment.objects.filter(client__workspace=workspace).aggregate(
        all=Count("pk", filter=seen & ON_THE_DESK),
        ready=Count("pk", filter=seen & ON_THE_DESK & DONE & ~with_open_room()),
        room=Count("pk", filter=seen & ON_THE_DESK & with_open_room() & Q(kept_by_client=False)),
        kept=Count("pk", filter=seen & ON_THE_DESK & Q(kept_by_client=True)),
        aside=Count("pk", filter=seen & ~ON_THE_DESK),
        in_bin=Count("pk", filter=Q(binned__isnull=False) & wastebasket.SINGLE),
        outdated=Count("pk", filter=seen & out_of_date()),
    )


def matching(here: QuerySet[Assessment], asked: Asked) -> QuerySet[Assessment]:
    """Those among them that are asked for. What hangs on answers that a client keeps finds nothing of theirs."""
    here = here.exclude(ON_THE_DESK) if asked.state == "archived" else here.filter(ON_THE_DESK)
    if asked.state == "client":
        here = here.filter(kept_by_client=True)
    if asked.state == "room":
        here = here.filter(with_open_room(), kept_by_client=False)
    if asked.state in COMPUTED:
        here = here.filter(READ, ~with_open_room(), digest__complete=asked.state == "ready")
    if asked.found:
        here = here.filter(READ, ~with_open_room(), digest__found=asked.found)
    if asked.client:
        here = here.filter(client__public_id=asked.client)
    if asked.type == WORKSHOP:
        here = here.filter(workshop__isnull=False)
    elif asked.type == SEVERAL:
        here = here.filter(survey__isnull=False, workshop__isnull=True)
    elif asked.type:
        here = here.filter(mode=asked.type, survey__isnull=True, workshop__isnull=True)
    return here.filter(matching_words(asked.q, "client__name", "unit")) if asked.q else here


def matching_words(typed: str, *fields: str) -> Q:
    """Holds where every word that was typed stands somewhere in one of the fields."""
    each_word = typed.split()[:MOST_WORDS]
    return reduce(and_, (reduce(or_, (_holds(field, each) for field in fields)) for each in each_word))


def _holds(field: str, word: str) -> Q:
    """Databases that fold only the capitals of plain Latin letters find others in the ways people write them."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.title()}
    return reduce(or_, (Q(**{f"{field}__icontains": each}) for each in sorted(ways)))


def _order(sort: str) -> tuple[Any, ...]:
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name == "client":
        by = (Lower("client__name"), Lower("unit"))
        return (*(each.desc() if down else each.asc() for each in by), "-touched", "-pk")
    if name == "answered":
        share = Cast("digest__answered", FloatField()) / NullIf(F("digest__asked"), 0)
        return (share.desc(nulls_last=True) if down else share.asc(nulls_first=True), "-touched", "-pk")
    return ("-touched", "-pk") if down else ("touched", "pk")


def _headings(asked: Asked) -> dict[str, Heading]:
    names = {
        "client": (gettext("Client and unit"), "client"),
        "answered": (gettext("Answered"), "-answered"),
        "updated": (gettext("Updated"), "-updated"),
    }
    return {name: _heading(asked, title, first) for name, (title, first) in names.items()}


def _heading(asked: Asked, title: str, first: str) -> Heading:
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    here = asked.sort if asked.sort in {first, other} else ""
    wanted = other if here == first else first
    return Heading(
        title=title,
        url=asked.query(sort=wanted if wanted != ORDERS[0] else "", page=""),
        sorted={True: "descending", False: "ascending"}[here.startswith("-")] if here else "",
    )


# --- In words -----------------------------------------------------------------------------------------------------------


def _title(counts: dict[str, int]) -> str:
    if not counts["all"]:
        return gettext("No assessment on the desk")
    ready, room, kept = counts["ready"], counts["room"], counts["kept"]
    return words.sentence(
        (
            words.assessments(counts["all"]),
            gettext("%(count)s with a result") % {"count": words.in_words(ready)} if ready else "",
            gettext("%(count)s in the room now") % {"count": words.in_words(room)} if room else "",
            gettext("%(count)s with the client") % {"count": words.in_words(kept)} if kept else "",
        )
    )


def _said(page: Page[Any], counts: dict[str, int], asked: Asked) -> str:
    """How many are shown of how many, and in which order."""
    order = {
        "-updated": gettext("newest first"),
        "updated": gettext("oldest first"),
        "client": gettext("by client, A to Z"),
        "-client": gettext("by client, Z to A"),
        "-answered": gettext("most answered first"),
        "answered": gettext("least answered first"),
    }[asked.sort]
    every = counts["aside"] if asked.state == "archived" else counts["all"]
    told = {"found": page.paginator.count, "all": every, "order": order}
    return gettext("%(found)s of %(all)s, %(order)s") % told
