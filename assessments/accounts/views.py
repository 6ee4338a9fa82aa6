"""The pages of an account that allauth does not bring."""

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments.accounts import sessions
from assessments.accounts.access import recently_proven
from assessments.accounts.forms import NameForm
from assessments.accounts.models import User
from assessments.http import SeeOther


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Everything about the account at a glance, each with the way to change it."""
    page = {
        "form": NameForm(initial={"name": request.user.name}),
        "has_second_step": is_mfa_enabled(request.user),
        "provider": settings.OIDC["name"],
        "connected": SocialAccount.objects.filter(user=request.user.pk).exists(),
    }
    return render(request, "account/home.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """What somebody wants to be called."""
    form = NameForm(request.POST if request.method == "POST" else {"name": request.user.name})
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/name.html", {"form": form}, status=422 if form.errors else 200)
    User.objects.filter(pk=request.user.pk).update(name=form.cleaned_data["name"])
    messages.success(request, gettext("Your name is saved."))
    return SeeOther(reverse("account_home"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def again(request: HttpRequest) -> HttpResponseBase:
    """The way to prove who one is without password and code: sign in once more, and come back."""
    back = get_next_redirect_url(request) or reverse("account_home")
    if request.method != "POST":
        return render(request, "account/again.html", {"back": back})
    sessions.sign_out(request)
    return redirect_to_login(back)


@login_required
@recently_proven
def email(request: HttpRequest) -> HttpResponseBase:
    """Changing the address is changing who gets the account: allauth's page, for those who have proven who they are."""
    response: HttpResponseBase = account.email(request)
    return response
