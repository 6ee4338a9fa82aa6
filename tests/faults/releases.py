"""F-15, F-17 and F-18: a migration that fails half-way, old and new code on one database, and a backup on a new machine."""

import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.server import ROOT
from tests.faults.fault import NotHereError, Seen, Where, fault
from tests.faults.people import Saver, Visitor, savers_for, saving, told
from tests.faults.places import place
from tests.load import serving

# --- A migration that fails -----------------------------------------------------------------------------------------------


@fault("F-15", "a migration fails half-way")
def migration_fails(where: Where) -> Seen:
    """One that adds a table, a column and rows, and then breaks, while the old code serves and people save."""
    seen = Seen(injected="a migration that breaks after a table, a column and some rows")
    with place(where) as here:
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server, saving(server, at) as crowd:
            before = told(here.environment, "tests.faults.schema")
            settings = {**here.environment, "DJANGO_SETTINGS_MODULE": "tests.faults.halfway.settings"}
            failed = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=settings,
                capture_output=True,
                text=True,
                check=False,
            )
            seen.expect(failed.returncode != 0, "it did not break")
            seen.expect("breaks on purpose" in failed.stderr, f"it said {failed.stderr[-200:]!r}")
            seen.expect(told(here.environment, "tests.faults.schema") == before, "half of it is left")
            back = crowd.heard_since(time.monotonic(), 20)
            seen.expect(back is not None, "the old code does not run any more")
            done = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=here.environment,
                check=False,
            )
            seen.expect(done.returncode == 0, "a sound migration afterwards failed")
        crowd.compare(seen, here.environment)
    return seen


# --- Old and new together -------------------------------------------------------------------------------------------------


@fault("F-17", "old and new code together")
def rolling_release(where: Where) -> Seen:
    """The release before the newest migration, on the schema of today, beside the code of today."""
    with _release_before() as (folder, which), place(where) as here:
        seen = Seen(injected=f"{which} on the schema of today, beside the code of today")
        at = savers_for(here.environment, 2)
        old_environment = {**here.environment, "GROUNDWORK_DATA": str(_data_beside(here.data, where))}
        _collect(old_environment, folder)
        with (
            serving.serving(here.environment) as new,
            serving.serving(old_environment, folder=folder) as old,
            saving(old, at) as crowd,
        ):
            for turn in range(6):
                side = (old, new)[turn % 2]
                for each in crowd.savers:
                    each.visitor.port = side.port
                back = crowd.heard_since(time.monotonic() + 0.5, 20)
                seen.expect(
                    back is not None, f"nothing could be saved at the {('old', 'new')[turn % 2]} code"
                )
            mine = crowd.savers[0]
            for address in ("", "review/", "result/", "q/c_size/", "keep/"):
                page = Visitor(old.port, dict(mine.visitor.cookies)).get(f"/a/{mine.public_id}/{address}")
                seen.expect(page.status < 400, f"the old code's {address} said {page.status}")
            begun = Visitor(old.port)
            begun.get("/")
            seen.expect(
                begun.post("/start/", {"mode": "quick"}).status == 303, "nobody could begin at the old code"
            )
        crowd.compare(seen, here.environment)
        return seen


@contextmanager
def _release_before() -> Iterator[tuple[Path, str]]:
    """The code of the commit before the newest migration, in a folder of its own, and what it is called."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        raise NotHereError("this is no clone, so there is no release before this one")
    newest = max((ROOT / "assessments" / "migrations").glob("0*.py"))

    def ask(*command: str) -> str:
        done = subprocess.run([git, *command], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    came = ask(
        "log",
        "--first-parent",
        "-m",
        "--diff-filter=A",
        "--format=%H",
        "-1",
        "--",
        str(newest.relative_to(ROOT)),
    )
    before = ask("rev-parse", "--verify", f"{came}^") if came else ""
    if not before:
        raise NotHereError(
            f"this clone is too shallow to know what was before {newest.name}: git fetch --unshallow"
        )
    with tempfile.TemporaryDirectory(prefix="groundwork-before-") as folder:
        tree = Path(folder, "code")
        subprocess.run(
            [git, "worktree", "add", "--detach", "-f", str(tree), before],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        try:
            yield tree, f"the code before {newest.stem} ({before[:9]})"
        finally:
            subprocess.run(
                [git, "worktree", "remove", "--force", str(tree)], cwd=ROOT, capture_output=True, check=True
            )


def _data_beside(data: Path, where: Where) -> Path:
    """Where the old code keeps its static files; the key and the database are the same ones."""
    old = data / "old"
    old.mkdir(mode=0o700)
    shutil.copy(data / "secret_key", old / "secret_key")
    if where.db == "sqlite":
        (old / "groundwork.sqlite3").symlink_to(data / "groundwork.sqlite3")
    return old


# --- A new machine --------------------------------------------------------------------------------------------------------


@fault("F-18", "a backup is restored on a new machine")
def restored(where: Where) -> Seen:
    """``manage.py backup`` while people save, ``manage.py restore`` into an empty database elsewhere; then it serves."""
    if not _has_command("backup") or not _has_command("restore"):
        raise NotHereError("this release has no manage.py backup and restore")
    seen = Seen(injected="a backup under load, and a machine with nothing but it")
    key = secrets.token_urlsafe(50)
    with place(where, GROUNDWORK_SECRET_KEY=key) as here, tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "groundwork.backup")
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server, saving(server, at) as crowd:
            time.sleep(1)
            promised = [
                {name: list(notes) for name, notes in each.acknowledged.items()} for each in crowd.savers
            ]
            made = _run(here.environment, "backup", str(file))
            seen.expect(made.returncode == 0, f"backup said {made.stderr[-300:]!r}")
        with place(where, ready=False, GROUNDWORK_SECRET_KEY=key) as there:
            back = _run(there.environment, "restore", str(file))
            seen.expect(back.returncode == 0, f"restore said {back.stderr[-300:]!r}")
            if not seen.kept:
                return seen
            seen.remarks.append(f"restore said: {' '.join(back.stdout.split())[:200]}")
            found = told(there.environment, "tests.faults.rows", "read")["notes"]
            for saver, notes in zip(crowd.savers, promised, strict=True):
                for question, said in notes.items():
                    seen.acknowledged = (seen.acknowledged or 0) + len(said)
                    stored = found.get(saver.public_id, {}).get(question, "nothing")
                    if not _as_new(stored, said[-1]):
                        seen.lost.append(f"{question}: acknowledged {said[-1]!r}, restored {stored!r}")
            seen.stored = (seen.acknowledged or 0) - len(seen.lost)
            again = _run(there.environment, "restore", str(file))
            seen.expect(again.returncode != 0, "restored over data that was there")
            if _has_command("verify_audit"):
                chain = _run(there.environment, "verify_audit")
                seen.expect(chain.returncode == 0, f"the trail on the new machine: {chain.stderr[-200:]!r}")
            _opens(there.environment, crowd.savers[0], seen)
    return seen


def _as_new(stored: str, acknowledged: str) -> bool:
    """Whether a note is this one or came after it."""
    words = stored.split(), acknowledged.split()
    return words[0][:1] == ["note"] and int(words[0][1]) >= int(words[1][1])


def _opens(environment: dict[str, str], saver: Saver, seen: Seen) -> None:
    """By the private link: whoever was signed in, or had come in by it, has to come in again."""
    _collect(environment, ROOT)
    with serving.serving(environment) as server:
        visitor = Visitor(server.port)
        visitor.get(saver.link)
        seen.expect(
            visitor.post(saver.link, {}).status == 303, "the private link does not open the assessment"
        )
        for address, kind in (("result/", "text/html"), ("result.pdf", "application/pdf")):
            answer = visitor.get(f"/a/{saver.public_id}/{address}")
            right = answer.status == 200 and answer.headers.get("content-type", "").startswith(kind)
            seen.expect(right, f"{address} on the new machine said {answer.status}")


def _collect(environment: dict[str, str], folder: Path) -> None:
    """The static files of the code in this folder."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=folder, env=environment, check=True)


def _has_command(name: str) -> bool:
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


def _run(environment: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
