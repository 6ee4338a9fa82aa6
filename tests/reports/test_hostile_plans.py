"""Whatever is typed into a plan is stored or refused, and neither page nor file breaks over it."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment

MOVE = "do_i_orchestrate"
FORMATS = ("xlsx", "pptx", "json", "jira", "azure", "markdown")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"due": "0001-01-01", "owner": "=1+1"}, True),
        ({"due": "9999-12-31", "note": "{{ x }} {% y %} <b onclick=x>"}, True),
        ({f"effort-{MOVE}": "１２", f"effort-{MOVE}-high": "１３"}, True),
        ({"due": "99999-01-01"}, False),
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
