"""How long an assessment is kept when nobody comes back to it, and the end of those that have waited long enough."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from advisor.engine.asking import path
from assessments.answering import answers_of, delete_assessment, situation_from
from assessments.locking import DeletedError, locked
from assessments.models import Assessment, Counter, Invitation
from assessments.playbooks import edition

INVITATIONS_KEPT = timedelta(days=30)
"""After its link has ended an invitation can still be sent once more for so long."""

LOOKED_AT = timedelta(days=30)
"""At least so often each is looked at: the settings may say something else by then."""

BATCH = 200
"""So many assessments are in memory at once."""


# --- The rule ---------------------------------------------------------------------------------------------------------


def kept_until(assessment: Assessment, *, finished: bool) -> datetime | None:
    """When it is deleted if nobody saves anything and nobody comes in by its link; None where that never happens.

    One of a client of a workspace goes into the bin then, where it can still be taken back for a while.
    """
    days: int = settings.KEEP_DAYS if finished else settings.KEEP_UNFINISHED_DAYS
    if assessment.client_id:
        days = settings.KEEP_WORKSPACE_DAYS
    if assessment.sample or not days:
        return None
    return max(assessment.touched, assessment.opened) + timedelta(days=days)


def is_finished(assessment: Assessment) -> bool:
    """Whether no question is open. One query."""
    try:
        playbook = edition(assessment.edition)
    except LookupError:  # an edition somebody took away; better kept too long than lost too early
        return True
    answers = answers_of(assessment)
    return all(each in answers for each in path(playbook, situation_from(playbook, assessment, answers)))


def rule() -> str:
    """How long assessments are kept, in words."""
    return f"{_rule_for_unfinished(settings.KEEP_UNFINISHED_DAYS)} {_rule_for_finished(settings.KEEP_DAYS)}"


def _rule_for_unfinished(days: int) -> str:
    if not days:
        return gettext("An unfinished assessment stays until somebody deletes it.")
    return ngettext(
        "An unfinished assessment is deleted %(days)s day after it was last used.",
        "An unfinished assessment is deleted %(days)s days after it was last used.",
        days,
    ) % {"days": days}


def _rule_for_finished(days: int) -> str:
    if not days:
        return gettext("A finished one stays until somebody deletes it.")
    return ngettext(
        "A finished one is deleted after %(days)s day without use.",
        "A finished one is deleted after %(days)s days without use.",
        days,
    ) % {"days": days}


def rule_for_workspaces() -> str:
    """How long the assessments of a workspace are kept, in words."""
    days = settings.KEEP_WORKSPACE_DAYS
    if not days:
        return gettext("Assessments of clients stay until somebody deletes them.")
    if not days % 365:
        years = ngettext(
            "Assessments of clients go into the bin %(years)s year after they were last used.",
            "Assessments of clients go into the bin %(years)s years after they were last used.",
            days // 365,
        )
        return years % {"years": days // 365}
    return ngettext(
        "Assessments of clients go into the bin %(days)s day after they were last used.",
        "Assessments of clients go into the bin %(days)s days after they were last used.",
        days,
    ) % {"days": days}


def note_return(assessment: Assessment) -> None:
    """Somebody came in by the private link: the time starts anew."""
    assessment.opened = timezone.now()
    Assessment.objects.filter(pk=assessment.pk).update(opened=assessment.opened)


# --- Deleting ---------------------------------------------------------------------------------------------------------


def expired(now: datetime, *, batch: int = BATCH, settle: bool = False) -> Iterator[Assessment]:
    """The assessments of nobody's clients whose time is over; no more than ``batch`` are read at once.

    What was handed over and waits for a client is not among them. Only those are looked at that are due for it; ``settle``
    notes for the others when they are due again.
    """
    theirs = Assessment.objects.filter(client=None, handed_over=None)
    for read in _due(theirs.prefetch_related("answers"), now, batch):
        yield from _over(read, now, settings.KEEP_UNFINISHED_DAYS, settings.KEEP_DAYS, settle=settle)


def unused(now: datetime, *, batch: int = BATCH, settle: bool = False) -> Iterator[Assessment]:
    """The same of clients of workspaces, without those that lie in the bin already."""
    theirs = Assessment.objects.filter(client__isnull=False, binned=None).select_related("client__workspace")
    for read in _due(theirs, now, batch):
        yield from _over(read, now, settings.KEEP_WORKSPACE_DAYS, settle=settle)


def _due(found: QuerySet[Assessment], now: datetime, batch: int) -> Iterator[list[Assessment]]:
    """Those of ``found`` that are to be looked at now.

    Their numbers are read first and by nothing else, since any other condition may be answered by an index that fits all.
    """
    due = Q(look_again=None) | Q(look_again__lte=now)
    numbers = list(Assessment.objects.filter(due).values_list("pk", flat=True))
    for start in range(0, len(numbers), batch):
        yield list(found.filter(pk__in=numbers[start : start + batch]).order_by("pk"))


def _over(read: list[Assessment], now: datetime, *days: int, settle: bool) -> list[Assessment]:
    """Those among them whose time is over; ``days`` are the times that there are.

    The others are due when theirs may be over: what is finished can be unfinished tomorrow, and has the shortest time from then
    on. So nobody who saves has to write anything here, and each is looked at once in so many days.
    """
    shortest = min((timedelta(days=each) for each in days if each), default=LOOKED_AT)
    next_look = now + min(shortest, LOOKED_AT)
    over, later = [], []
    for each in read:
        until: datetime | None = max(each.touched, each.opened) + shortest
        if until and until <= now:
            until = kept_until(each, finished=is_finished(each))
        if until and until <= now:
            over.append(each)
        else:
            each.look_again = min(until or next_look, next_look)
            later.append(each)
    if settle and later:
        Assessment.objects.bulk_update(later, ["look_again"])
    return over


def is_over(assessment: Assessment, now: datetime) -> bool:
    """Whether this assessment's time is over."""
    until = kept_until(assessment, finished=is_finished(assessment))
    return until is not None and until <= now


def delete_if_over(assessment: Assessment, now: datetime) -> bool:
    """Delete it, unless somebody came back to it since it was read; whether it was deleted."""
    try:
        with locked(assessment):
            assessment.refresh_from_db()
            if assessment.client_id or not is_over(assessment, now):
                return False
            delete_assessment(assessment=assessment)
    except DeletedError:
        return False
    return True


def delete_expired_sessions(now: datetime) -> int:
    """Forget browsers that have not come back, and where somebody was signed in with them; how many."""
    forgotten = Session.objects.filter(expire_date__lte=now).delete()[0]
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    # NOT IN would be as slow as both tables are long, multiplied
    UserSession.objects.filter(~Exists(there)).delete()
    return forgotten


def delete_expired_counters(now: datetime) -> int:
    """Forget how often something was tried once that no longer matters; how many."""
    return Counter.objects.filter(ends__lte=now).delete()[0]


def delete_old_invitations(now: datetime) -> int:
    """Forget addresses that were invited and never came, once the link has been over for a while; how many."""
    return Invitation.objects.filter(expires__lte=now - INVITATIONS_KEPT).delete()[0]
