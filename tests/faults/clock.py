"""F-14: the clock of the server jumps an hour ahead and back, and through the night in which summer time ends, while people save."""

import time
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.fault import NotHereError, Seen, Where, fault
from tests.faults.people import Visitor, savers_for, saving
from tests.faults.places import place
from tests.load import serving

LIBRARIES = (
    "/usr/lib/*/faketime/libfaketimeMT.so.1",
    "/usr/local/lib/faketime/libfaketimeMT.so.1",
    "/opt/homebrew/lib/faketime/libfaketimeMT.1.dylib",
)
JUMPS = ("+0", "+3600", "-3600", "+0")
"""Seconds by which the clock is off, one after the other."""
EACH = 2.5
SUMMER_TIME_ENDS = datetime(2026, 10, 25, 0, 58, tzinfo=UTC)
"""Two minutes before the clocks of Berlin are put back from three to two."""


@fault("F-14", "the clock jumps")
def clock_jumps(where: Where) -> Seen:
    """Saving, being signed in and a room go on whatever the clock says; nothing is ordered by it."""
    library = _library()
    night = f"{SUMMER_TIME_ENDS.timestamp() - time.time():+.0f}"
    jumps = (*JUMPS, night)
    seen = Seen(
        injected=f"the server's clock set off by {', '.join(JUMPS)} s, then to the night summer time ends"
    )
    with place(where) as here:
        at = savers_for(here.environment)
        clock = here.data / "clock"
        clock.write_text("+0\n")
        environment = {
            **here.environment,
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",  # no system sets this clock
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "Europe/Berlin",
        }
        with serving.serving(environment) as server:
            with saving(server, at) as crowd:
                for jump in jumps:
                    clock.write_text(f"{jump}\n")
                    begun = time.monotonic()
                    back = crowd.heard_since(begun, 20)
                    seen.expect(back is not None, f"nothing could be saved with the clock at {jump}")
                    time.sleep(EACH)
                    off = [_off(each.clock, jump) for each in crowd.savers]
                    seen.expect(min(off) < 60, f"the clock was not set off by {jump} s")
                mine = crowd.savers[0]
                reader = Visitor(server.port, dict(mine.visitor.cookies))
                result = reader.get(f"/a/{mine.public_id}/result/")
                seen.expect(result.status == 200, f"a result said {result.status}")
            clock.write_text("+0\n")
            crowd.compare(seen, here.environment)
            log = server.log.read_text(errors="replace")
            seen.expect("Traceback" not in log, "a trace in the log")
    return seen


def _library() -> str:
    for pattern in LIBRARIES:
        if found := sorted(Path("/").glob(pattern.removeprefix("/"))):
            return str(found[0])
    raise NotHereError("there is no libfaketime: apt-get install faketime")


def _off(clock: str, jump: str) -> float:
    """Seconds by which the clock of the server is not where it was set to."""
    return abs(datetime.fromisoformat(clock).timestamp() - time.time() - float(jump))
