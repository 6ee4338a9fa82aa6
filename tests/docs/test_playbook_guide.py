"""The guide for editing playbooks tells the truth: every field, its limits, its values, and examples that load."""

import re
from dataclasses import MISSING, fields, is_dataclass
from inspect import getmembers, isclass
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from advisor.engine import playbook
from advisor.engine.situation import CONTEXT_FIELDS
from advisor.loader.files import FILES
from advisor.loader.reading import Items, read
from advisor.loader.references import CODES
from advisor.loader.shape import BETWEEN, LONGEST, Draft

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "playbook-guide.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", GUIDE, flags=re.MULTILINE | re.DOTALL))
CLASSES = dict(getmembers(playbook, lambda each: isclass(each) and is_dataclass(each)))
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (yes|no) \| (.*?) ?\|$", flags=re.MULTILINE)
EXAMPLE = re.compile(r"```yaml\n(.*?)```", flags=re.DOTALL)


def rows(name):
    return {field: (needed, meaning) for field, _type, needed, meaning in ROW.findall(SECTIONS[name])}


def values(hint):
    """The words allowed by a type, however deep they are in it."""
    hint = getattr(hint, "__value__", hint)
    if get_origin(hint) is Literal:
        return get_args(hint)
    return tuple(word for inner in get_args(hint) if not is_dataclass(inner) for word in values(inner))


@pytest.mark.parametrize("name", CLASSES)
def test_each_part_is_documented_with_all_its_fields_in_order(name):
    assert list(rows(name)) == [each.name for each in fields(CLASSES[name])]


def test_no_section_documents_what_does_not_exist():
    assert {name for name, text in SECTIONS.items() if ROW.search(text)} == set(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_a_field_is_called_needed_where_it_is(name):
    needed = {each.name: "yes" if each.default is MISSING else "no" for each in fields(CLASSES[name])}
    assert {field: said for field, (said, _meaning) in rows(name).items()} == needed


@pytest.mark.parametrize("name", CLASSES)
def test_all_values_of_a_choice_are_listed(name):
    for field, hint in get_type_hints(CLASSES[name]).items():
        for word in values(hint):
            assert f"`{word}`" in rows(name)[field][1], field


@pytest.mark.parametrize(("where", "longest"), LONGEST.items(), ids=str)
def test_the_longest_text_is_stated(where, longest):
    assert f"at most {longest} characters" in rows(where[0].__name__)[where[1]][1]


@pytest.mark.parametrize(("where", "bounds"), BETWEEN.items(), ids=str)
def test_the_bounds_of_a_number_are_stated(where, bounds):
    name, field = where[0].__name__, where[1]
    stated = f"{bounds[0]} to {bounds[1]}"
    assert stated in rows(name)[field][1] or f"go from {stated}" in SECTIONS[name]


@pytest.mark.parametrize("name", sorted(set(CLASSES) - {"Figures", "Playbook"}))
def test_the_example_of_a_part_is_right(name, tmp_path):
    (text,) = EXAMPLE.findall(SECTIONS[name])
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    node, mistakes = read(tmp_path / "example.yaml", "example.yaml")
    draft = Draft(mistakes=mistakes)
    hint = tuple[CLASSES[name], ...] if isinstance(node, Items) else CLASSES[name]
    built = draft.value(node, hint, (playbook.Playbook, name))
    assert draft.mistakes == []
    assert isinstance(built[0] if isinstance(built, tuple) else built, CLASSES[name])


def test_the_example_of_the_head_has_all_its_fields(tmp_path):
    (text,) = EXAMPLE.findall(SECTIONS["Playbook"])
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    node, mistakes = read(tmp_path / "example.yaml", "example.yaml")
    assert mistakes == []
    own = [each.name for each in fields(playbook.Playbook) if each.name not in FILES.values()]
    assert sorted(node.fields) == sorted(own)


def test_all_files_are_listed():
    assert set(re.findall(r"`([a-z/]+\.yaml)`", SECTIONS["The files"])) == set(FILES)


@pytest.mark.parametrize("name", ["lanes", "holds", "agreements", "statuses"])
def test_the_codes_of_texts_are_listed(name):
    (entry,) = re.findall(
        rf"^\* `{name}\.yaml`: (.*?)(?=^\*|^\||\Z)", SECTIONS["Text"], flags=re.MULTILINE | re.DOTALL
    )
    assert re.findall(r"`(\w+)`", entry) == list(CODES[name])


def test_the_codes_of_confidence_and_the_ids_of_questions_are_listed():
    intro = SECTIONS["ConfidenceRule"].partition("|")[0].partition("Codes:")[2]
    assert re.findall(r"`(\w+)`", intro) == list(CODES["confidence"])
    ids = SECTIONS["Question"].partition("no others:")[2].partition(".")[0]
    assert re.findall(r"`(\w+)`", ids) == list(CONTEXT_FIELDS)
