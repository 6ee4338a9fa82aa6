"""Tells programs of a workspace that an assessment is complete: the one place that writes addresses and messages.

Messages follow the convention of https://www.standardwebhooks.com: three headers, and a signature by HMAC-SHA-256 over id,
time and body. A message is stored in the transaction of what it tells of and sent afterwards, until somebody takes it.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db import IntegrityError, transaction
from django.db.models import F, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from advisor.engine.asking import path
from assessments import audit
from assessments.answering import RefusedError, answers_of, situation_from
from assessments.models import Assessment, Completion, Delivery, Webhook, Workspace
from assessments.models.webhook import SAID_LENGTH, URL_LENGTH
from assessments.outgoing import RefusedAddressError, send, target_of
from assessments.playbooks import edition
from assessments.waking import wake

MOST = 5
"""Addresses of one workspace."""
SHOWN = 10
"""Messages that are shown for each address, the newest."""
KEPT = timedelta(days=30)
"""So long a message is kept."""

COMPLETED, TEST = "assessment.completed", "test"

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""Between two tries; after the last one nobody tries any more."""
LEASE = timedelta(minutes=2)
"""For so long nobody else sends what somebody has begun to send."""
AT_ONCE = 50
"""Messages to one address for one look."""

PREFIX = "whsec_"


# --- Addresses ----------------------------------------------------------------------------------------------------------


def add_webhook(*, request: HttpRequest, workspace: Workspace, url: str) -> tuple[Webhook, str]:
    """A new address, and the secret that messages are signed with, which is shown this once. Raises RefusedError."""
    url, secret = url.strip(), PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    if len(url) > URL_LENGTH:
        raise RefusedError(
            gettext("The address has %(count)s characters, and %(most)s are possible.")
            % {"count": len(url), "most": URL_LENGTH}
        )
    try:
        target_of(url)
    except RefusedAddressError as refused:
        raise RefusedError(str(refused)) from refused
    try:
        with transaction.atomic():
            made = Webhook.objects.create(
                workspace=workspace,
                url=url,
                secret=_box().encrypt(secret.encode()).decode(),
                made_by_id=request.user.pk,
            )
            if workspace.webhooks.count() > MOST:
                raise RefusedError(
                    gettext("There are %(most)s addresses already. Remove one first.") % {"most": MOST}
                )
            audit.note(request, "webhook.made", workspace=workspace, subject=made.public_id)
    except IntegrityError as twice:
        raise RefusedError(gettext("This address is told already.")) from twice
    return made, secret


def switch(*, request: HttpRequest, webhook: Webhook, active: bool) -> None:
    """Tell it, or leave it out from now on. What waits for an address that is off is not sent."""
    with transaction.atomic():
        Webhook.objects.filter(pk=webhook.pk).update(active=active)
        audit.note(request, "webhook.changed", workspace=webhook.workspace, subject=webhook.public_id)


def remove_webhook(*, request: HttpRequest, webhook: Webhook) -> None:
    """Tell it no more, and forget what was sent there."""
    with transaction.atomic():
        audit.note(request, "webhook.removed", workspace=webhook.workspace, subject=webhook.public_id)
        webhook.delete()


def _box() -> Fernet:
    key = salted_hmac("groundwork.webhooks", "secrets", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


# --- Messages -----------------------------------------------------------------------------------------------------------


def tell_if_complete(assessment: Assessment) -> None:
    """Note a message for each address once no question is open; once more only if one was open in between.

    Called where answers are stored, in their transaction. No query for an assessment of nobody's client, one where nobody
    is to be told, four where somebody is.
    """
    if assessment.client_id is None:
        return
    told = list(Webhook.objects.filter(workspace__clients=assessment.client_id, active=True))
    if not told:
        return
    if not _is_complete(assessment):
        Completion.objects.filter(assessment=assessment).delete()
        return
    _, is_new = Completion.objects.get_or_create(assessment=assessment)
    if is_new:
        _store(told, COMPLETED, _about(assessment))


def send_test(*, webhook: Webhook) -> None:
    """A message that says nothing, to see whether it arrives."""
    _store([webhook], TEST, {"workspace": webhook.workspace.public_id})


def send_again(*, delivery: Delivery) -> None:
    """Try a message anew, from the first try on."""
    Delivery.objects.filter(pk=delivery.pk).update(next_try=timezone.now(), tries=0, delivered=None, said="")
    transaction.on_commit(wake)


def _is_complete(assessment: Assessment) -> bool:
    answers, released = answers_of(assessment), edition(assessment.edition)
    return all(each in answers for each in path(released, situation_from(released, assessment, answers)))


def _about(assessment: Assessment) -> dict[str, Any]:
    """What a message says of an assessment: which one, and never an answer."""
    client = assessment.client
    return {
        "assessment": assessment.public_id,
        "client": {"id": client.public_id, "name": client.name} if client else None,
        "unit": assessment.unit,
        "mode": assessment.mode,
        "edition": assessment.edition,
        "shared": not assessment.kept_by_client,
        "result": f"/api/v1/assessments/{assessment.public_id}/result",
    }


def _store(webhooks: Sequence[Webhook], kind: str, data: dict[str, Any]) -> None:
    now = timezone.now()
    body = {"type": kind, "timestamp": now.isoformat(), "data": data}
    Delivery.objects.bulk_create(
        Delivery(
            webhook=each, message_id=f"msg_{secrets.token_urlsafe(16)}", kind=kind, body=body, next_try=now
        )
        for each in webhooks
    )
    transaction.on_commit(wake)


# --- Sending ------------------------------------------------------------------------------------------------------------


def deliver_due(now: datetime | None = None) -> int:
    """Send what is due, each message once however many processes do this; how many were taken by the other side.

    Each address has its turn, the one that has waited longest first. Where something is not taken, its other messages
    wait for the next look: nobody keeps those of others waiting by an address at which nobody answers.
    """
    moment = now or timezone.now()
    due = Delivery.objects.filter(next_try__lte=moment, webhook__active=True)
    waiting = due.values("webhook").annotate(since=Min("next_try")).order_by("since", "webhook")
    turns = [each["webhook"] for each in waiting]
    return sum(_deliver_to(due.filter(webhook=each), moment) for each in turns)


def _deliver_to(due: QuerySet[Delivery], now: datetime) -> int:
    """Send what is due to one address, until something is not taken."""
    taken = 0
    for each in due.select_related("webhook").order_by("next_try", "pk")[:AT_ONCE]:
        if _claim(each, now):
            if not _deliver(each, now):
                break
            taken += 1
    return taken


def _claim(delivery: Delivery, now: datetime) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, next_try=delivery.next_try, tries=delivery.tries)
    return bool(mine.update(next_try=now + LEASE, tries=F("tries") + 1))


def _deliver(delivery: Delivery, now: datetime) -> bool:
    body = json.dumps(delivery.body, separators=(",", ":"), ensure_ascii=False).encode()
    try:
        secret = _box().decrypt(delivery.webhook.secret.encode()).decode()
        status = send(delivery.webhook.url, body, headers_for(secret, delivery.message_id, now, body))
        said, taken = f"HTTP {status}", 200 <= status < 300
    except InvalidToken:
        said, taken = "The server’s key was replaced: remove this address and add it again.", False
    except (RefusedAddressError, OSError) as failed:
        said, taken = str(failed) or type(failed).__name__, False
    tried = delivery.tries + 1
    wait = WAITS[tried - 1] if not taken and tried <= len(WAITS) else None
    Delivery.objects.filter(pk=delivery.pk).update(
        said=said[:SAID_LENGTH],
        delivered=now if taken else None,
        next_try=now + wait if wait else None,
    )
    return taken


def headers_for(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message, its signature among them."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signature = hmac.digest(key, b".".join((message_id.encode(), stamp.encode(), body)), "sha256")
    return {
        "Content-Type": "application/json",
        "User-Agent": "Groundwork",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def delete_old(now: datetime) -> int:
    """Forget messages that are no longer on their way; how many."""
    return Delivery.objects.filter(next_try=None, made__lte=now - KEPT).delete()[0]
