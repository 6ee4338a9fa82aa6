"""Fields: there, known, of the right type, and within their limits."""

import pytest

from advisor import loader


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "gates.yaml",
            "  title: The first",
            "  titel: The first",
            ['tiny/gates.yaml:2: unknown field "titel"; allowed: layer, …; did you mean "title"?'],
            id="an unknown field",
        ),
        pytest.param(
            "gates.yaml",
            "  title: The first gate\n",
            "",
            ['tiny/gates.yaml:1: no field "title"; allowed: a value for each of layer, …'],
            id="a missing field",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "seconds: 30",
            "seconds: thirty",
            ['tiny/capabilities/devops.yaml:21: the text "thirty" for "seconds"; allowed: a whole number'],
            id="a text for a number",
        ),
        pytest.param(
            "context.yaml",
            '{id: "0", title: None}',
            "{id: 0, title: None}",
            [
                'tiny/context.yaml:23: the number 0 for "id"; allowed: a text, in quotes if it looks like a number'
            ],
            id="a number for a text",
        ),
        pytest.param(
            "context.yaml",
            "quick: true",
            "quick: yes",
            ['tiny/context.yaml:13: the text "yes" for "quick"; allowed: true or false'],
            id="a text for true or false",
        ),
        pytest.param(
            "signals.yaml",
            "seconds: 15",
            "seconds: 1.5",
            ['tiny/signals.yaml:11: the number 1.5 for "seconds"; allowed: a whole number'],
            id="a fraction for a whole number",
        ),
        pytest.param(
            "signals.yaml",
            "who: [developer]",
            "who: developer",
            ['tiny/signals.yaml:6: the text "developer" for "who"; allowed: a list'],
            id="a text for a list",
        ),
        pytest.param(
            "gates.yaml",
            "regulated: {}",
            "regulated: []",
            ['tiny/gates.yaml:6: a list for "regulated"; allowed: names with values'],
            id="a list for fields",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            "goal:",
            ['tiny/layers.yaml:5: nothing for "goal"; allowed: a text'],
            id="nothing for a text",
        ),
        pytest.param(
            "glossary.yaml",
            "- {id: gate,",
            "- nothing\n- {id: gate,",
            ['tiny/glossary.yaml:1: the text "nothing" for "glossary"; allowed: names with values'],
            id="an entry that is no entry",
        ),
        pytest.param(
            "glossary.yaml",
            "- {id: gate,",
            "gate: {id: gate,",
            [
                "tiny/glossary.yaml:1: names with values as the content of the file; allowed: a list: every entry starts with a dash"
            ],
            id="a file with the wrong content",
        ),
        pytest.param(
            "capabilities/mlops.yaml",
            "  seconds: 30",
            "  recall: hed\n  seconds: 30",
            [
                'tiny/capabilities/mlops.yaml:20: the text "hed" for "recall"; allowed: head, hand, figure_out, ask; did you mean "head"?'
            ],
            id="a word that is not one of a choice",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "xs: {low",
            "xl: {low",
            [
                'tiny/initiatives/devops.yaml:7: no field "xs"; allowed: a value for each of xs, s, m, l',
                'tiny/initiatives/devops.yaml:7: unknown field "xl"; allowed: xs, s, m, l',
            ],
            id="a size that does not exist",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "    - {title: Measured, fact: It is steered.}\n",
            "",
            ['tiny/capabilities/devops.yaml:14: 4 items for "levels"; allowed: exactly 5'],
            id="four levels",
        ),
        pytest.param(
            "gates.yaml",
            "dv_ci: 2, dv_cd: 2",
            "dv_ci: 5, dv_cd: 2",
            ['tiny/gates.yaml:4: the number 5 for "dv_ci"; allowed: 0 to 4'],
            id="a gate above the highest level",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            'goal: " "',
            ['tiny/layers.yaml:5: an empty text for "goal"; allowed: words'],
            id="an empty text",
        ),
        pytest.param(
            "signals.yaml",
            "who: [developer]",
            "who: []",
            ['tiny/signals.yaml:6: an empty list for "who"; allowed: one item or more'],
            id="an empty list",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "title: Measured",
            "title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/capabilities/devops.yaml:19: 46 characters for "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 45 characters at most'
            ],
            id="a level's title too long",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "[The block, dv_ci]",
            "[The block, configurations]",
            [
                'tiny/capabilities/devops.yaml:4: 14 characters for "label": "configurations"; allowed: 13 characters at most'
            ],
            id="a label too long",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "title: The block dv_ci",
            "title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/capabilities/devops.yaml:3: 35 characters for "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 34 characters at most'
            ],
            id="a capability's title too long",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "short: dv_i_ci",
            "short: xxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/initiatives/devops.yaml:21: 27 characters for "short": "xxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 26 characters at most'
            ],
            id="an initiative's short name too long",
        ),
        pytest.param(
            "pitfalls.yaml",
            "title: Models come too early",
            "title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/pitfalls.yaml:2: 61 characters for "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 60 characters at most'
            ],
            id="a pitfall's title too long",
        ),
        pytest.param(
            "layers.yaml",
            "holds_back: The foundation holds you back.",
            "holds_back: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/layers.yaml:12: 51 characters for "holds_back": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 50 characters at most'
            ],
            id="a layer's sentence too long",
        ),
        pytest.param(
            "layers.yaml",
            "sound: The foundation is sound.",
            "sound: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/layers.yaml:13: 31 characters for "sound": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 30 characters at most'
            ],
            id="a layer's praise too long",
        ),
        pytest.param(
            "context.yaml",
            "title: What hurts",
            "title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            [
                'tiny/context.yaml:3: 41 characters for "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; allowed: 40 characters at most'
            ],
            id="a question's title too long",
        ),
        pytest.param(
            "pitfalls.yaml",
            "at_least: {dv_ci: 3}",
            "at_least: {}",
            ['tiny/pitfalls.yaml:23: nothing in "at_least"; allowed: one name or more, each with a value'],
            id="an empty comparison",
        ),
        pytest.param(
            "layers.yaml",
            "goal: Shorter releases",
            "goal: <b>Shorter</b> releases",
            ['tiny/layers.yaml:5: the HTML "<b>" in "goal"; allowed: plain text'],
            id="HTML",
        ),
        pytest.param(
            "playbook.yaml",
            "figures:",
            "glossary: []\nfigures:",
            ['tiny/playbook.yaml:11: unknown field "glossary"; allowed: edition, …'],
            id="a list in the wrong file",
        ),
        pytest.param(
            "playbook.yaml",
            "  near_levels:",
            "  near_level:",
            [
                'tiny/playbook.yaml:12: unknown field "near_level"; allowed: near_levels, …; did you mean "near_levels"?'
            ],
            id="a figure misspelt",
        ),
    ],
)
def test_a_field_that_is_wrong(refused, file, old, new, expected):
    refused(file, old, new, expected)


def test_a_text_over_several_lines_loses_its_ends(copy):
    (copy / "glossary.yaml").write_text(
        "- id: gate\n  term: Gate\n  says: >\n    What has\n    to hold.\n\n", encoding="utf-8"
    )
    assert loader.load(copy).glossary[0].says == "What has to hold."


def test_whole_numbers_become_fractions_where_fractions_are_wanted(copy):
    effort = loader.load(copy).initiative["dv_i_ci"].effort["s"]
    assert (effort.low, effort.high) == (1.0, 2.0)
    assert isinstance(effort.low, float)
