"""Contents that have to fit each other: questions and answers, conditions, sources, numbers."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "context.yaml",
            "id: c_capacity_fte",
            "id: c_capacity",
            [
                'tiny/context.yaml:45: unknown question "c_capacity"; allowed: stated, …; did you mean "c_capacity_fte"?'
            ],
            id="an unknown question",
        ),
        pytest.param(
            "pitfalls.yaml",
            "predicate: mlops_active",
            "predicate: mlops_activ",
            [
                'tiny/pitfalls.yaml:12: unknown predicate "mlops_activ"; allowed: mlops_active, …; did you mean "mlops_active"?'
            ],
            id="an unknown predicate",
        ),
        pytest.param(
            "context.yaml",
            "id: committed",
            "id: commited",
            [
                'tiny/context.yaml:41: unknown option "commited"; allowed: none, exploring, committed; did you mean "committed"?'
            ],
            id="an option the rules do not know",
        ),
        pytest.param(
            "context.yaml",
            '    - {id: "6_20", title: Many}\n',
            "",
            ['tiny/context.yaml:22: no option "6_20"; allowed: one each for 0, 1, 2_5, 6_20, 21plus'],
            id="an option the rules need",
        ),
        pytest.param(
            "context.yaml",
            '{c_models: ["0"]}',
            '{c_capacity_fte: ["0"]}',
            ['tiny/context.yaml:42: unknown earlier question "c_capacity_fte"; allowed: stated, c_models'],
            id="a question that depends on a later one",
        ),
        pytest.param(
            "context.yaml",
            '{c_models: ["0"]}',
            '{c_models: ["00"]}',
            [
                'tiny/context.yaml:42: unknown option "00"; allowed: 0, 1, 2_5, 6_20, 21plus; did you mean "0"?'
            ],
            id="a question that depends on a missing option",
        ),
        pytest.param(
            "context.yaml",
            "- id: stated",
            "- id: c_key_person",
            [
                'tiny/context.yaml:1: "c_key_person" as the first question; allowed: stated',
                'tiny/context.yaml:8: no option "no"; allowed: one each for yes, no',
                'tiny/context.yaml:8: no option "yes"; allowed: one each for yes, no',
                'tiny/context.yaml:9: unknown option "devops"; allowed: yes, no',
                'tiny/context.yaml:10: unknown option "dataops"; allowed: yes, no',
                'tiny/context.yaml:11: unknown option "mlops"; allowed: yes, no',
                'tiny/context.yaml:12: unknown option "unsure"; allowed: yes, no',
            ],
            id="another first question",
        ),
        pytest.param(
            "context.yaml",
            "  minimum: 0.5",
            "  options: [{id: few, title: Few}]\n  minimum: 0.5",
            ["tiny/context.yaml:53: options of a number; allowed: minimum, maximum and unit"],
            id="options of a number",
        ),
        pytest.param(
            "context.yaml",
            "minimum: 0.5",
            "minimum: 500",
            [
                "tiny/context.yaml:53: minimum 500, maximum 100; allowed: a minimum that is not above the maximum"
            ],
            id="a minimum above the maximum",
        ),
        pytest.param(
            "signals.yaml",
            "{id: weeks",
            "{id: unknown",
            [
                'tiny/benchmarks.yaml:7: unknown answer "weeks"; allowed: day, unknown',
                'tiny/signals.yaml:10: the option "unknown"; allowed: other ids; allow_unknown or allow_na adds this answer',
            ],
            id="a reserved option",
        ),
        pytest.param(
            "signals.yaml",
            ", band: green",
            "",
            ['tiny/signals.yaml:9: no "band" for "day"; allowed: green, amber, red'],
            id="a symptom without a colour",
        ),
        pytest.param(
            "playbook.yaml",
            "  capacity_use: {title: A number, value: 0.8,",
            "  capacity_use: {title: A number, value: 0,",
            ['tiny/playbook.yaml:18: 0 for "capacity_use"; allowed: 0.01 to 1'],
            id="a figure that the rules cannot work with",
        ),
        pytest.param(
            "benchmarks.yaml",
            "question: sig_lead",
            "question: sig_lad",
            [
                'tiny/benchmarks.yaml:2: unknown signal or capability "sig_lad"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val, sig_lead, sig_trust, sig_check; did you mean "sig_lead"?'
            ],
            id="a benchmark of nothing",
        ),
        pytest.param(
            "benchmarks.yaml",
            "[weeks]",
            "[week]",
            ['tiny/benchmarks.yaml:7: unknown answer "week"; allowed: day, weeks; did you mean "weeks"?'],
            id="a benchmark of an unknown answer",
        ),
        pytest.param(
            "benchmarks.yaml",
            "share: 60",
            "share: 50",
            ["tiny/benchmarks.yaml:5: shares of 90 % in all; allowed: 100 %, give or take 1"],
            id="a benchmark that is not whole",
        ),
        pytest.param(
            "gates.yaml",
            "sources: [BOOK, J]",
            "sources: [J]",
            [
                'tiny/gates.yaml:10: basis "source" without a source; allowed: judgement, or one of the sources that is not marked J'
            ],
            id="a source that is a judgement",
        ),
        pytest.param(
            "signals.yaml",
            "sources: [BOOK]",
            "sources: [J]",
            [
                'tiny/signals.yaml:10: basis "source" without a source; allowed: judgement, or one of the sources that is not marked J'
            ],
            id="an option with a source that is a judgement",
        ),
        pytest.param(
            "pitfalls.yaml",
            "    at_least: {dv_ci: 3}",
            "    at_least: {dv_ci: 3}\n    at_most: {dv_ci: 3}",
            [
                "tiny/pitfalls.yaml:22: at_least and at_most in one condition; allowed: exactly one of at_least, at_most, all, any, predicate"
            ],
            id="two fields in a condition",
        ),
        pytest.param(
            "pitfalls.yaml",
            "when: {predicate: mlops_active}",
            "when: {}",
            [
                "tiny/pitfalls.yaml:12: nothing in one condition; allowed: exactly one of at_least, at_most, all, any, predicate"
            ],
            id="an empty condition",
        ),
        pytest.param(
            "pitfalls.yaml",
            "    - name: medium",
            "    - name: medium\n      when: {predicate: mlops_active}",
            ['tiny/pitfalls.yaml:26: "when" in the last severity; allowed: "when" in all but the last'],
            id="a last severity with a condition",
        ),
        pytest.param(
            "pitfalls.yaml",
            "      when: {predicate: mlops_active}\n",
            "",
            [
                'tiny/pitfalls.yaml:11: no "when" although a severity follows; allowed: "when" in all but the last'
            ],
            id="an earlier severity without a condition",
        ),
        pytest.param(
            "sources.yaml",
            "https://example.org/",
            "javascript:alert(1)",
            ['tiny/sources.yaml:1: the address "javascript:alert(1)"; allowed: https:// and what follows'],
            id="a script for an address",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "lead_weeks: {low: 2",
            "lead_weeks: {low: 5",
            ["tiny/initiatives/devops.yaml:8: low 5, high 4; allowed: a low that is not above the high"],
            id="a range that runs down",
        ),
        pytest.param(
            "playbook.yaml",
            "2026-01-15",
            "2026-15-01",
            ['tiny/playbook.yaml:4: the day "2026-15-01"; allowed: YYYY-MM-DD'],
            id="a day that is none",
        ),
    ],
)
def test_contents_that_do_not_fit(refused, file, old, new, expected):
    refused(file, old, new, expected)
