"""F-10: the disk is full, while people save, and for everything that is written beside the database."""

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.server import ROOT
from tests.faults.fault import Seen, Where, fault
from tests.faults.people import Crowd, Visitor, savers_for, saving
from tests.faults.places import Place, fill, place, small_disk
from tests.load import serving

MEGABYTES = {"sqlite": 40, "postgres": 160}
FULL = 6.0
"""Seconds."""


@fault("F-10", "the disk is full")
def disk_full(where: Where) -> Seen:
    """Data and database lie on a disk that somebody fills to the last byte; then a place is cleared, and nothing else done."""
    seen = Seen(injected="a disk with no byte left, then with some")
    with small_disk(MEGABYTES[where.db]) as disk, place(where, within=disk) as here:
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server:
            with saving(server, at) as crowd:
                filler = fill(disk)
                begun = time.monotonic()
                put_off = _wait_for_503(crowd, within=30)
                seen.expect(put_off, "nobody was told that nothing can be stored")
                _look(server.port, crowd, seen)
                while time.monotonic() < begun + FULL:
                    time.sleep(0.1)
                filler.unlink()
                _bring_back(here, seen)
                back = crowd.heard_since(time.monotonic(), 30)
                seen.expect(back is not None, "nothing could be saved once there was room again")
                seen.remarks.append(f"saved again after {back or 0:.1f} s")
            crowd.compare(seen, here.environment)
    return seen


def _wait_for_503(crowd: Crowd, *, within: float) -> bool:
    """Until a saver was put off: what the journal has room for is still stored before."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if crowd.statuses()[503]:
            return True
        time.sleep(0.05)
    return False


def _look(port: int, crowd: Crowd, seen: Seen) -> None:
    """The page somebody gets who begins now, and whether what is stored can be read."""
    visitor, mine = Visitor(port), crowd.savers[0]
    visitor.get("/")
    page = visitor.post("/start/", {"mode": "quick"})
    seen.expect(
        page.status == 503 and "could not be stored just now" in page.text,
        f"beginning said {page.status} {page.text[:60]!r}",
    )
    read = Visitor(port, dict(mine.visitor.cookies)).get(f"/a/{mine.public_id}/result/")
    seen.expect(read.status in {200, 503}, f"a result said {read.status}")
    seen.remarks.append(f"meanwhile beginning said {page.status}, a result {read.status}")


def _bring_back(here: Place, seen: Seen) -> None:
    """PostgreSQL stops where not even its journal can be written; whoever watches over it starts it again."""
    if here.postgres is None:
        return
    if not (here.postgres.data / "postmaster.pid").exists():
        seen.remarks.append("PostgreSQL had stopped, and was started again")
        here.postgres.start()


@fault("F-10", "no room for what lies beside the database")
def beside_the_database(where: Where) -> Seen:
    """A first start, static files and the list of what was deleted, each on a full disk and then with room."""
    seen = Seen(injected="secret key, static files and erased.txt on a full disk")
    where = Where("sqlite")
    with small_disk(12) as disk, place(where, within=disk, ready=False) as here:
        fillers = [fill(disk)]
        said = _manage(here, "check")
        seen.expect(said.returncode != 0, "a first start without room for a key went on")
        seen.expect("cannot be used" in said.stderr, f"a first start said {said.stderr[-200:]!r}")
        left = [each.name for each in here.data.iterdir() if each.name.startswith("secret_key")]
        seen.expect(not left, f"left behind: {left}")
        fillers[0].unlink()
        seen.expect(_manage(here, "migrate", "--verbosity", "0").returncode == 0, "no start with room")
        key = (here.data / "secret_key").read_text()
        seen.expect(len(key) > 50, "half a key")

        fill(disk)
        failed = _manage(here, "collectstatic", "--no-input", "--verbosity", "0")
        seen.expect(failed.returncode != 0, "static files were collected without room")
        fillers[0].unlink()
        again = _manage(here, "collectstatic", "--no-input", "--verbosity", "0")
        seen.expect(again.returncode == 0, f"static files with room: {again.stderr[-300:]}")
        seen.expect(_same_files(here.data / "static"), "a static file is cut off")
        seen.expect(key == (here.data / "secret_key").read_text(), "another key")

        fill(disk)
        listed = _python(here, "from assessments import erasures as e; e._append('x' * 99 + chr(10))")
        seen.expect(listed.returncode != 0, "a line of the list was written without room")
        fillers[0].unlink()
        line = "from assessments import erasures as e; e.record('person', 'a@example.com'); print(len(e.erasures()))"
        found = _python(here, line)
        seen.expect(
            found.stdout.strip() == "1", f"the list afterwards: {found.stdout!r} {found.stderr[-200:]!r}"
        )
    return seen


def _manage(here: Place, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=here.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _python(here: Place, program: str) -> "subprocess.CompletedProcess[str]":
    start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'advisor.settings'; django.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", start + program],
        cwd=ROOT,
        env=here.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _same_files(collected: Path) -> bool:
    """Whether each of our own files was copied whole."""
    source = ROOT / "static"
    return all(
        (collected / each.relative_to(source)).read_bytes() == each.read_bytes()
        for each in source.rglob("*")
        if each.is_file()
    )
