"""What this process has read of rooms: thirty phones ask, one of them looks whether anything is new, and seldom one reads.

Every half second one statement tells whether a room is as it was. Only where it is not, or after ten seconds, all of it is
read again.
"""

import time
from collections.abc import Hashable
from dataclasses import dataclass

FRESH = 0.5
"""Seconds for which a process shows what it knows; what it changes itself it looks at anew."""
WHOLE = 10.0
"""Seconds after which a room is read again though nothing has changed that one statement could tell."""
MOST_KEPT = 500
"""Rooms; a forgotten one costs a few queries."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A room as it was read. Times are taken before reading began: what changes meanwhile makes it old at once."""

    room: object
    mark: Hashable
    """Another one whenever the room has to be read again."""
    read: float
    looked: float


_kept: dict[str, Kept] = {}
_changed: dict[str, float] = {}


def now() -> float:
    """The clock to remember when reading began."""
    return time.monotonic()


def kept(public_id: str) -> Kept | None:
    """What is known of this room, if it is worth comparing."""
    found = _kept.get(public_id)
    return found if found is not None and now() - found.read < WHOLE else None


def is_fresh(known: Kept, public_id: str) -> bool:
    """Whether nobody needs to look."""
    return now() - known.looked < FRESH and known.looked > _changed.get(public_id, 0.0)


def keep(public_id: str, known: Kept) -> None:
    """Show this for a moment."""
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
        _changed.clear()
    _kept[public_id] = known


def look_again(public_id: str) -> None:
    """Look next time, since this process has changed something that can be counted: a vote came, or somebody came in."""
    _changed[public_id] = now()


def forget(public_id: str) -> None:
    """Read all of it next time, since this process has changed it."""
    look_again(public_id)
    _kept.pop(public_id, None)
