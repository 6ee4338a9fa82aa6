"""DATABASE_URL: what it can say, and what is said about everything else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from advisor.databases import database_from


def read(address: str, base: Path) -> dict[str, Any]:
    return database_from(address, base=base, otherwise=base / "groundwork.sqlite3")


def test_without_one_it_is_the_file_in_the_data_folder(tmp_path: Path) -> None:
    found = read("", tmp_path)
    assert (found["ENGINE"], found["NAME"]) == (
        "django.db.backends.sqlite3",
        tmp_path / "groundwork.sqlite3",
    )
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_file_begins_at_the_folder_or_at_the_root(tmp_path: Path) -> None:
    assert read("sqlite:///my%20own.sqlite3", tmp_path)["NAME"] == tmp_path / "my own.sqlite3"
    assert read(f"sqlite:///{tmp_path}/other.sqlite3", Path("/"))["NAME"] == tmp_path / "other.sqlite3"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgres://ana:secret@db.example.com:5433/site",
            ("site", "ana", "secret", "db.example.com", "5433"),
        ),
        ("postgresql://ana@db/site", ("site", "ana", "", "db", "")),
        ("postgres://ana:p%40ss%2Fw%23rd@[::1]/site", ("site", "ana", "p@ss/w#rd", "::1", "")),
        ("postgres://ana@/site?host=/run/postgresql", ("site", "ana", "", "/run/postgresql", "")),
        ("postgres://ana@%2Frun%2Fpostgresql/site", ("site", "ana", "", "/run/postgresql", "")),
        ("postgres:///site", ("site", "", "", "", "")),
    ],
)
def test_a_postgresql_is_named_with_host_or_socket(
    tmp_path: Path, address: str, expected: tuple[str, ...]
) -> None:
    found = read(address, tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[each] for each in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert found["OPTIONS"]["pool"]["max_size"] >= 5
    assert "host" not in found["OPTIONS"]


def test_how_the_way_to_it_is_protected_is_passed_on(tmp_path: Path) -> None:
    found = read("postgres://ana@db/site?sslmode=verify-full&sslrootcert=/etc/ca.pem", tmp_path)["OPTIONS"]
    assert (found["sslmode"], found["sslrootcert"]) == ("verify-full", "/etc/ca.pem")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("groundwork.sqlite3", "begins with no scheme"),
        ("mysql://ana:secret@db/site", "begins with 'mysql'"),
        ("sqlite:///", "names no file"),
        ("sqlite://db/site.sqlite3", "three slashes, or four"),
        ("sqlite:///nowhere/site.sqlite3", "which is no folder"),
        ("sqlite:////tmp", "is a folder"),
        ("sqlite:///site.sqlite3?mode=ro", "something behind the path"),
        ("postgres://ana:secret@db", "names no database"),
        ("postgres://ana:secret@db/site/more", "names no database"),
        ("postgres://ana:sec/ret@db/site", "cannot be read"),
        ("postgres://ana:secret@db:99999/site", "cannot be read"),
        ("postgres://ana:secret@db/site#1", "write it as %23"),
        ("postgres://ana:secret@db/site?sslmode=yes", "can only be disable, allow"),
        ("postgres://ana:secret@db/site?sslmod=require", "has sslmod behind the ?"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_can(tmp_path: Path, address: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(address, tmp_path)
    said = str(refused.value)
    assert words in said
    assert "It can be sqlite:///data/groundwork.sqlite3" in said
    assert "secret" not in said.replace("user:password", "")
    assert "sec/ret" not in said
