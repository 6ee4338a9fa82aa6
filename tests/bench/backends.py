"""How long a PostgreSQL has worked for this process: the processors' time of those of its processes that serve it. Linux only."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

PROC = Path("/proc")
NANOSECOND = 1e-9


def working_time() -> Callable[[], float]:
    """Tells the seconds so far. A query that PostgreSQL splits between processes is not counted as a whole; no page has one."""
    if connection.vendor != "postgresql" or not PROC.exists():
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_user, current_database()")
        one, user, database = cursor.fetchone()
    server = (PROC / str(one) / "stat").read_text().rpartition(")")[2].split()[1]
    children = PROC / server / "task" / server / "children"
    title = f"postgres: {user} {database} ".encode()

    def so_far() -> float:
        return sum(_seconds_of(PROC / each, title) for each in children.read_text().split())

    return so_far


def _seconds_of(process: Path, title: bytes) -> float:
    try:
        if not (process / "cmdline").read_bytes().startswith(title):
            return 0.0
        return int((process / "schedstat").read_text().split()[0]) * NANOSECOND
    except (FileNotFoundError, ProcessLookupError):  # it ended just now
        return 0.0
