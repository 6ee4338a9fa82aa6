"""mapping.yaml: what became of the questions of earlier editions, in an edition that may do without it."""

import pytest

from advisor import loader
from tests.advisor.loader.conftest import TINY

EARLIER = '"2026.1":\n  dv_pipeline: dv_ci\n  do_old: null\n'


@pytest.fixture
def mapped(copy):
    def write(text):
        (copy / "mapping.yaml").write_text(text, encoding="utf-8")
        return [str(each) for each in loader.mistakes(copy)]

    return write


def test_an_edition_without_one_is_complete():
    assert loader.mistakes(TINY) == ()
    assert loader.load(TINY).mapping is None


def test_ids_of_an_earlier_edition_lead_to_ids_of_this_one_or_to_none(mapped, copy):
    assert mapped(EARLIER) == []
    assert loader.load(copy).mapping == {"2026.1": {"dv_pipeline": "dv_ci", "do_old": None}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            EARLIER.replace(": dv_ci", ": dv_cii"),
            'tiny/mapping.yaml:2: unknown question "dv_cii"; allowed: ',
        ),
        (
            EARLIER + "  dv_again: dv_ci\n",
            'tiny/mapping.yaml:4: "dv_ci" a second time; allowed: each question once',
        ),
        (
            "tiny:\n  dv_pipeline: dv_ci\n",
            'tiny/mapping.yaml:1: the edition "tiny", which is this one; allowed: earlier editions',
        ),
        (
            '"2026.1": dv_ci\n',
            'tiny/mapping.yaml:1: the text "dv_ci" for "2026.1"; allowed: names with values',
        ),
        (
            '"2026.1": {dv_pipeline: [dv_ci]}\n',
            'tiny/mapping.yaml:1: a list for "dv_pipeline"; allowed: names with values',
        ),
        (
            '"2026.1": {}\n',
            'tiny/mapping.yaml:1: nothing in "2026.1"; allowed: one name or more, each with a value',
        ),
        ("- dv_ci\n", "tiny/mapping.yaml:1: a list as the content of the file; allowed: names with values"),
        ("", "tiny/mapping.yaml:1: nothing as the content of the file; allowed: names with values"),
    ],
)
def test_a_mistake_says_where_it_is_and_what_is_allowed(mapped, text, expected):
    (found,) = mapped(text)
    assert found.startswith(expected)


def test_the_nearest_right_spelling_is_named(mapped):
    (found,) = mapped(EARLIER.replace(": dv_ci", ": dv_cii"))
    assert found.endswith('; did you mean "dv_ci"?')
