"""What is counted for whoever watches the server: how often and how long, never who or what.

Every process counts for itself. Where ``manage.py serve`` names a folder for it, the counts of all server processes lie there
side by side, and ``assessments.watching`` adds them up.
"""

from django.db import DatabaseError, IntegrityError
from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter(
    "groundwork_requests", "Requests answered, by page, method and status.", ["view", "method", "status"]
)
REQUEST_SECONDS = Histogram(
    "groundwork_request_seconds",
    "How long answers took, by page.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
SAVES = Counter("groundwork_saves", "Answers stored.")
VOTES = Counter("groundwork_votes", "Votes taken from phones, changed ones included.")
PDFS = Counter("groundwork_pdfs", "PDFs, by what became of them: made, failed or busy.", ["result"])
PDF_SECONDS = Histogram(
    "groundwork_pdf_seconds",
    "How long PDFs took to make, without waiting for a place.",
    buckets=(0.5, 1, 2, 3, 5, 10, 20, 30, 45),
)
PDFS_WAITING = Gauge("groundwork_pdfs_waiting", "PDFs that wait for a place.", multiprocess_mode="livesum")
MAILS = Counter("groundwork_mails", "Mails handed to the mail server, by result: sent or failed.", ["result"])
DATABASE_ERRORS = Counter(
    "groundwork_database_errors",
    "Statements and connections that failed, without broken constraints.",
    ["kind"],
)


def count_database_error(error: BaseException | None) -> None:
    """Count it once, whoever meets it first; a constraint that was broken has done its work."""
    known = isinstance(error, IntegrityError) or getattr(error, "groundwork_counted", False)
    if isinstance(error, DatabaseError) and not known:
        DATABASE_ERRORS.labels(type(error).__name__).inc()
        error.groundwork_counted = True  # type: ignore[attr-defined]
