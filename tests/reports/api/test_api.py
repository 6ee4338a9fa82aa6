"""The interface for programs: what it says, what it stores, and whom it lets in."""

import json
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client, RequestFactory
from jsonschema import Draft202012Validator

from assessments.models import ApiToken, Assessment, AuditEvent, Workspace
from assessments.tokens import make_token
from reports.api import guard
from tests.factories import ClientFactory, MembershipFactory, answered_like
from tests.reports.exports.test_json import SCHEMA

pytestmark = pytest.mark.django_db


class Program:
    """Something that comes in by a key."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.browser = Client(enforce_csrf_checks=True)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        answer = self.browser.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"authorization": f"Bearer {self.secret}", **headers},
        )
        is_json = answer["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer.content


@pytest.fixture
def workspace() -> Workspace:
    return MembershipFactory().workspace


def program(workspace: Workspace, scope: str = "write") -> Program:
    request = RequestFactory().post("/")
    request.user, request.session = MembershipFactory().user, SessionStore()
    return Program(make_token(request=request, workspace=workspace, name="Reporting", scope=scope)[1])


@pytest.fixture
def tallis(workspace: Workspace) -> Assessment:
    made = answered_like("tallis-software", "Tallis Software")
    made.client = ClientFactory(workspace=workspace, name="Tallis Software")
    made.save(update_fields=["client"])
    return made


def test_a_program_prepares_an_assessment_answers_it_and_reads_the_result(workspace: Workspace) -> None:
    tool = program(workspace)
    status, made = tool.ask(
        "POST", "/assessments", {"client": "Harrow Pumps", "unit": "Spare parts", "mode": "quick"}
    )
    assert status == 201
    assert (made["organisation"], made["unit"], made["mode"]) == ("Harrow Pumps", "Spare parts", "quick")
    status, stored = tool.ask(
        "PUT", f"/assessments/{made['id']}/answers/dv_ci", {"value": 2, "note": "Since May"}
    )
    assert (status, stored["value"], stored["note"]) == (200, 2, "Since May")
    assert tool.ask("GET", f"/assessments/{made['id']}/answers")[1]["answers"][0]["question"] == "dv_ci"
    status, result = tool.ask("GET", f"/assessments/{made['id']}/result")
    assert status == 200
    Draft202012Validator(SCHEMA).validate(result)
    assert result["situation"]["answers"]["dv_ci"] == 2
    assert [each["name"] for each in tool.ask("GET", "/clients")[1]["clients"]] == ["Harrow Pumps"]
    kinds = set(AuditEvent.objects.filter(action__startswith="assessment").values_list("actor_kind", "actor"))
    assert kinds == {("token", ApiToken.objects.get().pk)}


@pytest.mark.parametrize("path", ["/clients", "/assessments/nowhere", "/openapi.json"])
def test_nobody_keeps_an_answer(workspace: Workspace, path: str) -> None:
    tool = program(workspace)
    answer = tool.browser.get(f"/api/v1{path}", headers={"authorization": f"Bearer {tool.secret}"})
    assert ("no-store" in answer.headers.get("Cache-Control", "")) == (path != "/openapi.json")


def test_the_pdf_is_there_too(workspace: Workspace, tallis: Assessment) -> None:
    status, made = program(workspace, "read").ask("GET", f"/assessments/{tallis.public_id}/report.pdf")
    assert status == 200
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "/answers", "/result", "/report.pdf"])
def test_nothing_of_another_workspace_is_found(tallis: Assessment, path: str) -> None:
    stranger = program(MembershipFactory().workspace)
    assert stranger.ask("GET", f"/assessments/{tallis.public_id}{path}")[0] == 404
    assert stranger.ask("PUT", f"/assessments/{tallis.public_id}/answers/dv_ci", {"value": 0})[0] == 404
    assert stranger.ask("GET", "/assessments")[1]["assessments"] == []
    client = tallis.client
    assert client is not None
    assert stranger.ask("GET", f"/assessments?client={client.public_id}")[1]["assessments"] == []


def test_what_a_client_keeps_is_counted_and_never_shown(workspace: Workspace, tallis: Assessment) -> None:
    Assessment.objects.update(kept_by_client=True)
    tool = program(workspace)
    assert tool.ask("GET", f"/assessments/{tallis.public_id}")[1]["kept_by_client"] is True
    for path in ("/answers", "/result", "/report.pdf"):
        assert tool.ask("GET", f"/assessments/{tallis.public_id}{path}")[0] == 404
    assert tool.ask("PUT", f"/assessments/{tallis.public_id}/answers/dv_ci", {"value": 0})[0] == 404


def test_a_key_that_reads_writes_nothing(workspace: Workspace, tallis: Assessment) -> None:
    reader = program(workspace, "read")
    assert reader.ask("POST", "/assessments", {"client": "Any"})[0] == 403
    status, said = reader.ask("PUT", f"/assessments/{tallis.public_id}/answers/dv_ci", {"value": 0})
    assert status == 403
    assert "may write" in said["problems"][0]["says"]
    assert tallis.answers.get(question="dv_ci").value == 3


@pytest.mark.parametrize("secret", ["", "gw_", "gw_" + "x" * 43, "x" * 500, "gw_\u00e4"])
def test_without_a_key_nobody_comes_in(tallis: Assessment, secret: str) -> None:
    status, said = Program(secret.encode().decode("latin-1")).ask("GET", "/assessments")
    assert status == 401
    assert "Send a key" in said["problems"][0]["says"]


def test_a_removed_key_opens_nothing(workspace: Workspace) -> None:
    tool = program(workspace)
    assert tool.ask("GET", "/clients")[0] == 200
    ApiToken.objects.all().delete()
    assert tool.ask("GET", "/clients")[0] == 401


def test_the_secret_is_stored_nowhere(workspace: Workspace) -> None:
    tool = program(workspace)
    row = ApiToken.objects.values().get()
    assert all(tool.secret not in str(value) for value in row.values())
    assert row["begins"] == tool.secret[:9]


def test_too_many_requests_have_to_wait(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "AN_HOUR", 2)
    tool, other = program(workspace), program(workspace)
    assert [tool.ask("GET", "/clients")[0] for _ in range(3)] == [200, 200, 429]
    assert other.ask("GET", "/clients")[0] == 200


def test_wrong_keys_are_slowed_down(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MISSES", 2)
    guess = Program("gw_" + "x" * 43)
    assert [guess.ask("GET", "/clients")[0] for _ in range(3)] == [401, 401, 429]


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/assessments", {"client": ""}, "at least 1 character"),
        ("/assessments", {"client": " \n"}, "should match pattern"),
        ("/assessments", {"client": "a\0b"}, "should match pattern"),
        ("/assessments", {"client": "Any", "mode": "half"}, "'full' or 'quick'"),
        ("/assessments", {"client": "Any", "colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_is_told(workspace: Workspace, path: str, body: dict[str, str], says: str) -> None:
    status, said = program(workspace).ask("POST", path, body)
    assert status == 422
    assert says in said["problems"][0]["says"]
    assert not Assessment.objects.filter(client__isnull=False).exists()


@pytest.mark.parametrize("value", [7, -1, 1.5, "maybe", ["developer"], True, None, "na"])
def test_an_answer_that_the_question_does_not_offer_is_refused(
    workspace: Workspace, tallis: Assessment, value: object
) -> None:
    status, said = program(workspace).ask(
        "PUT", f"/assessments/{tallis.public_id}/answers/dv_ci", {"value": value}
    )
    assert status == 422
    assert said["problems"]
    assert tallis.answers.get(question="dv_ci").value == 3


def test_a_page_has_a_hundred_and_takes_the_same_queries(
    workspace: Workspace, django_assert_num_queries: Any
) -> None:
    client, tool = ClientFactory(workspace=workspace), program(workspace)
    tool.ask("GET", "/clients")
    for count in (1, 101):
        Assessment.objects.bulk_create(
            Assessment(client=client, edition="2026.1", mode="full")
            for _ in range(count - Assessment.objects.count())
        )
        cache.clear()
        with django_assert_num_queries(8):
            status, found = tool.ask("GET", "/assessments")
        assert (status, len(found["assessments"]), found["next"]) == (
            200,
            min(count, 100),
            2 if count > 100 else None,
        )
    assert len(tool.ask("GET", "/assessments?page=2")[1]["assessments"]) == 1
