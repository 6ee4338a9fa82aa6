"""The addresses of the desk."""

from django.urls import path

from assessments.workspace.views import assessments, entry

urlpatterns = [
    path("", entry.entry, name="desk_entry"),
    path("<str:workspace>/", assessments.desk, name="desk"),
]
