"""Reading YAML: strict, safe, and with a line for everything that is refused."""

import os
from pathlib import Path

import pytest
import yaml

from advisor import loader
from advisor.loader import reading
from advisor.loader.reading import LARGEST, Fields, Items, Scalar, read


@pytest.fixture
def value_of(tmp_path):
    """What the loader makes of a single value."""

    def value(text):
        path = Path(tmp_path) / "value.yaml"
        path.write_text(text, encoding="utf-8")
        node, mistakes = read(path, "value.yaml")
        assert not mistakes
        assert isinstance(node, Scalar)
        return node.value

    return value


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "gates.yaml",
            "  asks: Is delivery steady?\n",
            "  asks: Is delivery steady?\n  asks: Or not?\n",
            ['tiny/gates.yaml:4: "asks" a second time; allowed: each name once'],
            id="a duplicate key",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases\n  users: Engineers",
            "goal: &a Shorter releases\n  users: *a",
            [
                "tiny/layers.yaml:5: the YAML shortcut &a; allowed: the value itself, written out",
                "tiny/layers.yaml:6: the YAML shortcut *a; allowed: the value itself, written out",
            ],
            id="an alias",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            "goal: !!python/object/apply:os.system [ls]",
            [
                'tiny/layers.yaml:5: the YAML tag "!!python/object/apply:os.system"; allowed: values without a tag'
            ],
            id="a tag",
        ),
        pytest.param(
            "gates.yaml",
            "quick: {dv_ci: 2}",
            "quick: {[dv_ci]: 2}",
            ["tiny/gates.yaml:9: something other than a plain name before a colon; allowed: a name"],
            id="a key that is a list",
        ),
        pytest.param(
            "glossary.yaml",
            "- {id: gate,",
            "- {id: gate, term: Gate, says: Twice.}\n---\n- {id: gate,",
            ["tiny/glossary.yaml:2: a second document (---); allowed: one document a file"],
            id="a second document",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            "goal: Shorter: releases",
            [
                "tiny/layers.yaml:5: broken YAML (mapping values are not allowed in this context); allowed: YAML; a text with a colon or a # in it needs quotes"
            ],
            id="a colon without quotes",
        ),
        pytest.param(
            "signals.yaml",
            "who: [developer]",
            "who: [developer",
            [
                "tiny/signals.yaml:7: broken YAML (did not find expected ',' or ']'); allowed: YAML; a text with a colon or a # in it needs quotes"
            ],
            id="an open bracket",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            "goal: Shorter\x07 releases",
            ["tiny/layers.yaml:5: the invisible character '\\x07'; allowed: printable characters"],
            id="an invisible character",
        ),
    ],
)
def test_yaml_that_is_refused(refused, file, old, new, expected):
    refused(file, old, new, expected)


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "Yes", "y", "2026-01-15", "12:30", "1_000", ".inf", "0x10", "<<"]
)
def test_plain_words_stay_texts(value_of, text):
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-2", -2),
        ("2.5", 2.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
    ],
)
def test_numbers_truth_and_nothing(value_of, text, value):
    assert value_of(text) == value
    assert type(value_of(text)) is type(value)


def test_quotes_make_a_text_of_anything(value_of):
    assert value_of('"1"') == "1"
    assert value_of("'true'") == "true"


def test_a_number_too_long_to_be_meant_is_a_text(value_of):
    assert value_of("9" * 5000) == "9" * 5000
    assert value_of("1e999") == "1e999"


def test_a_field_has_the_line_of_its_name(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("first: 1\nsecond:\n  - one\n  - two\nthird: >-\n  long\n", encoding="utf-8")
    node, mistakes = read(path, "a.yaml")
    assert not mistakes
    assert isinstance(node, Fields)
    assert [(each.name, each.line) for each in node.fields.values()] == [
        ("first", 1),
        ("second", 2),
        ("third", 5),
    ]
    second = node.fields["second"]
    assert isinstance(second, Items)
    assert [each.line for each in second.items] == [3, 4]


def test_a_large_file_is_refused_without_reading_it(copy):
    (copy / "glossary.yaml").write_bytes(b"\xff" * (LARGEST + 1))
    assert [str(each) for each in loader.mistakes(copy)] == [
        "tiny/glossary.yaml:1: a file of 1,000,001 bytes; allowed: 1,000,000 bytes at most"
    ]


def test_a_file_that_is_not_utf_8_is_refused(copy):
    (copy / "glossary.yaml").write_bytes("- id: gate\n  term: Für\n".encode("latin-1"))
    assert [str(each) for each in loader.mistakes(copy)] == [
        "tiny/glossary.yaml:2: a character that is not UTF-8; allowed: files saved as UTF-8"
    ]


def test_a_byte_order_mark_is_harmless(copy):
    text = (copy / "glossary.yaml").read_text(encoding="utf-8")
    (copy / "glossary.yaml").write_text(text, encoding="utf-8-sig")
    assert loader.mistakes(copy) == ()


def test_a_billion_laughs_are_refused_in_no_time(copy):
    lines = ['- &a0 ["ha", "ha"]']
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (copy / "glossary.yaml").write_text("\n".join(lines), encoding="utf-8")
    found = [str(each) for each in loader.mistakes(copy)]
    assert found[0] == 'tiny/glossary.yaml:1: a list for "glossary"; allowed: names with values'
    assert "tiny/glossary.yaml:2: the YAML shortcut *a0; allowed: the value itself, written out" in found


def test_a_tower_of_brackets_is_refused(copy):
    (copy / "glossary.yaml").write_text("[" * 900 + "]" * 900, encoding="utf-8")
    assert [str(each) for each in loader.mistakes(copy)] == [
        "tiny/glossary.yaml:1: lists or fields nested too deeply; allowed: 24 levels at most"
    ]


def test_a_missing_file_is_one_mistake(copy):
    (copy / "layers.yaml").unlink()
    assert [str(each) for each in loader.mistakes(copy)] == [
        "tiny/layers.yaml:1: no readable file (No such file or directory); allowed: a file of this name"
    ]


def test_an_empty_file_is_one_mistake(copy):
    (copy / "capabilities" / "mlops.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert [str(each) for each in loader.mistakes(copy)] == [
        "tiny/capabilities/mlops.yaml:1: nothing as the content of the file; allowed: a list: every entry starts with a dash"
    ]


def test_without_the_c_parser_everything_is_the_same(copy, broken, monkeypatch):
    broken("gates.yaml", "title: The first gate", "title: The first: gate")
    quick = [(each.file, each.line) for each in loader.mistakes(copy)]
    monkeypatch.setattr(reading, "_LOADER", yaml.SafeLoader)
    assert [(each.file, each.line) for each in loader.mistakes(copy)] == quick
    broken("gates.yaml", "title: The first: gate", "title: The first gate")
    assert loader.mistakes(copy) == ()


def test_what_is_not_an_ordinary_file_is_not_waited_for(copy):
    (copy / "signals.yaml").unlink()
    os.mkfifo(copy / "signals.yaml")
    (copy / "gates.yaml").unlink()
    (copy / "gates.yaml").symlink_to("/dev/zero")
    found = [str(each) for each in loader.mistakes(copy)]
    assert (
        "tiny/signals.yaml:1: something that is not an ordinary file; allowed: a file of this name" in found
    )
    assert "tiny/gates.yaml:1: something that is not an ordinary file; allowed: a file of this name" in found


def test_a_folder_that_leads_to_itself_is_no_folder(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "no such folder" in str(loader.mistakes(loop)[0])


def test_what_a_terminal_would_obey_is_spelled_out(copy):
    path = copy / "glossary.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '- "\\e[31m": red\n', encoding="utf-8")
    told = "\n".join(map(str, loader.mistakes(copy)))
    assert "\\x1b[31m" in told
    assert "\x1b" not in told
