"""`manage.py serve`: a port that is taken is said in one line, and what was kept long enough is cleared away."""

import socket
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.management.commands.serve import Command
from assessments.models import Assessment
from tests.factories import AssessmentFactory


def test_a_port_in_use_is_named_with_another_to_take():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use.*make run PORT={port + 1}"):
            call_command("serve", port=port, prepare=True)


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(CommandError, match="must be from 1 to 65535"):
        call_command("serve", port=70000)


@pytest.mark.django_db
def test_what_was_kept_long_enough_is_deleted_without_a_word():
    long_ago = timezone.now() - timedelta(days=31)
    AssessmentFactory(touched=long_ago, opened=long_ago)
    stays = AssessmentFactory()
    out, err = StringIO(), StringIO()
    Command(stdout=out, stderr=err).delete_expired()
    assert list(Assessment.objects.all()) == [stays]
    assert (out.getvalue(), err.getvalue()) == ("", "")
