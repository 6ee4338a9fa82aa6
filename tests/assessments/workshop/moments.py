"""Rooms at every moment, written straight into the rows."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from advisor.engine.playbook import Playbook
from assessments.models import Answer, Assessment, Participant, Vote, Workshop
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.workshop import fresh_rooms
from assessments.workshop.joining import open_workshop, stage_link
from assessments.workshop.rounds import answers_for
from assessments.workshop.seen import Moment

CODE = "K7M4QX"
NOTE = "Ben thinks otherwise"


@dataclass
class Shown:
    """A room of sixteen, whose screen shows what is set here."""

    assessment: Assessment
    here: int = 16
    workshop: Workshop = field(init=False)

    def __post_init__(self) -> None:
        self.workshop = open_workshop(assessment=self.assessment, by=None)
        self.fill(self.here)

    def fill(self, people: int) -> None:
        """Let people in until there are so many."""
        there = self.workshop.participants.count()
        Participant.objects.bulk_create(
            Participant(workshop=self.workshop, digest=f"{self.workshop.pk}-{n}", number=n + 1)
            for n in range(there, people)
        )

    @property
    def path(self) -> str:
        """The address of its screen."""
        return stage_link(self.workshop)

    @property
    def playbook(self) -> Playbook:
        return edition(self.assessment.edition)

    def values(self, question: str) -> list[str]:
        """What can be voted for, "I don't know" last."""
        return [value for value, _ in answers_for(self._asked(question))]

    def highest(self, question: str) -> int | str:
        """The last of its answers, as it is stored."""
        return self._asked(question).choices[-1].value

    def _asked(self, question: str) -> Asked:
        found = asked(edition(self.assessment.edition), question)
        assert found
        return found

    def show(
        self,
        moment: Moment,
        question: str = "do_tst",
        counts: tuple[int, ...] = (1, 7, 3, 2, 0, 1),
        *,
        number: int = 1,
        earlier: tuple[int, ...] = (),
        agreed: int | str = 1,
        **changed: Any,
    ) -> None:
        """Put the room there. ``counts`` go by the answers in their order, from which votes are made before the reveal."""
        shop = self.workshop
        shop.rounds.all().delete()
        shop.agreements.filter(question=question).delete()
        values = self.values(question)
        if earlier:
            shop.rounds.create(
                question=question, number=number - 1, state="revealed", people=sum(earlier),
                counts=dict(zip(values, earlier, strict=False)),
            )  # fmt: skip
        if moment in {"open", "closed", "revealed", "agreed"}:
            self._vote(moment, question, dict(zip(values, counts, strict=False)), number)
        shop.agreements.create(
            question=question, note=NOTE, agreed=timezone.now() if moment == "agreed" else None
        )
        if moment == "agreed":
            Answer.objects.update_or_create(
                assessment=self.assessment, question=question, defaults={"value": agreed, "revision": 1}
            )
        shop.question = "" if moment == "before" else question
        shop.ended = timezone.now() if moment == "ended" else None
        shop.code = None if moment == "ended" else CODE
        for name, value in changed.items():
            setattr(shop, name, value)
        shop.version += 1
        shop.save()
        fresh_rooms.forget(shop.public_id)

    def _vote(self, moment: Moment, question: str, counts: dict[str, int], number: int) -> None:
        shown = moment in {"revealed", "agreed"}
        this = self.workshop.rounds.create(
            question=question,
            number=number,
            state="revealed" if shown else moment,
            people=sum(counts.values()) if shown else 0,
            counts=counts if shown else {},
        )
        said = [value for value, count in counts.items() for _ in range(count)]
        phones = self.workshop.participants.order_by("number")
        Vote.objects.bulk_create(
            Vote(round=this, participant=phone, value=value)
            for phone, value in zip(phones, said, strict=False)
        )
