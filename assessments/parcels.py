"""Files that workers have made for somebody who waits: kept until they are fetched, and for an hour at most."""

import contextlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import Assessment, Client, Parcel

KEPT = timedelta(hours=1)


def put(task: UUID, content: bytes, *, about: Assessment | Client) -> None:
    """Keep it for whoever has asked for it; those of an hour ago go at the same time."""
    delete_old(timezone.now())
    whose = {"assessment": about} if isinstance(about, Assessment) else {"client": about}
    with (
        contextlib.suppress(IntegrityError),
        transaction.atomic(),
    ):  # what it is about was deleted in the meantime
        Parcel.objects.update_or_create(
            task=task, defaults={**whose, "content": content, "made": timezone.now()}
        )


def fetch(task: UUID, *, about: Assessment | Client, keep: bool = False) -> bytes | None:
    """The file, which then is gone, unless one only looks; None where there is none."""
    whose = {"assessment": about} if isinstance(about, Assessment) else {"client": about}
    mine = Parcel.objects.filter(task=task, made__gt=timezone.now() - KEPT, **whose)
    content = mine.values_list("content", flat=True).first()
    if content is None:
        return None
    if not keep:
        mine.delete()
    return bytes(content)


def throw_away(client: int | None = None) -> None:
    """Forget files of a client, since something in them was deleted; all files for None. They can be made again."""
    found = Parcel.objects.all() if client is None else Parcel.objects.filter(client=client)
    found.delete()


def delete_old(now: datetime) -> int:
    """Forget what nobody has fetched; how many files."""
    return Parcel.objects.filter(made__lte=now - KEPT).delete()[0]
