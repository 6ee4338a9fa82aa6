"""Writes what Groundwork is made of: every locked package it runs with, its fonts and htmx, as CycloneDX 1.5 (JSON).

uv reads the lock file and writes the list. Its day and its random number are taken out, so that the same lock file gives the
same bytes, and what comes with us without being a package is put in.
"""

# ruff: noqa: INP001  # a script, and no part of a package

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
HTMX = "django_htmx/static/django_htmx/htmx-2.min.js"


def sbom() -> str:
    """The document, with a line break at its end."""
    found: dict[str, Any] = json.loads(_exported())
    lock = (ROOT / "uv.lock").read_bytes()
    found["serialNumber"] = uuid5(NAMESPACE_URL, f"groundwork:{sha256(lock).hexdigest()}").urn
    found["metadata"].pop("timestamp", None)
    found["metadata"]["component"]["type"] = "application"
    found["components"] += [*_fonts(), _htmx()]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _exported() -> bytes:
    uv = next(
        (each for each in (str(ROOT / ".uv/bin/uv"), shutil.which("uv")) if each and Path(each).exists()),
        None,
    )
    if uv is None:
        raise SystemExit("uv was not found: run make setup first.")
    command = [uv, "export", "--frozen", "--no-dev", "--format", "cyclonedx1.5", "--quiet"]
    quiet = os.environ | {"UV_PREVIEW_FEATURES": "sbom-export"}
    said = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, check=False)
    if said.returncode:
        raise SystemExit(f"uv could not write the list, 0.9 or newer is needed:\n{said.stderr.decode()}")
    return said.stdout


def _fonts() -> list[dict[str, Any]]:
    lines = (ROOT / "static/fonts/SHA256SUMS").read_text().splitlines()
    return [
        {
            "type": "file",
            "name": f"static/fonts/{name}",
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "licenses": [{"license": {"id": "OFL-1.1"}}],
        }
        for digest, name in (each.split() for each in lines)
    ]


def _htmx() -> dict[str, Any]:
    """htmx, which comes inside of django-htmx."""
    script = next(Path(each) / HTMX for each in sys.path if (Path(each) / HTMX).exists()).read_bytes()
    version = re.search(rb'version:"([\d.]+)"', script)
    if version is None:
        raise SystemExit("django-htmx brings an htmx that does not say which one it is.")
    number = version[1].decode()
    return {
        "type": "library",
        "bom-ref": f"htmx.org@{number}",
        "name": "htmx.org",
        "version": number,
        "purl": f"pkg:npm/htmx.org@{number}",
        "hashes": [{"alg": "SHA-256", "content": sha256(script).hexdigest()}],
        "licenses": [{"license": {"id": "0BSD"}}],
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if target is None:
        sys.stdout.write(sbom())
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(sbom(), encoding="utf-8")
