"""What owners set for a workspace: how reports say who prepared them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.answering import RefusedError, clean_line
from assessments.colours import Theme, falls_short
from assessments.logos import Logo, logo_from
from assessments.models import Brand
from assessments.models.assessment import NAME_LENGTH
from assessments.models.sharing import COLOUR, LINE_LENGTH


class BrandForm(forms.Form):
    """Name, lines, colours and logo. ``cleaned_data["logo"]`` is a Logo of ours, or None."""

    name = forms.CharField(required=False)
    contact = forms.CharField(required=False)
    footer = forms.CharField(required=False)
    accent = forms.CharField(required=False)
    accent_dark = forms.CharField(required=False)
    without_logo = forms.BooleanField(required=False)
    logo = forms.FileField(
        required=False, allow_empty_file=True, error_messages={"invalid": _("Choose a file")}
    )

    @classmethod
    def of(cls, brand: Brand | None, name: str) -> "BrandForm":
        """As it is stored; a workspace without a brand begins with its own name."""
        if brand is None:
            return cls(initial={"name": name})
        fields = ("name", "contact", "footer", "accent", "accent_dark")
        return cls(initial={each: getattr(brand, each) for each in fields})

    def clean_name(self) -> str:
        if not (name := self._line("name", NAME_LENGTH, gettext("Name"))):
            raise forms.ValidationError(gettext("Enter the name that reports shall show"))
        return name

    def clean_contact(self) -> str:
        return self._line("contact", LINE_LENGTH, gettext("Contact"))

    def clean_footer(self) -> str:
        return self._line("footer", LINE_LENGTH, gettext("Footer"))

    def clean_accent(self) -> str:
        return self._colour("accent", "light")

    def clean_accent_dark(self) -> str:
        return self._colour("accent_dark", "dark")

    def clean_logo(self) -> Logo | None:
        """A picture of ours, made from what was sent."""
        sent: Any = self.cleaned_data["logo"]
        if not sent:
            return None
        try:
            return logo_from(sent.read())
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused

    def _line(self, field: str, length: int, named: str) -> str:
        try:
            return clean_line(self.cleaned_data[field], length, named)
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused

    def _colour(self, field: str, theme: Theme) -> str:
        """A colour that can be read on the grounds of this theme, or none."""
        typed = self.cleaned_data[field].strip().lower()
        if not typed:
            return ""
        colour = typed if typed.startswith("#") else f"#{typed}"
        if not re.fullmatch(COLOUR, colour):
            words = {"typed": typed[:40]}
            raise forms.ValidationError(
                gettext("“%(typed)s” is no colour. Enter six digits and letters from a to f, such as #0e4a7b")
                % words
            )
        if found := falls_short(colour, theme):
            words = {
                "colour": colour,
                "ratio": f"{int(found.ratio * 100) / 100:.2f}",
                "ground": found.ground,
                "wanted": f"{found.wanted:g}",
                "nearest": found.nearest,
            }
            raise forms.ValidationError(
                gettext(
                    "%(colour)s has a contrast of %(ratio)s to 1 on %(ground)s, and %(wanted)s to 1 is needed there. "
                    "The nearest colour that can be read is %(nearest)s"
                )
                % words
            )
        return colour

    @property
    def mistakes(self) -> list[dict[str, str]]:
        return [{"target": name, "says": str(errors[0])} for name, errors in self.errors.items()]
