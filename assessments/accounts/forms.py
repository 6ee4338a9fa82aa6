"""The forms of signing in and of one's account: allauth's own, in our words and with mistakes placed as everywhere here."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.accounts import invited
from assessments.answering import RefusedError, clean_line
from assessments.models.assessment import NAME_LENGTH

type Words = Any
"""Text, or a promise of its translation, for which Django has no public type."""

ONE_ADDRESS = _("Enter one e-mail address, such as name@example.com")
TOO_LONG = _("The e-mail address must be 254 characters or less")
ADDRESS = {"required": _("Enter your e-mail address"), "invalid": ONE_ADDRESS, "max_length": TOO_LONG}
PASSWORD = {"required": _("Enter your password")}
NEW_PASSWORD = {"required": _("Enter a new password")}
CODE = {"required": _("Enter the code from your app, or a recovery code")}
NO_PASSKEY = {
    "required": _("The passkey was not read. It needs JavaScript, and your consent when the browser asks"),
    "invalid": _("The passkey was not read. Try again"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right, and the field to which the link in the summary leads."""

    target: str
    says: str


class InOurWords(forms.Form):
    """``words`` says for each field what is wrong with it, by Django's codes; the first field stands for the whole form."""

    use_required_attribute = False
    words: Mapping[str, Mapping[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, words in self.words.items():
            self.fields[name].error_messages |= words
            for validator in self.fields[name].validators:
                code = getattr(validator, "code", "")
                if code in words and hasattr(validator, "message"):
                    validator.message = words[code]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """One for each field is enough at a time."""
        shown = [name for name in self.fields if not self[name].is_hidden]
        return tuple(
            Mistake(name if name in shown else shown[0] if shown else "main", str(found[0]))
            for name, found in self.errors.items()
            if found
        )

    @property
    def says(self) -> dict[str, str]:
        """What is wrong, by field; what is wrong with the whole form stands at the first one."""
        return {each.target: each.says for each in self.mistakes}


def short(name: str) -> str:
    """A name in one line. Raises ValidationError for one that cannot be stored."""
    try:
        return clean_line(name, NAME_LENGTH, gettext("Name"))
    except RefusedError as refused:
        raise ValidationError(str(refused)) from refused


# --- Signing in and making an account -------------------------------------------------------------------------------------


class SignInForm(InOurWords, account.LoginForm):
    words = {"login": ADDRESS, "password": PASSWORD}


class Named(forms.Form):
    """What others in the workspace call somebody."""

    name = forms.CharField(required=False)

    def clean_name(self) -> str:
        return short(self.cleaned_data["name"])


class SignUpForm(InOurWords, account.SignupForm, Named):
    field_order = ["name", "email", "password1"]
    words = {"email": ADDRESS, "password1": NEW_PASSWORD}

    @property
    def fixed(self) -> str:
        """The address that an invitation is for; empty where any will do."""
        invitation = invited.invitation_of(context.request)
        return invitation.email if invitation is not None and settings.SIGN_UP == "invitation" else ""


class ProviderSignUpForm(InOurWords, social.SignupForm, Named):
    field_order = ["name", "email"]
    words = {"email": ADDRESS}


# --- The account ------------------------------------------------------------------------------------------------------


class NewAddressForm(InOurWords, account.AddEmailForm):
    words = {"email": ADDRESS}


class OncePassword(InOurWords):
    """A new password is typed once: it can be shown, and pasted from a manager of passwords."""

    words = {"password1": NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ChangePasswordForm(OncePassword, account.ChangePasswordForm):
    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}


class SetPasswordForm(OncePassword, account.SetPasswordForm):
    pass


class NewPasswordForm(OncePassword, account.ResetPasswordKeyForm):
    pass


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    words = {"email": ADDRESS}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    words = {"password": PASSWORD}


# --- The second step ------------------------------------------------------------------------------------------------------


class CodeForm(InOurWords, mfa.AuthenticateForm):
    words = {"code": CODE}


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):
    words = {"code": CODE}


class ActivateAppForm(InOurWords, ActivateTOTPForm):
    words = {"code": {"required": _("Enter the code that your app shows")}}


UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What those who take a passkey's answer apart raise about one that no browser has made."""


class Credential(forms.JSONField):
    """What a browser says for a passkey; anybody may send something else, nested a thousand times or with endless numbers."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except UNREADABLE as broken:
            raise ValidationError(NO_PASSKEY["invalid"]) from broken


class ReadsPasskey(InOurWords):
    """A form whose passkey is either read or refused."""

    words = {"credential": NO_PASSKEY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential(widget=forms.HiddenInput, error_messages=NO_PASSKEY)

    def clean_credential(self) -> Any:
        """Whose it is, where the form asks that of this field."""
        said = self.cleaned_data["credential"]
        if not isinstance(said, dict):
            raise ValidationError(NO_PASSKEY["invalid"])
        inner = getattr(super(), "clean_credential", None)
        return _read(inner) if inner else said

    def clean(self) -> Any:
        return _read(super().clean)


def _read(reading: Callable[[], Any]) -> Any:
    try:
        return reading()
    except UNREADABLE as broken:
        raise ValidationError(NO_PASSKEY["invalid"]) from broken


class AddPasskeyForm(ReadsPasskey, webauthn.AddWebAuthnForm):
    def clean_name(self) -> str:
        return short(super().clean_name())


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    words = {"name": {"required": _("Enter a name for the passkey")}}

    def clean_name(self) -> str:
        return short(self.cleaned_data["name"])


class PasskeyForm(ReadsPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(ReadsPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeySignInForm(ReadsPasskey, webauthn.LoginWebAuthnForm):
    pass


# --- Ours ---------------------------------------------------------------------------------------------------------------


class NameForm(InOurWords, Named):
    """What somebody is called, changed afterwards."""
