"""`manage.py serve`: a port that is taken is said in one line, and what was kept long enough is cleared away."""

import os
import resource
import socket
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from advisor.caches import cache_from
from assessments.management.commands.serve import Command, allow_files
from assessments.models import Assessment
from tests.factories import AssessmentFactory

ROOT = Path(__file__).resolve().parents[2]


def test_a_port_in_use_is_named_with_another_to_take():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use.*make run PORT={port + 1}"):
            call_command("serve", port=port, prepare=True)


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(CommandError, match="must be from 1 to 65535"):
        call_command("serve", port=70000)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"workers": 0}, "--workers is 0, but can be 1 to 64"),
        ({"drain": -1.0}, "--drain is -1, but can be 0 to 120 seconds"),
    ],
)
def test_numbers_that_make_no_server_are_refused(given, words):
    with pytest.raises(CommandError, match=words):
        call_command("serve", **given)


def test_a_postgresql_that_does_not_answer_is_named_with_the_remedy(tmp_path):
    elsewhere = {"DATABASE_URL": "postgres://ana:secret@127.0.0.1:1/work", "GROUNDWORK_DATA": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", "0"],
        cwd=ROOT,
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.returncode == 1
    assert "PostgreSQL cannot be reached as DATABASE_URL says" in said.stderr
    assert "Start it, or correct" in said.stderr
    assert "Traceback" not in said.stderr
    assert "secret" not in said.stderr


def test_a_process_may_hold_more_connections_than_most_machines_allow_at_first():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        allow_files(300)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(300, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.django_db
def test_what_was_kept_long_enough_is_deleted_without_a_word():
    long_ago = timezone.now() - timedelta(days=31)
    AssessmentFactory(touched=long_ago, opened=long_ago)
    stays = AssessmentFactory()
    out, err = StringIO(), StringIO()
    Command(stdout=out, stderr=err).delete_expired()
    assert list(Assessment.objects.all()) == [stays]
    assert (out.getvalue(), err.getvalue()) == ("", "")


def test_a_cache_that_does_not_answer_is_named_and_is_no_reason_not_to_serve(settings, tmp_path):
    settings.CACHES = settings.CACHES | {"default": cache_from(f"unix://:secret@{tmp_path}/nobody.sock")}
    settings.COUNTED_IN_CACHE = True
    err = StringIO()
    Command(stdout=StringIO(), stderr=err).warn_without_cache()
    assert "The cache that CACHE_URL names does not answer" in err.getvalue()
    assert "secret" not in err.getvalue()
