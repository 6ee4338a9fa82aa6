"""Private links: the secret that lets somebody come back to an assessment without an account.

The secret is computed from the server's key, the assessment's public id and the number of its link, so it can be shown
again although only its SHA-256 is stored, and it ends when the number is raised. Whoever has the database alone cannot
make one.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from assessments.locking import locked
from assessments.models import Assessment

KEY_SALT = "groundwork.private-link"
TOKEN_LENGTH = 43


def token_of(assessment: Assessment) -> str:
    """The secret of the link in force: 256 bits as 43 characters that need no escaping in an address."""
    message = f"{assessment.public_id}:{assessment.link_number}"
    secret = salted_hmac(KEY_SALT, message, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def link_of(assessment: Assessment) -> str | None:
    """The private link in force, without the name of the server.

    None where the server's key was replaced since the link was made: it still works, but cannot be computed any more.
    """
    token = token_of(assessment)
    if not hmac.compare_digest(digest_of(token), assessment.resume_digest or ""):
        return None
    return reverse("assessments:resume", args=[token])


def absolute(request: HttpRequest, link: str) -> str:
    """The link with the name of the server in front: the one in the settings, or else the one that was asked."""
    return f"{settings.PUBLIC_URL}{link}" if settings.PUBLIC_URL else request.build_absolute_uri(link)


def digest_of(token: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def replace_link(*, assessment: Assessment) -> None:
    """End the private link in force and make the next one."""
    with locked(assessment):
        assessment.refresh_from_db(fields=["link_number"])
        assessment.link_number += 1
        assessment.resume_digest = digest_of(token_of(assessment))
        assessment.save(update_fields=["link_number", "resume_digest"])
