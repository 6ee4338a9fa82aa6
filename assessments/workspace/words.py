"""Counts, days and lists as the desk says them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext


def in_words(count: int) -> str:
    """Small numbers as words, as one writes them in a sentence."""
    words = (
        gettext("no"),
        gettext("one"),
        gettext("two"),
        gettext("three"),
        gettext("four"),
        gettext("five"),
        gettext("six"),
        gettext("seven"),
        gettext("eight"),
        gettext("nine"),
        gettext("ten"),
        gettext("eleven"),
        gettext("twelve"),
    )
    return words[count] if count < len(words) else f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def assessments(count: int) -> str:
    """ "nine assessments" """
    return ngettext("%(count)s assessment", "%(count)s assessments", count) % {"count": in_words(count)}


def clients(count: int) -> str:
    """ "three clients" """
    return ngettext("%(count)s client", "%(count)s clients", count) % {"count": in_words(count)}


def units(count: int) -> str:
    """ "two units" """
    return ngettext("%(count)s unit", "%(count)s units", count) % {"count": in_words(count)}


def sentence(parts: Iterable[str]) -> str:
    """Parts of a heading behind commas, with a capital in front."""
    joined = ", ".join(each for each in parts if each)
    return joined[:1].upper() + joined[1:]


def day(moment: datetime) -> str:
    """ "today", "12 Nov", and the year where it is another one."""
    then, today = timezone.localdate(moment), timezone.localdate()
    if then == today:
        return gettext("today")
    return date_format(then, "j M" if then.year == today.year else "j M Y")
