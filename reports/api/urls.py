"""The addresses for programs."""

from django.urls import path

from reports.api.operations import api

urlpatterns = [path("", api.urls)]
