"""For pages on which a form ends up that cannot be stored."""

from typing import Any

from django import template

from assessments.expired import to_send_again, words_of
from assessments.http import came_from_ours

register = template.Library()


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """The page from which a form was sent that could not be taken; empty where it is none of ours."""
    return came_from_ours(context["request"])


@register.inclusion_tag("_typed.html", takes_context=True)
def what_was_typed(context: template.Context) -> dict[str, Any]:
    """Everything somebody typed, to be copied from here."""
    return {"words": words_of(context["request"])}


@register.simple_tag(takes_context=True)
def what_was_sent(context: template.Context) -> list[tuple[str, str]]:
    """The fields of a form that can be sent once more as they are."""
    return to_send_again(context["request"])


@register.simple_tag(takes_context=True)
def words_typed(context: template.Context) -> str:
    """What somebody typed into it, to be read again."""
    return words_of(context["request"])
