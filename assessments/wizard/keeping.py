"""What the page about keeping an assessment prints: the link and ways to carry it, and how long everything stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.http import HttpRequest
from django.utils.translation import gettext

from assessments.access import is_at_desk
from assessments.links import absolute, link_of
from assessments.mail import only_printed
from assessments.models import Assessment
from assessments.qr import qr_image
from assessments.retention import kept_until, rule
from assessments.wizard.addresses import next_url
from assessments.wizard.forms import AddressForm
from assessments.wizard.progress import progress_of
from assessments.wizard.steps import window_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The page. ``link`` is empty where it cannot be shown again."""

    link: str
    at_desk: bool
    """Whoever looks finds the assessment at a desk as well, and needs no link."""
    qr: str
    next: str
    until: datetime | None
    rule: str
    form: AddressForm
    only_printed: bool
    replaced: bool
    sent: bool
    leaving: bool
    too_often: datetime | None
    failed: bool
    window_title: str


class Outcome(TypedDict, total=False):
    """Why no mail was sent: the form with its mistake, when to try again, or that the mail server was to blame."""

    form: AddressForm
    too_often: datetime
    failed: bool


def keeping(request: HttpRequest, assessment: Assessment, **outcome: Unpack[Outcome]) -> Keeping:
    """The page for this assessment, after an attempt to send a mail perhaps."""
    form = outcome.get("form") or AddressForm()
    progress = progress_of(assessment)
    link = address_of(request, assessment)
    at_desk = is_at_desk(request, assessment)
    keeps = link and not at_desk
    title = gettext("Keep this link – Groundwork") if keeps else gettext("Your private link – Groundwork")
    return Keeping(
        link=link,
        at_desk=at_desk,
        qr=qr_image(link) if link else "",
        next=next_url(assessment, progress),
        until=kept_until(assessment, finished=not progress.open),
        rule=rule(),
        form=form,
        only_printed=only_printed(),
        replaced="replaced" in request.GET,
        sent="sent" in request.GET,
        leaving="leaving" in request.GET,
        too_often=outcome.get("too_often"),
        failed=outcome.get("failed", False),
        window_title=window_title(title, error=bool(form.mistakes)),
    )


def address_of(request: HttpRequest, assessment: Assessment) -> str:
    """The private link as it is handed on; empty where it cannot be shown again."""
    link = link_of(assessment)
    return absolute(request, link) if link else ""
