"""Every address of the site; by dotted name, since the foundation imports nothing from the floors above."""

from django.urls import include, path

urlpatterns = [
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("account/", include("assessments.accounts.urls")),
    path("styleguide/", include("assessments.styleguide.urls")),  # not found unless DEBUG is on
]

handler400 = "advisor.away.bad_request"
handler500 = "assessments.failing.server_error"
