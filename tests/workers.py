"""Workers for tests: one in this process, or as many as wanted in processes of their own, on the database of the test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from pytest_django.fixtures import Settings

from assessments.working import Working

ROOT = Path(__file__).resolve().parents[1]


def use_queue(settings: Settings) -> None:
    """From here on work is left to workers."""
    settings.QUEUED = True
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "OPTIONS": {"id_function": "assessments.work.next_number"},
        }
    }


class Alone(Working):
    """One whose test has not ended its transaction: a sign of life from beside would wait for that."""

    SHOWS_UP = 3600.0


def work_off(most: int | None = None) -> int:
    """Do what there is to do now; how much that was."""
    worker = Alone("the one of this test", interval=0.01, until_empty=True, most=most)
    worker.run()
    return worker.done


def database_address() -> str:
    """The DATABASE_URL of the database that this test uses."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{quote(told['USER'])}@/{told['NAME']}?host={quote(told['HOST'], safe='/')}"


@contextmanager
def worker(
    data: Path, *arguments: str, checked: bool = False, **environment: str
) -> Iterator["subprocess.Popen[str]"]:
    """A worker in a process of its own, as on another machine: with a data folder of its own, and the same key.

    What Django checks before takes as long as all the rest; one that is ``checked`` is started just as operators do it.
    """
    foreign = ("GROUNDWORK_", "DATABASE_URL", "CACHE_URL", "TASKS", "DJANGO_ALLOW_ASYNC_UNSAFE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    ours = {
        "GROUNDWORK_DATA": str(data),
        "GROUNDWORK_SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_address(),
        "TASKS": "database",
    }
    command = (sys.executable, "manage.py", "db_worker", "--interval", "0.05", *arguments)
    if not checked:
        command += ("--skip-checks",)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=inherited | ours | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
