"""The one place that writes and reads keys for programs."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import audit, once
from assessments.answering import RefusedError, clean_line
from assessments.links import digest_of
from assessments.models import ApiToken, Workspace
from assessments.models.assessment import ID_BYTES, NAME_LENGTH, new_public_id

__all__ = ["MOST", "ApiToken", "RefusedError", "make_token", "remove_token", "token_behind", "tokens_of"]

MOST = 20
"""So many a workspace; a tool needs one."""
BEGINS = "gw_"
HOUR = timedelta(hours=1)


def make_token(*, request: HttpRequest, workspace: Workspace, name: str, scope: str) -> tuple[ApiToken, str]:
    """A new key, and the secret that is shown this once; after a double click, the same. Raises RefusedError.

    The form of a key that was removed since makes another one when it is sent again: a secret may have been removed because
    somebody knows it.
    """
    missing = gettext("Enter what the key is for, such as “Our reporting”")
    cleaned = clean_line(name, NAME_LENGTH, gettext("Name"), missing)
    if scope not in ApiToken.Scope.values:
        raise RefusedError(gettext("Choose what programs may do with the key"))
    parts = (workspace.public_id, cleaned, scope)
    word = once.word_of(request, 32, "key", *parts)
    public_id = once.word_of(request, ID_BYTES, "id of a key", *parts)
    if not word or audit.happened("token.removed", workspace=workspace, subject=public_id):
        word, public_id = secrets.token_urlsafe(32), new_public_id()
    secret = BEGINS + word
    made = ApiToken(
        public_id=public_id,
        workspace=workspace,
        name=cleaned,
        digest=digest_of(secret),
        begins=secret[:9],
        scope=scope,
        made_by_id=request.user.pk,
    )
    try:
        _store(request, made)
    except IntegrityError:  # an earlier sending of the form was faster
        return workspace.api_tokens.get(digest=made.digest), secret
    return made, secret


def _store(request: HttpRequest, made: ApiToken) -> None:
    workspace = made.workspace
    with transaction.atomic():
        made.save(force_insert=True)
        if workspace.api_tokens.count() > MOST:
            raise RefusedError(gettext("There are %(most)s keys already. Remove one first.") % {"most": MOST})
        audit.note(request, "token.made", workspace=workspace, subject=made.public_id, scope=made.scope)


def remove_token(*, request: HttpRequest, token: ApiToken) -> None:
    """From now on nobody comes in with it."""
    with transaction.atomic():
        audit.note(request, "token.removed", workspace=token.workspace, subject=token.public_id)
        token.delete()


def tokens_of(workspace: Workspace) -> tuple[ApiToken, ...]:
    """The newest first. One query."""
    return tuple(workspace.api_tokens.order_by("-made", "-pk"))


def token_behind(secret: str) -> ApiToken | None:
    """The key with this secret, with its workspace; its use is noted to the hour. One query, once an hour two."""
    if not secret.startswith(BEGINS) or len(secret) > 60:
        return None
    found = ApiToken.objects.select_related("workspace").filter(digest=digest_of(secret)).first()
    now = timezone.now()
    if found and (found.used is None or now - found.used > HOUR):
        ApiToken.objects.filter(pk=found.pk).update(used=now)
    return found
