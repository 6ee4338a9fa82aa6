"""What savers work on, made before a fault, and what is stored of it, read afterwards.

``python -m tests.faults.rows make 3`` and ``... read`` print JSON, each in a process of its own: it belongs to one database.
"""

import json
import os
import sys
from typing import Any

import django


def make(number: int) -> dict[str, Any]:
    """So many assessments with every question answered, a session that may work on each, and a consultant."""
    from django.contrib.sessions.backends.db import SessionStore

    from assessments.access import SESSION_KEY
    from assessments.links import link_of
    from tests.factories import MembershipFactory, UserFactory, answered_like
    from tests.faults.fault import PASSWORD

    user = UserFactory(email="ana@example.com")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    MembershipFactory(user=user)
    savers = []
    for each in range(number):
        made = answered_like("tallis-software", f"Saver {each}")
        session = SessionStore()
        session[SESSION_KEY] = {made.public_id: made.link_number}
        session.save()
        savers.append(
            {"public_id": made.public_id, "session": str(session.session_key), "link": link_of(made)}
        )
    questions = list(made.answers.filter(question__startswith="dv_").values_list("question", flat=True))
    return {"savers": savers, "questions": sorted(questions)}


def read() -> dict[str, Any]:
    """The note of every answer, by assessment and question; and whether the database is sound."""
    from django.db import connection

    from assessments.models import Answer, AnswerChange

    notes: dict[str, dict[str, str]] = {}
    for public_id, question, note in Answer.objects.values_list("assessment__public_id", "question", "note"):
        notes.setdefault(public_id, {})[question] = note
    sound = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            sound = str(cursor.fetchone()[0])
    return {"notes": notes, "sound": sound, "changes": AnswerChange.objects.count()}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    django.setup()
    json.dump(make(int(sys.argv[2])) if sys.argv[1] == "make" else read(), sys.stdout)


if __name__ == "__main__":
    main()
