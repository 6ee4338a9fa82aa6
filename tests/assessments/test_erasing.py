"""`manage.py erase_person` and `manage.py replay_erasures`, and the list beside the database between them."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments import erasures, wastebasket
from assessments.accounts.leaving import end_account
from assessments.accounts.models import User
from assessments.answering import delete_assessment, record_answer
from assessments.models import (
    Answer,
    Assessment,
    AuditEvent,
    Client,
    Erased,
    Invitation,
    Membership,
    PlanChange,
    Ruling,
    Workspace,
)
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory, UserFactory, WorkspaceFactory

ADDRESS = "ann@example.com"

type Committing = Callable[..., object]


@pytest.fixture(autouse=True)
def listed_in(settings: Settings, tmp_path: Path) -> Path:
    settings.ERASURES_FILE = tmp_path / "erased.txt"
    return tmp_path / "erased.txt"


@pytest.fixture
def ann(db: None) -> User:
    """A consultant in a workspace that somebody else owns too."""
    workspace = WorkspaceFactory()
    MembershipFactory(workspace=workspace, role="owner")
    user = UserFactory(email=ADDRESS, name="Ann Berg")
    MembershipFactory(workspace=workspace, user=user, role="owner")
    return user


@pytest.fixture
def theirs(ann: User) -> Assessment:
    """An assessment of a client of hers."""
    return AssessmentFactory(client=ClientFactory(workspace=Workspace.objects.get()))


@pytest.fixture
def run(django_capture_on_commit_callbacks: Committing) -> Callable[..., str]:
    """Run a command as if alone in the world; what it says."""

    def said_by(*command: str, **options: object) -> str:
        said = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command(*command, stdout=said, **options)
        return said.getvalue()

    return said_by


def invite(email: str = ADDRESS) -> Invitation:
    workspace = WorkspaceFactory()
    later = timezone.now() + timedelta(days=7)
    return Invitation.objects.create(
        workspace=workspace, email=email, role="viewer", digest=workspace.public_id, expires=later
    )


# --- A person -----------------------------------------------------------------------------------------------------------


def test_nothing_of_a_person_is_left(
    ann: User, theirs: Assessment, run: Callable[..., str], listed_in: Path
) -> None:
    invite()
    PlanChange.objects.create(assessment=theirs, code="a", slot="now", owner="ann berg")
    PlanChange.objects.create(assessment=theirs, code="b", owner="Ann@Example.com")
    Ruling.objects.create(
        assessment=theirs, subject="bottleneck", verdict="devops", reason="Seen", by=ann, by_name="Ann Berg"
    )
    said = run("erase_person", "Ann@Example.com ")
    assert said == ("Deleted the account ann@example.com.\nTaken out of plans as the owner of moves: 2.\n")
    rows = [
        *Assessment.objects.all(), *AuditEvent.objects.all(), *Invitation.objects.all(), *Membership.objects.all(),
        *PlanChange.objects.all(), *Ruling.objects.all(), *User.objects.all(),
    ]  # fmt: skip
    stored = serializers.serialize("json", rows).casefold()
    assert "ann berg" not in stored
    assert ADDRESS not in stored
    assert PlanChange.objects.get().slot == "now", "what was decided about the move stays"
    assert ADDRESS not in listed_in.read_text()


def test_somebody_else_of_that_name_stays_in_the_plans_of_others(ann: User, run: Callable[..., str]) -> None:
    elsewhere = AssessmentFactory(client=ClientFactory())
    PlanChange.objects.create(assessment=elsewhere, code="a", owner="Ann Berg")
    run("erase_person", ADDRESS)
    assert PlanChange.objects.get().owner == "Ann Berg"


def test_the_plan_counts_as_changed_so_that_no_kept_report_names_anybody(
    theirs: Assessment, run: Callable[..., str]
) -> None:
    PlanChange.objects.create(assessment=theirs, code="a", owner="Ann Berg")
    run("erase_person", ADDRESS)
    before = theirs.version
    theirs.refresh_from_db()
    assert theirs.version > before


def test_where_the_address_still_stands_is_told_and_not_changed(
    ann: User, theirs: Assessment, run: Callable[..., str]
) -> None:
    record_answer(assessment=theirs, question="dv_ci", value=2, note=f"Ask {ADDRESS} about it")
    assert f"still stands in what was written in: {theirs.public_id}." in run("erase_person", ADDRESS)
    assert ADDRESS in Answer.objects.get().note


def test_a_person_without_an_account_is_taken_out_of_plans_and_invitations(
    db: None, run: Callable[..., str]
) -> None:
    invite()
    PlanChange.objects.create(assessment=AssessmentFactory(), code="a", owner=ADDRESS)
    said = run("erase_person", ADDRESS)
    assert "Invitations deleted: 1." in said
    assert "owner of moves: 1." in said
    assert not PlanChange.objects.exists()
    event = AuditEvent.objects.get(action="person.erased")
    assert (event.actor, event.details) == (None, {"invitations": 1, "moves": 1})


# --- After a restore ------------------------------------------------------------------------------------------------------


def test_what_a_backup_brings_back_goes_again(ann: User, run: Callable[..., str]) -> None:
    invite()
    joined = ann.joined
    run("erase_person", ADDRESS)
    UserFactory(email=ADDRESS, joined=joined)
    assert run("replay_erasures") == (
        "Deleted once more: workspaces 0, clients 0, assessments 0, people 1.\n"
    )
    assert not User.objects.filter(email=ADDRESS).exists()
    assert "people 0" in run("replay_erasures"), "a second run finds nothing"


def test_clients_and_assessments_go_again_too(
    db: None, run: Callable[..., str], django_capture_on_commit_callbacks: Committing
) -> None:
    client, single, kept = ClientFactory(), AssessmentFactory(), AssessmentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        delete_assessment(assessment=single)
        wastebasket.erase_client(request=None, client=Client.objects.get(pk=client.pk))
    AssessmentFactory(public_id=single.public_id)
    ClientFactory(public_id=client.public_id)
    assert "clients 1, assessments 1," in run("replay_erasures")
    assert [each.public_id for each in Assessment.objects.all()] == [kept.public_id]


def test_who_came_anew_after_the_deletion_is_left_alone(ann: User, run: Callable[..., str]) -> None:
    run("erase_person", ADDRESS)
    UserFactory(email=ADDRESS)
    assert "people 0" in run("replay_erasures")
    assert User.objects.filter(email=ADDRESS).exists()


def test_an_only_owner_who_is_back_is_named_and_the_rest_goes_on(ann: User, run: Callable[..., str]) -> None:
    joined = ann.joined
    run("erase_person", ADDRESS)
    again = MembershipFactory(role="owner", user=UserFactory(email=ADDRESS, joined=joined))
    with pytest.raises(CommandError, match=f"still there: {ADDRESS} of {again.workspace.name}"):
        run("replay_erasures")
    assert Workspace.objects.filter(pk=again.workspace.pk).exists(), "others may have joined it since"


def test_whoever_deletes_their_own_account_is_on_the_list_with_the_workspace_that_goes(
    db: None, django_capture_on_commit_callbacks: Committing, run: Callable[..., str]
) -> None:
    alone = MembershipFactory(role="owner", user=UserFactory(email=ADDRESS))
    joined, room = alone.user.joined, alone.workspace.public_id
    with django_capture_on_commit_callbacks(execute=True):
        end_account(request=None, user=alone.user)
    MembershipFactory(
        role="owner",
        user=UserFactory(email=ADDRESS, joined=joined),
        workspace=WorkspaceFactory(public_id=room),
    )
    assert run("replay_erasures").startswith("Deleted once more: workspaces 1,")
    assert not User.objects.exists()


def test_a_deletion_that_did_not_happen_is_not_listed(db: None, listed_in: Path) -> None:
    delete_assessment(assessment=AssessmentFactory())
    assert not listed_in.exists(), "the transaction of this test never ends"


def test_lines_older_than_any_backup_are_forgotten(
    ann: User, run: Callable[..., str], listed_in: Path
) -> None:
    run("erase_person", ADDRESS)
    end = erasures.erasures()[0].at + erasures.KEPT
    assert erasures.forget_old(end - timedelta(minutes=1)) == 0
    run("delete_expired", now=end)
    assert erasures.erasures() == ()


def test_the_list_is_for_nobody_else_on_the_machine(
    ann: User, run: Callable[..., str], listed_in: Path
) -> None:
    run("erase_person", ADDRESS)
    assert listed_in.stat().st_mode & 0o077 == 0


def test_a_line_that_broke_off_is_passed_over(ann: User, run: Callable[..., str], listed_in: Path) -> None:
    run("erase_person", ADDRESS)
    with listed_in.open("a") as file:
        file.write("2026-11-28T22:47:59+00:00 person 236f9a")
    assert len(erasures.erasures()) == 1
    UserFactory(email="bea@example.com")
    run("erase_person", "bea@example.com")
    assert len(erasures.erasures()) == 2


def test_a_list_that_cannot_be_written_undoes_no_deletion(
    ann: User, run: Callable[..., str], settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ERASURES_FILE = tmp_path / "nowhere" / "erased.txt"
    assert "Deleted the account" in run("erase_person", ADDRESS)
    assert not User.objects.filter(email=ADDRESS).exists()
    assert "erased.txt" in caplog.text


# --- Several machines ---------------------------------------------------------------------------------------------------


@pytest.fixture
def another_machine(settings: Settings, tmp_path: Path) -> Callable[[], Path]:
    """From here on this process is another machine of the same site, with a folder of its own."""

    def enter() -> Path:
        folder = tmp_path / f"machine{len(list(tmp_path.glob('machine*')))}"
        folder.mkdir()
        settings.ERASURES_FILE = folder / "erased.txt"
        return folder / "erased.txt"

    return enter


def delete_one(committing: Committing) -> Assessment:
    made = AssessmentFactory()
    with committing(execute=True):
        delete_assessment(assessment=made)
    return made


def test_every_machine_writes_down_what_the_others_have_deleted(
    db: None,
    listed_in: Path,
    another_machine: Callable[[], Path],
    django_capture_on_commit_callbacks: Committing,
) -> None:
    delete_one(django_capture_on_commit_callbacks)
    first = listed_in.read_text()
    second = another_machine()
    copying = erasures.Copying()
    assert copying.write_down() == 1
    assert second.read_text() == first
    assert second.stat().st_mode & 0o077 == 0
    assert copying.write_down() == 0, "nothing is new"
    delete_one(django_capture_on_commit_callbacks)
    assert copying.write_down() == 0, "this machine did that itself"
    assert len(second.read_text().splitlines()) == 2
    assert erasures.Copying().write_down() == 0, "nor does it begin anew when it is started again"


def test_a_machine_that_was_off_for_a_while_catches_up(
    db: None, listed_in: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    delete_one(django_capture_on_commit_callbacks)
    long_ago = timezone.now() - timedelta(days=20)
    listed_in.write_text(f"{long_ago.isoformat()} person {'a' * 64}\n")
    assert erasures.Copying().write_down() == 1
    assert len(listed_in.read_text().splitlines()) == 2


def test_a_long_list_is_read_from_its_end(
    db: None, listed_in: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    now = timezone.now()
    listed_in.write_text(
        "".join(
            f"{(now - timedelta(days=300, minutes=-each)).isoformat()} person {each:064x}\n"
            for each in range(5000)
        )
    )
    delete_one(django_capture_on_commit_callbacks)
    assert erasures.Copying().write_down() == 0
    assert len(erasures.erasures()) == 5001


def test_a_list_that_cannot_be_written_is_told_and_caught_up_with_later(
    db: None,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Committing,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.ERASURES_FILE = tmp_path / "nowhere" / "erased.txt"
    delete_one(django_capture_on_commit_callbacks)
    copying = erasures.Copying()
    assert copying.write_down() == 0
    assert "cannot be written" in caplog.text
    settings.ERASURES_FILE = tmp_path / "erased.txt"
    assert copying.write_down() == 1


@pytest.mark.parametrize("known_by", ["database", "own file", "file of another"])
def test_whichever_list_knows_of_it_nothing_comes_back(  # noqa: PLR0917  (fixtures)
    db: None,
    listed_in: Path,
    another_machine: Callable[[], Path],
    run: Callable[..., str],
    django_capture_on_commit_callbacks: Committing,
    known_by: str,
) -> None:
    gone = delete_one(django_capture_on_commit_callbacks)
    kept = AssessmentFactory()
    if known_by != "database":  # the backup is older than the deletion
        Erased.objects.all().delete()
    if known_by == "database":
        listed_in.unlink()
    files = [str(listed_in)] if known_by == "file of another" else []
    if files:
        another_machine()
    AssessmentFactory(public_id=gone.public_id)
    assert "assessments 1," in run("replay_erasures", *files)
    assert [each.public_id for each in Assessment.objects.all()] == [kept.public_id]
    assert Erased.objects.filter(kind="assessment").count() >= 1, "the database knows it again"
    assert "assessments 0," in run("replay_erasures", *files)


def test_a_list_that_cannot_be_read_is_named_before_anything_is_deleted(
    db: None, run: Callable[..., str], tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"nowhere.txt cannot be read .*; nothing was deleted"):
        run("replay_erasures", str(tmp_path / "nowhere.txt"))


def test_lines_that_are_none_are_passed_over(db: None, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(
        b"\xff\xfe\nyesterday person " + b"a" * 64 + b"\n\n2026-11-28T22:47:59+00:00 person 236f9a"
    )
    assert erasures.erasures(other) == ()
