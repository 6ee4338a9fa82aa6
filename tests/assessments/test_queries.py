"""How many database statements each page of asking and telling takes: a table that a change of speed has to change too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments.handing_over import link_of, make_code
from assessments.links import digest_of, token_of
from assessments.models import (
    Answer,
    ApiToken,
    Assessment,
    Delivery,
    Invitation,
    Milestone,
    Scenario,
    Webhook,
)
from assessments.samples import samples, store_sample
from tests.assessments.conftest import Open
from tests.assessments.sharing.test_queries import SHARING
from tests.assessments.survey.test_queries import SURVEY
from tests.assessments.workshop.test_queries import ROOM
from tests.assessments.workshop.test_stage import STAGE
from tests.assessments.workspace.test_queries import DESK
from tests.bench.questionnaire import all_of_them, answer_to
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory, WorkspaceFactory
from tests.plans import whole_reads
from tests.statements import asked

QUERIES = {
    # Sessions are counted, and so are the two statements around each transaction.
    # --- The way in
    "GET assessments:landing": 3,
    "GET assessments:landing | a stranger": 0,
    "POST assessments:start": 26,  # nine of them count it for its network
    "GET assessments:scope": 2,
    "POST assessments:scope": 6,
    "GET assessments:resume": 1,
    "POST assessments:resume": 11,
    # --- One question
    "GET assessments:question": 3,
    "GET assessments:question | answered before": 3,
    "POST assessments:question | the first answer": 8,
    "POST assessments:question | another answer": 8,
    "POST assessments:question | the same answer": 5,
    "POST assessments:question | saved by itself": 8,
    "POST assessments:question | another window was faster": 5,
    "POST assessments:question | a note without an answer": 7,
    "POST assessments:question | nothing": 5,
    # --- The whole
    "GET assessments:hub": 4,
    "GET assessments:sheet": 3,
    "POST assessments:sheet | nothing touched": 6,
    "POST assessments:sheet | two answers changed": 12,
    "GET assessments:review": 3,
    "POST assessments:ask_the_rest": 7,
    # --- What people make of it
    "GET reports:result": 9,
    # With looking for a kept one twice, counting against two limits, deleting old ones and keeping the new one.
    "GET reports:pdf": 32,
    "GET reports:plan": 5,
    "GET reports:move": 5,
    "POST reports:move": 10,
    "POST reports:move_to": 9,
    "POST reports:as_calculated": 10,
    "GET reports:reset_plan": 5,
    "POST reports:reset_plan": 6,
    "GET reports:figures": 4,
    "POST reports:figures": 9,
    "GET reports:rulings": 1,
    "GET reports:take": 2,
    "GET reports:take_file": 9,
    # --- Milestones and the re-check
    "GET reports:milestones": 3,
    "POST reports:milestones": 12,
    "POST reports:milestones | no name": 3,
    "GET reports:milestone_rename": 3,
    "POST reports:milestone_rename": 7,
    "GET reports:milestone_delete": 3,
    "POST reports:milestone_delete": 7,
    "GET reports:compare": 6,
    "GET assessments:recheck": 5,
    "POST assessments:recheck": 14,
    "GET assessments:question | on a re-check": 4,
    "POST assessments:question | on a re-check": 9,
    "GET reports:whatif": 5,
    "POST reports:whatif": 12,
    "GET reports:scenario": 3,
    "POST reports:scenario": 8,
    "GET reports:delete_scenario": 3,
    "POST reports:delete_scenario": 7,
    # --- Keeping, leaving, deleting
    "GET assessments:keep": 3,
    "GET assessments:send_link": 2,
    "POST assessments:send_link": 21,
    "POST assessments:new_link": 15,
    "GET assessments:data": 13,
    "GET assessments:leave": 2,
    "POST assessments:leave": 4,
    "GET assessments:left": 0,
    "GET assessments:delete": 2,
    "POST assessments:delete": 9,  # with the line in the list of deletions
    "GET assessments:deleted": 1,
    # --- With a consultancy
    "GET assessments:share": 4,
    "POST assessments:share": 10,
    "GET assessments:hand_over": 5,
    "POST assessments:hand_over": 10,
    # --- The desk, and who works at it
    "GET assessments:desk_entry": 4,
    "GET assessments:desk_entry | a stranger": 0,
    "GET assessments:new_workspace": 3,
    "POST assessments:new_workspace": 8,
    "GET assessments:rename_workspace": 3,
    "POST assessments:rename_workspace": 10,
    "GET assessments:people": 5,
    "GET assessments:invite": 3,
    "POST assessments:invite": 22,
    "POST assessments:resend_invitation": 23,
    "POST assessments:take_back_invitation": 11,
    "GET assessments:member_role": 4,
    "POST assessments:member_role": 14,
    "GET assessments:member_remove": 4,
    "POST assessments:member_remove": 14,
    "GET assessments:leave_workspace": 3,
    "POST assessments:leave_workspace": 12,
    "GET assessments:named": 3,
    "GET assessments:trail": 5,
    "GET assessments:webhooks": 5,
    "POST assessments:webhooks": 11,  # two addresses are on the page that answers, each with what was sent there
    "POST assessments:webhook_test": 5,
    "POST assessments:webhook_switch": 8,
    "POST assessments:webhook_remove": 8,
    "POST assessments:webhook_again": 6,
    "GET assessments:desk_keys": 4,
    "POST assessments:desk_keys": 9,
    "POST assessments:desk_key_remove": 8,
    "GET assessments:invited": 3,
    "POST assessments:invited": 14,
    "GET assessments:invitation": 3,
    # --- Pages for everybody
    "GET assessments:method": 0,
    "GET assessments:privacy": 0,
    "GET assessments:accessibility": 0,
    "GET assessments:licence": 0,
    "POST assessments:theme": 0,
    "POST assessments:violations": 0,  # a form is no report; one that is counts once for its network and once for all
    "GET reports:sample": 2,
    "GET reports:sample | one of them": 2,
    "GET reports:sample_pdf": 26,  # made for a sample, it is counted as well
    "GET reports:sample_take": 1,
    "GET reports:sample_take_file": 2,
    "GET reports:schema": 0,
    "GET reports:sample_whatif": 2,
}
"""PAGE -> queries. A name of an address, with its method; behind the bar, the case."""

OPEN = "sig_gap"
"""The one question without an answer."""

FORMS = {
    "POST assessments:start": {"mode": "full", "stated": "devops"},
    "POST assessments:webhooks": {"url": "https://tools.example.com/another"},
    "POST assessments:scope": {"organisation": "Harrow Pumps", "scope": "The portal", "decision": ""},
    "POST assessments:question | the first answer": {"answer": "unknown"},
    "POST assessments:question | another answer": {"answer": "4", "note": "Since May"},
    "POST assessments:question | the same answer": {"answer": "2"},
    "POST assessments:question | saved by itself": {
        "answer": "4",
        "auto": "1",
        "page": "a-page",
        "seq": "1",
        "seen": "1",
    },
    "POST assessments:question | another window was faster": {"answer": "4", "page": "a-page", "seen": "0"},
    "POST assessments:question | a note without an answer": {"note": "Ask Ann"},
    "POST assessments:sheet | two answers changed": {
        "page": "a-page",
        "seq": "1",
        "dv_ci-answer": "4",
        "dv_ci-seen": "1.",
        "dv_cd-answer": "4",
        "dv_cd-seen": "1.",
    },
    "POST reports:milestones": {"name": "Before the programme"},
    "POST reports:milestone_rename": {"name": "Before the programme"},
    "POST assessments:question | on a re-check": {"answer": "4"},
    "POST assessments:send_link": {"email": "ann@example.com"},
    "POST assessments:theme": {"theme": "dark", "next": "/"},
    "POST assessments:new_workspace": {"name": "Berg"},
    "POST assessments:rename_workspace": {"name": "Berg"},
    "POST assessments:invite": {"email": "bea@example.com", "role": "viewer"},
    "POST assessments:member_role": {"role": "viewer"},
    "POST reports:move": {"slot": "now", "note": "Ask Ann"},
    "POST reports:move_to": {"slot": "later"},
    "POST reports:whatif": {"plan-name": "Second team", "dv_ci": "4"},
    "POST reports:scenario": {"plan-name": "Second team"},
    "POST assessments:desk_keys": {"name": "Reporting", "scope": "read"},
    "POST reports:figures": {"group": "people", "capacity_use": "50", "protection_share": "20"},
}

ADDRESSES = {
    "GET assessments:question": {"question": OPEN},
    "POST assessments:question | the first answer": {"question": OPEN},
    "POST assessments:question | a note without an answer": {"question": OPEN},
    "POST assessments:question | nothing": {"question": OPEN},
    "GET reports:sample | one of them": {"slug": "lumo"},
    "GET reports:sample_pdf": {"slug": "lumo"},
    "GET reports:take_file": {"form": "json"},
    "GET reports:sample_take": {"slug": "lumo"},
    "GET reports:sample_take_file": {"slug": "lumo", "form": "xlsx"},
    "GET reports:sample_whatif": {"slug": "lumo"},
}
"""What stands in an address beside the assessment; otherwise a question is one that was answered before."""

ANSWERED = "dv_ci"
MOVE = "dv_i_baseline"
"""A move of this plan."""

QUESTIONED = {each: "?return=recheck" for each in QUERIES if each.endswith("| on a re-check")}
"""What comes behind an address."""

STATUS = {
    "POST reports:milestones | no name": 422,
    "POST assessments:question | saved by itself": 204,
    "POST assessments:question | another window was faster": 409,
    "POST assessments:question | a note without an answer": 422,
    "POST assessments:question | nothing": 422,
    "GET assessments:send_link": 303,
    "GET reports:rulings": 404,
    "GET assessments:desk_entry | a stranger": 302,
    "GET assessments:invite": 303,
    "POST assessments:desk_keys": 200,
    "POST assessments:webhooks": 200,
    "GET assessments:member_role": 303,
    "POST assessments:violations": 400,
}
"""Where it is not 200 for a page and 303 for a form."""


@pytest.fixture
def assessment(db: None) -> Assessment:
    """One that is nearly finished, so that the number of answers would show."""
    cache.clear()
    made = AssessmentFactory(last_milestone=1, last_scenario=1)
    Answer.objects.bulk_create(
        Answer(assessment=made, question=each.id, value=answer_to(each), revision=1)
        for each in all_of_them()
        if each.id != OPEN
    )
    Milestone.objects.create(
        assessment=made, number=1, name="Then", edition=made.edition, mode=made.mode, answers={}
    )
    Scenario.objects.create(assessment=made, number=1, name="All of it", levels={ANSWERED: 4})
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    return made


@pytest.mark.parametrize("line", QUERIES)
def test_a_page_takes_just_these_queries(line: str, assessment: Assessment, browser_of: Open) -> None:
    if line == "POST assessments:recheck":  # which needs a gate that is not open
        assessment.answers.filter(question=ANSWERED).update(value=0)
    if line.endswith("assessments:share"):
        assessment.client, assessment.kept_by_client = ClientFactory(), True
        assessment.save()
    browser = Client() if line.endswith("| a stranger") else browser_of(assessment)
    if name_in(line) in AT_THE_DESK and not line.endswith("| a stranger"):
        at_the_desk(browser, line)
    address = address_of(line, assessment) + QUESTIONED.get(line, "")
    with CaptureQueriesContext(connection) as taken:
        response = (
            browser.get(address)
            if line.startswith("GET")
            else browser.post(address, FORMS.get(line, {"assessment": assessment.public_id}))
        )
    assert response.status_code == STATUS.get(line, 200 if line.startswith("GET") else 303)
    assert len(asked(taken)) == QUERIES[line], "\n".join([line, *asked(taken)])
    assert not whole_reads(taken), line


AT_THE_DESK = {
    "assessments:desk_entry",
    "assessments:new_workspace",
    "assessments:invited",
    "assessments:invitation",
} | {
    f"assessments:{each}"
    for each in (
        *("desk", "rename_workspace", "people", "invite", "resend_invitation", "take_back_invitation"),
        *(
            "member_role",
            "member_remove",
            "leave_workspace",
            "named",
            "trail",
            "desk_keys",
            "desk_key_remove",
            *(f"webhook{each}" for each in ("s", "_test", "_switch", "_remove", "_again")),
        ),
    )
}
"""What is shown to whoever is signed in; an owner of two workspaces."""

WORKSPACE, SECRET, NUMBER, KEY = "workspace001", "s" * 43, 7001, "key000000001"


def at_the_desk(browser: Client, line: str) -> None:
    """Sign the owner in, with somebody beside them and somebody invited."""
    workspace = WorkspaceFactory(public_id=WORKSPACE)
    owner = MembershipFactory(workspace=workspace, user__email="ann@example.com").user
    MembershipFactory(workspace=workspace)
    MembershipFactory(workspace=workspace, pk=NUMBER)
    MembershipFactory(user=owner)
    Invitation.objects.create(
        pk=NUMBER,
        workspace=WorkspaceFactory()
        if "invited" in line or line.endswith("assessments:invitation")
        else workspace,
        email="ann@example.com" if "invited" in line else "bea@example.com",
        role="viewer",
        digest=digest_of(SECRET),
        expires=timezone.now() + timedelta(days=1),
    )
    ApiToken.objects.create(
        workspace=workspace, public_id=KEY, name="Tool", digest=SECRET, begins="gw_", scope="read"
    )
    hook = Webhook.objects.create(
        workspace=workspace, public_id=KEY, url="https://tools.example.com/", secret="x"
    )
    Delivery.objects.create(pk=NUMBER, webhook=hook, message_id="msg", kind="test", body={})
    browser.force_login(owner)
    session = browser.session
    session["invitation"] = NUMBER if line.endswith("assessments:invitation") else None
    session.save()


def test_every_page_has_a_line() -> None:
    assert {name_in(line) for line in QUERIES | DESK | SHARING | SURVEY | ROOM | STAGE} == {
        name for name, _ in patterns(get_resolver())
    }


def test_a_form_and_an_address_belong_to_a_line() -> None:
    assert set(FORMS) | set(ADDRESSES) | set(STATUS) <= set(QUERIES)


def address_of(line: str, assessment: Assessment) -> str:
    known = {"public_id": assessment.public_id, "question": ANSWERED, "part": "devops", "number": 1}
    known |= {"token": token_of(assessment)}
    if line.endswith("hand_over"):
        link = link_of(make_code(request=None, workspace=WorkspaceFactory()))
        known |= {"token": str(link).rpartition("/")[2]}
    known |= {"code": MOVE} | ADDRESSES.get(line, {})
    if name_in(line) in AT_THE_DESK:
        known = {"workspace": WORKSPACE, "token": SECRET, "number": NUMBER, "public_id": KEY}
    fitting = (
        each
        for name, each in patterns(get_resolver())
        if name == name_in(line) and ("slug" in each) == ("slug" in known)
    )
    return reverse(name_in(line), kwargs={each: known[each] for each in next(fitting)})


def name_in(line: str) -> str:
    return line.partition(" ")[2].partition(" | ")[0]


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, set[str]]]:
    """The name of every address of asking and telling, with what has to stand in it. Programs have tests of their own."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, each.namespace or space)
        elif space in ("assessments", "reports"):
            yield f"{space}:{each.name}", set(each.pattern.converters)
