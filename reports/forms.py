"""What a reader may enter on the result page: a day rate and a budget, for looking and not for storing."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from assessments.answering import RefusedError, read_number

LARGEST = 1_000_000_000_000


class AmountField(forms.FloatField):
    """A number as people type it: "800,50", "250 000"."""

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            number = read_number(typed)
        except RefusedError as unclear:
            raise ValidationError(str(unclear), code="unclear") from unclear
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class MoneyForm(forms.Form):
    """Turns person-weeks into money. Both fields are optional; the currency is whatever the reader thinks in."""

    day_rate = AmountField(
        required=False,
        min_value=1,
        max_value=LARGEST,
        label=gettext_lazy("Day rate"),
        error_messages={
            "invalid": gettext_lazy("Enter the day rate as a number, such as 800"),
            "min_value": gettext_lazy("The day rate must be 1 or more"),
            "max_value": gettext_lazy("The day rate is too large"),
        },
    )
    budget = AmountField(
        required=False,
        min_value=1,
        max_value=LARGEST,
        label=gettext_lazy("Budget in all"),
        error_messages={
            "invalid": gettext_lazy("Enter the budget as a number, such as 250000"),
            "min_value": gettext_lazy("The budget must be 1 or more"),
            "max_value": gettext_lazy("The budget is too large"),
        },
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        if entered.get("budget") and not entered.get("day_rate") and "day_rate" not in self.errors:
            self.add_error("day_rate", gettext("Enter a day rate too"))
        return entered

    @property
    def query(self) -> str:
        """What was entered, for the address of the PDF; empty as long as there is a mistake in it."""
        entered = {name: self.data[name] for name, value in figures(self).items() if value}
        return f"?{urlencode(entered)}" if entered else ""


def money_form(query: QueryDict) -> MoneyForm:
    """Filled from an address, or empty where it names no figure."""
    return MoneyForm(query if any(query.get(name) for name in MoneyForm.base_fields) else None)


type Figures = dict[str, float | None]
"""Amounts by name."""


def figures(form: MoneyForm) -> Figures:
    """What was entered; nothing at all as long as there is a mistake in it."""
    if not form.is_bound or not form.is_valid():
        return {}
    return {name: form.cleaned_data[name] for name in MoneyForm.base_fields}
