"""The addresses of asking."""

from django.urls import include, path

from assessments import pages
from assessments.workspace.views import joining

app_name = "assessments"

urlpatterns = [
    path("", include("assessments.wizard.urls")),
    path("desk/", include("assessments.workspace.urls")),
    path("join/", joining.join, name="join"),
    path("join/<str:token>", joining.invited, name="invited"),
    path("method/", pages.method, name="method"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("licence/", pages.licence, name="licence"),
    path("theme/", pages.theme, name="theme"),
]
