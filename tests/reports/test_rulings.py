"""A consultant judges differently: mandatory reason, both verdicts everywhere, the rules and the plan as they were."""

import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.accounts.models import User
from assessments.export import data_of
from assessments.models import Assessment, AuditEvent, Membership, Role
from assessments.rulings import rulings_of
from reports.exports.markdown import to_markdown
from reports.exports.pptx import to_pptx
from reports.presenter.rulings import judged_section
from reports.printing import ROOM, _fit, paper
from reports.telling import whole_report_of
from tests.factories import ClientFactory, MembershipFactory, UserFactory
from tests.pdfs import pages_in
from tests.reports.pages import DAY
from tests.reports.test_sentences import check, page_of
from tests.situations import PLAYBOOK, situations

REASON = "The release train starts in <b>May</b>, so delivery is solved by then."


@pytest.fixture
def consultant(tallis: Assessment) -> User:
    """Ana Keller, owner of the workspace whose client Tallis is."""
    membership = MembershipFactory(user=UserFactory(name="Ana Keller"))
    tallis.client = ClientFactory(workspace=membership.workspace, name="Tallis Software")
    tallis.save(update_fields=["client"])
    return membership.user


@pytest.fixture
def desk(client: Client, consultant: User) -> Client:
    client.force_login(consultant)
    return client


def url(assessment: Assessment, name: str = "rulings") -> str:
    return reverse(f"reports:{name}", args=[assessment.public_id])


def rule(desk: Client, tallis: Assessment, **more: str) -> int:
    form = {"verdict-bottleneck": "devops", "reason-bottleneck": REASON, **more}
    return desk.post(url(tallis), form).status_code


def test_both_verdicts_stand_on_the_page_the_calculated_one_first(desk: Client, tallis: Assessment) -> None:
    assert rule(desk, tallis) == 303
    page = desk.get(url(tallis, "result")).content.decode()
    assert '<h1 class="display">Releases are in good shape.' in page, (
        "the headline stays what the rules found"
    )
    section = page.split('aria-labelledby="judged"')[1].split("</section>")[0]
    assert section.index("Data pipelines are the bottleneck.") < section.index(
        "Software delivery is the bottleneck."
    )
    assert "The release train starts in &lt;b&gt;May&lt;/b&gt;" in section
    assert "Ana Keller" in section
    assert "One finding is judged differently" in section


def test_a_gate_can_be_judged_too_and_the_plan_follows_the_rules(desk: Client, tallis: Assessment) -> None:
    before = whole_report_of(tallis)
    assert (
        rule(desk, tallis, **{"verdict-dataops": "open", "reason-dataops": "Tests run since Monday."}) == 303
    )
    after = whole_report_of(tallis)
    assert [each.subject for each in after.page.judged.rows] == ["bottleneck", "dataops"]  # type: ignore[union-attr]
    assert after.advice == before.advice
    assert after.page.roadmap == before.page.roadmap


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"reason-bottleneck": " \n "}, "Enter why you judge this differently"),
        ({"reason-bottleneck": "x" * 301}, "300 characters or less"),
        ({"reason-bottleneck": "a\0b"}, "cannot be stored"),
        ({"verdict-bottleneck": "attic"}, "Choose one of the lines"),
        ({"verdict-mlops": "ajar", "reason-mlops": "So"}, "Choose one of the lines"),
    ],
)
def test_a_verdict_needs_a_reason_and_has_to_be_one(
    desk: Client, tallis: Assessment, form: dict[str, str], says: str
) -> None:
    sent = {"verdict-bottleneck": "devops", "reason-bottleneck": REASON, **form}
    answer = desk.post(url(tallis), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert rulings_of(Assessment.objects.get(pk=tallis.pk)) == ()


def test_it_is_taken_back_and_the_trail_says_so(desk: Client, tallis: Assessment, consultant: User) -> None:
    rule(desk, tallis)
    first = tallis.rulings.get().at
    rule(desk, tallis)
    assert tallis.rulings.get().at == first, "saved once more as it was"
    desk.post(url(tallis), {"verdict-bottleneck": ""})
    assert not tallis.rulings.exists()
    events = AuditEvent.objects.filter(workspace__isnull=False).order_by("pk")
    assert [(each.action, each.actor, each.details["about"]) for each in events] == [
        ("ruling.made", consultant.pk, "bottleneck"),
        ("ruling.withdrawn", consultant.pk, "bottleneck"),
    ]
    assert all(REASON not in str(each.details) for each in AuditEvent.objects.all())


@pytest.mark.parametrize("who", ["stranger", "viewer", "holder of the link", "other workspace"])
def test_only_consultants_of_its_workspace_may(
    client: Client, tallis: Assessment, consultant: User, owner: Client, who: str
) -> None:
    browser: dict[str, Callable[[], Client]] = {
        "stranger": Client,
        "holder of the link": lambda: owner,
        "viewer": lambda: signed_in(MembershipFactory(workspace=tallis.client.workspace, role=Role.VIEWER)),
        "other workspace": lambda: signed_in(MembershipFactory()),
    }
    visitor = browser[who]()
    assert visitor.get(url(tallis)).status_code == 404
    assert rule(visitor, tallis) == 404


def signed_in(membership: Membership) -> Client:
    browser = Client()
    browser.force_login(membership.user)
    return browser


def test_it_is_in_the_data_that_somebody_takes_away(desk: Client, tallis: Assessment) -> None:
    rule(desk, tallis)
    (found,) = data_of(tallis)["rulings"]
    assert (found["about"], found["verdict"], found["reason"], found["by"]) == (
        "bottleneck",
        "devops",
        REASON,
        "Ana Keller",
    )


def test_every_file_says_both(desk: Client, tallis: Assessment) -> None:
    rule(desk, tallis)
    report = whole_report_of(Assessment.objects.get(pk=tallis.pk))
    take = {
        form: desk.get(reverse("reports:take_file", args=[tallis.public_id, form]))
        for form in ("xlsx", "json")
    }
    sheet = openpyxl.load_workbook(io.BytesIO(take["xlsx"].content))["Summary"]
    cells = {row[1].value: row[2].value for row in sheet.iter_rows() if len(row) > 2}
    assert "Calculated: Data pipelines are the bottleneck." in cells["Judged: The bottleneck"]
    assert REASON in cells["Judged: The bottleneck"]
    judged = json.loads(take["json"].content)["words"]["judged"]
    assert [(each["subject"], each["reason"]) for each in judged] == [("bottleneck", REASON)]
    assert "Software delivery is the bottleneck" in to_markdown(report.page).decode()
    assert to_pptx(report).startswith(b"PK")


def test_the_first_sheet_of_paper_stays_one(desk: Client, tallis: Assessment) -> None:
    from reports import pdf

    reason = ("The release train starts in May, and two people join the platform team. " * 5)[:300].strip()
    subjects = ("bottleneck", "devops", "dataops", "mlops")
    form = {f"verdict-{each}": "closed" for each in subjects} | {"verdict-bottleneck": "mlops"}
    assert desk.post(url(tallis), form | {f"reason-{each}": reason for each in subjects}).status_code == 303
    page = whole_report_of(Assessment.objects.get(pk=tallis.pk)).page
    assert page.judged is not None
    assert page.judged.more == "Three more findings are judged differently; see “Why”."
    for size in ("a4", "letter"):
        html = paper(page, size)
        first = html[: html.index('<section class="page" id="standing"')] + "</body></html>"
        assert pages_in(pdf.render(first)) == 1, (size, _fit(page, ROOM[size]))


@given(situations(), st.sampled_from(["devops", "dataops", "mlops"]), st.sampled_from(["open", "closed"]))
def test_any_verdict_on_any_result_reads_well(situation, layer, verdict) -> None:
    rulings = [("bottleneck", layer, "It is so.", "Ana", DAY), (layer, verdict, "It is so.", "Ana", DAY)]
    page = page_of(situation, rulings=rulings)
    check(page)
    assert page.judged is not None


def test_a_verdict_on_what_an_edition_does_not_know_is_left_out() -> None:
    from advisor.engine import advise
    from advisor.engine.situation import Situation
    from reports.presenter.lexicon import Lexicon

    situation = Situation(mode="full")
    lexicon, advice = Lexicon(PLAYBOOK, situation), advise(PLAYBOOK, situation)
    assert judged_section(lexicon, advice, [("cellar", "open", "So.", "Ana", DAY)]) is None
