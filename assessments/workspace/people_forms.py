"""What somebody typed about people and workspaces."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.answering import RefusedError
from assessments.models import Role
from assessments.people import clean_name


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right, and the field to which the link in the summary leads."""

    target: str
    says: str


class DeskForm(forms.Form):
    use_required_attribute = False

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """One for each field is enough at a time."""
        return tuple(Mistake(name, str(found[0])) for name, found in self.errors.items() if found)

    @property
    def says(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {each.target: each.says for each in self.mistakes}


class InvitationForm(DeskForm):
    """Whom to ask in, and as what."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail address of the person you want to invite"),
            "invalid": _("Enter one e-mail address, such as name@example.com"),
            "max_length": _("The e-mail address must be 254 characters or less"),
        },
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.CONSULTANT,
        error_messages={
            "required": _("Choose what the person may do"),
            "invalid_choice": _("Choose one of the lines: owner, consultant or viewer"),
        },
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RoleForm(DeskForm):
    """What somebody may do from now on."""

    role = InvitationForm.base_fields["role"]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class WorkspaceForm(DeskForm):
    """What a workspace is called."""

    name = forms.CharField(strip=False, required=False)

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except RefusedError as refused:
            raise ValidationError(str(refused)) from refused

    @classmethod
    def called(cls, name: str) -> "WorkspaceForm":
        initial: dict[str, Any] = {"name": name}
        return cls(initial=initial)
