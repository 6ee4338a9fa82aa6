"""/livez and /readyz: whoever watches hears the truth, and nobody hears more."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from advisor.serving import ENDING, RUN_DIR
from assessments import probes
from assessments.models import Counter


@pytest.fixture(autouse=True)
def nothing_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test looks anew."""
    monkeypatch.setattr(probes, "READINESS", probes.Readiness())
    monkeypatch.setattr(probes, "SCHEMA", probes.Schema())


def test_it_is_alive_without_a_database(client: Client) -> None:
    response = client.get("/livez")  # no mark for the database: a query would fail
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_ready_once_a_row_can_be_written(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert Counter.objects.filter(key=probes.SCRATCH).count() == 1


@pytest.mark.django_db
def test_an_answer_holds_for_a_second(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/readyz")
    with django_assert_num_queries(0):
        for _ in range(20):
            client.get("/readyz")


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_a_balancer_asks_by_address_and_without_tls(client: Client, settings: Any, address: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(address, headers={"Host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert client.get("/privacy/", headers={"Host": "10.1.2.3:8000"}).status_code in {301, 400}
    assert "10.1.2.3" not in str(response.headers) + response.content.decode()


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_nobody_indexes_or_keeps_it_and_it_is_only_read(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Set-Cookie" not in response.headers
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(client: Client) -> None:
    newest = MigrationRecorder.Migration.objects.filter(app="assessments").order_by("name").last()
    assert newest is not None
    newest.delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"migrations: not all are applied; run manage.py migrate\n"


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_named(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assessments_counter RENAME TO elsewhere")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"database: cannot be written\n"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO assessments_counter")


@pytest.mark.django_db
def test_the_database_is_patient_again_afterwards(client: Client) -> None:
    client.get("/readyz")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            usual = connection.settings_dict["OPTIONS"]["timeout"] * 1000
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (usual,)
        else:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)


def test_a_server_that_was_asked_to_stop_says_so(
    client: Client, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(RUN_DIR, str(tmp_path))
    (tmp_path / ENDING).touch()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"asked to stop" in response.content
    assert client.get("/livez").status_code == 200
    assert [each.getMessage() for each in caplog.records] == [
        "Not ready: ending: this server was asked to stop"
    ]


@pytest.mark.skipif(not apps.is_installed("django_tasks_db"), reason="no tasks are kept in the database")
@pytest.mark.django_db
def test_a_queue_that_nobody_works_on_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = probes.task_rows()
    assert rows is not None
    for _ in range(2):
        rows.create(
            status="READY", args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default",
            run_after=timezone.now(), exception_class_path="", traceback="",
        )  # fmt: skip
    monkeypatch.setattr(probes, "MOST_WAITING", 2)
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(probes, "READINESS", probes.Readiness())
    monkeypatch.setattr(probes, "MOST_WAITING", 1)
    assert client.get("/readyz").content == b"tasks: more than 1 wait; is a worker running?\n"
