"""The page of formats and the files it offers: who gets them, what they are called, and what they hold."""

import json
from email.message import Message
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.samples import samples, store_sample
from reports.exports.formats import FORMATS, SIZES, shelves
from tests.assessments.conftest import Open, answer_everything, browser_of  # noqa: F401  a fixture
from tests.factories import AssessmentFactory
from tests.reports.exports.reports import SLUGS, sample_report

pytestmark = pytest.mark.django_db

CONTENT = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jira": "text/csv; charset=utf-8; header=present",
    "azure": "text/csv; charset=utf-8; header=present",
    "markdown": "text/markdown; charset=utf-8",
    "json": "application/json",
}
BEGINNING = {
    "pptx": b"PK",
    "xlsx": b"PK",
    "jira": b'"Issue ID"',
    "azure": b"\xef\xbb\xbf",
    "markdown": b"# ",
    "json": b"{",
}


@pytest.fixture
def own() -> Assessment:
    assessment = AssessmentFactory(organisation="Ärzte & Söhne “GmbH”")
    answer_everything(assessment)
    return assessment


@pytest.fixture
def visitor(own: Assessment, browser_of: Open) -> Client:  # noqa: F811  a fixture
    return browser_of(own)


@pytest.fixture
def lumo() -> Assessment:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    return Assessment.objects.get(sample="lumo")


def test_every_format_stands_on_the_page_with_a_plain_link(visitor: Client, own: Assessment) -> None:
    text = visitor.get(reverse("reports:take", args=[own.public_id])).text
    for name in FORMATS:
        assert f'href="{reverse("reports:take_file", args=[own.public_id, name])}" download' in text
    assert f'href="{reverse("reports:pdf", args=[own.public_id])}">' in text, (
        "where none can be made a page says so"
    )
    assert f'href="{reverse("assessments:data", args=[own.public_id])}" download' in text
    assert f'href="{reverse("reports:schema")}"' in text


def test_a_sample_offers_the_same_but_its_data(client: Client, lumo: Assessment) -> None:
    text = client.get(reverse("reports:sample_take", args=["lumo"])).text
    for name in FORMATS:
        assert f'href="{reverse("reports:sample_take_file", args=["lumo", name])}" download' in text
    assert "data.json" not in text


def test_the_result_leads_to_it_from_above_and_from_its_end(visitor: Client, own: Assessment) -> None:
    address = reverse("reports:take", args=[own.public_id])
    assert visitor.get(reverse("reports:result", args=[own.public_id])).text.count(f'href="{address}"') == 2


def test_a_sample_leads_to_it(client: Client, lumo: Assessment) -> None:
    text = client.get(reverse("reports:sample", args=["lumo"])).text
    assert f'href="{reverse("reports:sample_take", args=["lumo"])}"' in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_what_it_says_it_is(visitor: Client, own: Assessment, name: str) -> None:
    response = visitor.get(reverse("reports:take_file", args=[own.public_id, name]))
    assert response.status_code == 200
    assert response["Content-Type"] == CONTENT[name]
    assert response.content.startswith(BEGINNING[name])
    assert "no-store" in response["Cache-Control"]
    told = Message()
    told["Content-Disposition"] = response["Content-Disposition"]
    assert told.get_content_disposition() == "attachment"
    day = own.touched.date().isoformat()
    assert told.get_filename() == f"arzte-sohne-gmbh-roadmap-{day}{FORMATS[name].ending}"


@pytest.mark.parametrize("name", FORMATS)
def test_a_sample_gives_its_files_to_everybody(client: Client, lumo: Assessment, name: str) -> None:
    response = client.get(reverse("reports:sample_take_file", args=["lumo", name]))
    assert response.content.startswith(BEGINNING[name])
    assert 'filename="lumo-roadmap-' in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["take", "take_file"])
def test_nobody_else_gets_them(client: Client, own: Assessment, lumo: Assessment, name: str) -> None:
    for each in (own.public_id, lumo.public_id):
        arguments = [each, "json"] if name == "take_file" else [each]
        assert client.get(reverse(f"reports:{name}", args=arguments)).status_code == 404


def test_there_are_no_other_formats(visitor: Client, own: Assessment, lumo: Assessment) -> None:
    for each in ("docx", "XLSX", "pdf", "__init__"):
        assert visitor.get(reverse("reports:take_file", args=[own.public_id, each])).status_code == 404
        assert visitor.get(reverse("reports:sample_take_file", args=["lumo", each])).status_code == 404
    assert visitor.get(reverse("reports:sample_take", args=["nobody"])).status_code == 404


def test_nothing_can_be_sent_to_them(visitor: Client, own: Assessment, lumo: Assessment) -> None:
    addresses = [
        reverse("reports:take", args=[own.public_id]),
        reverse("reports:take_file", args=[own.public_id, "json"]),
    ]
    addresses += [reverse("reports:sample_take", args=["lumo"]), reverse("reports:schema")]
    assert {visitor.post(each).status_code for each in addresses} == {405}


def test_figures_of_money_go_along(visitor: Client, own: Assessment) -> None:
    query = {"day_rate": "900", "budget": "100000"}
    result = visitor.get(reverse("reports:result", args=[own.public_id]), query).text
    page = visitor.get(reverse("reports:take", args=[own.public_id]), query).text
    assert f"{reverse('reports:take', args=[own.public_id])}?day_rate=900&amp;budget=100000" in result
    assert (
        f"{reverse('reports:take_file', args=[own.public_id, 'xlsx'])}?day_rate=900&amp;budget=100000" in page
    )
    assert "day rate you entered" in page
    data: Any = visitor.get(reverse("reports:take_file", args=[own.public_id, "json"]), query).json()
    assert (data["situation"]["context"]["day_rate"], data["situation"]["context"]["budget"]) == (
        900,
        100_000,
    )
    assert data["advice"]["budget"]["released_money"]
    assert data["advice"]["budget"]["affordable"]


def test_a_mistake_in_them_is_left_out(visitor: Client, own: Assessment) -> None:
    address = reverse("reports:take_file", args=[own.public_id, "json"])
    assert "day_rate" not in visitor.get(address, {"day_rate": "much"}).json()["situation"]["context"]


def test_the_schema_has_an_address(client: Client) -> None:
    response = client.get("/schema/result.json")
    assert response["Content-Type"] == "application/schema+json"
    assert json.loads(response.content)["$id"] == "result.schema.json"


@pytest.mark.parametrize("slug", SLUGS[:4])
@pytest.mark.parametrize("name", FORMATS)
def test_a_size_that_is_told_is_about_right(slug: str, name: str) -> None:
    """Within half and twice; the sample that could not answer has little to say."""
    if slug != "land-records":
        made = len(FORMATS[name].make(sample_report(slug))) / 1000
        assert SIZES[name] / 2 <= made <= SIZES[name] * 2


def test_every_format_is_offered_once() -> None:
    offered = [choice.name for shelf in shelves() for choice in shelf.choices]
    assert sorted(offered) == sorted(["pdf", *FORMATS])
