"""Numbers and days as people read them: rounded, grouped and in the form of the reader's language."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from advisor.engine.playbook import Range

HALVES_BELOW = 10
"""Smaller quantities are told in halves, larger ones in whole numbers: an estimate carries no more."""

IN_WORDS = (
    gettext_noop("none"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
    gettext_noop("eleven"),
    gettext_noop("twelve"),
    gettext_noop("thirteen"),
    gettext_noop("fourteen"),
    gettext_noop("fifteen"),
    gettext_noop("sixteen"),
    gettext_noop("seventeen"),
    gettext_noop("eighteen"),
)


def unbroken(words: str) -> str:
    """A percent sign stays with its number."""
    return words.replace(" %", "\u00a0%")


def rounded(value: float, step: str = "1") -> Decimal:
    """To the nearest multiple of ``step``, halves upwards."""
    unit = Decimal(step)
    return (Decimal(str(value)) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def estimate(value: float) -> Decimal:
    """What is printed of an estimate in person-weeks or weeks."""
    return rounded(value, "0.5") if value < HALVES_BELOW else rounded(value)


def printed(value: Decimal | float) -> str:
    """In the form of the reader's language, with thousands grouped and without empty decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    whole = exact == exact.to_integral_value()
    return number_format(exact, decimal_pos=0 if whole else None, use_l10n=True, force_grouping=True)


def whole(value: float) -> str:
    return printed(rounded(value))


def quantity(value: float) -> str:
    return printed(estimate(value))


def average(value: float) -> str:
    """With one decimal, as averages of levels are told."""
    return number_format(rounded(value, "0.1"), decimal_pos=1, use_l10n=True)


def share(value: float) -> str:
    """A share from 0 to 1 in percent."""
    return percent(value * 100)


def percent(value: float) -> str:
    return unbroken(gettext("%(number)s %%") % {"number": whole(value)})


def percent_exact(value: float) -> str:
    """With one decimal, as published distributions have it."""
    return unbroken(gettext("%(number)s %%") % {"number": average(value)})


def span(amount: Range) -> str:
    """ "10 to 30", or one number where both ends look alike."""
    return between(estimate(amount.low), estimate(amount.high))


def between(low: Decimal, high: Decimal) -> str:
    if low == high:
        return printed(high)
    return gettext("%(low)s to %(high)s") % {"low": printed(low), "high": printed(high)}


def person_weeks(amount: Range) -> str:
    """ "10 to 30 person-weeks"."""
    count = _plural(estimate(amount.high))
    return ngettext("%(number)s person-week", "%(number)s person-weeks", count) % {"number": span(amount)}


def weeks(amount: Range) -> str:
    """ "6 to 12 weeks"."""
    count = _plural(estimate(amount.high))
    return ngettext("%(number)s week", "%(number)s weeks", count) % {"number": span(amount)}


def weeks_whole(value: float) -> str:
    """A duration worked out from efforts: whole weeks, at least one."""
    number = max(rounded(value), Decimal(1))
    return ngettext("%(number)s week", "%(number)s weeks", _plural(number)) % {"number": printed(number)}


def months(value: float) -> str:
    return ngettext("%(number)s month", "%(number)s months", _plural(Decimal(str(value)))) % {
        "number": printed(value)
    }


def days(value: float) -> str:
    return ngettext("%(number)s day", "%(number)s days", _plural(Decimal(str(value)))) % {
        "number": printed(value)
    }


def weeks_between(amount: Range) -> str:
    """A range of durations worked out from efforts."""
    low, high = max(rounded(amount.low), Decimal(1)), max(rounded(amount.high), Decimal(1))
    return ngettext("%(number)s week", "%(number)s weeks", _plural(high)) % {"number": between(low, high)}


def money(amount: Range) -> str:
    """A range of money, to about three figures: the efforts behind it are estimates."""
    return between(_three_figures(amount.low), _three_figures(amount.high))


def sum_of_money(value: float) -> str:
    return printed(_three_figures(value))


def people(value: float) -> str:
    if value == 0.5:  # a half has a name of its own
        return gettext("half a person")
    if value < 1:
        return gettext("%(number)s of a person") % {"number": printed(value)}
    return ngettext("%(number)s person", "%(number)s people", _plural(Decimal(str(value)))) % {
        "number": printed(value)
    }


def day(value: date) -> str:
    """A date, with the month in words."""
    return date_format(value, pgettext("date", "j F Y"))


def threshold(value: float) -> str:
    """An average that a gate asks for: exact, with one decimal at least."""
    decimals = 1 if rounded(value, "0.1") == rounded(value, "0.01") else 2
    return number_format(rounded(value, "0.01"), decimal_pos=decimals, use_l10n=True)


def in_words(count: int) -> str:
    """Up to eighteen, the number of capabilities, as a word; larger ones in figures."""
    return gettext(IN_WORDS[count]) if count < len(IN_WORDS) else printed(Decimal(count))


def in_words_first(count: int) -> str:
    """The same at the beginning of a sentence."""
    words = in_words(count)
    return words[:1].upper() + words[1:]


def _three_figures(value: float) -> Decimal:
    exact = rounded(value)
    digits = exact.adjusted() + 1
    step = Decimal(10) ** max(0, digits - 3)
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _plural(number: Decimal) -> int:
    """The number to choose a plural by: everything but exactly 1 takes the plural."""
    return 1 if number == 1 else 2
