"""What allauth asks us: who may make an account, what mail says and how often, what is said to whom, who has to wait."""

import base64
import os
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import audit, throttle
from assessments.accounts import invited, sessions
from assessments.accounts.models import User
from assessments.answering import RefusedError, clean_line
from assessments.http import NOWHERE, network_of
from assessments.links import absolute
from assessments.mail import MailError, send
from assessments.models.assessment import NAME_LENGTH

QUARTER = timedelta(minutes=15)
WRONG_HERE = 5
"""Wrong passwords for one address from one network within a quarter of an hour."""
WRONG_ANYWHERE = 50
"""The same from wherever, within an hour: strangers can make somebody wait only if they come from many networks."""
WRONG_FROM_A_NETWORK = 30
"""For whichever addresses, within a quarter of an hour."""

ASKED_FOR = ("password_reset_key", "unknown_account", "account_already_exists", "email_confirmation")
"""Mail that anybody can make this server send, by typing an address."""
MAILS_TO_ONE = 3
MAILS_FROM_ONE = 10
"""An hour: to one address, and from one network."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by address and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask an owner of your workspace."),
        "duplicate_email": _("This is the address of your account already"),
        "same_as_current": _("This is the address of your account already"),
        "email_password_mismatch": _("Address and password do not belong together. Check both and try again"),
        "enter_current_password": _("This is not your password. Enter the one you sign in with"),
        "incorrect_password": _("This is not your password. Enter the one you sign in with"),
        "incorrect_code": _("This code does not fit. Enter the one that your app shows now"),
        "invalid_login": _("Address and password do not belong together. Check both and try again"),
        "invalid_password_reset": _("This link has been used, or is too old"),
        "email_taken": _("There is an account with this address already"),
        "too_many_login_attempts": _("That was wrong too often. Wait five minutes, then try again"),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again"),
    }

    # --- Making an account ---------------------------------------------------------------------------------------------

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By GROUNDWORK_SIGN_UP; whoever was invited comes with an invitation in force."""
        if settings.SIGN_UP == "invitation":
            return invited.invitation_of(request) is not None
        return bool(settings.SIGN_UP == "open")

    def clean_email(self, email: str) -> str:
        """An invitation is for one address, where only the invited may make an account."""
        address = email.lower()
        if settings.SIGN_UP == "invitation" and not context.request.user.is_authenticated:
            invitation = invited.invitation_of(context.request)
            if invitation is not None and invitation.email != address and _makes_an_account(context.request):
                raise ValidationError(
                    gettext("The invitation is for %(email)s. Use that address") % {"email": invitation.email}
                )
        return address

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not where somebody else signs in with this address by now: it would be the address of two accounts."""
        others = User.objects.exclude(pk=email_address.user_id).filter(email=email_address.email)
        if others.exists():
            said = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, said, {"email": email_address.email})
            return False
        return bool(super().confirm_email(request, email_address))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """As allauth does, with the name they want to be called."""
        user.name = form.cleaned_data.get("name") or user.name
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def unstash_verified_email(self, request: HttpRequest) -> str | None:
        """What an invitation has proven is used once."""
        email: str | None = request.session.pop("account_verified_email", None)
        return email

    # --- Signing in and out --------------------------------------------------------------------------------------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow down who guesses. Counted in the database, so that it holds for every process of the server.

        The same for addresses with an account and without.
        """
        try:
            for purpose, who, most, within in _counted(request, credentials):
                throttle.check_in(purpose, who, most=most, within=within)
        except throttle.TooOftenError as refused:
            minutes = -(-refused.seconds // 60)
            raise ValidationError(
                gettext("That was wrong too often. Try again in %(minutes)s min, or choose a new password")
                % {"minutes": minutes},
                code="too_many_login_attempts",
            ) from refused

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            for purpose, who, *_how_often in _counted(request, credentials):
                throttle.take_back(purpose, who)
        return user

    def set_password(self, user: User, password: str) -> None:
        """Whoever has a new password has not guessed it wrong yet."""
        super().set_password(user, password)
        for purpose, who, *_how_often in _counted(context.request, {"email": user.email})[:2]:
            throttle.forget(purpose, who)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # as allauth calls it
        return reverse("account_home")

    def logout(self, request: HttpRequest) -> None:
        """What came by private links stays in the browser, unless somebody wants that forgotten too."""
        sessions.sign_out(request, forget="forget" in request.POST)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Our own notion of where a request comes from: no forged header counts, and IPv6 counts by subscriber."""
        network = network_of(request).partition("/")[0]
        return "0.0.0.0" if network == NOWHERE else network  # noqa: S104  nobody listens there

    def is_reauthentication_required(self, *, app: str, **how: Any) -> bool:
        """Whoever has just signed in has proven enough."""
        if sessions.signed_in_within(context.request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
            return False
        return bool(super().is_reauthentication_required(app=app, **how))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """Where there is neither a password nor a second factor, the way is to sign in once more."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        again = {"id": "again", "description": gettext("Sign in again"), "url": reverse("account_again")}
        return [each | {"description": words[each["id"]]} for each in ways] or [again]

    # --- Mail -----------------------------------------------------------------------------------------------------------

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it, unless strangers have made us write there too often already; the page says the same in any case."""
        kind = template_prefix.rsplit("/", 1)[-1]
        request = self.request
        if kind.startswith(ASKED_FOR) and not _may_be_sent(request, email):
            return
        words = {"request": request, "email": email, "sign_up": settings.SIGN_UP} | context
        mail: EmailMessage = self.render_mail(
            template_prefix, email, words, headers={"Auto-Submitted": "auto-generated"}
        )
        try:
            send(mail, f"A mail of the kind {kind}")
        except MailError:
            messages.error(
                request,
                gettext("The mail server could not be reached, so no mail was sent. Try again later."),
            )

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, secret = key.partition("-")
        named = {"uidb36": uid, "key": secret}
        return absolute(self.request, reverse("account_reset_password_from_key", kwargs=named))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return absolute(request, reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_account_already_exists_mail(self, email: str) -> None:
        words = {"password_reset_url": absolute(self.request, reverse("account_reset_password"))}
        self.send_mail("account/email/account_already_exists", email, words)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Accounts by an organisation's own server for identities."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "disconnect_last": _("This is your only way to sign in. Set a password first"),
        "no_password": _("This is your only way to sign in. Set a password first"),
        "no_verified_email": _("Confirm your e-mail address first"),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """As for everybody else; an invitation is for the address that the server has confirmed."""
        account = AccountAdapter(request)
        if settings.SIGN_UP != "invitation":
            return account.is_open_for_signup(request)
        invitation = invited.invitation_of(request)
        confirmed = {each.email.lower() for each in sociallogin.email_addresses if each.verified}
        return invitation is not None and invitation.email in confirmed

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """The account with an address that the server has confirmed.

        Where nobody has confirmed it here, somebody else may have made the account with it beforehand, to be in it together
        with the one whose address it is. allauth takes their password and their sessions away; here every other way in goes too.
        """
        found: tuple[User, str] | None = super().authenticate_by_email(sociallogin)
        if found is not None and not _is_confirmed(*found):
            gone, _rows = Authenticator.objects.filter(user=found[0]).delete()
            SocialAccount.objects.filter(user=found[0]).delete()
            if gone:
                audit.note_account(self.request, "account.second_step_removed", found[0].pk)
        return found

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        try:
            user.name = clean_line(str(data.get("name") or ""), NAME_LENGTH, "")
        except RefusedError:
            user.name = ""
        user.email = user.email.lower()
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys. Their secrets are stored under the server's key, so that the database alone opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Switch the second step off first, then change the address"),
        "cannot_delete_authenticator": _("The second step cannot be switched off"),
        "cannot_generate_recovery_codes": _("Recovery codes need a second step. Set that up first"),
        "incorrect_code": _("This code does not fit. Enter the one that your app shows now"),
        "unverified_email": _("Confirm your e-mail address first, then set up a second step"),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was stored under another key cannot be read: then no code fits, rather than one that can be worked out."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(os.urandom(20)).decode()

    def generate_authenticator_name(self, *_whose: Any) -> str:
        return gettext("Passkey of %(day)s") % {"day": f"{timezone.localdate():%-d %B %Y}"}


def _box() -> Fernet:
    key = salted_hmac("groundwork.second-factor", "secrets", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _counted(request: HttpRequest, credentials: dict[str, Any]) -> list[tuple[str, str, int, timedelta]]:
    """What a try counts for: purpose, who, how many there may be, and within which time."""
    address, network = str(credentials.get("email", "")).casefold(), network_of(request)
    return [
        ("password here", f"{network} {address}", WRONG_HERE, QUARTER),
        ("password anywhere", address, WRONG_ANYWHERE, throttle.HOUR),
        ("password from", network, WRONG_FROM_A_NETWORK, QUARTER),
    ]


def _may_be_sent(request: HttpRequest, email: str) -> bool:
    try:
        throttle.check_in("account mail from", network_of(request), most=MAILS_FROM_ONE)
        throttle.check_in("account mail to", email.casefold(), most=MAILS_TO_ONE)
    except throttle.TooOftenError:
        return False
    return True


def _is_confirmed(user: User, email: str) -> bool:
    return EmailAddress.objects.filter(user=user, email=email.lower(), verified=True).exists()


def _makes_an_account(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in {"account_signup", "socialaccount_signup"}
