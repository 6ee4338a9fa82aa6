"""Telling, as a Django app."""

import contextlib
import os

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from assessments.work import is_queued, worker_started
        from reports import checks  # noqa: F401  (importing it registers the checks; earlier, apps are not ready)

        worker_started.connect(_have_paper_ready)
        serving = (
            os.environ.get("GROUNDWORK_SERVING") == "1"
        )  # set by `manage.py serve` for its server processes
        if serving and not is_queued():
            _have_paper_ready()


def _have_paper_ready(**_: object) -> None:
    """Start what PDFs are made by, so that the first does not wait for it."""
    from reports import pdf

    with contextlib.suppress(pdf.PdfError):  # whoever asks for a PDF is told
        pdf.start()
