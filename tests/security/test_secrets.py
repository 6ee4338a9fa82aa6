"""No secret lies in the repository, and none that everybody could know opens a server."""

import re
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.advisor.test_settings import KEY, MAIL, PRODUCTION, run

ROOT = Path(__file__).resolve().parents[2]

KNOWN = {
    "a private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "a key of Amazon": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20,}\b",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9-]{10,}\b",
    "a key of Google": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a key of Stripe": r"\b[rs]k_live_[0-9A-Za-z]{20,}\b",
    "a token of PyPI": r"\bpypi-AgE[A-Za-z0-9_-]{50,}\b",
    "a token of npm": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}",
    "a key of ours": r"\bgw_[A-Za-z0-9_-]{43}\b",
}
"""What secrets of well-known kinds look like; they have no business even in tests."""

NAMED = re.compile(
    r"""(?ix) \b [\w.-]* (?: secret | password | passwd | api_?key | token ) [\w.-]*
    ["']? \s* [:=] \s* ["']? (?P<value> [A-Za-z0-9+/=_-]{20,} ) ["']?"""
)
"""Something called a secret, with something behind it that could be one."""

IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@\"'`]+:(?P<value>[^\s:/@\"'`{}]+)@")
EXAMPLES = {"secret", "a-long-password", "pass", "password", "pw", "geheim", "x", "wrong", "...", "%s"}
"""What stands for a password where an address is explained."""


def random_looking(value: str) -> bool:
    """Letters, capitals and digits, so mixed that nobody has thought of them."""
    kinds = (any(map(kind, value)) for kind in (str.islower, str.isupper, str.isdigit))
    return all(kinds) and len(set(value)) > 12


def secrets_in(text: str, *, tests: bool = False) -> Iterator[str]:
    for name, pattern in KNOWN.items():
        if re.search(pattern, text):
            yield name
    if tests:  # which make up keys and passwords all day
        return
    yield from (each["value"] for each in NAMED.finditer(text) if random_looking(each["value"]))
    yield from (each["value"] for each in IN_ADDRESS.finditer(text) if each["value"] not in EXAMPLES)


def test_no_secret_lies_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607  the git of this machine
    if listed.returncode:
        pytest.skip("this is no clone, so nobody can say which files belong to it")
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        file = ROOT / name
        if name == "uv.lock" or not file.is_file() or b"\0" in (content := file.read_bytes())[:8000]:
            continue
        text = content.decode("utf-8", errors="replace")
        if here := list(secrets_in(text, tests=name.startswith("tests/"))):
            found[name] = here
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "key = AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a1B2" * 9,
        "gw_" + "aB3" * 14 + "x",
        "SECRET_KEY = '" + "aB3dE5fG7hI9jK1lM3nO5p'",
        '"client_secret": "' + 'aB3dE5fG7hI9jK1lM3nO5p"',
        "DATABASE_URL=postgres://groundwork:" + "hunter2-of-ours@db.example.com/groundwork",
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert list(secrets_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "postgres://groundwork:secret@db.example.com:5432/groundwork",
        "GROUNDWORK_OIDC_CLIENT_SECRET=secret",
        "token = secrets.token_urlsafe(32)",
        "password_hashers = [tests.factories.QuickHasher]",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert not list(secrets_in(text))


def test_files_of_a_running_server_are_never_added() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/var/", "/.env"} <= set(ignored)


# --- Starting ---------------------------------------------------------------------------------------------------------------


STARTS = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'advisor.settings'; import advisor.wsgi"
"""What each process of the server begins with."""


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (PRODUCTION | {"GROUNDWORK_SECRET_KEY": "changeme"}, "too easy to guess"),
        (PRODUCTION | {"GROUNDWORK_SECRET_KEY": "x" * 60}, "too easy to guess"),
        (PRODUCTION | {"GROUNDWORK_SECRET_KEY": f"django-insecure-{KEY}"}, "too easy to guess"),
        (PRODUCTION | {"GROUNDWORK_SECRET_KEY": "change-me-" * 6}, "too easy to guess"),
        (PRODUCTION | {"GROUNDWORK_SECRET_KEY": "replace this key by one of your own, of fifty letters or more"}, "too easy to guess"),
        (PRODUCTION | {"GROUNDWORK_DEBUG": "1"}, "for this machine alone"),
        ({"GROUNDWORK_DEBUG": "1", "GROUNDWORK_ALLOWED_HOSTS": "groundwork.example.com"}, "for this machine alone"),
        ({"GROUNDWORK_DEBUG": "1", "GROUNDWORK_PUBLIC_URL": "https://groundwork.example.com"}, "for this machine alone"),
        ({"GROUNDWORK_ALLOWED_HOSTS": "*"}, "every name"),
        ({"GROUNDWORK_ALLOWED_HOSTS": "groundwork.example.com, .com"}, "every name"),
        (PRODUCTION | {"DATABASE_URL": "postgres://groundwork:changeme@db.example.com/groundwork"}, "password"),
    ],
)  # fmt: skip
def test_a_server_that_everybody_could_open_does_not_start(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    for command in (("manage.py", "check"), ("-c", STARTS)):
        said = run(tmp_path, *command, **environment)
        assert said.returncode != 0
        assert words in said.stderr


def test_what_is_random_is_taken(tmp_path: Path) -> None:
    for key in (KEY, secrets.token_hex(32), secrets.token_urlsafe(50), secrets.token_urlsafe(38)):
        assert run(tmp_path, "-c", STARTS, **PRODUCTION | {"GROUNDWORK_SECRET_KEY": key}).returncode == 0


def test_with_the_settings_of_production_django_has_nothing_to_say(tmp_path: Path) -> None:
    said = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION | MAIL)
    assert (said.returncode, said.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), (
        said.stderr
    )


def test_django_s_own_desk_for_administrators_is_not_installed(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        "-c",
        "from advisor import settings; print('django.contrib.admin' in settings.INSTALLED_APPS)",
    )
    assert said.stdout.strip() == "False"
