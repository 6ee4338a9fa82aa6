"""The addresses of the sheets."""

from django.urls import path

from assessments.styleguide.views import styleguide

urlpatterns = [
    path("", styleguide, name="styleguide"),
    path("<slug:name>/", styleguide, name="styleguide"),
]
