"""/a/<id>/data.json: everything that is stored, and the part of it that the rules read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from advisor.engine import advise
from advisor.engine.playbook import Playbook
from advisor.engine.result import as_json
from advisor.engine.situation import read_situation
from assessments.answering import record_answer
from assessments.export import data_of
from assessments.models import Answer, Assessment
from assessments.samples import samples, store_sample
from tests.assessments.conftest import answer_everything, situation_of

ROOT = Path(__file__).resolve().parents[2]


def download(client: Client, assessment: Assessment) -> Any:
    response = client.get(f"/a/{assessment.public_id}/data.json")
    assert response.status_code == 200
    return json.loads(response.content)


def test_it_is_a_file_that_no_cache_keeps(visitor: Client, assessment: Assessment) -> None:
    response = visitor.get(f"/a/{assessment.public_id}/data.json")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="groundwork-{assessment.public_id}.json"'
    assert "no-store" in response["Cache-Control"]


def test_every_answer_comes_with_its_question_and_all_that_was_written(
    visitor: Client, assessment: Assessment, playbook: Playbook
) -> None:
    record_answer(assessment=assessment, question="ml_ret", value="na", na_reason="No models", note="Grüße")
    record_answer(assessment=assessment, question="dv_ci", value=1)
    record_answer(assessment=assessment, question="dv_ci", value=2, note="since May")
    record_answer(assessment=assessment, question="c_tools", value=[])
    found = {each["id"]: each for each in download(visitor, assessment)["answers"]}
    assert found["dv_ci"]["question"] == playbook.capability["dv_ci"].question
    assert found["dv_ci"]["chosen"] == [playbook.capability["dv_ci"].levels[2].title]
    assert (found["dv_ci"]["value"], found["dv_ci"]["note"]) == (2, "since May")
    assert (found["ml_ret"]["value"], found["ml_ret"]["reason"]) == ("na", "No models")
    assert found["ml_ret"]["note"] == "Grüße"
    assert list(found) == ["c_tools", "dv_ci", "ml_ret"], "in the order in which they are asked"


def test_a_draft_is_in_it_too(visitor: Client, assessment: Assessment) -> None:
    Answer.objects.create(assessment=assessment, question="dv_cd", draft={"note": "ask Ada"})
    data = download(visitor, assessment)
    assert data["answers"][0]["draft"] == {"note": "ask Ada"}
    assert data["answers"][0]["value"] is None
    assert data["situation"]["answers"] == {}


def test_the_trail_and_the_dates_are_in_it(visitor: Client, assessment: Assessment) -> None:
    for level in (1, 2):
        record_answer(assessment=assessment, question="dv_ci", value=level)
    data = download(visitor, assessment)
    assert [(each["id"], each["old"], each["new"]) for each in data["changes"]] == [
        ("dv_ci", None, 1),
        ("dv_ci", 1, 2),
    ]
    assert data["about"]["organisation"] == assessment.organisation
    assert data["about"]["edition"] == assessment.edition
    assert data["about"]["created"] == assessment.created.isoformat()


@pytest.mark.django_db
@pytest.mark.parametrize("sample", samples(), ids=lambda each: each.slug)
def test_its_situation_is_read_as_the_one_that_the_result_rests_on(sample: Any, playbook: Playbook) -> None:
    store_sample(sample)
    assessment = Assessment.objects.get(sample=sample.slug)
    written = json.loads(json.dumps(data_of(assessment)["situation"]))
    assert read_situation(playbook, written) == situation_of(assessment)


def test_special_answers_survive_the_way(assessment: Assessment, playbook: Playbook) -> None:
    answer_everything(assessment, c_regulated="unknown", dv_ci="unknown", sig_lead="unknown")
    record_answer(assessment=assessment, question="ml_ret", value="na", na_reason="No models")
    written = json.loads(json.dumps(data_of(assessment)["situation"]))
    assert written["answers"]["dv_ci"] is None
    assert written["answers"]["ml_ret"] == "na"
    assert read_situation(playbook, written) == situation_of(assessment)


def test_the_command_line_gives_the_same_advice(
    visitor: Client, assessment: Assessment, playbook: Playbook, tmp_path: Path
) -> None:
    answer_everything(assessment, dv_ci="unknown", do_tst=3)
    file = tmp_path / "situation.json"
    file.write_text(json.dumps(download(visitor, assessment)["situation"]), encoding="utf-8")
    command = [sys.executable, "-m", "advisor", "advise", str(file), "--format", "json"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == json.loads(
        json.dumps(as_json(advise(playbook, situation_of(assessment))))
    )


def test_without_its_edition_all_that_was_entered_is_still_there(
    visitor: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="since May")
    Assessment.objects.update(edition="1999.1")
    data = download(visitor, assessment)
    (answer,) = data["answers"]
    assert (answer["id"], answer["value"], answer["note"]) == ("dv_ci", 2, "since May")
    assert (answer["title"], answer["chosen"], data["situation"]) == ("", [], None)
    assert data["about"]["scope"] == assessment.scope
    assert len(data["changes"]) == 1


def test_nobody_else_gets_it(client: Client, assessment: Assessment) -> None:
    assert client.get(f"/a/{assessment.public_id}/data.json").status_code == 404
