"""Asking, as a Django app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "Assessments"

    def ready(self) -> None:
        from assessments import checks  # noqa: F401  (importing it registers the checks; earlier, apps are not ready)
