"""The settings: what the environment may say, what is refused, and what reaches the browser."""

import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
KEY = "an9Yd4-Vq2TzLw8RkUe6Xs1Bf3HcJm5Po7Gi0NtZaQ_bKvWyExCr"
PRODUCTION = {
    "GROUNDWORK_HTTPS": "1",
    "GROUNDWORK_PROXY_HOPS": "1",
    "GROUNDWORK_SECRET_KEY": KEY,
    "GROUNDWORK_ALLOWED_HOSTS": "groundwork.example.com",
}

MAIL = {"GROUNDWORK_SMTP_HOST": "mail.example.com", "GROUNDWORK_MAIL_FROM": "groundwork@example.com"}
ACCOUNT = {"GROUNDWORK_SMTP_USER": "groundwork", "GROUNDWORK_SMTP_PASSWORD": "secret"}
OIDC = {
    "GROUNDWORK_OIDC_NAME": "Keller ID",
    "GROUNDWORK_OIDC_SERVER": "https://id.example.com/realms/main",
    "GROUNDWORK_OIDC_CLIENT_ID": "groundwork",
    "GROUNDWORK_OIDC_CLIENT_SECRET": "secret",
}


def run(data: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start Python with these variables of ours and no others."""
    foreign = ("GROUNDWORK_", "DATABASE_URL", "CACHE_URL", "TASKS", "DJANGO_ALLOW_ASYNC_UNSAFE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=inherited | {"GROUNDWORK_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def setting(data: Path, expression: str, **environment: str) -> str:
    """What `expression` is in a fresh start with these variables."""
    result = run(data, "-c", f"from advisor import settings; print(({expression}))", **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_the_example_file_lists_exactly_the_variables_that_are_read():
    names = re.compile(r"GROUNDWORK_[A-Z_]+|(?<=\")(?:DATABASE_URL|CACHE_URL|TASKS)(?=\")")
    read = set(names.findall((ROOT / "advisor/settings.py").read_text()))
    listed = set(
        re.findall(
            r"^#?(GROUNDWORK_[A-Z_]+|DATABASE_URL|CACHE_URL|TASKS)=",
            (ROOT / ".env.example").read_text(),
            re.MULTILINE,
        )
    )
    assert listed == read


def test_every_value_in_the_example_file_is_accepted(tmp_path):
    values = dict(
        re.findall(
            r"^#(GROUNDWORK_\w+|DATABASE_URL|CACHE_URL|TASKS)=(.+)$",
            (ROOT / ".env.example").read_text(),
            re.MULTILINE,
        )
    )
    values["GROUNDWORK_DATA"] = str(tmp_path)
    assert setting(tmp_path, "settings.HTTPS", **values) == "True"


def test_without_any_variable_it_is_for_this_machine_and_shows_no_errors(tmp_path):
    assert setting(tmp_path, "settings.DEBUG, settings.ALLOWED_HOSTS") == (
        "(False, ['localhost', '127.0.0.1', '[::1]'])"
    )


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://192.168.1.20:8000", "192.168.1.20"),
        ("https://groundwork.example.com", "groundwork.example.com"),
        ("http://[fd00::7]:8000", "[fd00::7]"),
        ("http://[fd00::7]", "[fd00::7]"),
    ],
)
def test_whoever_follows_a_link_with_the_public_address_is_let_in(tmp_path, address, host):
    said = setting(tmp_path, "settings.ALLOWED_HOSTS[3:]", GROUNDWORK_PUBLIC_URL=address)
    assert said == f"['{host}']"


def test_a_public_address_that_is_allowed_anyway_is_not_named_twice(tmp_path):
    hosts = setting(
        tmp_path,
        "settings.ALLOWED_HOSTS[3:]",
        **PRODUCTION,
        GROUNDWORK_PUBLIC_URL="https://groundwork.example.com",
    )
    assert hosts == "['groundwork.example.com']"


def test_https_switches_cookie_names_secure_hsts_and_redirect_together(tmp_path):
    expression = (
        "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, "
        "settings.CSRF_COOKIE_SECURE, getattr(settings, 'SECURE_HSTS_SECONDS', 0) > 0, "
        "getattr(settings, 'SECURE_SSL_REDIRECT', False)"
    )
    assert setting(tmp_path, expression) == "('sid', 'csrf', False, False, False, False)"
    assert (
        setting(tmp_path, expression, **PRODUCTION) == "('__Host-sid', '__Host-csrf', True, True, True, True)"
    )


@pytest.mark.parametrize(
    ("unfinished", "finished", "days"), [("", "", 90), ("120", "7", 120), ("0", "90", 365), ("30", "0", 365)]
)
def test_a_session_lasts_as_long_as_the_data(tmp_path, unfinished, finished, days):
    kept = {"GROUNDWORK_KEEP_UNFINISHED_DAYS": unfinished, "GROUNDWORK_KEEP_DAYS": finished}
    assert setting(tmp_path, "settings.SESSION_COOKIE_AGE", **kept) == str(days * 24 * 60 * 60)


def test_django_finds_nothing_to_warn_about_in_production(tmp_path):
    for mail in ({}, MAIL):
        command = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
        result = run(tmp_path, *command, **PRODUCTION | mail)
        assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"GROUNDWORK_SECRET_KEY": "short"}, "at least 50 random characters"),
        ({"GROUNDWORK_SECRET_KEY": "ab" * 40}, "too easy to guess"),
        ({"GROUNDWORK_SECRET_KEY": f"django-insecure-{KEY}"}, "too easy to guess"),
        ({"GROUNDWORK_DEBUG": "ja"}, "can only be 1 (on) or 0 (off)"),
        ({"GROUNDWORK_PROXY_HOPS": "-1"}, "whole number from 0 up"),
        ({"GROUNDWORK_DEBUG": "1", "GROUNDWORK_ALLOWED_HOSTS": "example.com"}, "for this machine alone"),
        (PRODUCTION | {"GROUNDWORK_DEBUG": "1"}, "for this machine alone"),
        ({"GROUNDWORK_ALLOWED_HOSTS": "https://groundwork.example.com"}, "without https://, port or path"),
        (
            {"GROUNDWORK_ALLOWED_HOSTS": "a.example.com, groundwork.example.com:443"},
            "'groundwork.example.com:443'",
        ),
        ({"GROUNDWORK_ALLOWED_HOSTS": "a.example.com b.example.com"}, "names alone, separated by commas"),
        ({"GROUNDWORK_PUBLIC_URL": "groundwork.example.com"}, "an address without a path"),
        ({"GROUNDWORK_PUBLIC_URL": "https://example.com/groundwork"}, "an address without a path"),
        ({"GROUNDWORK_HTTPS": "1"}, "needs GROUNDWORK_PROXY_HOPS"),
        ({"GROUNDWORK_PROXY_HEADER": "X_Forwarded_For"}, "can only be the name of a header"),
        ({"GROUNDWORK_PROXY_HEADER": "X-Real-IP: 1"}, "can only be the name of a header"),
        (
            {"GROUNDWORK_KEEP_DAYS": "ninety"},
            "GROUNDWORK_KEEP_DAYS is 'ninety', but can only be a whole number",
        ),
        ({"GROUNDWORK_KEEP_DAYS": "99999999999"}, "from 0 up to 36500"),
        ({"GROUNDWORK_KEEP_UNFINISHED_DAYS": "-1"}, "whole number from 0 up"),
        (MAIL | {"GROUNDWORK_SMTP_PORT": "70000"}, "from 0 up to 65535"),
        (MAIL | {"GROUNDWORK_SMTP_TLS": "yes"}, "can only be starttls or tls or none"),
        (MAIL | {"GROUNDWORK_SMTP_HOST": "https://mail.example.com"}, "the name of a server"),
        (MAIL | {"GROUNDWORK_MAIL_FROM": ""}, "has to be an address"),
        (MAIL | {"GROUNDWORK_MAIL_FROM": "Groundwork"}, "has to be an address"),
        (MAIL | {"GROUNDWORK_MAIL_FROM": "a@example.com\nBcc: b@example.com"}, "has to be an address"),
        (MAIL | {"GROUNDWORK_SMTP_USER": "groundwork"}, "only work together"),
        ({"GROUNDWORK_SMTP_USER": "a", "GROUNDWORK_SMTP_PASSWORD": "b"}, "only with GROUNDWORK_SMTP_HOST"),
        (MAIL | ACCOUNT | {"GROUNDWORK_SMTP_TLS": "none"}, "would travel unprotected"),
        ({"GROUNDWORK_SIGN_UP": "yes"}, "can only be invitation or open or off"),
        ({"GROUNDWORK_OIDC_NAME": "Keller ID"}, "set all four, or none"),
        (OIDC | {"GROUNDWORK_OIDC_CLIENT_SECRET": ""}, "set all four, or none"),
        (OIDC | {"GROUNDWORK_OIDC_SERVER": "id.example.com"}, "can only be an address with https://"),
        (OIDC | {"GROUNDWORK_OIDC_SERVER": "http://id.example.com"}, "can only be an address with https://"),
        (OIDC | {"GROUNDWORK_OIDC_SERVER": "https://a.example;script-src *"}, "an address with https://"),
        (OIDC | {"GROUNDWORK_OIDC_NAME": "x" * 41}, "stands on a button: 40 at most"),
        ({"GROUNDWORK_DATA": "/dev/null/var"}, "name another one in GROUNDWORK_DATA"),
    ],
)
def test_a_dangerous_or_mistaken_value_is_refused_in_one_sentence(tmp_path, environment, words):
    result = run(tmp_path, "manage.py", "check", **environment)
    assert result.returncode == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_mail_server_mail_is_printed(tmp_path):
    assert setting(tmp_path, "settings.MAILERS['default']['BACKEND']") == "advisor.mailing.PrintedMail"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "(587, True, False, '', 'groundwork@example.com')"),
        (
            ACCOUNT | {"GROUNDWORK_SMTP_TLS": "TLS"},
            "(465, False, True, 'groundwork', 'groundwork@example.com')",
        ),
        ({"GROUNDWORK_SMTP_TLS": "none"}, "(25, False, False, '', 'groundwork@example.com')"),
        (
            {"GROUNDWORK_SMTP_PORT": "2525", "GROUNDWORK_MAIL_FROM": "Ground Work <g@example.com>"},
            "(2525, True, False, '', 'Ground Work <g@example.com>')",
        ),
    ],
)
def test_a_mail_server_is_used_as_it_was_described(tmp_path, environment, expected):
    expression = (
        "(lambda mail: (mail['port'], mail['use_tls'], mail['use_ssl'], mail['username'], "
        "settings.DEFAULT_FROM_EMAIL))(settings.MAILERS['default']['OPTIONS'])"
    )
    assert setting(tmp_path, expression, **MAIL | environment) == expected


def test_an_address_is_confirmed_where_mail_is_sent(tmp_path):
    expression = "settings.ACCOUNT_EMAIL_VERIFICATION, settings.MFA_ALLOW_UNVERIFIED_EMAIL"
    assert setting(tmp_path, expression) == "('optional', True)"
    assert setting(tmp_path, expression, **MAIL) == "('mandatory', False)"


def test_forms_lead_to_the_server_for_identities_and_nowhere_else(tmp_path):
    expression = "list(map(str, settings.SECURE_CSP['form-action']))"
    assert setting(tmp_path, expression) == """["'self'"]"""
    assert setting(tmp_path, expression, **OIDC) == """["'self'", 'https://id.example.com']"""


def test_processes_that_start_at_the_same_moment_agree_on_the_key(tmp_path):
    with ThreadPoolExecutor(4) as starts:
        keys = set(starts.map(lambda _: setting(tmp_path, "settings.SECRET_KEY"), range(4)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_the_key_can_be_read_by_its_owner_only(tmp_path):
    setting(tmp_path, "settings.SECRET_KEY")
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_debug_pages_are_off_in_tests():
    assert settings.DEBUG is False


@pytest.mark.django_db
def test_every_response_carries_the_protecting_headers():
    headers = Client().get("/there-is-no-such-page/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_the_database_lets_readers_and_the_writer_work_side_by_side():
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone has to be told")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


# --- Secrets in files -------------------------------------------------------------------------------------------------


def test_a_secret_can_lie_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    expression = "settings.SECRET_KEY, 'GROUNDWORK_SECRET_KEY' in __import__('os').environ"
    assert setting(tmp_path, expression, GROUNDWORK_SECRET_KEY_FILE=str(file)) == str((KEY, False))
    shared = "settings.KEY_IS_SHARED"
    assert setting(tmp_path, shared, GROUNDWORK_SECRET_KEY_FILE=str(file)) == "True", (
        "it was given, and not made here"
    )
    assert setting(tmp_path, shared) == "False"


@pytest.mark.parametrize("name", ["DATABASE_URL", "GROUNDWORK_SMTP_PASSWORD"])
def test_a_file_that_is_not_there_and_a_secret_named_twice_are_refused(tmp_path, name):
    missing = run(tmp_path, "manage.py", "check", **{f"{name}_FILE": "/nowhere/secret"})
    assert missing.returncode == 1
    assert f"{name}_FILE names /nowhere/secret, which cannot be read" in missing.stderr
    file = tmp_path / "secret"
    file.write_text("hush-hush")
    twice = run(tmp_path, "manage.py", "check", **{f"{name}_FILE": str(file), name: "x"})
    assert twice.returncode == 1
    assert "leave one of them out" in twice.stderr
    assert "hush" not in twice.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"GROUNDWORK_LOGS": "xml"}, "can only be text or json"),
        ({"GROUNDWORK_METRICS_PORT": "70000"}, "from 0 up to 65535"),
        ({"GROUNDWORK_METRICS_HOST": "everybody"}, "an address of this machine, such as 127.0.0.1"),
    ],
)
def test_how_it_is_watched_is_checked_too(tmp_path, environment, words):
    result = run(tmp_path, "manage.py", "check", **environment)
    assert result.returncode == 1
    assert words in result.stderr


def test_the_counts_are_for_this_machine_alone_and_off(tmp_path):
    assert setting(tmp_path, "settings.METRICS_PORT, settings.METRICS_HOST") == "(0, '127.0.0.1')"


def test_static_files_of_an_image_are_left_alone(tmp_path):
    expression = "str(settings.STATIC_ROOT), bool(settings.STATIC_COLLECTED)"
    assert setting(tmp_path, expression, GROUNDWORK_STATIC="/app/x") == "('/app/x', True)"
    assert setting(tmp_path, expression) == str((str(tmp_path / "static"), False))
