"""The addresses of accounts: allauth's pages that somebody needs, under the names that it knows them by, and our own."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from assessments.access import private_page
from assessments.accounts import views


def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """No cache keeps a page of somebody's account."""
    return path(route, private_page(view), name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    page("", views.home, "account_home"),
    page("name/", views.name, "account_name"),
    page("again/", views.again, "account_again"),
    page("data.json", views.data, "account_data"),
    page("delete/", views.delete, "account_delete"),
    page("deleted/", views.deleted, "account_deleted"),
    page("login/", account.login, "account_login"),
    page("logout/", account.logout, "account_logout"),
    page("inactive/", account.account_inactive, "account_inactive"),
    page("signup/", account.signup, "account_signup"),
    page("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    page("email/", views.email, "account_email"),
    page("confirm-email/", account.email_verification_sent, "account_email_verification_sent"),
    page("confirm-email/<str:key>/", account.confirm_email, "account_confirm_email"),
    page("password/change/", account.password_change, "account_change_password"),
    page("password/set/", account.password_set, "account_set_password"),
    page("password/reset/", account.password_reset, "account_reset_password"),
    page("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    page(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    page(
        "password/reset/key/<slug:uidb36>/<str:key>/",
        account.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    page("second-step/", mfa.index, "mfa_index"),
    page("second-step/code/", mfa.authenticate, "mfa_authenticate"),
    page("second-step/again/", mfa.reauthenticate, "mfa_reauthenticate"),
    page("second-step/app/", totp.activate_totp, "mfa_activate_totp"),
    page("second-step/app/off/", totp.deactivate_totp, "mfa_deactivate_totp"),
    page("second-step/recovery/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    page("second-step/recovery/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    page("second-step/recovery/codes.txt", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    page("passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    page("passkeys/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    page("passkeys/login/", webauthn.login_webauthn, "mfa_login_webauthn"),
    page("passkeys/again/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    page("passkeys/<int:pk>/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    page("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    page("sessions/", usersessions.list_usersessions, "usersessions_list"),
]

if settings.OIDC["server"]:
    urlpatterns += [path("", include("assessments.accounts.provider_urls"))]
