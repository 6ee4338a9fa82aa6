"""How many PDFs somebody may have made within an hour, and that one that is kept costs nothing."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.access import READING_KEY, SESSION_KEY
from assessments.links import digest_of
from assessments.management.commands.serve import THREADS
from assessments.models import ApiToken, Assessment, Counter, Role, ShareLink
from assessments.tokens import BEGINS
from reports import keeping, pdf
from reports.allowance import AN_HOUR, FROM_ONE_NETWORK
from reports.pdf.asking import Template
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory

pytestmark = pytest.mark.django_db

ECHO = "import sys; from reports.pdf.forking import serve; sys.exit(serve(lambda: lambda html, *_: b'%PDF-' + html.encode()))"


@pytest.fixture(autouse=True)
def quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """How many are made does not depend on how they look."""
    template = Template((sys.executable, "-c", ECHO))
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    yield
    template.stop()


@pytest.fixture
def assessment() -> Assessment:
    return AssessmentFactory()


def holder_of(*assessments: Assessment, network: str = "198.51.100.7") -> Client:
    browser = Client(REMOTE_ADDR=network)
    session = browser.session
    session[SESSION_KEY] = {each.public_id: each.link_number for each in assessments}
    session.save()
    return browser


def ask(browser: Client, assessment: Assessment, rate: int | None = None) -> int:
    """Ask for the PDF; with a day rate of one's own it is always made anew."""
    address = reverse("reports:pdf", args=[assessment.public_id])
    return browser.get(address, {} if rate is None else {"day_rate": rate}).status_code


def use_up(browser: Client, assessment: Assessment) -> None:
    assert {ask(browser, assessment, rate) for rate in range(1, AN_HOUR + 1)} == {200}


def test_the_eleventh_within_an_hour_is_refused_with_a_way_on(assessment: Assessment) -> None:
    browser = holder_of(assessment)
    use_up(browser, assessment)
    refused = browser.get(reverse("reports:pdf", args=[assessment.public_id]), {"day_rate": 99})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    page = refused.content.decode()
    assert "The web report is complete" in page
    assert reverse("reports:result", args=[assessment.public_id]) in page


def test_one_that_is_kept_costs_nothing(assessment: Assessment) -> None:
    browser = holder_of(assessment)
    assert ask(browser, assessment) == 200
    before = list(Counter.objects.values())
    for _ in range(AN_HOUR + 5):
        assert ask(browser, assessment) == 200
    assert list(Counter.objects.values()) == before
    assert {ask(browser, assessment, rate) for rate in range(1, AN_HOUR)} == {200}
    assert ask(browser, assessment, 99) == 429
    assert ask(browser, assessment) == 200, "the kept one is still given out"


def test_a_changed_report_has_to_be_made_and_counts(assessment: Assessment) -> None:
    browser = holder_of(assessment)
    use_up(browser, assessment)
    assert ask(browser, assessment) == 429


def test_others_are_not_held_up(assessment: Assessment) -> None:
    another = AssessmentFactory()
    use_up(holder_of(assessment), assessment)
    assert ask(holder_of(another), another, 1) == 200
    assert ask(holder_of(assessment, network="203.0.113.9"), assessment, 1) == 200


def test_forged_headers_change_nothing(assessment: Assessment) -> None:
    browser = holder_of(assessment)
    use_up(browser, assessment)
    for header in ("X-Forwarded-For", "X_Forwarded_For", "Forwarded", "X-Real-IP", "Client-IP"):
        address = reverse("reports:pdf", args=[assessment.public_id])
        assert browser.get(address, {"day_rate": 77}, headers={header: "203.0.113.9"}).status_code == 429


def test_a_network_with_many_assessments_has_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert FROM_ONE_NETWORK == 60
    monkeypatch.setattr("reports.allowance.FROM_ONE_NETWORK", 3)
    several = AssessmentFactory.create_batch(4)
    assert [ask(holder_of(each), each, 1) for each in several] == [200, 200, 200, 429]
    assert ask(holder_of(several[3], network="203.0.113.9"), several[3], 1) == 200


def test_an_account_counts_as_one_wherever_it_comes_from() -> None:
    membership = MembershipFactory(role=Role.VIEWER)
    first, second = AssessmentFactory.create_batch(2, client=ClientFactory(workspace=membership.workspace))
    browser, elsewhere = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="203.0.113.9")
    browser.force_login(membership.user)
    elsewhere.force_login(membership.user)
    use_up(browser, first)
    assert ask(elsewhere, second, 1) == 429


def test_a_reader_takes_nothing_from_the_holder(assessment: Assessment) -> None:
    link = ShareLink.objects.create(
        assessment=assessment, label="Board", digest="x", expires=timezone.now() + timedelta(days=1)
    )
    reader = Client(REMOTE_ADDR="198.51.100.7")
    session = reader.session
    session[READING_KEY] = [link.public_id]
    session.save()
    address = reverse("reports:shared_pdf", args=[link.public_id])
    assert {reader.get(address, {"day_rate": rate}).status_code for rate in range(1, AN_HOUR + 1)} == {200}
    assert reader.get(address, {"day_rate": 99}).status_code == 429
    assert ask(holder_of(assessment), assessment, 1) == 200


def test_samples_are_counted_by_network() -> None:
    call_command("loaddemo", verbosity=0)
    address = reverse("reports:sample_pdf", args=["lumo"])
    assert {Client().get(address, {"day_rate": rate}).status_code for rate in range(1, AN_HOUR + 1)} == {200}
    assert Client().get(address, {"day_rate": 99}).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(address, {"day_rate": 99}).status_code == 200


def test_a_program_is_told_when_to_come_back() -> None:
    client = ClientFactory()
    several = AssessmentFactory.create_batch(AN_HOUR + 1, client=client)
    secret = BEGINS + "x" * 43
    ApiToken.objects.create(
        workspace=client.workspace, name="Tool", digest=digest_of(secret), begins="gw_x", scope="read"
    )
    browser = Client(headers={"Authorization": f"Bearer {secret}"})
    answers = [browser.get(reverse("api:pdf", args=[each.public_id])) for each in several]
    assert [each.status_code for each in answers] == [200] * AN_HOUR + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert browser.get(reverse("api:pdf", args=[several[0].public_id])).status_code == 200, "a kept one"


def test_one_that_had_to_wait_for_others_does_not_count(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = holder_of(assessment)
    monkeypatch.setattr(pdf, "QUEUE_SECONDS", 0.0)
    with pdf.place_in_queue(places=1):
        assert ask(browser, assessment, 1) == 503
    assert not Counter.objects.filter(count__gt=0).exists()


def test_one_thread_of_each_server_process_is_left_for_others() -> None:
    assert keeping.MOST_WAITING == THREADS - 1 > 0


def test_where_as_many_wait_as_may_the_next_is_told_at_once(assessment: Assessment) -> None:
    browser, kept = holder_of(assessment), AssessmentFactory()
    assert ask(holder_of(kept), kept) == 200
    with ExitStack() as waiting:
        for _ in range(keeping.MOST_WAITING):
            waiting.enter_context(keeping.waiting())
        with CaptureQueriesContext(connection) as taken:
            assert ask(browser, assessment) == 503
        assert not [each for each in taken if "assessments_answer" in each["sql"]], (
            "and nothing is worked out for that"
        )
        assert ask(browser, assessment, 1) == 503
        assert ask(holder_of(kept), kept) == 200, "for one that is kept nobody waits"
    assert ask(browser, assessment) == 200
