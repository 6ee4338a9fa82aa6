"""The real server in a process of its own, with data and static files of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds that a start may take on a busy machine."""


@contextmanager
def running_server() -> Iterator[str]:
    """The address of Groundwork as ``make run`` serves it, on a free port; it is stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="groundwork-server-") as folder:
        port = free_port()
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")
        }
        command = [sys.executable, "manage.py", "serve", "--prepare", "--port", str(port)]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            # As behind a proxy, so that somebody who measures can come from as many networks as they need.
            env=environment | {"GROUNDWORK_DATA": folder, "GROUNDWORK_PROXY_HOPS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/accessibility/", timeout=5):  # noqa: S310  # our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError("The server did not start.")
