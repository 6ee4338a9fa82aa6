"""What Groundwork is made of: locked with checksums, listed, and nothing of it from a foreign server."""

import importlib.util
import json
import os
import re
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import django_htmx
import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
HTMX = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"
"""dist/htmx.min.js of htmx.org 2.0.10, as it is at npm. Whoever takes another release compares that one."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def run_time() -> set[str]:
    """The packages that are needed to run, and what they need, whatever the platform."""
    packages: dict[str, dict[str, Any]] = {each["name"]: each for each in LOCK["package"]}
    wanted = [(each["name"], tuple(each.get("extra", ()))) for each in packages["groundwork"]["dependencies"]]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while wanted:
        name, extras = wanted.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        package = packages[name]
        further = [*package.get("dependencies", ())]
        for extra in extras:
            further += package.get("optional-dependencies", {}).get(extra, ())
        wanted += [(each["name"], tuple(each.get("extra", ()))) for each in further]
    return {name for name, _ in seen}


# --- The lock file ------------------------------------------------------------------------------------------------------


def test_every_file_that_may_be_installed_has_a_checksum() -> None:
    packages = [each for each in LOCK["package"] if each["source"] != {"virtual": "."}]
    assert len(packages) > 50
    for package in packages:
        assert package["source"] == {"registry": "https://pypi.org/simple"}, package["name"]
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        assert files, package["name"]
        for file in files:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), file["url"]
            assert file["url"].startswith("https://files.pythonhosted.org/"), file["url"]


def test_everything_named_in_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = {normal(each["name"]) for each in LOCK["package"]}
    assert {normal(re.match(r"[\w.-]+", each)[0]) for each in named} <= locked  # type: ignore[index]


def test_nothing_is_installed_past_the_lock_file() -> None:
    assert "sync --locked" in (ROOT / ".ci/bootstrap.sh").read_text()


def test_pip_gets_the_same_with_checksums_required() -> None:
    """For those who install without uv: pip refuses a list in which one line has no checksum."""
    command = [
        uv(),
        "export",
        "--frozen",
        "--no-dev",
        "--no-emit-project",
        "--format",
        "requirements.txt",
        "--quiet",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    entries = re.split(r"\n(?=\S)", "\n" + re.sub(r"(?m)^\s*#.*\n", "", listed).strip())[1:]
    assert {normal(re.match(r"[\w.-]+", each)[0]) for each in entries} == run_time()  # type: ignore[index]
    assert all("--hash=sha256:" in each for each in entries)


def uv() -> str:
    here = ROOT / ".uv/bin/uv"
    return str(here) if here.exists() else "uv"


# --- The list of parts ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / ".ci/sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(maker: ModuleType) -> str:
    return str(maker.sbom())


def test_every_package_it_runs_with_is_listed_with_its_version(written: str) -> None:
    found = json.loads(written)
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.5")
    listed = {(each["name"], each["version"]) for each in found["components"] if each["type"] == "library"}
    locked = {(each["name"], each.get("version")) for each in LOCK["package"]}
    assert {name for name, _ in listed} == run_time() | {"htmx.org"}
    assert {each for each in listed if each[0] != "htmx.org"} <= locked
    purls = [each["purl"] for each in found["components"] if each["type"] == "library"]
    assert all(each.startswith(("pkg:pypi/", "pkg:npm/")) for each in purls)


def test_fonts_and_htmx_are_listed_with_their_checksums(written: str) -> None:
    found = {each["name"]: each for each in json.loads(written)["components"]}
    assert found["htmx.org"]["hashes"] == [{"alg": "SHA-256", "content": HTMX}]
    for font in (ROOT / "static/fonts").glob("*.woff2"):
        digest = sha256(font.read_bytes()).hexdigest()
        assert found[f"static/fonts/{font.name}"]["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_the_same_lock_file_gives_the_same_list(maker: ModuleType, written: str) -> None:
    assert maker.sbom() == written
    assert "timestamp" not in written


# --- Files that come with us ------------------------------------------------------------------------------------------------------


def test_fonts_are_those_that_were_looked_at() -> None:
    folder = ROOT / "static/fonts"
    known = dict(reversed(each.split()) for each in (folder / "SHA256SUMS").read_text().splitlines())
    found = {each.name: sha256(each.read_bytes()).hexdigest() for each in folder.iterdir() if each.suffix in {".ttf", ".woff2"}}  # fmt: skip
    assert found == known
    assert len(found) == 10


def test_htmx_is_the_one_that_its_makers_have_published() -> None:
    script = Path(django_htmx.__path__[0]) / "static/django_htmx/htmx-2.min.js"
    assert sha256(script.read_bytes()).hexdigest() == HTMX


def test_no_page_names_a_file_of_a_foreign_server() -> None:
    loads = re.compile(
        r"""<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*?(?:src|href|data)=["']?(?:https?:)?//"""
    )
    imports = re.compile(r"""(?:@import|url\()\s*["']?(?:https?:)?//|import\s*\(?["']https?:|importScripts""")
    for file in [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static").rglob("*.js"),
        *(ROOT / "static").rglob("*.css"),
    ]:
        text = file.read_text(encoding="utf-8")
        assert not loads.search(text), file
        assert not imports.search(text), file


# --- Known vulnerabilities ------------------------------------------------------------------------------------------------------


def test_whoever_cannot_reach_the_database_is_told_that_nothing_was_checked() -> None:
    """A machine without a network, whose way out is a port on which nobody listens."""
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9", "UV_HTTP_RETRIES": "0"}
    said = subprocess.run(
        ["sh", ".ci/audit.sh"],  # noqa: S607  any POSIX shell
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert said.returncode == 2
    assert "nothing was checked" in said.stderr
