"""System checks: an edition with a mistake stops the server, and what keeps several machines apart is said beforehand."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  (Django's names)

from advisor import loader


@register("playbooks")
def check_playbooks(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # Django passes what it is about to check
    """Every mistake in every edition, in the same words as ``python -m advisor check``."""
    return [
        Error(str(mistake), id="assessments.E001")
        for name in loader.editions()
        for mistake in loader.mistakes(loader.EDITIONS / name)
    ]


@register(Tags.security, deploy=True)
def check_shared_key(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # Django passes what it is about to check
    """A key that this machine has made for itself opens nothing that another one has signed or sealed."""
    if settings.KEY_IS_SHARED or settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        Warning(
            "The secret key is this machine's own, while DATABASE_URL names a database that other machines can use too: "
            "cookies and private links made by one would open nothing at another, and a worker elsewhere could not open "
            "the mails it has to send.",
            hint="Set GROUNDWORK_SECRET_KEY to the same text on all machines; today's key is in secret_key in the data folder.",
            id="assessments.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_counts(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # Django passes what it is about to check
    """Tries that each process counts for itself hold nobody up who has patience."""
    if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return []
    return [
        Warning(
            "CACHE_URL is locmem://, so each process counts tries by itself and forgets them when it ends: somebody who "
            "guesses passwords or codes has as many tries more as there are processes.",
            hint="Leave CACHE_URL empty to count in the database, or name a Redis or Valkey.",
            id="assessments.W002",
        )
    ]
