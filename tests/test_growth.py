"""What reads no more of the database when more is stored: signing in, programs, looking for a name, and most of the night's work.

The pages are held to it where their statements are counted, see ``whole_reads``.
"""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.links import digest_of
from assessments.management.commands.delete_expired import delete
from assessments.models import ApiToken, Assessment, AuditEvent, Workspace
from assessments.retention import expired
from assessments.wastebasket import bin_assessment
from tests.assessments.workspace.conftest import begun, finished
from tests.bench.growth import rows_of
from tests.factories import PASSWORD, AssessmentFactory, ClientFactory, MembershipFactory, WorkspaceFactory
from tests.plans import plan_of, scanned, whole_reads

KEY = "gw_" + "k" * 43
AT_NIGHT = {
    # Where somebody is signed in: a row a person.
    "usersessions_usersession",
    # Invitations and links for handing over: some rows a workspace, and they end.
    "assessments_invitation",
    "assessments_handovercode",
    # The trail, for lines that nobody has sealed, and the work of a day.
    "assessments_auditevent",
    "assessments_trailseal",
    "django_tasks_database_dbtaskresult",
}
"""What the cleaning at night reads as a whole, once a day."""

NOT_IN = re.compile(r"NOT \([^()]* IN \(SELECT ")
"""As Django writes what is in none of the rows of a query. PostgreSQL reads all of these once a row as soon as they are many."""


@pytest.fixture
def workspace(db: None) -> Workspace:
    cache.clear()
    return WorkspaceFactory()


@pytest.mark.parametrize(
    "page", ["clients", "assessments", "assessments?page=2", "assessments/{}", "assessments/{}/result"]
)
def test_programs_read_nothing_whole(workspace: Workspace, page: str) -> None:
    made = finished(ClientFactory(workspace=workspace))
    ApiToken.objects.create(
        workspace=workspace,
        name="Tool",
        digest=digest_of(KEY),
        begins=KEY[:9],
        scope="read",
        used=timezone.now(),
    )
    with CaptureQueriesContext(connection) as taken:
        answer = Browser().get(
            f"/api/v1/{page.format(made.public_id)}", headers={"Authorization": f"Bearer {KEY}"}
        )
    assert answer.status_code == 200
    assert not whole_reads(taken)


def test_signing_in_reads_nothing_whole(workspace: Workspace) -> None:
    person = MembershipFactory(workspace=workspace).user
    sent = {"login": person.email, "password": PASSWORD}
    with CaptureQueriesContext(connection) as taken:
        assert Browser().post(reverse("account_login"), sent).status_code == 302
    assert not whole_reads(taken)


def test_the_night_reads_whole_only_what_is_said_here(workspace: Workspace) -> None:
    now = timezone.now()
    old = now - timedelta(days=1_000)
    bin_assessment(request=None, assessment=begun(ClientFactory(workspace=workspace)))
    Assessment.objects.update(binned=old)
    Assessment.objects.filter(pk=AssessmentFactory().pk).update(touched=old, opened=old)
    AuditEvent.objects.create(at=old, actor_kind="system", action="assessment.erased")
    with CaptureQueriesContext(connection) as taken:
        assessments, *_ = delete(now)
    assert assessments == 2
    assert {table for each in taken.captured_queries for table in scanned(each["sql"])} <= AT_NIGHT
    assert not [each["sql"] for each in taken.captured_queries if NOT_IN.search(each["sql"])]


@pytest.mark.django_db
def test_the_night_finds_what_is_due_by_an_index_of_its_own() -> None:
    """Any other condition beside it, and a database may take an index that fits every row."""
    AssessmentFactory()
    with CaptureQueriesContext(connection) as taken:
        assert list(expired(timezone.now())) == []
    (asked,) = (
        each["sql"] for each in taken.captured_queries if "look_again" in each["sql"].partition("WHERE")[2]
    )
    assert "assessment_by_look_again" in plan_of(asked)
    assert "assessment_by_look_again" not in plan_of("SELECT id FROM assessments_assessment WHERE unit = 'x'")


@pytest.mark.django_db
def test_reading_a_table_whole_is_noticed() -> None:
    assert scanned("SELECT id FROM assessments_answer WHERE note = 'x'") == ["assessments_answer"]
    assert scanned(
        "SELECT T.id FROM assessments_assessment T WHERE T.id = 1 AND EXISTS "
        "(SELECT 1 FROM assessments_answer U0 WHERE U0.note = 'x')"
    ) == ["assessments_answer"]
    assert scanned("SELECT id FROM assessments_answer WHERE assessment_id = 1") == []


# --- What `make bench` makes of what it has measured ------------------------------------------------------------------------


def measured(size: int, seconds: float, *, whole: bool = False) -> dict[str, object]:
    """A size at which a page took so many seconds, and the bare view always the same."""
    reads = ["assessments_answer: SELECT"] if whole else []
    return {
        "size": size,
        "bytes": size * 7_000,
        "grown": [1.0, size * 7_000],
        "times": {"bare": [(0.001, 0.001)] * 5, "desk": [(seconds, seconds)] * 5},
        "statements": {"desk": (9, reads)},
        "jobs": {},
    }


@pytest.mark.parametrize(
    ("last", "whole", "kept"),
    [
        (0.020, False, True),  # as before
        (0.040, False, True),  # twice for a thousand times as much: as its logarithm grows
        (0.060, False, False),
        (0.020, True, False),
    ],
)
def test_a_page_may_grow_as_the_logarithm_does_and_reads_nothing_whole(
    last: float, whole: bool, kept: bool
) -> None:
    rows = rows_of([measured(1_000, 0.020), measured(1_000_000, last, whole=whole)])
    (desk,) = (each for each in rows if each.name == "desk")
    assert desk.kept is kept


def test_a_millisecond_more_is_no_growth() -> None:
    rows = rows_of([measured(1_000, 0.001), measured(1_000_000, 0.0035)])
    assert all(each.kept is not False for each in rows)


def test_a_machine_that_became_slower_is_not_taken_for_growth() -> None:
    last = measured(1_000_000, 0.060) | {
        "times": {"bare": [(0.003, 0.003)] * 5, "desk": [(0.060, 0.060)] * 5}
    }
    rows = rows_of([measured(1_000, 0.020), last])
    assert all(each.kept is not False for each in rows)
