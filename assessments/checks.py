"""System checks: an edition with a mistake stops the server before anybody is asked a question."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from advisor import loader


@register("playbooks")
def check_playbooks(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # Django passes what it is about to check
    """Every mistake in every edition, in the same words as ``python -m advisor check``."""
    return [
        Error(str(mistake), id="assessments.E001")
        for name in loader.editions()
        for mistake in loader.mistakes(loader.EDITIONS / name)
    ]
