"""Whatever a program sends, the interface answers as its OpenAPI document says."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from assessments.models import Workspace
from reports.api import guard
from tests.factories import MembershipFactory
from tests.reports.api.test_api import program


@pytest.fixture
def promised(db: None) -> Iterator[schemathesis.BaseSchema]:
    """The document as the server hands it out. The connection stays open after a request, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(guard, "AN_HOUR", 1_000_000)
    monkeypatch.setattr(guard, "MISSES", 1_000_000)
    workspace: Workspace = MembershipFactory().workspace
    return program(workspace).secret


def test_every_operation_keeps_its_promises(promised: schemathesis.BaseSchema, secret: str) -> None:
    operations = [each.ok() for each in promised.get_all_operations()]
    assert len(operations) == 8
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=30, suppress_health_check=list(HealthCheck))
        def keeps(case: schemathesis.Case) -> None:
            case.call_and_validate(
                headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
            )

        keeps()
