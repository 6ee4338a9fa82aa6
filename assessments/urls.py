"""The addresses of asking."""

from django.urls import include, path

from assessments import pages, violations
from assessments.workspace.views import branding, joining

app_name = "assessments"

urlpatterns = [
    path("", include("assessments.wizard.urls")),
    path("", include("assessments.sharing.urls")),
    path("", include("assessments.survey.urls")),
    path("", include("assessments.workshop.urls")),
    path("brand/<str:mark>.png", branding.logo, name="brand_logo"),
    path("brand/<str:mark>.css", branding.colours, name="brand_colours"),
    path("desk/", include("assessments.workspace.urls")),
    path("invitation/", joining.join, name="invitation"),
    path("invitation/<str:token>", joining.invited, name="invited"),
    path("method/", pages.method, name="method"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("licence/", pages.licence, name="licence"),
    path("theme/", pages.theme, name="theme"),
    path("csp-reports/", violations.violations, name="violations"),
]
