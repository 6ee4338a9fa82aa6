"""The form that makes a link to read a report by."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.answering import RefusedError, clean_text
from assessments.models.assessment import NAME_LENGTH
from assessments.sharing.links import LIVES, USUAL

SHORTEST, LONGEST = 8, 200
"""Of a passphrase, in characters: with ten tries an hour, eight are plenty."""


class LinkForm(forms.Form):
    """Who it is for, how long it lives, and a passphrase if it shall have one."""

    label = forms.CharField(required=False, strip=True)
    days = forms.TypedChoiceField(
        choices=[(days, "") for days in LIVES],
        coerce=int,
        initial=USUAL,
        error_messages={
            "required": _("Choose how long the link lives"),
            "invalid_choice": _("Choose how long the link lives"),
        },
    )
    passphrase = forms.CharField(required=False, strip=True)

    def clean_label(self) -> str:
        """One line of plain text."""
        try:
            label = clean_text(self.cleaned_data["label"], NAME_LENGTH, gettext("Who it is for"))
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused
        if not (label := " ".join(label.split())):
            raise forms.ValidationError(gettext("Enter who the link is for, such as “Board, December”"))
        return label

    def clean_passphrase(self) -> str:
        """Long enough to be one, or none."""
        typed: str = self.cleaned_data["passphrase"]
        if typed and not SHORTEST <= len(typed) <= LONGEST:
            words = {"least": SHORTEST, "most": LONGEST, "count": len(typed)}
            raise forms.ValidationError(
                gettext(
                    "The passphrase has %(count)s characters. Enter %(least)s to %(most)s, or leave it empty"
                )
                % words
            )
        return typed

    @property
    def lives(self) -> list[tuple[int, str, bool]]:
        """Each life in days, in words, and whether it is chosen."""
        chosen = str(self["days"].value())
        return [(days, _days(days), str(days) == chosen) for days in LIVES]

    @property
    def mistakes(self) -> list[dict[str, str]]:
        return [
            {"target": f"days-{USUAL}" if name == "days" else name, "says": str(errors[0])}
            for name, errors in self.errors.items()
        ]


def _days(days: int) -> str:
    return ngettext("one day", "%(days)s days", days) % {"days": days}
