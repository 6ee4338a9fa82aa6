"""The addresses of signing in by an organisation's own server for identities; there are none where there is no such server."""

from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path

from assessments.access import private_page
from assessments.accounts import views

urlpatterns = [
    path("connected/", private_page(social.connections), name="socialaccount_connections"),
    path("connected/signup/", private_page(social.signup), name="socialaccount_signup"),
    path("connected/cancelled/", private_page(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("connected/error/", private_page(social.login_error), name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", private_page(views.provider_sign_in), name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        private_page(oidc.callback),
        name="openid_connect_callback",
    ),
]
