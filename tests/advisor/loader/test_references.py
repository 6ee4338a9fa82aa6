"""Ids: each once, each known where it is used, and an entry for everything that the rules call by name."""

import pytest

from advisor import loader
from tests.advisor.loader.conftest import TINY


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "gates.yaml",
            "{dv_ci: 2, dv_cd: 2}",
            "{dv_cii: 2, dv_cd: 2}",
            [
                'tiny/gates.yaml:4: unknown capability "dv_cii"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val; did you mean "dv_ci"?'
            ],
            id="an unknown capability in a gate",
        ),
        pytest.param(
            "gates.yaml",
            "    minima: {ml_reg: 2}",
            "    minima: {ml_regg: 2}",
            [
                'tiny/gates.yaml:35: unknown capability "ml_regg"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val; did you mean "ml_reg"?'
            ],
            id="an unknown capability in the light gate",
        ),
        pytest.param(
            "dependencies.yaml",
            "before: dv_cd",
            "before: dv_dc",
            [
                'tiny/dependencies.yaml:1: unknown capability "dv_dc"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val; did you mean "dv_ci"?'
            ],
            id="an unknown capability in a dependency",
        ),
        pytest.param(
            "pitfalls.yaml",
            "{do_orc: 1}",
            "{do_ork: 1}",
            [
                'tiny/pitfalls.yaml:8: unknown capability "do_ork"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val; did you mean "do_orc"?'
            ],
            id="an unknown capability in a condition",
        ),
        pytest.param(
            "signals.yaml",
            "layer: devops",
            "layer: devop",
            [
                'tiny/signals.yaml:2: unknown layer "devop"; allowed: devops, dataops, mlops; did you mean "devops"?'
            ],
            id="an unknown layer",
        ),
        pytest.param(
            "layers.yaml",
            "id: dataops",
            "id: dataop",
            [
                'tiny/layers.yaml:17: unknown id "dataop"; allowed: devops, dataops, mlops; did you mean "dataops"?'
            ],
            id="an unknown layer among the layers",
        ),
        pytest.param(
            "capabilities/dataops.yaml",
            "sources: [BOOK]",
            "sources: [BOOC]",
            [
                'tiny/capabilities/dataops.yaml:22: unknown source "BOOC"; allowed: BOOK, J; did you mean "BOOK"?'
            ],
            id="an unknown source",
        ),
        pytest.param(
            "initiatives/mlops.yaml",
            "by: dv_i_ci",
            "by: dv_i_cl",
            [
                'tiny/initiatives/mlops.yaml:26: unknown initiative "dv_i_cl"; allowed: dv_i_baseline, …; did you mean "dv_i_ci"?'
            ],
            id="an unknown initiative",
        ),
        pytest.param(
            "rules.yaml",
            "id: R-BOT-1",
            "id: R-BOT-11",
            ['tiny/rules.yaml:15: unknown id "R-BOT-11"; allowed: R-APP-1, …; did you mean "R-BOT-1"?'],
            id="an unknown rule",
        ),
        pytest.param(
            "rules.yaml",
            "- {id: R-PIT, title: A rule, says: It applies., sources: [BOOK]}\n",
            "",
            ['tiny/rules.yaml:1: no entry for "R-PIT"; allowed: one each for R-APP-1, …'],
            id="a rule without words",
        ),
        pytest.param(
            "agreements.yaml",
            "id: agree",
            "id: agreed",
            ['tiny/agreements.yaml:1: unknown id "agreed"; allowed: agree, …; did you mean "agree"?'],
            id="an unknown agreement",
        ),
        pytest.param(
            "statuses.yaml",
            "id: planned",
            "id: plannned",
            [
                'tiny/statuses.yaml:3: unknown id "plannned"; allowed: not_applicable, watch, planned, light, active, undetermined; did you mean "planned"?'
            ],
            id="an unknown status",
        ),
        pytest.param(
            "confidence.yaml",
            "code: quick_mode",
            "code: quik_mode",
            [
                'tiny/confidence.yaml:1: unknown code "quik_mode"; allowed: quick_mode, …; did you mean "quick_mode"?'
            ],
            id="an unknown doubt",
        ),
        pytest.param(
            "lanes.yaml",
            "id: preparation",
            "id: preparations",
            [
                'tiny/lanes.yaml:2: unknown id "preparations"; allowed: main, preparation, protection, hold; did you mean "preparation"?'
            ],
            id="an unknown lane",
        ),
        pytest.param(
            "holds.yaml",
            "id: hold_new_models_until_dataops_gate",
            "id: hold_models_until_dataops_gate",
            [
                'tiny/holds.yaml:1: unknown id "hold_models_until_dataops_gate"; allowed: hold_new_models_until_dataops_gate, …; did you mean "hold_new_models_until_dataops_gate"?'
            ],
            id="an unknown hold",
        ),
        pytest.param(
            "capabilities/mlops.yaml",
            "- id: ml_val",
            "- id: ml_mon",
            [
                'tiny/capabilities/mlops.yaml:1: no entry for "ml_val"; allowed: one of this id in capabilities, because the rules call it by name',
                'tiny/capabilities/mlops.yaml:44: id "ml_mon" a second time; allowed: each once',
                'tiny/gates.yaml:28: unknown capability "ml_val"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_mon',
                'tiny/initiatives/mlops.yaml:45: unknown capability "ml_val"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_mon',
                'tiny/initiatives/mlops.yaml:64: unknown capability "ml_val"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_mon',
            ],
            id="a duplicate capability",
        ),
        pytest.param(
            "signals.yaml",
            "- id: sig_trust",
            "- id: sig_thrust",
            [
                'tiny/signals.yaml:1: no entry for "sig_trust"; allowed: one of this id in signals, because the rules call it by name'
            ],
            id="a symptom that the rules call by name",
        ),
        pytest.param(
            "signals.yaml",
            "- id: sig_lead",
            "- id: c_models",
            [
                'tiny/benchmarks.yaml:2: unknown signal or capability "sig_lead"; allowed: dv_ci, dv_cd, do_orc, do_tst, ml_reg, ml_mon, ml_val, c_models, sig_trust, sig_check',
                'tiny/signals.yaml:1: id "c_models" a second time; allowed: each once',
            ],
            id="an id of two kinds",
        ),
        pytest.param(
            "glossary.yaml",
            "id: gate",
            "id: the gate",
            ['tiny/glossary.yaml:1: the id "the gate"; allowed: letters, digits, - and _'],
            id="an id that is no slug",
        ),
        pytest.param(
            "gates.yaml",
            "- layer: dataops",
            "- layer: devops",
            [
                'tiny/gates.yaml:1: no entry for "dataops"; allowed: one each for devops, dataops, mlops',
                'tiny/gates.yaml:13: layer "devops" a second time; allowed: each once',
                'tiny/gates.yaml:16: "do_orc" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_ci, dv_cd',
                'tiny/gates.yaml:16: "do_tst" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_ci, dv_cd',
                'tiny/gates.yaml:21: "do_orc" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_ci, dv_cd',
            ],
            id="a second gate for a layer",
        ),
        pytest.param(
            "signals.yaml",
            "{id: weeks",
            "{id: day",
            [
                'tiny/benchmarks.yaml:7: unknown answer "weeks"; allowed: day, day',
                'tiny/signals.yaml:10: id "day" a second time; allowed: each once',
            ],
            id="a duplicate option",
        ),
        pytest.param(
            "dependencies.yaml",
            "- {needs: dv_ci, at_least: 2, before: do_tst",
            "- {needs: dv_ci, at_least: 2, before: dv_cd, level: 2, reason: Twice.}\n- {needs: dv_ci, at_least: 2, before: do_tst",
            [
                'tiny/dependencies.yaml:2: "dv_ci" before "dv_cd" at level 2 a second time; allowed: each dependency once'
            ],
            id="a duplicate dependency",
        ),
        pytest.param(
            "gates.yaml",
            "dv_ci: 2, dv_cd: 2",
            "dv_ci: 2, do_orc: 2",
            [
                'tiny/gates.yaml:4: "do_orc" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_ci, dv_cd'
            ],
            id="a gate for another layer",
        ),
        pytest.param(
            "gates.yaml",
            "quick: {dv_ci: 2}",
            "quick: {dv_cd: 2}",
            ['tiny/gates.yaml:9: "dv_cd" is not asked in the quick check; allowed: dv_ci'],
            id="a quick gate for what is not asked",
        ),
        pytest.param(
            "capabilities/devops.yaml",
            "layer: devops",
            "layer: dataops",
            [
                'tiny/capabilities/devops.yaml:2: the layer "dataops" in the file of "devops"; allowed: devops',
                'tiny/dependencies.yaml:1: "dv_cd" waits for "dv_ci" of a higher layer; allowed: the same or a lower layer',
                'tiny/gates.yaml:4: "dv_ci" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_cd',
                'tiny/gates.yaml:9: "dv_ci" belongs to the layer "dataops"; allowed: capabilities of "devops": dv_cd',
                'tiny/initiatives/devops.yaml:23: "dv_ci" of another layer; allowed: capabilities of "devops"',
                'tiny/initiatives/devops.yaml:44: "dv_i_deploy" waits for "dv_ci" of a higher layer; allowed: the same or a lower layer',
            ],
            id="a capability in another layer's file",
        ),
    ],
)
def test_an_id_that_is_wrong(refused, file, old, new, expected):
    refused(file, old, new, expected)


def test_layers_stand_in_the_order_of_investment(copy):
    text = (copy / "layers.yaml").read_text(encoding="utf-8")
    first, second, third = [f"- id:{each}" for each in text.split("- id:")[1:]]
    (copy / "layers.yaml").write_text(second + first + third, encoding="utf-8")
    assert (
        "tiny/layers.yaml:1: layers in another order; allowed: devops, dataops, mlops, from the ground up"
        in [str(each) for each in loader.mistakes(copy)]
    )


def test_an_unreadable_file_makes_nothing_else_unknown(copy):
    (copy / "capabilities" / "devops.yaml").write_text("- id: [", encoding="utf-8")
    assert [each.file for each in loader.mistakes(copy)] == ["tiny/capabilities/devops.yaml"]


def test_a_file_with_a_name_misspelt_is_reported(copy):
    (copy / "glosary.yaml").write_text("[]", encoding="utf-8")
    (found,) = loader.mistakes(copy)
    assert (found.file, found.found, found.meant) == (
        "tiny/glosary.yaml",
        'the file "glosary.yaml"',
        "glossary.yaml",
    )


def test_translations_are_left_alone():
    assert (TINY / "de" / "layers.yaml").exists()
    assert loader.mistakes(TINY) == ()
