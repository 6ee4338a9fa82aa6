"""The machine on which something was measured, in the words that a report needs: figures without it say nothing."""

import os
import platform
import sqlite3
import subprocess
import sysconfig
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.server import ROOT

LIBRARIES = ("django", "granian", "weasyprint", "psycopg")
BUSY = 0.5
"""So many processes a core that run already: from here on times are worth less."""


def described(database: str = "sqlite") -> list[str]:
    """What it is, what runs on it, and what else it had to do."""
    lines = [
        f"Machine: {_processor()}, {os.cpu_count()} cores, {_memory():.0f} GB of memory",
        f"System: {_system()}, Linux {platform.release()}"
        if platform.system() == "Linux"
        else f"System: {platform.platform()}",
        f"Software: Python {platform.python_version()}{_built()}, {_database(database)}, "
        + ", ".join(f"{each} {version(each)}" for each in LIBRARIES),
        f"Measured: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, at commit {_commit()}, load {_load()}",
    ]
    if os.getloadavg()[0] > BUSY * (os.cpu_count() or 1):
        lines.append(
            "BUSY: other work keeps this machine from what is measured. Ratios and processor times hold, "
            "absolute times are too long."
        )
    return lines


def _built() -> str:
    """Said where Python was compiled without what makes it faster, so that times are worth more than they seem."""
    how = sysconfig.get_config_var("CONFIG_ARGS")
    return " (built without --enable-optimizations)" if how and "--enable-optimizations" not in how else ""


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def _memory() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError):
        return 0.0


def _system() -> str:
    for line in _lines("/etc/os-release"):
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return platform.system()


def _database(kind: str) -> str:
    if kind == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    from tests.postgres import _bin_folder

    said = subprocess.run(
        [_bin_folder() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return f"PostgreSQL {said.stdout.split()[2]}"


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607  whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def _load() -> str:
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
