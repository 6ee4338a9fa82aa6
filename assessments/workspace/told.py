"""What the page of webhooks prints: each address with what was sent there last."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from assessments.models import Delivery, Webhook, Workspace
from assessments.webhooks import MOST, SHOWN, TEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message: "An assessment is complete", "taken at the first try (HTTP 200)"."""

    number: int
    at: datetime
    what: str
    state: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address with its newest messages."""

    webhook: Webhook
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPage:
    addresses: tuple[Address, ...]
    full: bool
    """No other address can be added."""


def told_page(workspace: Workspace) -> ToldPage:
    """One query, and one for each address, of which there are few."""
    addresses = tuple(
        Address(webhook=each, sent=tuple(_sent(one) for one in each.deliveries.order_by("-pk")[:SHOWN]))
        for each in workspace.webhooks.order_by("-pk")
    )
    return ToldPage(addresses=addresses, full=len(addresses) >= MOST)


def _sent(delivery: Delivery) -> Sent:
    return Sent(
        number=delivery.pk,
        at=delivery.made,
        what=gettext("Test") if delivery.kind == TEST else gettext("An assessment is complete"),
        state=_state(delivery),
        again=delivery.next_try is None,
    )


def _state(delivery: Delivery) -> str:
    words = {"tries": delivery.tries, "said": delivery.said}
    if delivery.delivered:
        return (
            ngettext(
                "taken at the first try (%(said)s)", "taken after %(tries)s tries (%(said)s)", delivery.tries
            )
            % words
        )
    if delivery.next_try is None:
        return (
            ngettext(
                "given up after %(tries)s try: %(said)s",
                "given up after %(tries)s tries: %(said)s",
                delivery.tries,
            )
            % words
        )
    if not delivery.tries:
        return gettext("on its way")
    words["time"] = f"{delivery.next_try:%H:%M} UTC"
    return gettext("not taken yet (%(said)s); next try at %(time)s") % words
