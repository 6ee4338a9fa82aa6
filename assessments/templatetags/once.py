"""For forms that make something: the number by which one form makes one thing, however often it is sent."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.once import FIELD, new_number

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The field that holds the number."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_number())
