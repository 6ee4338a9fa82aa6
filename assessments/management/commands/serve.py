"""Serves Groundwork from this machine, and says where it is and how to stop it."""

import errno
import os
import resource
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from advisor.caches import CacheAwayError

ANY_ADDRESS = "0.0.0.0"  # noqa: S104  (recognised here; who listens on it asked for it)


THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
"""For each of the two server processes, as many as Granian takes without a warning.

Threads are there to wait: a PDF is made in a process of its own, two at a time, and the others queue. Measured on two
cores while five PDFs are asked for at once, another page takes 2 ms, at worst 70. With one thread it takes 3 to 4 s, as it
stands behind the PDFs; with four at worst 3.7 s, since one process may get most of them. When no PDF is made, one thread
would answer a fifth more pages.
"""

WORKERS = 2
"""One for each core that two rooms of phones keep busy; a machine with more cores takes as many as it has."""

CONNECTIONS = 4096
"""For each server process. A browser keeps its connection, so every phone in every room holds one, and whoever comes when
they are all taken waits until one is given back. Granian would take 1024 for both together: thirty rooms.
"""


class Command(BaseCommand):
    help = "Serve Groundwork; with --prepare, bring database, samples and static files up to date first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first migrate the database, load the samples into an empty one, collect the static files, and delete what "
            "has been kept long enough",
        )
        parser.add_argument(
            "--no-samples", action="store_true", help="with --prepare: load no samples, as in production"
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=WORKERS,
            help="processes that answer, best one for each core (default: %(default)s)",
        )
        parser.add_argument(
            "--drain",
            type=float,
            default=0.0,
            metavar="SECONDS",
            help="when asked to stop, go on answering for so long while /readyz says that the end is near; "
            "for balancers (default: %(default)s)",
        )

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        prepare: bool,
        no_samples: bool = False,
        workers: int = WORKERS,
        drain: float = 0.0,
        **options: Any,
    ) -> None:
        check_numbers(workers, drain)
        check_port_is_free(host, port)
        check_database_answers()
        self.warn_without_cache()
        if prepare:
            call_command("migrate", interactive=False, verbosity=0)
            if not no_samples:
                call_command("loaddemo", if_empty=True)
            if not settings.STATIC_COLLECTED:
                call_command("collectstatic", interactive=False, verbosity=0)
            self.delete_expired()
        name = "127.0.0.1" if host == ANY_ADDRESS else f"[{host}]" if ":" in host else host
        address = f"http://{name}:{port}"
        self.greet(address, samples=not no_samples)
        self.stdout.flush()
        os.environ["GROUNDWORK_SERVING"] = (
            "1"  # what takes a while to be ready may begin when a server process starts
        )
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        allow_files(CONNECTIONS + 512)
        # A small process takes this one's place: it starts the server, watches it, and hears the signals.
        os.execv(  # noqa: S606  (no shell is what is wanted)
            sys.executable,
            [
                *(sys.executable, "-m", "advisor.serving", "--drain", str(drain)),
                *(sys.executable, "-m", "advisor.granian", "advisor.wsgi:application"),
                *("--interface", "wsgi", "--host", host, "--port", str(port)),
                *("--workers", str(workers), "--blocking-threads", str(THREADS)),
                *("--backlog", "2048", "--backpressure", str(CONNECTIONS)),
                *("--respawn-failed-workers", "--workers-kill-timeout", "30"),
                *("--no-ws", "--log-level", "warning"),
                *granian_logs(),
            ],
        )

    def greet(self, address: str, *, samples: bool) -> None:
        """Say where it is; programs that read the log want none of this."""
        if settings.LOGS == "json":
            return
        sample = f"  A sample report is   {address}/sample/\n" if samples else ""
        self.stdout.write(f"\n  Groundwork is at     {address}/\n{sample}  To stop it, press    Ctrl+C\n")

    def warn_without_cache(self) -> None:
        """Say that the cache in CACHE_URL is away; it may come back, and most of the site does without it."""
        try:
            if settings.COUNTED_IN_CACHE:  # in the database there may be no table yet
                cache.get("answers")
        except CacheAwayError as error:
            self.stderr.write(
                f"The cache that CACHE_URL names does not answer ({error}). Start it, or correct CACHE_URL: until then "
                "nobody can sign in, come into a room by its code, or have mail sent."
            )

    def delete_expired(self) -> None:
        """Clear away what has been kept long enough; not being able to is no reason not to serve."""
        try:
            call_command("delete_expired", verbosity=0)
        except DatabaseError as error:
            self.stderr.write(f"What has been kept long enough could not be deleted: {error}")


def granian_logs() -> list[str]:
    """How the server itself is to write its log: as everything else does."""
    file = Path(settings.BASE_DIR) / "advisor" / "server_logs.json"
    return ["--log-config", str(file)] if settings.LOGS == "json" else []


def check_database_answers() -> None:
    """Raise CommandError, with the remedy, when the database in DATABASE_URL cannot be reached. SQLite is simply there."""
    if connection.vendor != "postgresql":
        return
    try:
        # Past the pool, which would try again and again before it says anything.
        psycopg.connect(**connection.get_connection_params(), connect_timeout=10).close()
    except psycopg.Error as error:
        raise CommandError(
            f"PostgreSQL cannot be reached as DATABASE_URL says ({' '.join(str(error).split())}). "
            "Start it, or correct host, user, password and name in DATABASE_URL."
        ) from error


def allow_files(wanted: int) -> None:
    """Let this process and what follows it hold so many files and connections, as far as the machine permits that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def check_numbers(workers: int, drain: float) -> None:
    """Raise CommandError for what no server could be started with."""
    if not 1 <= workers <= 64:
        raise CommandError(f"--workers is {workers}, but can be 1 to 64: as many as there are cores is best.")
    if not 0 <= drain <= 120:
        raise CommandError(f"--drain is {drain:g}, but can be 0 to 120 seconds.")


def check_port_is_free(host: str, port: int) -> None:
    """Raise CommandError, with the remedy, when nothing can listen at `host`:`port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A server that stopped a moment ago is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is in use by another program. "
                    f"Stop that one, or take another port: make run PORT={port + 1}"
                ) from error
            raise CommandError(f"Cannot listen at {host}, port {port}: {error.strerror}.") from error
        except OverflowError as error:
            raise CommandError(f"There is no port {port}: it must be from 1 to 65535.") from error
