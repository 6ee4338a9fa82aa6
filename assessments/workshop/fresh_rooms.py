"""What this process has read of rooms within the last half second: thirty phones ask, and one of them reads."""

import time

FRESH = 0.5
"""Seconds for which a process shows what it has read; what it changes itself it reads anew."""
MOST_KEPT = 500
"""Rooms; a forgotten one costs a few queries."""

_kept: dict[str, tuple[float, object]] = {}


def kept(public_id: str) -> object | None:
    """What was read of this room, if that is fresh."""
    read, room = _kept.get(public_id, (0.0, None))
    return room if time.monotonic() - read < FRESH else None


def keep(public_id: str, room: object) -> None:
    """Show this for a moment."""
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[public_id] = time.monotonic(), room


def forget(public_id: str) -> None:
    """Read it anew next time, since this process has changed it."""
    _kept.pop(public_id, None)
