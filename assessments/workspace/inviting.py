"""The mail that asks somebody into a workspace."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from assessments import people
from assessments.links import absolute
from assessments.mail import MailError, send
from assessments.models import Role, Workspace


def invite_by_mail(request: HttpRequest, workspace: Workspace, email: str, role: Role) -> bool:
    """Invite somebody and send the link; False where the mail server did not take it at once, which is said on the next page.

    Raises AlreadyInError, and TooOftenError.
    """
    invitation, secret = people.invite(request=request, workspace=workspace, email=email, role=role)
    words = {
        "invitation": invitation,
        "link": absolute(request, reverse("assessments:invited", args=[secret])),
        "sign_up": settings.SIGN_UP,
    }
    mail = EmailMessage(
        subject=gettext("You are invited to a Groundwork workspace"),
        body=render_to_string("desk/mail/invitation.txt", words, request),
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        send(mail, "An invitation", invitation=invitation)
    except MailError:
        said = gettext(
            "The mail server could not be reached, so %(email)s knows nothing yet. Resend it later."
        )
        messages.error(request, said % {"email": email})
        return False
    return True
