"""What somebody enters about one move of the plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from advisor.engine.ownplan import SLOTS, Change, Item, Slot
from assessments.answering import RefusedError, clean_text
from assessments.planning import OWNER_LENGTH, REMARK_LENGTH
from reports.figure_form import Mistake

CHOICES = [
    ("now", gettext_lazy("Now")),
    ("next", gettext_lazy("Next")),
    ("later", gettext_lazy("Later")),
    ("dropped", gettext_lazy("Leave it out")),
]


def slot_called(name: str) -> Slot | None:
    """A column of the plan by its name; None where there is none."""
    return next((each for each in SLOTS if each == name), None)


class TypedField(forms.CharField):
    """A line or two of plain text, cleaned like every text that is stored."""

    def __init__(self, *, label: Any, length: int) -> None:
        super().__init__(required=False, strip=False, label=label)
        self.length = length

    def to_python(self, value: Any) -> str:
        try:
            return clean_text(str(value or ""), self.length, str(self.label))
        except RefusedError as refused:
            raise ValidationError(str(refused), code="refused") from refused


class MoveForm(forms.Form):
    """Where a move stands, who looks after it, by when, and what to remember about it."""

    slot = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=CHOICES,
        label=gettext_lazy("When"),
        error_messages={
            "required": gettext_lazy("Select when it is done"),
            "invalid_choice": gettext_lazy("Select Now, Next, Later or Leave it out"),
        },
    )
    owner = TypedField(label=gettext_lazy("Owner"), length=OWNER_LENGTH)
    due = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],  # what browsers send; 01/02/27 is another day in another country
        label=gettext_lazy("Done by"),
        error_messages={"invalid": gettext_lazy("Enter the day as year-month-day, such as 2027-03-31")},
    )
    note = TypedField(label=gettext_lazy("Note"), length=REMARK_LENGTH)
    risk = TypedField(label=gettext_lazy("Reason"), length=REMARK_LENGTH)

    def __init__(self, data: Any = None, *, item: Item, slot: str = "") -> None:
        """``slot`` is a place that was wanted and needs a reason first."""
        change = item.change
        super().__init__(
            data,
            initial={
                "slot": slot_called(slot) or item.slot,
                "owner": change.owner,
                "due": change.due,
                "note": change.note,
                "risk": change.risk,
            },
        )
        self.item = item

    def change(self) -> Change:
        """What was entered; a place as calculated is no change."""
        entered = self.cleaned_data
        slot = entered["slot"]
        return Change(
            slot=slot if slot != self.item.calculated else None,
            owner=entered["owner"],
            due=entered["due"].isoformat() if entered["due"] else "",
            note=entered["note"],
            risk=entered["risk"],
        )

    def wanted_change(self) -> Change:
        """The change with the place in the field, whether or not the rest can be stored."""
        slot = slot_called(self.data.get("slot", "") if self.is_bound else self.initial["slot"])
        return Change(slot=slot if slot != self.item.calculated else None)

    def ask_why(self, broken: tuple[str, ...]) -> None:
        """The place breaks an order, and nobody has said yet why that is accepted."""
        words = {"broken": " ".join(broken)}
        self.add_error("risk", gettext("Enter why you accept this. %(broken)s") % words)

    @property
    def mistakes(self) -> list[Mistake]:
        return [Mistake(name, str(said)) for name, errors in self.errors.items() for said in errors]
