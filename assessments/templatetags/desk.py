"""For pages outside the desk: whether whoever looks at them works there."""

from django import template

from assessments.access import signed_in

register = template.Library()


@register.simple_tag(takes_context=True)
def at_desk(context: template.Context) -> bool:
    """Whether somebody is signed in, so that a way back to the desk helps. No query for everybody else."""
    request = context.get("request")
    return request is not None and signed_in(request)
