"""What the page about keeping an assessment prints: the link and ways to carry it, and how long everything stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.links import absolute, link_of
from assessments.mail import only_printed
from assessments.models import Assessment
from assessments.retention import kept_until, rule
from assessments.wizard.addresses import next_url
from assessments.wizard.progress import progress_of
from assessments.wizard.qr import qr_image
from assessments.wizard.steps import window_title

LONGEST_ADDRESS = 254
"""Characters that mail itself allows."""

SENT = "sent_to"
SENT_SALT = "groundwork.sent-to"
SENT_SECONDS = 60


class OneAddress(forms.EmailField):
    """An address as one line: what has line ends in it was not typed into our form."""

    def to_python(self, value: str | None) -> str:
        if value and not value.isprintable():
            raise forms.ValidationError(self.error_messages["invalid"])
        return str(super().to_python(value))


class AddressForm(forms.Form):
    """Where the private link is to be sent."""

    use_required_attribute = False
    email = OneAddress(
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": _("Enter the address to which we shall send the link"),
            "invalid": _("Enter one e-mail address, such as name@example.com"),
            "max_length": _("The e-mail address must be 254 characters or less"),
        },
    )

    @property
    def mistakes(self) -> list[dict[str, str]]:
        """For the summary; one at a time is enough for one field."""
        return [{"target": "email", "says": str(says)} for says in list(self.errors.get("email", []))[:1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The page. ``link`` is empty where it cannot be shown again."""

    link: str
    qr: str
    next: str
    until: datetime | None
    rule: str
    form: AddressForm
    only_printed: bool
    replaced: bool
    sent_to: str
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
    title = gettext("Keep this link – Groundwork") if link else gettext("Your private link – Groundwork")
    return Keeping(
        link=link,
        qr=qr_image(link) if link else "",
        next=next_url(assessment, progress),
        until=kept_until(assessment, finished=not progress.open),
        rule=rule(),
        form=form,
        only_printed=only_printed(),
        replaced="replaced" in request.GET,
        sent_to=read_sent(request.COOKIES.get(SENT, "")),
        too_often=outcome.get("too_often"),
        failed=outcome.get("failed", False),
        window_title=window_title(title, error=bool(form.mistakes)),
    )


def address_of(request: HttpRequest, assessment: Assessment) -> str:
    """The private link as it is handed on; empty where it cannot be shown again."""
    link = link_of(assessment)
    return absolute(request, link) if link else ""


# --- Where the mail went: carried to the next page by the browser, so that no address is stored here ---------------------


def write_sent(address: str) -> str:
    """The address as the value of a cookie."""
    return signing.dumps(address, salt=SENT_SALT)


def read_sent(cookie: str) -> str:
    """The address in such a cookie; empty where there is none."""
    try:
        return str(signing.loads(cookie, salt=SENT_SALT, max_age=SENT_SECONDS))
    except signing.BadSignature:
        return ""
