"""Plans: every level delivered once, nothing that cannot start, nothing that waits for itself."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "dependencies.yaml",
            "- {needs: dv_ci, at_least: 2, before: do_tst",
            "- {needs: dv_cd, at_least: 3, before: dv_ci, level: 1, reason: A circle.}\n- {needs: dv_ci, at_least: 2, before: do_tst",
            [
                "tiny/dependencies.yaml:2: a circle: dv_ci>=1 needs dv_cd>=3 needs dv_cd>=2 needs dv_ci>=2 needs dv_ci>=1; allowed: needs that come to an end"
            ],
            id="a circle of dependencies",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "    - {capability: dv_ci, level: 2}\n",
            "    - {capability: dv_ci, level: 2}\n  needs:\n    - {capability: dv_cd, level: 2, by: dv_i_deploy}\n",
            [
                "tiny/initiatives/devops.yaml:46: a circle: dv_i_deploy needs dv_i_ci needs dv_i_deploy; allowed: needs that come to an end"
            ],
            id="a circle of initiatives",
        ),
        pytest.param(
            "dependencies.yaml",
            "needs: dv_ci, at_least: 2, before: dv_cd",
            "needs: do_orc, at_least: 2, before: dv_cd",
            [
                'tiny/dependencies.yaml:1: "dv_cd" waits for "do_orc" of a higher layer; allowed: the same or a lower layer'
            ],
            id="a need of a higher layer",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "  baseline: true\n",
            "",
            [
                'tiny/initiatives/devops.yaml:1: "dv_i_baseline" cannot be reached: it raises nothing; allowed: raises, or baseline: true',
                'tiny/layers.yaml:1: no baseline for "devops"; allowed: exactly one',
            ],
            id="an initiative that raises nothing",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "    - {capability: ml_val, level: 3}",
            "    - {capability: ml_val, level: 2}",
            [
                'tiny/capabilities/mlops.yaml:44: level 3 of "ml_val" is delivered by no initiative; allowed: exactly one',
                'tiny/initiatives/mlops.yaml:64: "ml_i_govern" cannot be reached: "ml_i_validate" already delivers level 2 of "ml_val"; allowed: one initiative for each level of a capability',
            ],
            id="a level delivered twice",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "    - {capability: ml_val, level: 3}",
            "    - {capability: ml_val, level: 4}",
            [
                'tiny/capabilities/mlops.yaml:44: level 3 of "ml_val" is delivered by no initiative; allowed: exactly one',
                'tiny/initiatives/mlops.yaml:64: "ml_i_govern" cannot be reached: it raises to level 4; allowed: 2, 3',
            ],
            id="a level nobody asks for",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "{capability: dv_ci, level: 2, by: dv_i_ci}",
            "{capability: dv_ci, level: 4, by: dv_i_ci}",
            [
                'tiny/initiatives/devops.yaml:44: "dv_i_deploy" can never start: no initiative delivers level 4 of "dv_ci"; allowed: levels that an initiative delivers'
            ],
            id="a need nobody delivers",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "{capability: dv_ci, level: 2, by: dv_i_ci}",
            "{capability: dv_ci, level: 2, by: dv_i_baseline}",
            [
                'tiny/initiatives/devops.yaml:44: "dv_i_baseline" does not deliver level 2 of "dv_ci"; allowed: dv_i_ci'
            ],
            id="a need delivered by another",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "{capability: dv_ci, level: 2, by: dv_i_ci}",
            "{capability: dv_ci, level: 2}",
            ['tiny/initiatives/devops.yaml:44: no "by" for level 2 of "dv_ci"; allowed: dv_i_ci'],
            id="a need without its initiative",
        ),
        pytest.param(
            "dependencies.yaml",
            "{needs: dv_ci, at_least: 2, before: dv_cd",
            "{needs: dv_ci, at_least: 4, before: dv_cd",
            ['tiny/dependencies.yaml:1: level 4 of "dv_ci", which no initiative delivers; allowed: 1, 2, 3'],
            id="a dependency nobody can meet",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "{capability: ml_val, level: 3}",
            "{capability: dv_ci, level: 3}",
            [
                'tiny/capabilities/mlops.yaml:44: level 3 of "ml_val" is delivered by no initiative; allowed: exactly one',
                'tiny/initiatives/mlops.yaml:64: "dv_ci" of another layer; allowed: capabilities of "mlops"',
                'tiny/initiatives/mlops.yaml:64: "ml_i_govern" cannot be reached: "dv_i_ci" already delivers level 3 of "dv_ci"; allowed: one initiative for each level of a capability',
            ],
            id="a capability of another layer raised",
        ),
        pytest.param(
            "initiatives/dataops.yaml",
            "  phase_b: {title: Further on, short: Further on, why: It pays., next_monday: Take the second step., success: It works by itself.}\n",
            "",
            [
                'tiny/capabilities/dataops.yaml:1: level 3 of "do_orc" is delivered by no initiative; allowed: exactly one'
            ],
            id="a level nobody delivers",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "    - {capability: ml_val, level: 3}\n",
            "    - {capability: ml_val, level: 3}\n  phase_b: {title: More, short: More, why: More., next_monday: More., success: More.}\n",
            [
                "tiny/initiatives/mlops.yaml:65: a phase B without a first phase; allowed: phase_b after raising to level 2"
            ],
            id="a phase B without a first phase",
        ),
        pytest.param(
            "initiatives/devops.yaml",
            "  baseline: true\n",
            "  raises: [{capability: dv_cd, level: 3}]\n",
            [
                'tiny/initiatives/devops.yaml:42: "dv_i_deploy" cannot be reached: "dv_i_baseline" already delivers level 3 of "dv_cd"; allowed: one initiative for each level of a capability',
                'tiny/layers.yaml:1: no baseline for "devops"; allowed: exactly one',
            ],
            id="a layer without a baseline",
        ),
        pytest.param(
            "initiatives/dataops.yaml",
            "  raises:\n    - {capability: do_tst, level: 2}\n",
            "  baseline: true\n",
            [
                'tiny/capabilities/dataops.yaml:23: level 2 of "do_tst" is delivered by no initiative; allowed: exactly one',
                'tiny/capabilities/dataops.yaml:23: level 3 of "do_tst" is delivered by no initiative; allowed: exactly one',
                'tiny/initiatives/dataops.yaml:43: "do_i_tests" cannot be reached as a baseline; allowed: exactly one',
            ],
            id="a second baseline",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "- id: ml_i_monitor",
            "- id: ml_i_watch",
            [
                'tiny/initiatives/mlops.yaml:1: no entry for "ml_i_monitor"; allowed: one of this id in initiatives, because the rules call it by name'
            ],
            id="a stand-in that is gone",
        ),
    ],
)
def test_a_plan_that_cannot_be_made(refused, file, old, new, expected):
    refused(file, old, new, expected)
