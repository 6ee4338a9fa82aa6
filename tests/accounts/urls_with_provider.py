"""Every address of the site, as it is where there is a server for identities."""

from django.urls import include, path

from advisor.urls import urlpatterns as usual

urlpatterns = [*usual, path("account/", include("assessments.accounts.provider_urls"))]
