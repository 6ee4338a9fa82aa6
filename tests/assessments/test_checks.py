"""What `manage.py check --deploy` says before several machines serve one site."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from advisor.caches import cache_from
from assessments.checks import check_counts, check_shared_key
from tests.workers import ROOT

POSTGRES = "django.db.backends.postgresql"


@pytest.mark.parametrize(("shared", "engine", "warned"), [
    (False, POSTGRES, True), (True, POSTGRES, False), (False, "django.db.backends.sqlite3", False),
])  # fmt: skip
def test_a_key_of_one_machine_is_named_where_others_may_use_the_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, shared: bool, engine: str, warned: bool
) -> None:
    settings.KEY_IS_SHARED = shared
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    found = check_shared_key()
    assert [each.id for each in found] == (["assessments.W001"] if warned else [])
    if warned:
        assert "Set GROUNDWORK_SECRET_KEY to the same text on all machines" in str(found[0].hint)


@pytest.mark.parametrize(("address", "warned"), [("", False), ("redis://db", False), ("locmem://", True)])
def test_tries_that_each_process_counts_by_itself_are_named(
    settings: Settings, address: str, warned: bool
) -> None:
    settings.CACHES = settings.CACHES | {"default": cache_from(address)}
    assert [each.id for each in check_counts()] == (["assessments.W002"] if warned else [])


def test_both_are_said_where_a_site_is_checked_before_it_goes_out(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "GROUNDWORK_DATA": str(tmp_path),
            "DATABASE_URL": "postgres://ana:secret@127.0.0.1:1/work",
            "CACHE_URL": "locmem://",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "assessments.W001" in said.stderr
    assert "assessments.W002" in said.stderr
    assert "secret@" not in said.stderr
