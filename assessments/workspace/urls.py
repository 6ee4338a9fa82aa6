"""The addresses of the desk."""

from django.urls import path

from assessments.workspace.views import assessments, branding, entry, offers

urlpatterns = [
    path("", entry.entry, name="desk_entry"),
    path("<str:workspace>/", assessments.desk, name="desk"),
    path("<str:workspace>/branding/", branding.branding, name="branding"),
    path("<str:workspace>/branding/remove/", branding.unbrand, name="unbrand"),
    path("<str:workspace>/offers/", offers.offers, name="offers"),
]
