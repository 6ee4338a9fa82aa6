"""Commands that are called too early, or with the settings of no server: what to do is said, and no trace hides it."""

from pathlib import Path

import pytest

from tests.advisor.test_settings import run
from tests.bench.server import free_port


@pytest.mark.parametrize(
    "command", ["listaccounts", "delete_expired", "verify_audit", "failedwork", "deliver_webhooks"]
)
def test_a_database_without_tables_is_said(tmp_path: Path, command: str) -> None:
    """As where somebody forgot to read .env in this shell: then it is a new file in another folder."""
    said = run(tmp_path, "manage.py", command)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert f"The database {tmp_path}/groundwork.sqlite3 has no tables yet" in said.stderr
    assert "run manage.py migrate" in said.stderr
    assert "set -a; . ./.env; set +a" in said.stderr


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    address = f"postgres://groundwork:correct-horse@127.0.0.1:{free_port()}/clients"
    said = run(tmp_path, "manage.py", "listaccounts", DATABASE_URL=address)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "The database clients at 127.0.0.1 does not answer" in said.stderr
    assert "correct-horse" not in said.stderr + said.stdout


def test_whoever_looks_for_a_mistake_gets_the_trace(tmp_path: Path) -> None:
    assert "Traceback" in run(tmp_path, "manage.py", "listaccounts", "--traceback").stderr
