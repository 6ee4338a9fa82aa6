"""The pages of an account that allauth does not bring."""

import logging

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from assessments.accounts import leaving, sessions
from assessments.accounts.access import account_of, recently_proven
from assessments.accounts.forms import NameForm
from assessments.accounts.models import User
from assessments.http import SeeOther

log = logging.getLogger("assessments.accounts")


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Everything about the account at a glance, each with the way to change it."""
    page = {
        "has_second_step": is_mfa_enabled(request.user),
        "provider": settings.OIDC["name"],
        "connected": SocialAccount.objects.filter(user=request.user.pk).exists(),
    }
    return render(request, "account/home.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """What somebody wants to be called."""
    form = NameForm(request.POST if request.method == "POST" else {"name": account_of(request).name})
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/name.html", {"form": form}, status=422 if form.errors else 200)
    User.objects.filter(pk=account_of(request).pk).update(name=form.cleaned_data["name"])
    messages.success(request, gettext("Your name is saved."))
    return SeeOther(reverse("account_home"))


def provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the server for identities; allauth lets it pass when that does not answer at all, or not as it should."""
    try:
        response: HttpResponseBase = oidc.login(request, provider_id)
    except (RequestException, LookupError) as error:
        log.error("The server for identities gave no answer that can be used: %s", type(error).__name__)  # noqa: TRY400  the rest may hold secrets
        return render(request, "socialaccount/authentication_error.html", status=503)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def again(request: HttpRequest) -> HttpResponseBase:
    """The way to prove who one is without password and code: sign in once more, and come back."""
    back = get_next_redirect_url(request) or reverse("account_home")
    if request.method != "POST":
        return render(request, "account/again.html", {"back": back})
    sessions.sign_out(request)
    return redirect_to_login(back)


@require_safe
@login_required
@recently_proven
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is stored of the account, as a file."""
    response = JsonResponse(leaving.data_of(account_of(request)), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="groundwork-account.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@recently_proven
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account for good, once its address was typed."""
    user, typed = account_of(request), request.POST.get("email", "")
    wrong = request.method == "POST" and typed.strip().lower() != user.email
    if request.method == "POST" and not wrong:
        try:
            leaving.end_account(request=request, user=user)
            return SeeOther(reverse("account_deleted"))
        except leaving.HeldError:
            wrong = True
    error = gettext("Type the address of your account, as it stands here") if wrong else ""
    words = {"ending": leaving.ending_of(user), "typed": typed, "error": error}
    words["mistakes"] = [{"target": "email", "says": error}] if error else []
    return render(request, "account/delete.html", words, status=422 if wrong else 200)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """There is nothing left of the account."""
    return render(request, "account/deleted.html")


@login_required
@recently_proven
def email(request: HttpRequest) -> HttpResponseBase:
    """Changing the address is changing who gets the account: allauth's page, for those who have proven who they are."""
    response: HttpResponseBase = account.email(request)
    return response
