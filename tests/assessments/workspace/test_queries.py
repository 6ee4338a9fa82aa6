"""How many database statements each page of the desk takes, with one row and with sixty."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.digests import AT_ONCE
from assessments.models import Answer, Assessment, Client, HandOver, HandOverCode, Workspace
from assessments.wastebasket import bin_assessment
from tests.assessments.workspace.conftest import begun, finished
from tests.factories import AssessmentFactory, ClientFactory
from tests.plans import whole_reads
from tests.statements import asked

DESK = {
    # Session, account and membership are three of each.
    "GET assessments:desk_entry": 3,
    "GET assessments:desk": 9,
    "GET assessments:desk | searched": 8,
    "GET assessments:desk | answers have changed": 14,
    "GET assessments:desk_new": 4,
    "POST assessments:desk_new": 12,
    "GET assessments:desk_assessment": 6,
    "POST assessments:desk_move": 9,
    "POST assessments:desk_archive": 9,
    "POST assessments:desk_delete": 9,
    "POST assessments:desk_send": 25,
    "GET assessments:desk_clients": 7,
    "POST assessments:desk_client_new": 8,
    "GET assessments:desk_client": 5,
    "POST assessments:desk_client_rename": 10,
    "POST assessments:desk_unit": 9,
    "POST assessments:desk_client_archive": 8,
    "POST assessments:desk_client_delete": 9,
    "GET assessments:desk_bin": 5,
    "POST assessments:desk_restore": 9,
    "GET assessments:desk_erase": 4,
    "POST assessments:desk_erase": 13,
    "GET assessments:desk_inbox": 6,
    "POST assessments:desk_code": 7,
    "POST assessments:desk_code_end": 8,
    "POST assessments:desk_take": 10,
    "POST assessments:desk_decline": 8,
}
"""PAGE -> queries. A name of an address, with its method; behind the bar, the case."""

FORMS = {
    "POST assessments:desk_new": {"client": "Kestrel Bank", "unit": "Cards"},
    "POST assessments:desk_move": {"client": "Kestrel Bank", "unit": "Cards"},
    "POST assessments:desk_archive": {"archive": "1"},
    "POST assessments:desk_send": {"email": "cto@kestrel.example"},
    "POST assessments:desk_client_new": {"name": "Harrow Pumps"},
    "POST assessments:desk_client_rename": {"name": "Falcon Bank"},
    "POST assessments:desk_unit": {"unit": "Retail", "name": "Retail banking"},
    "POST assessments:desk_client_archive": {"archive": "1"},
    "POST assessments:desk_erase": {"name": "Kestrel Bank"},
    "POST assessments:desk_take": {"client": "Kestrel Bank"},
}

ROWS = (1, 60)


@pytest.fixture(params=ROWS)
def kestrel(request: pytest.FixtureRequest, workspace: Workspace) -> Client:
    """A client with so many finished assessments, and as many clients beside it."""
    cache.clear()
    made = ClientFactory(workspace=workspace, name="Kestrel Bank")
    first = finished(made, "Retail")
    for number in range(request.param):
        ClientFactory(workspace=workspace)
        bin_assessment(request=None, assessment=begun(made, "Gone"))
        if number:
            answer_like(first, begun(made, f"Unit {number}"))
    return made


def answer_like(first: Assessment, other: Assessment) -> None:
    """The same answers, stored all at once."""
    rows = first.answers.values_list("question", "value")
    Answer.objects.bulk_create(
        Answer(assessment=other, question=question, value=value) for question, value in rows
    )


def test_a_page_takes_just_these_queries(consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    for name in ("desk", "desk_clients"):  # nothing is out of date any more
        for _ in range(3):
            consultant.get(reverse(f"assessments:{name}", args=[workspace.public_id]))
    for line in DESK:
        with transaction.atomic():
            check(line, consultant, workspace, kestrel)
            transaction.set_rollback(True)  # the next one finds everything as it was


def check(line: str, consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    address = address_of(line, workspace, kestrel)
    consultant.get(reverse("assessments:desk", args=[workspace.public_id]))  # what is new is up to date too
    if line.endswith("changed"):
        newest = Assessment.objects.filter(binned=None).order_by("-pk").values("pk")[:AT_ONCE]
        Assessment.objects.filter(pk__in=newest).update(version=9)
    with CaptureQueriesContext(connection) as taken:
        headers = {"HX-Request": "true"} if line.endswith("searched") else {}
        response = (
            consultant.get(address, headers=headers)
            if line.startswith("GET")
            else consultant.post(address, FORMS.get(line, {}))
        )
    assert response.status_code in ({200, 302} if line.startswith("GET") else {303}), line
    assert len(asked(taken)) == DESK[line], "\n".join([line, *asked(taken)])
    assert not whole_reads(taken), line


def address_of(line: str, workspace: Workspace, kestrel: Client) -> str:
    name = line.partition(" ")[2].partition(" | ")[0]
    args = [] if name.endswith("entry") else [workspace.public_id]
    match name.removeprefix("assessments:"):
        case "desk_assessment" | "desk_move" | "desk_archive" | "desk_delete":
            args.append(kestrel.assessments.filter(binned=None)[0].public_id)
        case "desk_send":
            args.append(begun(kestrel, "Theirs", kept_by_client=True).public_id)
        case "desk_restore" | "desk_erase":
            args += ["assessment", kestrel.assessments.filter(binned__isnull=False)[0].public_id]
        case "desk_code_end":
            args.append(code_of(workspace).public_id)
        case "desk_take" | "desk_decline":
            waiting = AssessmentFactory()
            HandOver.objects.create(assessment=waiting, workspace=workspace)
            args.append(waiting.public_id)
        case (
            "desk_client" | "desk_client_rename" | "desk_unit" | "desk_client_archive" | "desk_client_delete"
        ):
            args.append(kestrel.public_id)
    return reverse(name, args=args)


def code_of(workspace: Workspace) -> HandOverCode:
    return HandOverCode.objects.create(workspace=workspace, digest="x" * 64, expires=timezone.now())


def test_a_form_belongs_to_a_line() -> None:
    assert set(FORMS) <= set(DESK)
