"""A thousand stored assessments with everything that hangs on them, in the proportions of a site that has run for some years.

Of a thousand 450 are of clients, in three workspaces of 300, 100 and 50, with 225 clients; four of five of them are finished.
Of the 550 that nobody's consultancy knows of, 35 are what somebody says in one of five surveys, a third is finished, a
quarter was left half-way, the others after a few questions. Ten had a workshop of twelve phones and fifteen votes. Sixty have
a milestone, thirty a scenario, forty own figures, sixty moves in the plan, ten a ruling, eighty a link to read.
Beside them: nine people, 800 browser sessions, some 3,200 lines of the trail, messages, keys, invitations and three PDFs.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice, product
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from assessments.accounts.models import User
from assessments.digests import bring_up_to_date
from assessments.links import digest_of
from assessments.models import (
    Agreement,
    Answer,
    AnswerChange,
    ApiToken,
    Assessment,
    AuditEvent,
    Client,
    Completion,
    Counter,
    Delivery,
    HandOver,
    HandOverCode,
    Invitation,
    Membership,
    Milestone,
    OwnFigure,
    Participant,
    PlanChange,
    Round,
    Ruling,
    Scenario,
    ShareLink,
    Survey,
    Tally,
    Vote,
    Webhook,
    Workshop,
    Workspace,
)
from assessments.playbooks import current
from assessments.workshop.joining import LETTERS
from reports.models import MadePdf
from tests.bench.population import value_of
from tests.bench.questionnaire import NOTE, all_of_them, answer_to

SIZE = 1_000
WORKSPACES = (300, 100, 50)
"""So many assessments each."""
CLIENTS_EACH = 2
"""So many assessments of each client."""
SURVEYS, PARTS = 5, 7
WORKSHOPS, PHONES, VOTES = 10, 12, 15
SESSIONS = 800
LINES = 7
"""Lines of the trail for each assessment of a client."""
PASSWORD = "one quiet river under stars"
TEAM = ("owner", "consultant", "viewer")


class Block:
    """Stores the thousand; one that is made again with the same dice is the same but for its secrets."""

    def __init__(self) -> None:
        self.dice, self.now = Random(3), timezone.now()
        self.edition, self.questions = current().edition, all_of_them()
        self.capabilities = [each for each in self.questions if each.id in current().capability]
        self.numbers = iter(range(10**6))

    def store(self) -> None:
        """All of it."""
        users = self._people()
        spaces = self._workspaces(users)
        theirs = self._of_clients(spaces)
        alone = self._of_nobody(SIZE - len(theirs) - SURVEYS * PARTS)
        done = [row for row, finished in (*theirs, *alone) if finished]
        self._surveys([row for row, _ in theirs][:SURVEYS])
        self._workshops([row for row, _ in theirs][SURVEYS : SURVEYS + WORKSHOPS])
        self._what_people_make_of_it(done, users[0])
        self._beside(spaces, users, [row for row, _ in theirs], [row for row, _ in alone])
        while bring_up_to_date(Assessment.objects.filter(client__isnull=False), most=500):
            pass

    def id(self) -> str:
        """Twelve characters, of which a copy changes the last three."""
        return f"{self.dice.getrandbits(54):09x}"[:9].rjust(9, "0") + "000"

    def secret(self) -> str:
        """64 characters, of which a copy changes the last four."""
        return digest_of(f"block {next(self.numbers)}")[:60] + "0000"

    def ago(self, days: float) -> datetime:
        """Some moment of these days, a few minutes back at least."""
        return self.now - timedelta(days=self.dice.random() * days, minutes=5)

    # --- Who works here -----------------------------------------------------------------------------------------------

    def _people(self) -> list[User]:
        word = make_password(PASSWORD)
        users = User.objects.bulk_create(
            User(email=f"person{number}@firm.example", name=f"Person {number}", password=word)
            for number in range(len(WORKSPACES) * len(TEAM))
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=each, email=each.email, primary=True, verified=True) for each in users
        )
        return users

    def _workspaces(self, users: Sequence[User]) -> list[Workspace]:
        made = Workspace.objects.bulk_create(
            Workspace(name=f"Consultancy {number}", public_id=self.id()) for number in range(len(WORKSPACES))
        )
        Membership.objects.bulk_create(
            Membership(workspace=space, user=users[number * len(TEAM) + place], role=role)
            for number, space in enumerate(made)
            for place, role in enumerate(TEAM)
        )
        return made

    # --- Assessments --------------------------------------------------------------------------------------------------

    def _assessment(self, touched: datetime, **more: Any) -> Assessment:
        return Assessment(
            public_id=self.id(),
            resume_digest=self.secret(),
            edition=self.edition,
            mode="full",
            organisation=f"Organisation {next(self.numbers)}",
            scope="The service portal",
            created=touched - timedelta(days=1),
            touched=touched,
            opened=touched,
            version=1,
            **more,
        )

    def _of_clients(self, spaces: Sequence[Workspace]) -> list[tuple[Assessment, bool]]:
        rows = []
        for space, many in zip(spaces, WORKSPACES, strict=True):
            kinds = ("Bank", "Pumps", "Logistics", "Insurance", "Retail")
            clients = Client.objects.bulk_create(
                Client(workspace=space, name=f"Client {number} {kinds[number % 5]}", public_id=self.id())
                for number in range(many // CLIENTS_EACH)
            )
            for number in range(many):
                row = self._assessment(
                    self.ago(700),
                    client=clients[number // CLIENTS_EACH],
                    unit=f"Unit {number % CLIENTS_EACH}",
                )
                row.kept_by_client = number % 20 == 19
                row.archived = self.ago(100) if number % 25 == 24 else None
                row.binned = self.ago(29) if number % 50 == 49 else None
                rows.append((row, number % 5 < 4))
        return self._with_answers(rows)

    def _of_nobody(self, many: int) -> list[tuple[Assessment, bool]]:
        rows = []
        for number in range(many):
            finished = number % 3 == 0
            rows.append((self._assessment(self.ago(89 if finished else 29)), finished))
        return self._with_answers(rows)

    def _with_answers(self, rows: list[tuple[Assessment, bool]]) -> list[tuple[Assessment, bool]]:
        Assessment.objects.bulk_create(row for row, _ in rows)
        every = len(self.questions)
        answers = [
            answer
            for row, finished in rows
            for answer in self._answers(row, every if finished else self.dice.choice((3, 6, every // 2)))
        ]
        Answer.objects.bulk_create(answers, batch_size=5_000)
        AnswerChange.objects.bulk_create(
            (
                AnswerChange(assessment=each.assessment, question=each.question, new=each.value)
                for each in answers
            ),
            batch_size=5_000,
        )
        return rows

    def _answers(self, row: Assessment, many: int) -> Iterable[Answer]:
        for question in self.questions[:many]:
            yield Answer(
                assessment=row,
                question=question.id,
                value=value_of(question, self.dice),
                note=NOTE if self.dice.random() < 0.2 else "",
                draft={"chosen": [], "number": "", "na_reason": "", "note": "half a thought"}
                if self.dice.random() < 0.03
                else None,
                updated=row.touched,
                revision=1,
            )

    # --- Several people -----------------------------------------------------------------------------------------------

    def _surveys(self, rows: Sequence[Assessment]) -> None:
        made = Survey.objects.bulk_create(
            Survey(
                assessment=row,
                public_id=self.id(),
                digest=self.secret(),
                expires=self.now + timedelta(days=20),
                closed=None if number == 0 else self.ago(29),
                people=PARTS,
            )
            for number, row in enumerate(rows)
        )
        parts = [
            (self._assessment(self.ago(29), part_of=each.assessment, role="developer"), True)
            for each in made
            for _ in range(PARTS)
        ]
        self._with_answers(parts)
        Tally.objects.bulk_create(
            Tally(survey=each, question=question.id, counts={"1": 3, "2": 4})
            for each in made[1:]
            for question in self.questions
        )

    def _workshops(self, rows: Sequence[Assessment]) -> None:
        codes = map("".join, product(LETTERS, repeat=3))
        for number, (row, code) in enumerate(zip(rows, islice(codes, len(rows)), strict=True)):
            held = number == 0  # the others are over
            room = Workshop.objects.create(
                assessment=row,
                public_id=self.id(),
                code=f"{code}000" if held else None,
                join_digest=self.secret(),
                stage_digest=self.secret(),
                active=self.now if held else self.ago(29),
                ended=None if held else self.ago(29),
                question=self.capabilities[0].id,
            )
            phones = Participant.objects.bulk_create(
                Participant(workshop=room, digest=self.secret(), number=each + 1) for each in range(PHONES)
            )
            asked = self.capabilities[:VOTES]
            rounds = Round.objects.bulk_create(
                Round(
                    workshop=room,
                    question=each.id,
                    number=1,
                    state="open" if held and not place else "revealed",
                    people=0 if held and not place else PHONES,
                    counts={} if held and not place else {"1": 5, "2": 7},
                )
                for place, each in enumerate(asked)
            )
            Vote.objects.bulk_create(
                Vote(round=each, participant=phone, value=str(self.dice.randrange(5)))
                for each in rounds
                for phone in phones
            )
            Agreement.objects.bulk_create(
                Agreement(workshop=room, question=each.id, agreed=self.now, value=2) for each in asked[1:9]
            )

    # --- What hangs on them -------------------------------------------------------------------------------------------

    def _what_people_make_of_it(self, done: Sequence[Assessment], judge: User) -> None:
        every = {each.id: {"value": answer_to(each), "na_reason": "", "note": ""} for each in self.questions}
        some = iter(done)
        Milestone.objects.bulk_create(
            Milestone(
                assessment=row, number=1, name="Then", edition=row.edition, mode=row.mode, answers=every
            )
            for row in islice(some, 60)
        )
        Scenario.objects.bulk_create(
            Scenario(assessment=row, number=1, name="All of it", levels={"dv_ci": 4}) for row in done[:30]
        )
        OwnFigure.objects.bulk_create(
            OwnFigure(assessment=row, name="capacity_use", value=0.5) for row in islice(some, 40)
        )
        PlanChange.objects.bulk_create(
            PlanChange(assessment=row, code="dv_i_baseline", slot="now", owner="Ann Berg")
            for row in islice(some, 60)
        )
        Ruling.objects.bulk_create(
            Ruling(
                assessment=row,
                subject="bottleneck",
                verdict="dataops",
                reason="Seen there",
                by=judge,
                by_name="Ann",
            )
            for row in done[-10:]
        )
        ShareLink.objects.bulk_create(
            ShareLink(
                assessment=row,
                public_id=self.id(),
                digest=self.secret(),
                label="Board",
                expires=self.now + timedelta(days=30),
            )
            for row in done[:80]
        )
        MadePdf.objects.bulk_create(
            MadePdf(assessment=row, paper="a4", language="en", digest=self.secret(), content=b"%PDF" * 25_000)
            for row in done[-3:]
        )
        Completion.objects.bulk_create(Completion(assessment=row) for row in done[-50:])

    def _beside(
        self,
        spaces: Sequence[Workspace],
        users: Sequence[User],
        theirs: Sequence[Assessment],
        alone: Sequence[Assessment],
    ) -> None:
        AuditEvent.objects.bulk_create(
            AuditEvent(
                workspace=row.client.workspace_id,
                at=self.ago(700),
                actor=users[0].pk,
                actor_kind="user",
                action="assessment.moved",
                subject=row.public_id,
                network="192.0.2.0/24",
            )
            for row in theirs
            if row.client
            for _ in range(LINES)
        )
        HandOver.objects.bulk_create(HandOver(assessment=row, workspace=spaces[0]) for row in alone[:2])
        HandOverCode.objects.bulk_create(
            HandOverCode(
                workspace=each,
                public_id=self.id(),
                digest=self.secret(),
                expires=self.now + timedelta(days=9),
            )
            for each in spaces
        )
        Invitation.objects.bulk_create(
            Invitation(
                workspace=each,
                email=f"guest{each.pk}@firm.example",
                role="viewer",
                digest=self.secret(),
                expires=self.now + timedelta(days=7),
            )
            for each in spaces
        )
        ApiToken.objects.bulk_create(
            ApiToken(
                workspace=each,
                public_id=self.id(),
                name="Tool",
                digest=self.secret(),
                begins="gw_abcdef",
                scope="write",
                used=self.now,
            )
            for each in spaces
        )
        hooks = Webhook.objects.bulk_create(
            Webhook(
                workspace=each,
                public_id=self.id(),
                url="https://tools.firm.example/",
                secret="x",
                active=False,
            )
            for each in spaces
        )
        Delivery.objects.bulk_create(
            Delivery(
                webhook=each, message_id=self.secret()[24:], kind="assessment.completed", body={}, tries=1
            )
            for each in hooks
            for _ in range(20)
        )
        nobody = SessionStore().encode({"language": "en", "theme": "dark"})
        Session.objects.bulk_create(
            Session(
                session_key=self.secret()[32:], session_data=nobody, expire_date=self.now + timedelta(days=60)
            )
            for _ in range(SESSIONS)
        )
        UserSession.objects.bulk_create(
            UserSession(
                user=each, session_key=key, ip="192.0.2.1", user_agent="Mozilla/5.0", last_seen_at=self.now
            )
            for each, key in zip(users, Session.objects.values_list("session_key", flat=True), strict=False)
        )
        Counter.objects.bulk_create(
            Counter(key=self.secret(), count=1, ends=self.now + timedelta(hours=1)) for _ in range(100)
        )
