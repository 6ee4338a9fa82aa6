"""What a server process does in a thread once in a while: send messages to programs, and copy the list of deletions."""

import logging
import threading

from django.db import DatabaseError, close_old_connections

from advisor.away import reason

EVERY = 30.0
"""Seconds after which somebody looks whether a message is due once more."""

log = logging.getLogger("assessments.webhooks")

_something = threading.Event()


def wake() -> None:
    """There is something to send. Does nothing in a process that sends nothing: another one looks in a while."""
    _something.set()


def start() -> None:
    """Begin to send, in this server process."""
    threading.Thread(target=_send_for_ever, name="webhooks", daemon=True).start()


def _send_for_ever() -> None:
    from assessments.erasures import COPYING
    from assessments.webhooks import deliver_due  # which wakes this, and so knows it already

    while True:
        _something.wait(EVERY)
        _something.clear()
        close_old_connections()
        try:
            deliver_due()
            COPYING.write_down()
        except DatabaseError as error:
            why = reason(error)  # a database that is away for a while needs no trace
            log.error(  # noqa: TRY400  # the trace only where it is a mistake of ours
                "Messages to programs could not be looked up; the next look is in %s seconds. %s",
                EVERY,
                why,
                exc_info=not why,
            )
        finally:
            close_old_connections()
