"""The bin: in, undone, found by nobody, restored as it was, and gone for good."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments.links import link_of
from assessments.models import Answer, Assessment, Client, Workspace
from assessments.wastebasket import bin_assessment
from tests.assessments.conftest import Open
from tests.assessments.workspace.conftest import SignIn, at, begun, finished, trail
from tests.factories import AssessmentFactory, WorkspaceFactory


def page(browser: Browser, workspace: Workspace) -> str:
    return browser.get(at("desk_bin", workspace)).content.decode()


def test_deleting_offers_to_undo_at_once_and_undoing_keeps_everything(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel, "Retail")
    before = sorted(made.answers.values_list("question", "revision"))
    response = consultant.post(at("desk_delete", workspace, made.public_id))
    html = consultant.get(response["Location"]).content.decode()
    assert "In the bin: Kestrel Bank, Retail." in html
    restore = at("desk_restore", workspace, "assessment", made.public_id)
    assert f'action="{restore}"' in html
    assert "1 deleted, restore within 30 days" in html
    back = consultant.post(restore)
    assert "Back as it was: Kestrel Bank" in consultant.get(back["Location"]).content.decode()
    assert sorted(made.answers.values_list("question", "revision")) == before
    assert trail(workspace) == ["assessment.binned", "assessment.restored"]


def test_nobody_finds_it_meanwhile_its_private_link_included(
    consultant: Browser, workspace: Workspace, kestrel: Client, browser_of: Open
) -> None:
    made = finished(kestrel)
    holder, link = browser_of(made), str(link_of(made))
    bin_assessment(request=None, assessment=made)
    for browser in (consultant, holder):
        for name in ("", "result/", "review/", "data.json"):
            assert browser.get(f"/a/{made.public_id}/{name}").status_code == 404
        assert browser.get(link).status_code == 404
        assert browser.post(link).status_code == 404
    assert consultant.get(at("desk_assessment", workspace, made.public_id)).status_code == 404
    assert "go on" not in holder.get("/").content.decode()
    consultant.post(at("desk_restore", workspace, "assessment", made.public_id))
    assert holder.get(f"/a/{made.public_id}/result/").status_code == 200
    assert Browser().get(link).status_code == 200


def test_a_client_goes_with_its_assessments_and_comes_back_with_just_those(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    first, second = begun(kestrel, "Retail"), begun(kestrel, "Cards")
    bin_assessment(request=None, assessment=first)
    response = consultant.post(at("desk_client_delete", workspace, kestrel.public_id))
    assert "with all its assessments" in consultant.get(response["Location"]).content.decode()
    html = page(consultant, workspace)
    assert "Client, with one assessment" in html
    assert "Assessment, Retail" in html
    assert "Two things in the bin" in html
    assert "2 deleted" in consultant.get(at("desk", workspace)).content.decode()
    consultant.post(at("desk_restore", workspace, "client", kestrel.public_id))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.binned
    assert second.binned is None


def test_an_assessment_comes_back_although_its_client_was_deleted_later(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    first, second = begun(kestrel, "Retail"), begun(kestrel, "Cards")
    bin_assessment(request=None, assessment=first)
    consultant.post(at("desk_client_delete", workspace, kestrel.public_id))
    consultant.post(at("desk_restore", workspace, "assessment", first.public_id))
    kestrel.refresh_from_db()
    first.refresh_from_db()
    assert kestrel.binned is None
    assert first.binned is None
    assert "Assessment, Cards" in page(consultant, workspace)
    second.refresh_from_db()
    assert second.binned


def test_for_good_needs_the_name(consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    made = finished(kestrel)
    consultant.post(at("desk_delete", workspace, made.public_id))
    erase = at("desk_erase", workspace, "assessment", made.public_id)
    assert "To go on, type the name: Kestrel Bank" in consultant.get(erase).content.decode()
    assert consultant.post(erase, {"name": "Kestrel"}).status_code == 422
    assert Assessment.objects.exists()
    response = consultant.post(erase, {"name": " kestrel bank"})
    assert "It is gone for good." in consultant.get(response["Location"]).content.decode()
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    consultant.post(at("desk_client_delete", workspace, kestrel.public_id))
    consultant.post(at("desk_erase", workspace, "client", kestrel.public_id), {"name": "Kestrel Bank"})
    assert not Client.objects.exists()
    assert trail(workspace)[-2:] == ["client.binned", "client.erased"]


def test_only_what_is_in_the_bin_of_this_workspace_can_be_restored_or_erased(
    consultant: Browser, workspace: Workspace, kestrel: Client, sign_in: SignIn
) -> None:
    made = begun(kestrel)
    for name in ("desk_restore", "desk_erase"):
        for kind, public_id in (
            ("assessment", made.public_id),
            ("client", kestrel.public_id),
            ("workspace", workspace.public_id),
        ):
            assert consultant.post(at(name, workspace, kind, public_id)).status_code == 404
    bin_assessment(request=None, assessment=made)
    other = WorkspaceFactory()
    foreign = sign_in("owner", other)
    assert foreign.post(at("desk_restore", other, "assessment", made.public_id)).status_code == 404
    assert sign_in("viewer").get(at("desk_bin", workspace)).status_code == 403


def test_whoever_holds_the_private_link_deletes_into_the_bin_too(
    consultant: Browser, workspace: Workspace, kestrel: Client, browser_of: Open
) -> None:
    made = finished(kestrel)
    holder = browser_of(made)
    assert "into the bin of" in holder.get(f"/a/{made.public_id}/delete/").content.decode()
    response = holder.post(f"/a/{made.public_id}/delete/")
    assert "lies in the bin" in holder.get(response["Location"]).content.decode()
    assert holder.get(f"/a/{made.public_id}/").status_code == 404
    consultant.post(at("desk_restore", workspace, "assessment", made.public_id))
    assert holder.get(f"/a/{made.public_id}/").status_code == 200


def test_an_empty_bin_teaches(consultant: Browser, workspace: Workspace) -> None:
    assert "What ends up here" in page(consultant, workspace)


# --- Time ---------------------------------------------------------------------------------------------------------------


def run(days: float) -> str:
    said = StringIO()
    call_command("delete_expired", now=timezone.now() + timedelta(days=days), stdout=said)
    return said.getvalue()


def test_what_is_in_the_bin_goes_after_thirty_days(kestrel: Client) -> None:
    kept, made = begun(kestrel), finished(kestrel)
    bin_assessment(request=None, assessment=made)
    run(29.9)
    assert Assessment.objects.count() == 2
    assert run(30.1).startswith("Deleted: assessments 1,")
    assert Assessment.objects.get() == kept


def test_a_client_in_the_bin_goes_with_its_assessments(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    begun(kestrel)
    consultant.post(at("desk_client_delete", workspace, kestrel.public_id))
    run(31)
    assert not Client.objects.exists()
    assert not Assessment.objects.exists()
    assert trail(workspace)[-1] == "client.erased"


def test_the_rule_for_strangers_is_not_for_clients(kestrel: Client, settings: Settings) -> None:
    AssessmentFactory()
    made = begun(kestrel)
    run(400)
    assert Assessment.objects.get() == made
    run(729)
    made.refresh_from_db()
    assert made.binned is None
    run(731)
    made.refresh_from_db()
    assert made.binned
    settings.KEEP_WORKSPACE_DAYS = 0
    other = begun(kestrel, "Cards")
    run(5000)
    assert Assessment.objects.get() == other
