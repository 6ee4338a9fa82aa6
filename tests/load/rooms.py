"""Makes the rooms before the server starts, and compares what phones were told with what is stored.

``python -m tests.load.rooms make 20`` prints the rooms as JSON; ``... check`` reads what phones were told from standard input.
Both in processes of their own, since each of them belongs to one database.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import Any

import django

from tests.load.playing import Room


def make(number: int) -> list[Room]:
    """So many rooms that are open, each on an assessment of its own with every question answered."""
    from django.contrib.sessions.backends.db import SessionStore

    from assessments.access import SESSION_KEY
    from assessments.models import Answer, Assessment
    from assessments.workshop.joining import join_link, open_workshop, stage_link
    from tests.factories import AssessmentFactory, answered_like

    first = answered_like("tallis-software", "Room 1")
    rows = list(first.answers.all())
    rooms = []
    for each in range(1, number + 1):
        made: Assessment = first if each == 1 else AssessmentFactory(organisation=f"Room {each}")
        if each > 1:
            Answer.objects.bulk_create(
                Answer(assessment=made, question=row.question, value=row.value) for row in rows
            )
        workshop = open_workshop(assessment=made, by=None)
        session = SessionStore()
        session[SESSION_KEY] = {made.public_id: made.link_number}
        session.save()
        rooms.append(
            Room(
                public_id=workshop.public_id,
                console=f"/a/{made.public_id}/room/",
                join=join_link(workshop),
                stage=stage_link(workshop),
                session=str(session.session_key),
            )
        )
    return rooms


def check(told: list[dict[str, Any]]) -> dict[str, Any]:
    """How many votes were acknowledged, which of them are lost, and which rounds show something else than was voted.

    ``told`` is what each phone was told, see ``playing.Votes``.
    """
    from assessments.models import Participant, Round, Vote, Workshop
    from assessments.workshop.joining import phone_digest

    workshops = {each.public_id: each for each in Workshop.objects.all()}
    phones = dict(Participant.objects.values_list("digest", "pk"))
    rows = {
        (who, str(number)): value
        for who, number, value in Vote.objects.values_list("participant", "round", "value")
    }
    lost, added, acknowledged = [], [], 0
    for phone in told:
        who = phones.get(phone_digest(phone["secret"], workshops[phone["room"]]))
        for number, value in phone["stored"].items():
            acknowledged += 1
            if rows.get((who, number)) not in {value, *phone["unsure"].get(number, [])}:
                lost.append(f"round {number}: acknowledged {value}, stored {rows.get((who, number))}")
        known = {*phone["stored"], *(number for number, sent in phone["unsure"].items() if sent)}
        added += [
            f"round {number}" for number in phone["refused"] if number not in known and (who, number) in rows
        ]
    revealed = Round.objects.filter(state=Round.State.REVEALED)
    wrong = []
    for each in revealed:
        votes = each.votes.count()
        if each.people != votes or (each.counts and sum(each.counts.values()) != votes):
            wrong.append(f"round {each.pk}: {each.people} people, {votes} votes, counts {each.counts}")
    return {
        "acknowledged": acknowledged,
        "lost": lost,
        "added": added,
        "wrong": wrong,
        "revealed": len(revealed),
        "refused": sum(len(phone["refused"]) for phone in told),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    django.setup()
    if sys.argv[1] == "make":
        json.dump([asdict(each) for each in make(int(sys.argv[2]))], sys.stdout)
    else:
        json.dump(check(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
