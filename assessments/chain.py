"""Seals each line of the trail with the one before, so that a line that was changed or taken away is found.

Whoever may write to the database can break any rule of the database, and make every seal anew. So the last seal is written
to the log once a day: a log is kept elsewhere, and a chain that was made anew does not hold the seals that stand in it.

Lines are sealed when the transaction that wrote them is through. Then no two that write lines ever wait for each other with
something of their own locked; and a line that the server had no time to seal is sealed by the next clean-up.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from assessments.models import AuditEvent, TrailHead, TrailSeal

ONLY = 1
"""The id of the one row that says where the chain begins and ends."""
BATCH = 1000

log = logging.getLogger("assessments.chain")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of the chain."""

    sealed: int
    """Lines whose seal is right, up to the first mistake."""
    head: str
    """The last seal, as it stands in the log."""
    loose: int
    """Lines without a seal."""
    broken: str = ""
    """What is wrong, in a sentence; empty if nothing is."""


def seal_soon(event: AuditEvent) -> None:
    """Have a line sealed once the transaction it is written in is through."""
    # What happened has happened, and stays so if the seal has to wait.
    transaction.on_commit(partial(seal, [event.pk]), robust=True)


def seal(lines: Iterable[int]) -> None:
    """Seal these lines as they are stored, those that are sealed already excepted. One short transaction."""
    with transaction.atomic():
        head, _ = TrailHead.objects.select_for_update().get_or_create(pk=ONLY)
        made = []
        for event in _loose().filter(pk__in=lines).order_by("at", "pk"):
            head.number += 1
            head.digest = digest_of(head.number, head.digest, event)
            made.append(TrailSeal(number=head.number, event=event.pk, digest=head.digest))
        if made:
            TrailSeal.objects.bulk_create(made)
            head.save(update_fields=["number", "digest"])


def seal_loose() -> None:
    """Seal what the server had no time for, and what was written before there were seals."""
    waiting = _loose().order_by("at", "pk").values_list("at", "pk")
    rest = waiting
    while found := list(rest[:BATCH]):
        seal(pk for _, pk in found)
        at, pk = found[-1]  # from here on, so that what is sealed by now is not read for every batch again
        rest = waiting.filter(Q(at__gt=at) | Q(pk__gt=pk), at__gte=at)


def digest_of(number: int, before: str, event: AuditEvent) -> str:
    """The seal of a line: SHA-256 of all that it says, its number and the seal before, in hexadecimal."""
    said = (
        number,
        before,
        event.pk,
        event.workspace,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor,
        event.actor_kind,
        event.action,
        event.subject,
        event.details,
        event.network,
    )
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def shorten(until: datetime) -> int:
    """Delete the lines up to this moment, with their seals; how many. What follows still hangs on the last of them.

    A line that stands after a younger one goes together with that.
    """
    seal_loose()
    with transaction.atomic():
        head, _ = TrailHead.objects.select_for_update().get_or_create(pk=ONLY)
        younger = AuditEvent.objects.filter(pk=OuterRef("event"), at__gt=until)
        stays = TrailSeal.objects.filter(Exists(younger)).order_by("number").first()
        over = TrailSeal.objects.filter(number__lt=stays.number if stays else head.number + 1)
        last = over.order_by("-number").first()
        if last is None:
            return 0
        deleted = AuditEvent.objects.filter(pk__in=over.values("event")).delete()[0]
        head.first, head.anchor = last.number, last.digest
        over.delete()
        head.save(update_fields=["first", "anchor"])
    return deleted


def write_head() -> None:
    """Write the last seal to the log, where whoever changes the database cannot change it."""
    seal_loose()
    head = TrailHead.objects.filter(pk=ONLY).first()
    if head is not None and head.number:
        log.info("The last seal of the trail is %s", head)


def verify(known: Iterable[str] = ()) -> Verdict:
    """Go through the whole chain; ``known`` are seals from the log, which have to be in it. Raises ValueError for one that is none."""
    wanted = dict(_parts(each) for each in known)
    newest = (
        TrailSeal.objects.aggregate(Max("number"))["number__max"] or 0
    )  # before the head, which may move on
    head = TrailHead.objects.filter(pk=ONLY).first() or TrailHead()
    number, digest = head.first, head.anchor
    broken = _wrong_end(newest, head) or _wrong_anchor(wanted, head)
    for sealed, event in _links(head):
        if broken:
            break
        if sealed.number != number + 1:
            broken = f"The seal of line {number + 1} is missing."
        elif event is None:
            broken = f"Line {sealed.number} is missing."
        elif digest_of(sealed.number, digest, event) != sealed.digest:
            broken = f"Line {sealed.number} ({event.action}, {event.at:%Y-%m-%d %H:%M} UTC) is not what was sealed."
        elif wanted.get(sealed.number, sealed.digest) != sealed.digest:
            broken = f"Line {sealed.number} has another seal than in the log: the chain was made anew."
        else:
            number, digest = sealed.number, sealed.digest
    if not broken and (number, digest) != (head.number, head.digest):
        broken = f"The chain ends with line {number}, but line {head.number} was the last that was sealed."
    if not broken and (missing := [each for each in wanted if each > head.number]):
        broken = f"The log knows line {min(missing)}, but the chain ends with line {head.number}."
    return Verdict(sealed=number - head.first, head=str(head), loose=_loose().count(), broken=broken)


def _wrong_end(newest: int, head: TrailHead) -> str:
    """What there is to say of seals that the head does not know."""
    if newest <= head.number:
        return ""
    return f"Line {newest} has a seal, but the chain ends with line {head.number}."


def _wrong_anchor(wanted: dict[int, str], head: TrailHead) -> str:
    """What a seal from the log says against the one on which the first line hangs."""
    if wanted.get(head.first, head.anchor) == head.anchor:
        return ""
    return f"Line {head.first} had another seal in the log: the chain was made anew."


def _parts(known: str) -> tuple[int, str]:
    """The number and the digest of a seal as it stands in the log."""
    number, _, digest = known.strip().partition(":")
    if not number.isdecimal() or len(digest) != len(sha256().hexdigest()):
        raise ValueError(f"“{known}” is no seal: the log has a number, a colon and 64 characters.")
    return int(number), digest.lower()


def _links(head: TrailHead) -> Iterator[tuple[TrailSeal, AuditEvent | None]]:
    """Every seal with its line, in order, up to the head as it was read; later ones have no part in this."""
    last = None
    seals = TrailSeal.objects.filter(number__lte=head.number).order_by("number")
    while found := list((seals if last is None else seals.filter(number__gt=last))[:BATCH]):
        events = AuditEvent.objects.in_bulk([each.event for each in found])
        yield from ((each, events.get(each.event)) for each in found)
        last = found[-1].number


def _loose() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(~Exists(TrailSeal.objects.filter(event=OuterRef("pk"))))
