"""F-19: the cache that several machines share goes away; saving goes on, and what has to be counted is refused."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator

from tests.bench.server import ROOT, free_port
from tests.faults.fault import PASSWORD, NotHereError, Seen, Where, fault
from tests.faults.people import Visitor, savers_for, saving
from tests.faults.places import place
from tests.load import measuring, serving


@fault("F-19", "the cache is away")
def cache_away(where: Where) -> Seen:
    """Redis is killed while people save: wrong codes and signing in are put off, reading and saving go on."""
    if not (ROOT / "advisor" / "caches.py").exists():
        raise NotHereError("this release knows no CACHE_URL")
    seen = Seen(injected="kill -9 of Redis")
    with _redis() as (address, redis), place(where, CACHE_URL=address) as here:
        (room,) = measuring.made_rooms(here.environment, 1)
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server:
            with saving(server, at) as crowd:
                redis.kill()
                redis.wait()
                begun = time.monotonic()
                back = crowd.heard_since(begun, 20)
                seen.expect(back is not None, "saving stopped with the cache")
                mine = crowd.savers[0]
                for path in (f"/a/{mine.public_id}/result/", f"/a/{mine.public_id}/q/c_size/"):
                    page = Visitor(server.port, dict(mine.visitor.cookies)).get(path)
                    seen.expect(page.status == 200, f"{path} said {page.status}")
                joins, signs = Visitor(server.port), Visitor(server.port)
                joins.get("/join/")
                signs.get("/account/login/")
                told = {
                    "a wrong code": joins.post("/join/", {"code": "BCDFGH"}),
                    "signing in": signs.post(
                        "/account/login/", {"login": "ana@example.com", "password": PASSWORD}
                    ),
                }
                for what, answer in told.items():
                    closed = answer.status in {429, 503} and "retry-after" in answer.headers
                    seen.expect(closed, f"{what} said {answer.status}, with or without when to come again")
                phone = Visitor(server.port)
                phone.get(room.join)
                inside = phone.post(room.join, {})
                seen.remarks.append(f"coming in by the link said {inside.status}")
            crowd.compare(seen, here.environment)
            seen.expect("Traceback" not in server.log.read_text(errors="replace"), "a trace in the log")
    return seen


@contextlib.contextmanager
def _redis() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise NotHereError("there is no Redis: apt-get install redis-server")
    with tempfile.TemporaryDirectory(prefix="groundwork-redis-") as folder:
        port = free_port()
        process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            time.sleep(0.5)
            yield f"redis://127.0.0.1:{port}/0", process
        finally:
            process.kill()
            process.wait()
