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
    while True:
        _something.wait(EVERY)
        _something.clear()
        look()


def look() -> None:
    """Send what is due, and write down what was deleted. Whatever goes wrong with it goes into the log, and not further."""
    from assessments.erasures import COPYING
    from assessments.webhooks import deliver_due  # which wakes this, and so knows it already

    close_old_connections()
    try:
        COPYING.write_down()
        deliver_due()
    except DatabaseError as error:
        why = reason(error)  # a database that is away for a while needs no trace
        log.error(  # noqa: TRY400  the trace only where it is a mistake of ours
            "Messages to programs could not be looked up; the next look is in %s seconds. %s",
            EVERY,
            why,
            exc_info=not why,
        )
    except Exception:  # or nobody would send anything before the next start of this server
        log.exception("Messages to programs went wrong; the next look is in %s seconds.", EVERY)
    finally:
        close_old_connections()
