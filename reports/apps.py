"""Telling, as a Django app."""

import contextlib
import os

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from reports import checks  # noqa: F401  (importing it registers the checks; earlier, apps are not ready)

        if os.environ.get("GROUNDWORK_SERVING") == "1":  # set by `manage.py serve` for its server processes
            from reports import pdf

            with contextlib.suppress(pdf.PdfError):  # whoever asks for a PDF is told
                pdf.start()
