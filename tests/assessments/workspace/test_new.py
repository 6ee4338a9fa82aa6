"""A new assessment at the desk, and the link for a client who answers alone."""

import re

import pytest
from django.core import mail
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from assessments.answering import record_answer
from assessments.links import link_of
from assessments.models import Assessment, AuditEvent, Client, Workspace
from tests.assessments.conftest import answer_everything
from tests.assessments.workspace.conftest import SignIn, at, begun, finished, trail

NEW = {"client": "Kestrel Bank", "unit": "Retail banking", "mode": "full", "who": "consultant"}


def test_the_consultant_goes_on_into_the_questions(consultant: Browser, workspace: Workspace) -> None:
    response = consultant.post(at("desk_new", workspace), NEW)
    made = Assessment.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/a/{made.public_id}/"
    assert (made.client.name, made.unit, made.mode, made.kept_by_client) == (  # type: ignore[union-attr]
        "Kestrel Bank",
        "Retail banking",
        "full",
        False,
    )
    assert (made.organisation, made.scope) == ("Kestrel Bank", "Retail banking")
    assert consultant.get(response["Location"]).status_code == 200
    assert consultant.get(f"/a/{made.public_id}/sheet/devops/").status_code == 200
    assert trail(workspace) == ["client.made", "assessment.prepared"]


def test_several_people_begin_with_the_link_for_them(consultant: Browser, workspace: Workspace) -> None:
    response = consultant.post(at("desk_new", workspace), NEW | {"who": "several"})
    made = Assessment.objects.get()
    assert response["Location"] == f"/a/{made.public_id}/several/"
    assert "The link for everybody you ask" in consultant.get(response["Location"]).content.decode()
    assert trail(workspace) == ["client.made", "assessment.prepared", "survey.opened"]
    for query, found in (("", 1), ("?type=several", 1), ("?type=workshop", 0), ("?type=full", 0)):
        page = consultant.get(f"{at('desk', workspace)}{query}").content.decode()
        assert page.count(">Several people</td>") == found, query


def test_a_workshop_begins_with_its_room(consultant: Browser, workspace: Workspace) -> None:
    response = consultant.post(at("desk_new", workspace), NEW | {"who": "room"})
    made = Assessment.objects.get()
    assert response["Location"] == f"/a/{made.public_id}/room/"
    assert "Run it as a workshop" in consultant.get(response["Location"]).content.decode()
    consultant.post(f"{response['Location']}open/")
    assert trail(workspace) == ["client.made", "assessment.prepared", "workshop.opened"]
    for query, found in (("", 1), ("?type=workshop", 1), ("?type=several", 0), ("?type=full", 0)):
        page = consultant.get(f"{at('desk', workspace)}{query}").content.decode()
        assert page.count(">Workshop</td>") == found, query


def test_a_client_is_found_whatever_its_capitals_and_taken_up_again(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    consultant.post(at("desk_client_archive", workspace, kestrel.public_id), {"archive": "1"})
    consultant.post(at("desk_new", workspace), NEW | {"client": "  kestrel   BANK "})
    made = Assessment.objects.get()
    assert made.client == kestrel
    assert made.client.archived is None


def test_one_workspace_never_finds_the_client_of_another(
    consultant: Browser, workspace: Workspace, sign_in: SignIn, kestrel: Client
) -> None:
    from tests.factories import WorkspaceFactory

    other = WorkspaceFactory()
    sign_in("consultant", other).post(at("desk_new", other), NEW)
    made = Assessment.objects.get()
    assert made.client != kestrel
    assert made.client.workspace == other  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"client": "   "}, "Enter the name of the client"),
        ({"client": "x" * 81}, "Client must be 80 characters or less"),
        ({"unit": "x" * 81}, "Unit must be 80 characters or less"),
        ({"client": "a\0b"}, "contains a character that cannot be stored"),
    ],
)
def test_what_cannot_be_stored_is_said_and_nothing_is_made(
    consultant: Browser, workspace: Workspace, sent: dict[str, str], says: str
) -> None:
    response = consultant.post(at("desk_new", workspace), NEW | sent)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Assessment.objects.exists()
    assert not Client.objects.exists()


def test_a_client_in_the_bin_is_named(consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    consultant.post(at("desk_client_delete", workspace, kestrel.public_id))
    response = consultant.post(at("desk_new", workspace), NEW)
    assert "A client called Kestrel Bank is in the bin" in response.content.decode()


def test_viewers_prepare_nothing(sign_in: SignIn, workspace: Workspace) -> None:
    viewer = sign_in("viewer")
    assert viewer.get(at("desk_new", workspace)).status_code == 403
    assert viewer.post(at("desk_new", workspace), NEW).status_code == 403


# --- The client alone ---------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(consultant: Browser, workspace: Workspace) -> Assessment:
    consultant.post(at("desk_new", workspace), NEW | {"who": "client"})
    return Assessment.objects.get()


def shown(browser: Browser, workspace: Workspace, assessment: Assessment) -> str:
    return browser.get(at("desk_assessment", workspace, assessment.public_id)).content.decode()


def test_the_desk_gets_a_link_to_send(consultant: Browser, workspace: Workspace, kept: Assessment) -> None:
    html = shown(consultant, workspace, kept)
    assert kept.kept_by_client
    assert str(link_of(kept)) in html
    assert "0 of about" in html


def test_the_client_is_told_for_whom_before_anything_begins(
    workspace: Workspace, kept: Assessment, client: Browser
) -> None:
    html = client.get(str(link_of(kept))).content.decode()
    assert "asks you to answer some questions" in html
    assert html.count("Keller Consulting") >= 2
    assert "How many questions are answered, and when the last one was." in html


def test_the_link_that_was_sent_ends_with_the_first_visit(
    consultant: Browser, workspace: Workspace, kept: Assessment, client: Browser
) -> None:
    sent = str(link_of(kept))
    response = client.post(sent)
    assert response["Location"] == f"/a/{kept.public_id}/scope/"
    kept.refresh_from_db()
    assert link_of(kept) != sent
    assert consultant.get(sent).status_code == 404
    assert consultant.post(sent).status_code == 404
    html = shown(consultant, workspace, kept)
    assert "/r/" not in html
    assert "has a private link of its own now" in html
    assert trail(workspace)[-1] == "assessment.link_replaced"
    assert str(link_of(kept)) in client.get(f"/a/{kept.public_id}/keep/").content.decode()


def test_a_second_click_on_begin_lands_in_the_same_assessment(kept: Assessment) -> None:
    browser = Browser(enforce_csrf_checks=True)
    sent = str(link_of(kept))
    page = browser.get(sent).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]
    cookies = browser.cookies.copy()
    assert browser.post(sent, {"csrfmiddlewaretoken": token}).status_code == 303
    browser.cookies = cookies
    again = browser.post(sent, {"csrfmiddlewaretoken": token})
    assert again.status_code == 303
    assert browser.get(again["Location"]).status_code == 200
    kept.refresh_from_db()
    assert kept.link_number == 2


def test_nobody_at_the_desk_opens_it_before_it_is_shared(
    consultant: Browser, workspace: Workspace, kept: Assessment, sign_in: SignIn
) -> None:
    answer_everything(kept)
    for browser in (consultant, sign_in("owner"), sign_in("viewer")):
        for page in ("", "result/", "review/", "data.json", "roadmap.pdf", "q/dv_ci/", "take/json", "share/"):
            assert browser.get(f"/a/{kept.public_id}/{page}").status_code == 404
        assert browser.post(f"/a/{kept.public_id}/share/").status_code == 404
    assert "35 of 35" in shown(consultant, workspace, kept) or "of" in shown(consultant, workspace, kept)


def test_sharing_is_confirmed_names_whom_and_opens_the_result(
    consultant: Browser, workspace: Workspace, kept: Assessment, client: Browser
) -> None:
    client.post(str(link_of(kept)))
    answer_everything(kept)
    for page in ("review/", "result/", ""):
        assert (
            f'href="/a/{kept.public_id}/share/"' in client.get(f"/a/{kept.public_id}/{page}").content.decode()
        )
    asked = client.get(f"/a/{kept.public_id}/share/").content.decode()
    assert "Share your answers with <bdi>Keller Consulting</bdi>?" in asked
    kept.refresh_from_db()
    assert kept.kept_by_client
    response = client.post(f"/a/{kept.public_id}/share/")
    assert "Your answers are shared with" in client.get(response["Location"]).content.decode()
    assert client.post(f"/a/{kept.public_id}/share/").status_code == 303
    assert consultant.get(f"/a/{kept.public_id}/result/").status_code == 200
    assert "Result ready" in consultant.get(at("desk", workspace)).content.decode()
    event = AuditEvent.objects.get(action="assessment.shared")
    assert (event.actor, event.actor_kind, event.subject) == (None, "client", kept.public_id)


def test_the_desk_shows_the_finding_as_soon_as_it_is_shared(
    consultant: Browser, workspace: Workspace, kept: Assessment, client: Browser
) -> None:
    client.post(str(link_of(kept)))
    answer_everything(kept)
    assert "Not shared with you" in consultant.get(at("desk", workspace)).content.decode()
    client.post(f"/a/{kept.public_id}/share/")
    assert "Not shared with you" not in consultant.get(at("desk", workspace)).content.decode()


def test_the_link_goes_by_mail_with_nothing_typed_in_it(
    consultant: Browser, workspace: Workspace, kept: Assessment, settings: Settings
) -> None:
    send = at("desk_send", workspace, kept.public_id)
    response = consultant.post(send, {"email": "cto@kestrel.example"})
    assert response.status_code == 303
    (sent,) = mail.outbox
    assert sent.to == ["cto@kestrel.example"]
    assert str(link_of(kept)) in sent.body
    assert "Kestrel" not in sent.body.replace("cto@kestrel.example", "")
    assert "Keller" not in sent.body
    assert sent.reply_to[0] in sent.body
    for wrong in ("", "nobody", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example"):
        assert consultant.post(send, {"email": wrong}).status_code == 422
    assert len(mail.outbox) == 1


def test_three_mails_an_hour_to_one_address_are_enough(
    consultant: Browser, workspace: Workspace, kept: Assessment
) -> None:
    send = at("desk_send", workspace, kept.public_id)
    codes = [consultant.post(send, {"email": "cto@kestrel.example"}).status_code for _ in range(4)]
    assert codes == [303, 303, 303, 429]


def test_no_mail_once_the_client_has_a_link_of_its_own(
    consultant: Browser, workspace: Workspace, kept: Assessment, client: Browser
) -> None:
    client.post(str(link_of(kept)))
    response = consultant.post(at("desk_send", workspace, kept.public_id), {"email": "cto@kestrel.example"})
    assert response.status_code == 404
    assert not mail.outbox


# --- One assessment -------------------------------------------------------------------------------------------------------


def test_it_moves_to_another_client_and_unit_with_its_names(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel, "Retail", scope="Retail")
    sent = {"client": "Harrow Pumps", "unit": "Pumps"}
    assert consultant.post(at("desk_move", workspace, made.public_id), sent).status_code == 303
    made.refresh_from_db()
    assert (made.client.name, made.unit, made.organisation, made.scope) == (  # type: ignore[union-attr]
        "Harrow Pumps",
        "Pumps",
        "Harrow Pumps",
        "Pumps",
    )
    assert trail(workspace)[-1] == "assessment.moved"
    assert consultant.post(at("desk_move", workspace, made.public_id), {"client": ""}).status_code == 422


def test_it_is_archived_undone_and_taken_up(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = begun(kestrel)
    archive = at("desk_archive", workspace, made.public_id)
    response = consultant.post(archive, {"archive": "1"})
    assert "Archived: Kestrel Bank." in consultant.get(response["Location"]).content.decode()
    consultant.post(archive, {"archive": "back"})
    made.refresh_from_db()
    assert made.archived is None
    assert trail(workspace) == ["assessment.archived", "assessment.taken_up"]


def test_a_viewer_sees_a_result_without_a_button_they_may_not_press(
    sign_in: SignIn, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel)
    viewer = sign_in("viewer")
    page = viewer.get(at("desk_assessment", workspace, made.public_id)).content.decode()
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert "/r/" not in page
    for name in ("result/", "compare/", "take/"):
        html = viewer.get(f"/a/{made.public_id}/{name}").content.decode()
        links = set(re.findall(rf'(?:href|action)="(/a/{made.public_id}/[^"#?]*)', html))
        refused = {each for each in links if viewer.get(each).status_code != 200}
        assert refused == set(), name
        assert "To the desk" in html


def test_only_those_signed_in_see_a_way_back(consultant: Browser, kestrel: Client, client: Browser) -> None:
    made = finished(kestrel)
    for page in ("", "review/", "result/", "q/dv_ci/", "compare/"):
        assert "To the desk" in consultant.get(f"/a/{made.public_id}/{page}").content.decode()
    client.post(str(link_of(made)))
    html = client.get(f"/a/{made.public_id}/result/").content.decode()
    assert "To the desk" not in html
    assert "This assessment is one of" in html


def test_answers_are_stored_by_a_consultant_without_a_private_link(
    consultant: Browser, kestrel: Client
) -> None:
    made = begun(kestrel)
    record_answer(assessment=made, question="dv_ci", value=1)
    assert consultant.post(f"/a/{made.public_id}/q/dv_ci/", {"answer": "3"}).status_code == 303
    assert made.answers.get(question="dv_ci").value == 3
