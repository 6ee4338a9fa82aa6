"""Every address against everybody: who is let in, and that nobody from elsewhere finds anything."""

import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments.access import READING_KEY, SESSION_KEY
from assessments.handing_over import link_of, make_code
from assessments.links import digest_of, token_of
from assessments.logos import logo_from
from assessments.models import (
    Answer,
    ApiToken,
    Brand,
    Delivery,
    HandOver,
    Invitation,
    Milestone,
    Role,
    Scenario,
    ShareLink,
    Survey,
    Webhook,
    Workspace,
)
from assessments.samples import samples, store_sample
from assessments.surveys import link_of as survey_link
from assessments.surveys import open_survey
from assessments.workshop import fresh_rooms
from assessments.workshop.joining import end_workshop, join_link, join_secret, open_workshop, stage_link
from reports import pdf
from reports.pdf.asking import Template
from tests.assessments.workspace.logos import picture
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory, UserFactory, WorkspaceFactory

SECRET, MARK = "s" * 43, "m" * 22
EVERYBODY = "everybody"
HOLDER = "holder"
PHONE = "phone"
"""One that has come into the room on the assessment, and knows nothing else of it."""
DESK = frozenset({"viewer", "consultant", "owner"})
EDITORS = frozenset({"consultant", "owner"})
OWNER = frozenset({"owner"})
ACCOUNT = frozenset({"newcomer", "foreign owner", *DESK})

WORK = EDITORS | {HOLDER}
"""Who works on an assessment: the holder of its private link, and those who work for its client."""
READ = DESK | {HOLDER}

MAY: dict[str, frozenset[str] | str] = {
    **dict.fromkeys(
        (
            "assessments:landing", "assessments:start", "assessments:left", "assessments:deleted", "assessments:resume",
            "assessments:method", "assessments:privacy", "assessments:accessibility", "assessments:licence",
            "assessments:theme", "assessments:violations", "assessments:hand_over", "reports:sample", "reports:sample_pdf", "reports:sample_take",
            "reports:sample_take_file", "reports:sample_whatif", "reports:schema",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "assessments:hub", "assessments:scope", "assessments:keep", "assessments:send_link", "assessments:new_link",
            "assessments:leave", "assessments:data", "assessments:question", "assessments:sheet", "assessments:recheck",
            "assessments:review", "assessments:ask_the_rest", "assessments:delete", "assessments:share", "reports:plan",
            "reports:reset_plan", "reports:move", "reports:move_to", "reports:as_calculated", "reports:figures",
            "reports:milestones", "reports:milestone_rename", "reports:milestone_delete", "reports:whatif",
            "reports:scenario", "reports:delete_scenario",
        ),
        WORK,
    ),
    **dict.fromkeys(
        ("reports:result", "reports:pdf", "reports:compare", "reports:take", "reports:take_file"), READ
    ),
    "reports:rulings": EDITORS,
    "assessments:desk_entry": ACCOUNT,
    "assessments:new_workspace": frozenset({"owner", "foreign owner"}),
    "assessments:invited": EVERYBODY,
    "assessments:invitation": frozenset(),
    "assessments:people": DESK,
    "assessments:leave_workspace": DESK,
    **dict.fromkeys(
        (
            "assessments:rename_workspace", "assessments:invite", "assessments:resend_invitation",
            "assessments:take_back_invitation", "assessments:member_role", "assessments:member_remove",
        ),
        OWNER,
    ),
    **dict.fromkeys(
        (
            "assessments:desk", "assessments:desk_assessment", "assessments:desk_clients", "assessments:desk_client",
        ),
        DESK,
    ),
    **dict.fromkeys(
        (
            "assessments:desk_new", "assessments:desk_move", "assessments:desk_archive", "assessments:desk_delete",
            "assessments:desk_send", "assessments:desk_client_new", "assessments:desk_client_rename",
            "assessments:desk_unit", "assessments:desk_client_archive", "assessments:desk_client_delete",
            "assessments:desk_inbox", "assessments:desk_code", "assessments:desk_code_end", "assessments:desk_take",
            "assessments:desk_decline", "assessments:desk_bin", "assessments:desk_restore", "assessments:desk_erase",
        ),
        EDITORS,
    ),
    **dict.fromkeys(
        ("assessments:shared_link", "assessments:brand_logo", "assessments:brand_colours"), EVERYBODY
    ),
    **dict.fromkeys(("assessments:share_links", "assessments:revoke_share"), WORK),
    "assessments:take_part": EVERYBODY,
    **dict.fromkeys(
        (
            "assessments:room", "assessments:room_open", "assessments:room_state", "assessments:room_phones",
            "assessments:room_act", "assessments:room_note", "assessments:room_set", "assessments:room_end",
            "reports:copies",
        ),
        WORK,
    ),
    **dict.fromkeys(("assessments:join", "assessments:join_by_link"), EVERYBODY),
    **dict.fromkeys(("assessments:phone", "assessments:phone_vote", "assessments:phone_wish"), frozenset({PHONE})),
    "assessments:phone_state": EVERYBODY,  # whoever is not in the room hears just that
    **dict.fromkeys(("assessments:stage", "assessments:stage_state", "reports:stage_result"), EVERYBODY),
    **dict.fromkeys(
        (
            "assessments:several", "assessments:several_open", "assessments:several_new_link",
            "assessments:several_count", "assessments:differences", "assessments:take_unanimous",
            "assessments:difference",
        ),
        WORK,
    ),
    **dict.fromkeys(("reports:shared", "reports:shared_pdf", "reports:shared_whatif"), frozenset({"reader"})),
    **dict.fromkeys(("reports:portfolio", "reports:client_portfolio"), DESK),
    **dict.fromkeys(
        ("assessments:branding", "assessments:unbrand", "assessments:offers", "reports:defaults"), OWNER
    ),
    "assessments:named": OWNER,
    "assessments:trail": OWNER,
    **dict.fromkeys(
        (
            "assessments:webhooks", "assessments:webhook_test", "assessments:webhook_switch",
            "assessments:webhook_remove", "assessments:webhook_again",
        ),
        OWNER,
    ),
    "reports:client_data": OWNER,
    "assessments:desk_keys": OWNER,
    "assessments:desk_key_remove": OWNER,
}  # fmt: skip
"""Who may open what. An address that is missing here fails the tests."""


@dataclass
class World:
    """One workspace with something of everything, and somebody of every kind."""

    workspace: Workspace = field(default_factory=lambda: WorkspaceFactory(name="Keller Consulting"))

    def __post_init__(self) -> None:
        self.client = ClientFactory(workspace=self.workspace)
        self.assessment = AssessmentFactory(client=self.client, last_milestone=1, last_scenario=1)
        Answer.objects.create(assessment=self.assessment, question="dv_ci", value=2, revision=1)
        Milestone.objects.create(
            assessment=self.assessment, number=1, name="Then", edition="2026.1", mode="full", answers={}
        )
        Scenario.objects.create(assessment=self.assessment, number=1, name="All", levels={"dv_ci": 4})
        self.binned = AssessmentFactory(client=self.client, binned=timezone.now())
        self.kept = AssessmentFactory(client=self.client, kept_by_client=True)
        self.code = make_code(request=None, workspace=self.workspace)
        waiting = AssessmentFactory()
        self.waiting = HandOver.objects.create(workspace=self.workspace, assessment=waiting)
        self.survey = open_survey(request=None, assessment=self.assessment)
        Survey.objects.filter(pk=self.survey.pk).update(closed=timezone.now())
        self.survey.tallies.create(question="dv_ci")
        self.room = open_workshop(assessment=self.assessment, by=None)
        self.over = open_workshop(assessment=AssessmentFactory(), by=None)
        end_workshop(workshop=self.over, by=None)
        self.link = ShareLink.objects.create(
            assessment=self.assessment,
            label="Board",
            digest=digest_of(SECRET),
            expires=timezone.now() + timedelta(days=1),
        )
        self.brand = Brand.objects.create(
            workspace=self.workspace, mark=MARK, name="Keller", accent="#0b5d4e"
        )
        Brand.objects.filter(pk=self.brand.pk).update(
            logo=logo_from(picture()).png, logo_width=10, logo_height=10
        )
        self.member = MembershipFactory(workspace=self.workspace, role=Role.VIEWER)
        self.invitation = Invitation.objects.create(
            workspace=self.workspace,
            email="bea@example.com",
            role="viewer",
            digest=digest_of(SECRET),
            expires=timezone.now() + timedelta(days=1),
        )
        self.token = ApiToken.objects.create(
            workspace=self.workspace, name="Tool", digest="x", begins="gw_x", scope="read"
        )

        self.webhook = Webhook.objects.create(
            workspace=self.workspace, url="https://tools.example.com/", secret="x"
        )
        self.delivery = Delivery.objects.create(webhook=self.webhook, message_id="msg", kind="test", body={})

    def browsers(self) -> dict[str, Browser]:
        """Somebody of every kind, each at a browser of their own."""
        people = {role.value: MembershipFactory(workspace=self.workspace, role=role).user for role in Role}
        people["newcomer"] = UserFactory()
        people["foreign owner"] = MembershipFactory().user
        found = {"stranger": Browser(), HOLDER: Browser(), "foreign holder": Browser(), "reader": Browser()}
        found[PHONE] = Browser()
        found[PHONE].post(join_link(self.room))
        session = found["reader"].session
        session[READING_KEY] = [self.link.public_id]
        session.save()
        for name, held in ((HOLDER, self.assessment), ("foreign holder", AssessmentFactory())):
            session = found[name].session
            session[SESSION_KEY] = {held.public_id: held.link_number}
            session.save()
        for name, user in people.items():
            found[name] = Browser()
            found[name].force_login(user)
        return found

    def address_of(self, name: str) -> str:
        known: dict[str, Any] = {
            "workspace": self.workspace.public_id,
            "public_id": self.assessment.public_id,
            "question": "dv_ci",
            "part": "devops",
            "number": 1,
            "code": "dv_i_baseline",
            "form": "json",
            "token": token_of(self.assessment),
            "kind": "assessment",
            "share": self.link.public_id,
            "mark": MARK,
            "client": self.client.public_id,
        }
        known |= OTHER.get(name, lambda _: {})(self)
        wanted = max((each for found, each in patterns(get_resolver()) if found == name), key=len)
        return reverse(name, kwargs={each: known[each] for each in wanted})


OTHER: dict[str, Callable[[World], dict[str, Any]]] = {
    **dict.fromkeys(
        [name for name in MAY if name.startswith(("assessments:desk_client", "assessments:desk_unit"))],
        lambda world: {"public_id": world.client.public_id},
    ),
    **dict.fromkeys(
        ("assessments:desk_restore", "assessments:desk_erase"),
        lambda world: {"public_id": world.binned.public_id},
    ),
    **dict.fromkeys(
        [name for name in MAY if name.startswith("assessments:phone")],
        lambda world: {"public_id": world.room.public_id},
    ),
    "assessments:join_by_link": lambda world: {"secret": join_secret(world.room)},
    "assessments:shared_link": lambda _: {"token": SECRET},
    "assessments:take_part": lambda world: {"token": str(survey_link(world.survey)).split("/")[2]},
    **dict.fromkeys(
        ("assessments:stage", "assessments:stage_state", "reports:stage_result"),
        lambda world: {"secret": stage_link(world.over).split("/")[2]},
    ),
    "assessments:invited": lambda _: {"token": SECRET},
    **dict.fromkeys(
        ("assessments:resend_invitation", "assessments:take_back_invitation"),
        lambda world: {"number": world.invitation.pk},
    ),
    **dict.fromkeys(
        ("assessments:member_role", "assessments:member_remove"), lambda world: {"number": world.member.pk}
    ),
    "assessments:hand_over": lambda world: {"token": str(link_of(world.code)).rpartition("/")[2]},
    "assessments:desk_send": lambda world: {"public_id": world.kept.public_id},
    "assessments:desk_code_end": lambda world: {"public_id": world.code.public_id},
    "assessments:desk_take": lambda world: {"public_id": world.waiting.assessment.public_id},
    "assessments:desk_decline": lambda world: {"public_id": world.waiting.assessment.public_id},
    **dict.fromkeys(
        [name for name in MAY if name.startswith("assessments:webhook_")],
        lambda world: {"public_id": world.webhook.public_id, "number": world.delivery.pk},
    ),
    "assessments:desk_key_remove": lambda world: {"public_id": world.token.public_id},
    **dict.fromkeys([name for name in MAY if name.startswith("reports:sample")], lambda _: {"slug": "lumo"}),
}
"""What stands in an address where it is not the assessment."""


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """The name of every address of ours, with what has to stand in it. Programs have a table of their own."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, each.namespace or space)
        elif space in ("assessments", "reports"):
            yield f"{space}:{each.name}", frozenset(each.pattern.converters)


def outcome(browser: Browser, address: str) -> str:
    """ "in", "sign in", "refused" or "not found", by the method that the address takes. Nothing that it does stays."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        answer = browser.get(address)
        if answer.status_code == 405:
            answer = browser.post(address, {"slot": "later", "act": "show", "set": "dark"})
        transaction.set_rollback(True)
    fresh_rooms._kept.clear()
    browser.cookies = cookies
    if answer.status_code == 302 and "/account/login/" in answer["Location"]:
        return "sign in"
    return {403: "refused", 404: "not found"}.get(answer.status_code, "in")


def test_every_address_is_in_the_table() -> None:
    assert set(MAY) == {name for name, _ in patterns(get_resolver())}


@pytest.fixture
def brief_pdfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who may have a PDF does not depend on what stands in it."""
    brief = "import sys; from reports.pdf.forking import serve; sys.exit(serve(lambda: lambda *_: b'%PDF-'))"
    template = Template((sys.executable, "-c", brief))
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    yield
    template.stop()


@pytest.mark.django_db
@pytest.mark.usefixtures("brief_pdfs")
def test_everybody_gets_in_where_they_may_and_nowhere_else() -> None:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    world, wrong = World(), {}
    browsers = world.browsers()
    for name in MAY:
        cache.clear()  # nobody has asked too often
        address = world.address_of(name)
        for who, browser in browsers.items():
            found = outcome(browser, address)
            if found not in expected(who, name):
                wrong[who, name] = found
    assert wrong == {}


def expected(who: str, name: str) -> tuple[str, ...]:
    """What somebody of this kind may meet with at this address."""
    may = MAY[name]
    if may == EVERYBODY or who in may:
        return ("in",)
    if who in DESK or (name == "assessments:new_workspace" and who in ACCOUNT):
        return "refused", "not found"
    return "sign in", "not found"
