"""The file of a backup: a tar archive that begins with a list of what has to be in it, so that nothing less is taken for whole."""

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORMAT = 1
LIST = "manifest.json"
LIST_AT_MOST = 1_000_000
"""Bytes; a real one has some thousand."""
PARTS = frozenset({"database", "erased.txt"})
"""The only names that are ever written to or read from an archive."""
BLOCK = 1 << 20


class DamagedError(Exception):
    """This is no backup, or not all of one; the words say what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    format: int
    made: str
    """The moment it shows, in UTC."""
    database: str
    """ "sqlite" or "postgresql": it can be put back into the same kind only."""
    migrations: dict[str, list[str]]
    """What was applied, by app."""
    editions: list[str]
    """Of the playbook, under which assessments were made."""
    counts: dict[str, int]
    """Rows of every table."""
    key: str
    """A fingerprint of the secret key; the key itself is in no backup."""
    parts: dict[str, dict[str, Any]]
    """Length in bytes and SHA-256 of each part, by name."""


def part_of(file: Path) -> dict[str, Any]:
    """What the list says of a part."""
    with file.open("rb") as content:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(content, "sha256").hexdigest()}


def write(out: IO[bytes], manifest: Manifest, parts: Mapping[str, Path]) -> None:
    """Write the archive from beginning to end, so that it can go through a pipe."""
    listed = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_entry(LIST, len(listed)), io.BytesIO(listed))
        for name, file in parts.items():
            with file.open("rb") as content:
                archive.addfile(_entry(name, file.stat().st_size), content)


def _entry(name: str, length: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = length, 0o600, int(time.time())
    return entry


def read(source: IO[bytes], folder: Path) -> tuple[Manifest, dict[str, Path]]:
    """Unpack into a folder, and hold every part against the list. Raises DamagedError where anything is missing or differs."""
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            manifest = _listed(archive)
            found: dict[str, Path] = {}
            while entry := archive.next():  # for would begin with the list again
                found[entry.name] = _unpacked(archive, entry, manifest, folder)
    except (tarfile.TarError, EOFError) as wrong:
        raise DamagedError(f"it ends in the middle, or is no backup of Groundwork ({wrong})") from wrong
    missing = sorted(set(manifest.parts) - set(found))
    if missing:
        raise DamagedError(f"it ends before {', '.join(missing)}")
    return manifest, found


def _listed(archive: tarfile.TarFile) -> Manifest:
    entry = archive.next()
    if entry is None or entry.name != LIST or entry.size > LIST_AT_MOST:
        raise DamagedError("it is no backup of Groundwork: the list of its parts is missing")
    content = archive.extractfile(entry)
    try:
        data = json.loads(content.read()) if content else {}
        if data.get("format") != FORMAT:
            raise DamagedError(
                f"it has format {data.get('format')!r}, and this Groundwork reads format {FORMAT}: restore with the version "
                "that made it"
            )
        return Manifest(**data)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise DamagedError(f"the list of its parts cannot be read ({wrong})") from wrong


def _unpacked(archive: tarfile.TarFile, entry: tarfile.TarInfo, manifest: Manifest, folder: Path) -> Path:
    expected = manifest.parts.get(entry.name)
    content = archive.extractfile(entry) if entry.name in PARTS and entry.isfile() else None
    if expected is None or content is None:
        raise DamagedError(f"it holds {entry.name!r}, which does not belong there")
    file, digest = folder / entry.name, hashlib.sha256()
    with file.open("wb") as out:
        while block := content.read(BLOCK):
            digest.update(block)
            out.write(block)
    if file.stat().st_size != expected["bytes"] or digest.hexdigest() != expected["sha256"]:
        raise DamagedError(f"{entry.name} is not what was written: its SHA-256 differs")
    return file
