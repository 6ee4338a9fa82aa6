"""Loading: all mistakes at once, the command line, and the editions that come with Groundwork."""

import time
from collections import Counter

import pytest

from advisor import loader
from advisor.loader import check
from tests.advisor.loader.conftest import TINY


@pytest.fixture(scope="module")
def shipped():
    return loader.edition("2026.1")


def test_all_mistakes_are_reported_at_once(copy, broken):
    broken("capabilities/devops.yaml", "seconds: 30", "seconds: thirty")
    broken("context.yaml", "title: What hurts", "titel: What hurts")
    broken("dependencies.yaml", "before: dv_cd", "before: dv_dc")
    broken("gates.yaml", "dv_ci: 2, dv_cd: 2", "dv_ci: 7, dv_cd: 2")
    broken(
        "initiatives/devops.yaml",
        "level: 2}",
        "level: 2}\n  needs: [{capability: dv_cd, level: 2, by: dv_i_deploy}]",
    )
    broken("initiatives/mlops.yaml", "- {capability: ml_val, level: 3}", "- {capability: ml_reg, level: 2}")
    broken("layers.yaml", "goal: Shorter releases", "goal: <i>Shorter</i> releases")
    broken("pitfalls.yaml", "predicate: mlops_active", "predicate: mlops_activ")
    broken("signals.yaml", "who: [developer]", "who: [developer")
    broken("statuses.yaml", "id: planned", "id: plannned")
    broken("sources.yaml", "publisher: The authors", "publisher: &p The authors")
    with pytest.raises(loader.PlaybookError) as error:
        loader.load(copy)
    assert [(each.file.removeprefix("tiny/"), each.found) for each in error.value.mistakes] == [
        ("capabilities/devops.yaml", 'the text "thirty" for "seconds"'),
        ("context.yaml", 'unknown field "titel"'),
        ("dependencies.yaml", 'unknown capability "dv_dc"'),
        ("gates.yaml", 'the number 7 for "dv_ci"'),
        ("initiatives/devops.yaml", "a circle: dv_i_deploy needs dv_i_ci needs dv_i_deploy"),
        (
            "initiatives/mlops.yaml",
            '"ml_i_govern" cannot be reached: "ml_i_inventory" already delivers level 2 of "ml_reg"',
        ),
        ("layers.yaml", 'the HTML "<i>" in "goal"'),
        ("pitfalls.yaml", 'unknown predicate "mlops_activ"'),
        ("signals.yaml", "broken YAML (did not find expected ',' or ']')"),
        ("sources.yaml", "the YAML shortcut &p"),
        ("statuses.yaml", 'unknown id "plannned"'),
    ]
    assert str(error.value) == "\n".join(map(str, loader.mistakes(copy)))


def test_the_check_prints_every_mistake_on_its_own_line(copy, broken, capsys):
    expected = broken("gates.yaml", "dv_ci: 2, dv_cd: 2", "dv_cii: 2, dv_cdd: 2")
    assert check.main([str(copy)]) == 1
    assert capsys.readouterr().out.splitlines() == expected
    assert len(expected) == 2


def test_the_check_sums_up_an_edition_that_is_right(capsys):
    assert check.main([str(TINY)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Edition tiny (en) is right: 3 layers, 7 capabilities, 4 context")


def test_the_check_covers_all_editions_unless_told_otherwise(capsys):
    assert check.main([]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(loader.editions())


def test_the_check_of_a_folder_that_is_not_there(tmp_path, capsys):
    assert check.main([str(tmp_path / "nowhere")]) == 1
    assert "nowhere:1: no such folder; allowed: the folder of an edition" in capsys.readouterr().out


def test_an_unknown_edition_is_named_with_those_there_are():
    with pytest.raises(LookupError, match=r'no edition "1999.1".*2026\.1'):
        loader.edition("1999.1")
    with pytest.raises(LookupError):
        loader.edition("../engine")


def test_editions_are_sorted_by_number(tmp_path, monkeypatch):
    for name in ("2026.10", "2026.9", "2025.1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "playbook.yaml").touch()
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(loader, "EDITIONS", tmp_path)
    assert loader.editions() == ("2025.1", "2026.9", "2026.10")


def test_an_edition_carries_the_name_of_its_folder(tmp_path, copy, monkeypatch):
    monkeypatch.setattr(loader.files, "EDITIONS", tmp_path)
    copy.rename(tmp_path / "2030.1")
    assert [str(each) for each in loader.mistakes(tmp_path / "2030.1")] == [
        '2030.1/playbook.yaml:1: the edition "tiny"; allowed: 2030.1'
    ]


@pytest.mark.parametrize("name", loader.editions())
def test_a_shipped_edition_has_no_mistake(name):
    assert loader.mistakes(loader.EDITIONS / name) == ()


def test_an_edition_loads_in_well_under_a_second():
    started = time.process_time()
    loader.edition("2026.1")
    assert time.process_time() - started < 0.5


def test_the_first_edition_is_complete(shipped):
    counts = {
        "layers": 3,
        "context": 12,
        "capabilities": 18,
        "signals": 6,
        "gates": 3,
        "dependencies": 36,
        "pitfalls": 13,
        "initiatives": 24,
    }
    assert {name: len(getattr(shipped, name)) for name in counts} == counts


def test_the_first_edition_keeps_its_time_budget(shipped):
    assert sum(each.seconds for each in shipped.capabilities) == 935
    assert sum(each.seconds for each in shipped.signals) == 90
    assert shipped.question["stated"].seconds == 45
    assert sum(each.seconds for each in shipped.context) == 45 + 130


def test_the_quick_check_asks_three_capabilities_of_each_layer(shipped):
    quick = [each for each in shipped.capabilities if each.quick]
    assert Counter(each.layer for each in quick) == {"devops": 3, "dataops": 3, "mlops": 3}
    assert [each.id for each in quick] == [
        *("dv_ci", "dv_cd", "dv_env"),
        *("do_orc", "do_tst", "do_obs"),
        *("ml_trn", "ml_dep", "ml_mon"),
    ]
    assert [each.id for each in shipped.context if each.quick] == [
        "stated",
        "c_size",
        "c_models",
        "c_ml_plans",
    ]


def test_only_the_two_model_questions_may_not_apply(shipped):
    assert [each.id for each in shipped.capabilities if each.allow_na] == ["ml_trn", "ml_ret"]
    assert [each.id for each in shipped.signals if each.allow_na] == ["sig_check", "sig_gap"]


def test_the_first_questions_on_practices_are_answered_from_the_head():
    shipped = loader.edition(loader.editions()[-1])
    assert [each.recall for each in shipped.capabilities[:3]] == ["head"] * 3
    assert [each.id for each in shipped.capabilities if each.quick][:3] == [
        each.id for each in shipped.capabilities[:3]
    ]
