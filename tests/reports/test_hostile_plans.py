"""Whatever is typed into a plan is stored or refused, and neither page nor file breaks over it."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from advisor.engine import judgement
from advisor.engine.ownplan import Change
from assessments.models import Assessment
from assessments.planning import change_move, set_figures
from assessments.playbooks import current
from reports.printing import paper
from reports.telling import whole_report_of

MOVE = "do_i_orchestrate"
FORMATS = ("xlsx", "pptx", "json", "jira", "azure", "markdown")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"due": "0001-01-01", "owner": "=1+1"}, True),
        ({"due": "9999-12-31", "note": "{{ x }} {% y %} <b onclick=x>"}, True),
        ({f"effort-{MOVE}": "１２", f"effort-{MOVE}-high": "１３"}, True),
        ({"due": "99999-01-01"}, False),
        ({"due": "01/02/27"}, False),
        ({"owner": "a\0b"}, False),
        ({"note": "x" * 5000}, False),
        ({f"effort-{MOVE}": "1e999", f"effort-{MOVE}-high": "2"}, False),
        ({f"effort-{MOVE}": "nan", f"effort-{MOVE}-high": "inf"}, False),
    ],
    ids=str,
)
def test_a_move_takes_it_or_says_why_not(
    owner: Client, tallis: Assessment, typed: dict[str, str], stored: bool
) -> None:
    form = {"slot": "now", "owner": "", "due": "", "note": "", "risk": "", **typed}
    answer = owner.post(reverse("reports:move", args=[tallis.public_id, MOVE]), form)
    assert answer.status_code == (303 if stored else 422)
    if stored:
        for name in ("result", "plan"):
            assert owner.get(reverse(f"reports:{name}", args=[tallis.public_id])).status_code == 200
        for form_of_file in FORMATS:
            file = reverse("reports:take_file", args=[tallis.public_id, form_of_file])
            assert owner.get(file).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "plan/?moved=%00&from=now",
        "plan/?moved=do_i_tests&from=%ED%A0%80",
        "plan/%00/",
        "plan/do_i_tests/?slot=%00",
        "figures/?saved=%00",
        "what-if/?dv_ci=%00&x=%ED%A0%80",
        "compare/?from=%00&to=99999999999999999999",
        "milestones/?kept=%00",
        "take/..%2f..%2fetc",
    ],
)
def test_no_address_breaks_a_page(owner: Client, tallis: Assessment, address: str) -> None:
    assert owner.get(f"/a/{tallis.public_id}/{address}").status_code in (200, 302, 404)


def test_the_longest_plan_is_as_small_as_any(owner: Client, tallis: Assessment) -> None:
    efforts = {
        each.name: (each.most, each.most)
        for each in judgement.judgements(current(), None).values()
        if each.group in ("effort", "lead")
    }
    set_figures(assessment=tallis, figures={**efforts, "capacity_use": 0.01})
    page = owner.get(reverse("reports:result", args=[tallis.public_id]))
    assert page.status_code == 200
    assert len(page.content) < 1_000_000
    for form in FORMATS:
        file = owner.get(reverse("reports:take_file", args=[tallis.public_id, form]))
        assert file.status_code == 200
        assert len(file.content) < 1_000_000
    assert len(paper(whole_report_of(tallis).page)) < 1_000_000


def test_a_day_that_workbooks_do_not_know_is_text(owner: Client, tallis: Assessment) -> None:
    change_move(assessment=tallis, code=MOVE, change=Change(due="0001-01-01"))
    file = owner.get(reverse("reports:take_file", args=[tallis.public_id, "xlsx"]))
    book = openpyxl.load_workbook(BytesIO(file.content))
    assert "0001-01-01" in {cell.value for sheet in book for row in sheet for cell in row}


def test_notes_of_nothing_but_lines_run_on_on_paper(tallis: Assessment) -> None:
    tallis.answers.update(note=("a\n" * 1000).strip())
    html = paper(whole_report_of(tallis).page)
    assert 'class="typed-note"' in html
    assert "typed-note typed" not in html
    tallis.answers.update(note="Two\nlines")
    assert '<p class="typed-note typed"><bdi>Two\nlines</bdi>' in paper(whole_report_of(tallis).page)
