"""The drill: a backup is made while others write, put back on a new machine, opened and printed."""

import contextlib
import gzip
import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError, SystemCheckError

from advisor import loader
from tests.load.serving import fresh
from tests.postgres import NoPostgresError

ROOT = Path(__file__).resolve().parents[2]
KEY = "an9Yd4-Vq2TzLw8RkUe6Xs1Bf3HcJm5Po7Gi0NtZaQ_bKvWyExCr"

QUICKLY = ("--skip-checks",)
"""Nothing here is about what Django checks before most commands, for which it loads every page."""

WRITING = """
import sys, threading
from assessments.answering import create_assessment, record_answer
from django.db import transaction
from assessments.playbooks import current
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
print("writing", flush=True)
while not ended.is_set():
    with transaction.atomic():
        made = create_assessment(playbook=current(), mode="full")
        for question in ("dv_ci", "dv_cd"):
            record_answer(assessment=made, question=question, value=2)
"""
"""Makes assessments with two answers each, until nobody holds its input."""

LOOKING = """
import json
from django.test import Client
from assessments.models import Answer, Assessment
own = Assessment.objects.filter(sample=None, client=None, organisation="")
browser = Client(headers={"Host": "localhost"})
paper = browser.get("/sample/lumo/roadmap.pdf")  # first: whoever opens the page has the PDF made ahead, in its own time
page = browser.get("/sample/lumo/")
print(json.dumps({
    "assessments": own.count(),
    "answers": Answer.objects.filter(assessment__in=own).count(),
    "page": page.status_code, "paper": paper.content[:5].decode(), "long": len(paper.content),
}))
"""


class Machine:
    """One with Groundwork on it, and a data folder and a database of its own."""

    def __init__(self, environment: dict[str, str], folder: Path, database: str = "") -> None:
        folder.mkdir(exist_ok=True)
        self.environment = environment | {"GROUNDWORK_DATA": str(folder), "GROUNDWORK_SECRET_KEY": KEY}
        # As it lies in static/: what is drilled is the data.
        self.environment["GROUNDWORK_DEBUG"] = "1"
        # Behind tests that keep every core busy a PDF that stands back would wait for minutes.
        self.environment["GROUNDWORK_PDF_NICENESS"] = "0"
        if database:
            self.environment["DATABASE_URL"] = database
        self.folder = folder

    def run(self, *arguments: str, **more: Any) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment | more.pop("environment", {}), capture_output=True, check=False, timeout=240, **more,
        )  # fmt: skip

    def does(self, *arguments: str, **more: Any) -> str:
        done = self.run(*arguments, **more)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def refuses(self, *arguments: str, **more: Any) -> str:
        done = self.run(*arguments, **more)
        said = done.stderr.decode()
        assert done.returncode == 1, said
        assert "Traceback" not in said
        return said

    def python(self, script: str) -> list[str]:
        return [sys.executable, "-c", f"import django; django.setup()\n{script}"]

    def tells(self, script: str) -> Any:
        surroundings = self.environment | {"DJANGO_SETTINGS_MODULE": "advisor.settings"}
        done = subprocess.run(
            self.python(script), cwd=ROOT, env=surroundings, capture_output=True, check=False, timeout=240
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout.decode().splitlines()[-1])

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Somebody writes all the time meanwhile."""
        surroundings = self.environment | {"DJANGO_SETTINGS_MODULE": "advisor.settings"}
        with subprocess.Popen(
            self.python(WRITING), cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdin is not None
            assert writer.stdout.readline() == b"writing\n"
            yield
            writer.stdin.close()
            assert writer.wait(60) == 0


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def drill(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Drill"]:
    """A machine in use, a backup of it, and the way to another machine."""
    if request.param == "postgres" and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    with contextlib.ExitStack() as stack:
        try:
            environment = stack.enter_context(fresh(request.param))
        except NoPostgresError as missing:
            pytest.skip(str(missing))
        yield Drill(environment, tmp_path_factory.mktemp("drill"))


class Drill:
    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.old = Machine(environment, folder / "old")
        self.old.does("migrate", "--verbosity", "0", *QUICKLY)
        self.old.does("loaddemo", *QUICKLY)
        self.file = folder / "monday.backup"
        with self.old.writing():
            self.said = self.old.run("backup", str(self.file))
        assert self.said.returncode == 0, self.said.stderr.decode()

    def another(self, name: str) -> Machine:
        """A new machine with an empty database."""
        address = self.environment.get("DATABASE_URL", "")
        if address:
            with psycopg.connect(address, autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # a word of this file
            address = address.replace("@/groundwork?", f"@/{name}?")
        return Machine(self.environment, self.folder / name, address)


def listed(file: Path) -> dict[str, Any]:
    with tarfile.open(file) as archive:
        content = archive.extractfile("manifest.json")
        assert content is not None
        return dict(json.loads(content.read()))


def changed(file: Path, to: Path, **changes: Any) -> Path:
    """The same backup with another list."""
    with tarfile.open(file) as archive, tarfile.open(to, "w") as out:
        for entry in archive:
            content = archive.extractfile(entry)
            data = content.read() if content else b""
            if entry.name == "manifest.json":
                data = json.dumps(json.loads(data) | changes).encode()
                entry.size = len(data)
            out.addfile(entry, io.BytesIO(data))
    return to


def test_what_was_backed_up_under_way_is_whole_on_a_new_machine(drill: Drill) -> None:
    new = drill.another("whole")
    said = new.does("restore", str(drill.file))
    assert "every count as it was" in said
    found = new.tells(LOOKING)
    assert found["assessments"] > 0
    assert found["answers"] == 2 * found["assessments"]  # one moment: no assessment without its answers
    assert (found["page"], found["paper"]) == (200, "%PDF-")
    assert found["long"] > 50_000
    new.does("migrate", "--check", *QUICKLY)


def test_a_backup_is_for_its_owner_alone_and_holds_no_key_and_nobody_who_is_signed_in(drill: Drill) -> None:
    assert stat.S_IMODE(drill.file.stat().st_mode) == 0o600
    assert KEY.encode() not in drill.file.read_bytes()
    counts = listed(drill.file)["counts"]
    assert counts["django_session"] == counts["shared_cache"] == counts["reports_madepdf"] == 0
    assert b"The secret key is not in it" in drill.said.stderr
    assert [each.name for each in drill.old.folder.iterdir() if "backup-" in each.name] == []
    assert [each.name for each in drill.file.parent.glob(".*")] == []


def test_nothing_is_ever_overwritten(drill: Drill) -> None:
    before = drill.file.read_bytes()
    assert "is there already" in drill.old.refuses("backup", str(drill.file))
    assert drill.file.read_bytes() == before
    said = drill.old.refuses("restore", str(drill.file))
    assert "This database is not empty (rows:" in said
    assert "Name an empty one in DATABASE_URL" in said


def test_what_was_deleted_since_is_deleted_again(drill: Drill) -> None:
    gone = drill.old.tells(
        "import json\nfrom assessments.models import Assessment\nfrom assessments.answering import delete_assessment\n"
        "row = Assessment.objects.filter(sample=None).first()\ndelete_assessment(assessment=row)\n"
        "print(json.dumps(row.public_id))"
    )
    new = drill.another("again")
    with drill.file.open("rb") as source:  # by a pipe, as after decryption
        said = new.does("restore", "-", "--erased", str(drill.old.folder / "erased.txt"), stdin=source)
    assert "Deleted once more: 1." in said
    look = "import json\nfrom assessments.models import Assessment\n"
    assert new.tells(f"{look}print(json.dumps(Assessment.objects.filter(public_id={gone!r}).count()))") == 0
    kept = set((drill.old.folder / "erased.txt").read_text().splitlines())
    assert kept <= set((new.folder / "erased.txt").read_text().splitlines())


def test_a_backup_that_was_cut_off_is_refused(drill: Drill, tmp_path: Path) -> None:
    whole, new = drill.file.read_bytes(), drill.another("cut")
    end = whole.rstrip(b"\0")  # a tar ends in zeros
    cut = tmp_path / "cut.backup"
    for share in (0.001, 0.5, 0.999):
        cut.write_bytes(end[: int(len(end) * share)])
        assert "This backup cannot be used: " in new.refuses("restore", str(cut)), f"cut off at {share}"
    # Nothing was begun by any of them: the whole one still goes in.
    assert "every count as it was" in new.does("restore", str(drill.file))


def test_a_backup_from_newer_code_or_under_another_key_is_refused(drill: Drill, tmp_path: Path) -> None:
    kept, new = listed(drill.file), drill.another("newer")
    migrations = {**kept["migrations"], "assessments": [*kept["migrations"]["assessments"], "0999_tomorrow"]}
    tomorrow = changed(drill.file, tmp_path / "tomorrow", migrations=migrations)
    assert "made by a newer Groundwork: it knows assessments.0999_tomorrow" in new.refuses(
        "restore", str(tomorrow)
    )
    edition = changed(drill.file, tmp_path / "edition", editions=["2099.1"])
    assert "under the edition 2099.1" in new.refuses("restore", str(edition))
    form = changed(drill.file, tmp_path / "form", format=2)
    assert "restore with the version that made it" in new.refuses("restore", str(form))
    counts = changed(drill.file, tmp_path / "counts", counts={**kept["counts"], "assessments_answer": 1})
    assert (
        "assessments_answer has" in new.refuses("restore", str(counts)) or "DATABASE_URL" in drill.environment
    )
    other = {"environment": {"GROUNDWORK_SECRET_KEY": KEY[::-1]}}
    last = drill.another("key")
    assert "made under another secret key" in last.refuses("restore", str(drill.file), **other)
    assert "every count as it was" in last.does("restore", str(drill.file), "--other-key", **other)


def test_an_older_backup_is_brought_up_to_date(drill: Drill) -> None:
    """A database of before the newest migrations, as a release ago left it."""
    old = drill.another("older")
    old.does("migrate", "assessments", "0013", "--verbosity", "0", *QUICKLY)
    file = drill.folder / "older.backup"
    old.does("backup", str(file))
    new = drill.another("newest")
    said = new.does("restore", str(file))
    assert "Migrations applied since: 0." not in said
    new.does("migrate", "--check", *QUICKLY)


# --- What needs no database of its own --------------------------------------------------------------------------------


def test_a_foreign_archive_brings_nothing_in(tmp_path: Path) -> None:
    from assessments.backups.archive import DamagedError, read

    evil = tmp_path / "evil"
    listing = {"format": 1, "made": "", "database": "sqlite", "migrations": {}, "editions": [], "counts": {}, "key": "",
               "parts": {"../out": {"bytes": 1, "sha256": ""}}}  # fmt: skip
    with tarfile.open(evil, "w") as archive:
        for name, data in (("manifest.json", json.dumps(listing).encode()), ("../out", b"x")):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    inside = tmp_path / "inside"
    inside.mkdir()
    with evil.open("rb") as source, pytest.raises(DamagedError, match="does not belong there"):
        read(source, inside)
    assert not (tmp_path / "out").exists()
    with pytest.raises(DamagedError, match="no backup of Groundwork"):
        read(io.BytesIO(b"not a tar at all"), inside)


@pytest.mark.django_db
def test_a_mistake_in_a_playbook_keeps_nobody_from_their_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "editions" / "2099.1"
    broken.mkdir(parents=True)
    (broken / "playbook.yaml").write_text("edition: 1999.1\n")
    monkeypatch.setattr(loader, "EDITIONS", broken.parent)
    with pytest.raises(SystemCheckError, match=r"2099\.1"):
        typed("delete_expired")
    with pytest.raises(CommandError, match="is there already"):
        typed("backup", str(broken))
    with pytest.raises(CommandError, match="cannot be read"):
        typed("restore", str(tmp_path / "nowhere"))


def typed(name: str, *arguments: str) -> None:
    """Run a command as one does that is typed: with whatever is checked before it."""
    command = load_command_class(get_commands()[name], name)
    given = vars(command.create_parser("manage.py", name).parse_args(arguments))
    command.execute(*given.pop("args", ()), **given)


def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    from assessments.backups import archive

    part = tmp_path / "database"
    part.write_bytes(gzip.compress(b"rows" * 1000))
    manifest = archive.Manifest(
        format=1, made="", database="sqlite", migrations={}, editions=[], counts={}, key="",
        parts={"database": archive.part_of(part)},
    )  # fmt: skip
    out = io.BytesIO()
    archive.write(out, manifest, {"database": part})
    good = out.getvalue()
    where = good.index(part.read_bytes()) + 20
    bad = good[:where] + bytes([good[where] ^ 1]) + good[where + 1 :]
    with pytest.raises(archive.DamagedError, match="SHA-256"):
        archive.read(io.BytesIO(bad), tmp_path)
    assert archive.read(io.BytesIO(good), tmp_path)[0] == manifest


def test_without_pg_dump_the_package_is_named(drill: Drill, tmp_path: Path) -> None:
    if "DATABASE_URL" not in drill.environment:
        pytest.skip("SQLite copies itself")
    nothing = {"environment": {"PATH": str(tmp_path)}}
    assert "apt-get install postgresql-client" in drill.old.refuses("backup", str(tmp_path / "x"), **nothing)
    assert not (tmp_path / "x").exists()
    assert list(tmp_path.iterdir()) == []


def test_sqlite_copies_hold_nothing_of_what_is_left_out(drill: Drill, tmp_path: Path) -> None:
    if "DATABASE_URL" in drill.environment:
        pytest.skip("PostgreSQL never writes those rows")
    with sqlite3.connect(drill.old.folder / "groundwork.sqlite3") as own:
        own.execute(
            "INSERT INTO django_session VALUES ('a-session-key-of-somebody', 'signed in as ana', '2099-01-01')"
        )
    own.close()
    drill.old.does("backup", str(tmp_path / "x"))
    with tarfile.open(tmp_path / "x") as archive:
        content = archive.extractfile("database")
        assert content is not None
        assert b"a-session-key-of-somebody" not in gzip.decompress(content.read())


def test_a_terminal_is_no_place_for_a_backup(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    try:
        machine = Machine(dict(os.environ), tmp_path / "data")
        machine.environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "manage.py", "backup", "-"],
            cwd=ROOT, env=machine.environment, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=240,
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 1
    assert b"name a file, or send it on" in done.stderr
