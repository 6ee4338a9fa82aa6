"""`manage.py serve`: a port that is taken is said in one line, before anything else is done."""

import socket

import pytest
from django.core.management import CommandError, call_command


def test_a_port_in_use_is_named_with_another_to_take():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use.*make run PORT={port + 1}"):
            call_command("serve", port=port, prepare=True)


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(CommandError, match="must be from 1 to 65535"):
        call_command("serve", port=70000)
