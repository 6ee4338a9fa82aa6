"""Editions within the site: read once a process, and checked before the server starts."""

import shutil

import pytest
from django.core.checks import run_checks
from django.core.checks.registry import registry

from advisor import loader
from assessments import playbooks
from assessments.checks import check_playbooks


def test_the_current_edition_is_the_newest():
    assert playbooks.current().edition == loader.editions()[-1]


def test_an_edition_is_read_once():
    assert playbooks.edition("2026.1") is playbooks.edition("2026.1")
    assert playbooks.current() is playbooks.edition(loader.editions()[-1])


def test_an_edition_that_does_not_exist_is_an_error():
    with pytest.raises(LookupError, match="no edition"):
        playbooks.edition("1999.1")


def test_the_system_check_is_registered_and_finds_nothing():
    assert registry.tag_exists("playbooks")
    assert run_checks(tags=["playbooks"]) == []


def test_the_system_check_says_what_the_loader_says(tmp_path, monkeypatch):
    folder = shutil.copytree(loader.EDITIONS / "2026.1", tmp_path / "2026.1")
    gates = folder / "gates.yaml"
    gates.write_text(gates.read_text(encoding="utf-8").replace("dv_ci: 2", "dv_cii: 2"), encoding="utf-8")
    monkeypatch.setattr(loader, "EDITIONS", tmp_path)
    found = check_playbooks()
    assert [each.msg for each in found] == [str(each) for each in loader.mistakes(folder)]
    assert len(found) == 2
    assert all(each.is_serious() for each in found)
