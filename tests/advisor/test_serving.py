"""The process that keeps the server running: it starts it again, and ends it in good order."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
"""Seconds on a busy machine."""

STANDING = """
import os, pathlib, signal, sys
folder = pathlib.Path(os.environ["GROUNDWORK_RUN_DIR"])
def end(*_):
    os.write(1, f"told {(folder / 'ending').exists()}\\n".encode())
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
os.write(1, f"{os.getpid()} {folder}\\n".encode())  # at once, whoever else writes
while True:
    signal.pause()
"""


@contextlib.contextmanager
def kept(*command: str, drain: float = 0, changes: str = "") -> Iterator["subprocess.Popen[str]"]:
    """The process under test, watching this command; ``changes`` are made to its figures first."""
    call = f"from advisor import serving\n{changes}\nraise SystemExit(serving.main({['--drain', str(drain), *command]!r}))"
    keeper = subprocess.Popen(
        [sys.executable, "-c", call],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")},
    )
    with keeper:
        try:
            yield keeper
        finally:
            if keeper.poll() is None:
                keeper.kill()


def said_by(keeper: "subprocess.Popen[str]", count: int = 1) -> list[str]:
    """The next lines of the server."""
    assert keeper.stdout is not None
    return [keeper.stdout.readline().strip() for _ in range(count)]


def rest_of(keeper: "subprocess.Popen[str]") -> tuple[str, str]:
    """What is still said until everybody who could say something is gone: whoever was left behind would hold the line."""
    return keeper.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("asking", [signal.SIGTERM, signal.SIGINT])
def test_it_first_says_that_the_end_is_near_and_then_ends_the_server(asking: signal.Signals) -> None:
    with kept(sys.executable, "-c", STANDING, drain=0.3) as keeper:
        folder = Path(said_by(keeper)[0].split(" ", 1)[1])
        assert folder.is_dir()
        asked = time.monotonic()
        keeper.send_signal(asking)
        assert rest_of(keeper) == ("told True\n", "")
    assert time.monotonic() - asked >= 0.3
    assert keeper.returncode == 0
    assert not folder.exists()


def test_asked_twice_it_waits_no_longer() -> None:
    with kept(sys.executable, "-c", STANDING, drain=100) as keeper:
        said_by(keeper)
        keeper.send_signal(signal.SIGTERM)
        keeper.send_signal(signal.SIGINT)
        assert rest_of(keeper) == ("told True\n", "")
    assert keeper.returncode == 0


def test_a_server_that_cannot_start_is_not_started_again() -> None:
    with kept(sys.executable, "-c", "print('once', flush=True); raise SystemExit(3)") as keeper:
        assert rest_of(keeper) == ("once\n", "")
    assert keeper.returncode == 3


def test_a_server_that_dies_later_is_started_again_and_nothing_of_it_is_left() -> None:
    # One that leaves a process of its own behind, as a server does whose first process is killed.
    two = f"import os; os.fork(); exec({STANDING!r})"
    with kept(sys.executable, "-c", two, changes="serving.TOO_SOON = 0") as keeper:
        first = {int(each.split()[0]) for each in said_by(keeper, 2)}
        os.kill(min(first), signal.SIGKILL)
        second = {int(each.split()[0]) for each in said_by(keeper, 2)}
        assert not first & second
        keeper.terminate()
        assert "(code -9) and is started again" in rest_of(keeper)[1]
    assert keeper.returncode == 0


def test_one_that_keeps_dying_is_given_up() -> None:
    changes = "serving.TOO_SOON = 0; serving.PAUSES = (0.0,)"
    with kept(sys.executable, "-c", "raise SystemExit(7)", changes=changes) as keeper:
        said = rest_of(keeper)[1]
    assert keeper.returncode == 1
    assert said.count("started again") == 5
    assert "giving up" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_the_server_does_not_outlive_the_one_that_watches() -> None:
    with kept(sys.executable, "-c", STANDING) as keeper:
        said_by(keeper)
        keeper.kill()
        assert rest_of(keeper) == ("told False\n", "")
