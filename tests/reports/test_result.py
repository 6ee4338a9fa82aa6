"""The result page: who may open it, what it costs, and what stands on it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import document_fromstring

from assessments.access import SESSION_KEY
from assessments.answering import record_answer
from assessments.models import Assessment
from assessments.samples import samples, store_sample
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db


class Sheet:
    """The structure of a page: ids, headings, links within it, and attributes that the security policy forbids."""

    def __init__(self, html: str) -> None:
        elements = [each for each in document_fromstring(html).iter() if isinstance(each.tag, str)]
        found = [dict(each.attrib) for each in elements]
        links = [each.get("href", "") for each in elements if each.tag == "a"]
        self.ids = [each["id"] for each in found if "id" in each]
        self.headings = [int(each.tag[1]) for each in elements if re.fullmatch(r"h[1-6]", each.tag)]
        self.inner = {each["href"][1:] for each in found if each.get("href", "").startswith("#")}
        self.without_goal = links.count("")
        self.references = {
            goal for each in found for name in REFERENCES for goal in each.get(name, "").split()
        }
        self.forbidden = [name for each in found for name in each if name == "style" or name.startswith("on")]
        drawings = [each for each in elements if each.tag == "svg" and "drawing" in each.get("class", "")]
        self.untitled = sum(not len(each) or each[0].tag != "title" for each in drawings)


REFERENCES = ("aria-labelledby", "aria-describedby")


@pytest.fixture
def assessment() -> Assessment:
    assessment = AssessmentFactory(decision="Whether to buy <b>a platform</b>")
    for question, value in next(each for each in samples() if each.slug == "tallis-software").answers.items():
        record_answer(
            assessment=assessment, question=question, value=value, note="<i>seen</i>" * (question == "dv_ci")
        )
    return assessment


@pytest.fixture
def visitor(client: Client, assessment: Assessment) -> Client:
    session = client.session
    session[SESSION_KEY] = {assessment.public_id: assessment.link_number}
    session.save()
    return client


def address(assessment: Assessment) -> str:
    return reverse("reports:result", args=[assessment.public_id])


def test_the_owner_reads_finding_cause_and_first_moves(visitor: Client, assessment: Assessment) -> None:
    text = visitor.get(address(assessment)).content.decode()
    assert "Releases are in good shape. Unchecked data pipelines hold you back." in text
    assert "answers keep the DataOps gate closed. Three weigh most." in text
    assert "One scheduler, and runs you can repeat" in text


def test_nobody_else_learns_that_it_exists(client: Client, assessment: Assessment) -> None:
    assert client.get(address(assessment)).status_code == 404
    assert client.get(reverse("reports:result", args=["AAAAAAAAAAAA"])).status_code == 404


def test_it_is_kept_in_no_cache(visitor: Client, assessment: Assessment) -> None:
    control = visitor.get(address(assessment))["Cache-Control"]
    assert "no-store" in control
    assert "private" in control


def test_it_can_only_be_read(visitor: Client, assessment: Assessment) -> None:
    assert visitor.post(address(assessment)).status_code == 405


def test_it_takes_nine_queries(visitor: Client, assessment: Assessment) -> None:
    visitor.get(address(assessment))
    with CaptureQueriesContext(connection) as queries:
        visitor.get(address(assessment))
    # Session, assessment, answers, own figures, changes to the plan, milestones, kept plans, what several people said
    # alone, and in a room.
    assert len(queries) == 9


def test_what_people_typed_is_no_markup(visitor: Client, assessment: Assessment) -> None:
    text = visitor.get(address(assessment)).content.decode()
    assert "&lt;i&gt;seen&lt;/i&gt;" in text
    assert "Whether to buy &lt;b&gt;a platform&lt;/b&gt;" in text
    assert "<b>a platform" not in text


def test_an_assessment_without_any_answer_has_a_result_without_a_verdict(client: Client) -> None:
    empty = AssessmentFactory(organisation="", scope="")
    session = client.session
    session[SESSION_KEY] = {empty.public_id: empty.link_number}
    session.save()
    text = client.get(address(empty)).content.decode()
    assert "Too early to say." in text
    assert "of 4</b>" not in text


def test_a_quick_check_offers_to_go_on(client: Client) -> None:
    quick = AssessmentFactory(mode="quick")
    session = client.session
    session[SESSION_KEY] = {quick.public_id: quick.link_number}
    session.save()
    text = client.get(address(quick)).content.decode()
    assert "Provisional." in text
    assert reverse("assessments:ask_the_rest", args=[quick.public_id]) in text


# --- Money ------------------------------------------------------------------------------------------------------------


def test_a_day_rate_turns_efforts_into_money(visitor: Client, assessment: Assessment) -> None:
    text = visitor.get(address(assessment), {"day_rate": "1000", "budget": "300000"}).content.decode()
    assert "403,000" in text
    assert "Your budget of 300,000 covers the lower end" in text
    assert Assessment.objects.get().answers.filter(question__in=["day_rate", "budget"]).count() == 0


@pytest.mark.parametrize("rate", ["800.50", "800,50", " 800,5 "])
def test_a_rate_may_have_a_decimal_comma(visitor: Client, assessment: Assessment, rate: str) -> None:
    text = visitor.get(address(assessment), {"day_rate": rate}).content.decode()
    assert "your rate of 800.5 a day" in text
    assert 'class="field-error"' not in text


def test_spaces_may_stand_between_thousands(visitor: Client, assessment: Assessment) -> None:
    text = visitor.get(address(assessment), {"day_rate": "1000", "budget": "300 000"}).content.decode()
    assert "Your budget of 300,000 covers the lower end" in text


def test_a_figure_that_can_be_read_in_two_ways_is_asked_about(
    visitor: Client, assessment: Assessment
) -> None:
    text = visitor.get(address(assessment), {"day_rate": "1,000"}).content.decode()
    assert "1,000 can be read in two ways" in text
    assert "Money: about" not in text


@pytest.mark.parametrize("rate", ["many", "-5", "0", "nan", "inf", "1e400", "<script>"])
def test_a_rate_that_is_none_is_refused_in_words(visitor: Client, assessment: Assessment, rate: str) -> None:
    response = visitor.get(address(assessment), {"day_rate": rate})
    text = response.content.decode()
    assert response.status_code == 200
    assert 'class="field-error"' in text
    assert 'aria-invalid="true"' in text
    assert "Money: about" not in text
    assert "<script>" not in text


def test_the_link_to_the_pdf_carries_what_was_entered(visitor: Client, assessment: Assessment) -> None:
    pdf = reverse("reports:pdf", args=[assessment.public_id])
    plain = visitor.get(address(assessment)).content.decode()
    assert f'href="{pdf}"' in plain
    text = visitor.get(address(assessment), {"day_rate": "1000", "budget": "300 000"}).content.decode()
    assert f'href="{pdf}?day_rate=1000&amp;budget=300+000"' in text


def test_a_budget_without_a_rate_asks_for_the_rate(visitor: Client, assessment: Assessment) -> None:
    text = visitor.get(address(assessment), {"budget": "300000"}).content.decode()
    assert "Enter a day rate too" in text
    assert f'href="{reverse("reports:pdf", args=[assessment.public_id])}"' in text


# --- Samples ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stored() -> None:
    for each in samples():
        store_sample(each)


@pytest.mark.usefixtures("stored")
def test_anybody_may_read_the_samples(client: Client) -> None:
    text = client.get("/sample/").content.decode()
    for each in samples():
        assert each.organisation in text
        assert reverse("reports:sample", args=[each.slug]) in text


@pytest.mark.usefixtures("stored")
def test_the_list_of_samples_takes_two_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/sample/")
    assert len(queries) == 2


def test_a_server_without_samples_says_so(client: Client) -> None:
    assert "No samples are loaded" in client.get("/sample/").content.decode()
    assert client.get("/sample/harrow-pumps/").status_code == 404


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("slug", [each.slug for each in samples()])
def test_each_sample_is_a_sound_page(client: Client, slug: str) -> None:
    response = client.get(reverse("reports:sample", args=[slug]))
    sheet = Sheet(response.content.decode())
    assert response.status_code == 200
    assert sheet.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(sheet.headings, sheet.headings[1:], strict=False))
    assert len(sheet.ids) == len(set(sheet.ids))
    assert sheet.inner | sheet.references <= {*sheet.ids, ""}
    assert sheet.forbidden == []
    assert sheet.untitled == 0


@pytest.mark.usefixtures("stored")
def test_nothing_on_a_sample_can_be_changed(client: Client) -> None:
    text = client.get("/sample/harrow-pumps/").content.decode()
    assert "/q/" not in text
    assert "/a/" not in text
    assert 'method="post"' not in text.split("<footer")[0]


# --- What happens next --------------------------------------------------------------------------------------------------


def test_its_own_result_says_how_to_keep_it_and_come_back(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(address(assessment)).content.decode()
    section = page.split('aria-labelledby="afterwards"')[1].split("</section>")[0]
    assert assessment.public_id in section.split("Keep it")[0]
    for name in ("reports:pdf", "assessments:keep", "assessments:data", "assessments:delete"):
        assert f'href="{reverse(name, args=[assessment.public_id])}"' in section
    assert "Compare again in 3 to 6 months" in section


def test_the_pdf_of_that_section_counts_with_the_same_money(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(address(assessment), {"day_rate": "1000"}).content.decode()
    section = page.split('aria-labelledby="afterwards"')[1].split("</section>")[0]
    assert re.search(r'href="[^"]+/result\.pdf\?day_rate=1000', section)


def test_a_sample_has_nothing_to_keep(client: Client) -> None:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    assert 'id="afterwards"' not in client.get("/sample/lumo/").content.decode()


def test_an_answer_changed_from_the_result_leads_back_there(visitor: Client, assessment: Assessment) -> None:
    links = set(re.findall(r'href="([^"]+/q/\w+/[^"]*)"', visitor.get(address(assessment)).content.decode()))
    assert links
    assert all(each.endswith("/?return=result") for each in links)
    change = f"/a/{assessment.public_id}/q/dv_ci/?return=result"
    assert change in links
    assert visitor.post(change, {"answer": "3"})["Location"] == address(assessment)


def test_a_finding_that_few_answers_carry_says_so_beside_it(visitor: Client, assessment: Assessment) -> None:
    def lead() -> str:
        page = document_fromstring(
            visitor.get(reverse("reports:result", args=[assessment.public_id])).content
        )
        return page.find_class("lead")[0].text_content()

    assert "Confidence is low" not in lead()
    assessment.answers.exclude(question__startswith="dv_").delete()
    assessment.answers.update(value=0)
    assert "Confidence is low: only six of eighteen blocks are known." in lead()
