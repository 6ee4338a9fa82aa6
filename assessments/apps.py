"""Asking, as a Django app."""

import os

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "Assessments"

    def ready(self) -> None:
        from assessments import checks  # noqa: F401  (importing it registers the checks; earlier, apps are not ready)
        from assessments.requests import count_database_errors

        count_database_errors()

        if os.environ.get("GROUNDWORK_SERVING") == "1":  # set by `manage.py serve` for its server processes
            from assessments import waking, watching

            waking.start()
            watching.start()
