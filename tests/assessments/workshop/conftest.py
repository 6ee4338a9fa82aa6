"""An assessment with a room, two facilitators, and phones that have come in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client as Browser

from assessments.accounts.models import User
from assessments.models import Assessment, Participant, Round, Workshop
from assessments.workshop import fresh_rooms, joining, rounds
from assessments.workshop.rounds import Act, State
from assessments.workshop.voting import vote
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory, PhoneFactory

QUESTION, OTHER = "dv_ci", "dv_cd"

READY: dict[str, tuple[Act, ...]] = {
    "before": (),
    "waiting": ("show",),
    "open": ("show", "open"),
    "closed": ("show", "open", "close"),
    "revealed": ("show", "open", "reveal"),
    "agreed": ("show", "open", "reveal", "agree"),
}
"""What was done before a question is in this state; "before" is the room without a question."""


def last_round(workshop: Workshop, question: str) -> Round | None:
    """The newest round of a question."""
    return workshop.rounds.filter(question=question).order_by("-number").first()


@dataclass(frozen=True)
class Facilitated:
    """A room, with what its facilitators do in it."""

    workshop: Workshop
    ana: User
    ben: User

    @property
    def now(self) -> Workshop:
        """The room as it is stored."""
        return Workshop.objects.select_related("assessment__client__workspace").get(pk=self.workshop.pk)

    @property
    def state(self) -> State:
        """That of the question on the screen."""
        return self.state_of(self.now.question)

    @property
    def round(self) -> Round:
        """The last one of the question on the screen."""
        found = last_round(self.workshop, self.now.question)
        assert found is not None
        return found

    def state_of(self, question: str) -> State:
        made = self.workshop.agreements.filter(question=question).first()
        return rounds.state_of(last_round(self.workshop, question), made)

    def act(self, name: Act, *, by: User | None = None, step: int | None = None, **given: Any) -> None:
        """Do this as somebody who sees the room as it is; ``step`` makes it somebody who saw it earlier."""
        usual = {"question": QUESTION, "value": "2", "counts": {"1": "2", "3": "2"}}
        rounds.act(
            request=None,
            workshop=self.now,
            name=name,
            by=(by or self.ana).pk,
            step=self.now.step if step is None else step,
            given=usual | given,
        )

    def lead_to(self, state: str) -> None:
        """Do what is done before the question on the screen is in this state."""
        for each in READY[state]:
            self.act(each)

    def phones(self, count: int, **more: Any) -> list[Participant]:
        return PhoneFactory.create_batch(count, workshop=self.workshop, **more)

    def voted(self, values: Iterable[str], **more: Any) -> list[Participant]:
        """As many phones as values, each of which votes for one."""
        said = list(values)
        phones = self.phones(len(said), **more)
        for phone, value in zip(phones, said, strict=True):
            vote(participant=phone, round_pk=self.round.pk, value=value)
        return phones


def open_a_room(assessment: Assessment | None = None) -> Facilitated:
    """A room on an assessment of a client, for which Ana and Ben work."""
    held = assessment or AssessmentFactory(client=ClientFactory())
    assert held.client
    ana, ben = (
        MembershipFactory(workspace=held.client.workspace, role="consultant", user__name=name).user
        for name in ("Ana", "Ben")
    )
    return Facilitated(joining.open_workshop(assessment=held, by=ana.pk), ana, ben)


@pytest.fixture
def room(db: None) -> Facilitated:
    return open_a_room()


@pytest.fixture
def host(room: Facilitated) -> Browser:
    """Ana's browser."""
    browser = Browser()
    browser.force_login(room.ana)
    return browser


@pytest.fixture
def link(room: Facilitated) -> str:
    """What stands behind the QR code."""
    return joining.join_link(room.workshop)


type ComeIn = Callable[..., Browser]


@pytest.fixture
def come_in(room: Facilitated) -> ComeIn:
    """A phone that has scanned the code and pressed the button."""

    def one_more(**fields: str) -> Browser:
        browser = Browser()
        answer = browser.post(joining.join_link(room.now), fields)
        assert answer.status_code == 303, answer.content.decode()
        return browser

    return one_more


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process has read within the last half second is nothing that another test may see."""
    fresh_rooms._kept.clear()
