"""`manage.py db_worker` as it is used: processes of their own, killed, told to end, and left without a database."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from assessments import letters, work
from assessments.models import Assessment, Letter, Worker
from assessments.samples import samples, store_sample
from reports.keeping import kept_pdf
from reports.models import MadePdf
from reports.tasks import order_pdf
from reports.telling import whole_report_of
from tests.mailserver import MailServer, mail_server
from tests.pdfs import first_page_of
from tests.workers import ROOT, use_queue, worker

pytestmark = pytest.mark.django_db(transaction=True)  # other processes have to see the rows

PATIENCE = 120.0
"""Seconds for what takes two when nothing else runs."""


@pytest.fixture(autouse=True)
def queue(settings: Settings) -> None:
    use_queue(settings)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def mailing(server: MailServer) -> dict[str, str]:
    """The settings of a worker that sends by this server."""
    return {
        "GROUNDWORK_SMTP_HOST": "127.0.0.1",
        "GROUNDWORK_SMTP_PORT": str(server.port),
        "GROUNDWORK_SMTP_TLS": "none",
        "GROUNDWORK_MAIL_FROM": "groundwork@example.com",
    }


def write(count: int) -> list[str]:
    """So many mails; their addresses."""
    addresses = [f"person{number}@example.com" for number in range(count)]
    for each in addresses:
        letters.store(EmailMessage(subject="Hello", body="A mail.", to=[each]))
    return addresses


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code, and what it said."""
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def until(true: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait for it; a worker that ends before that is asked why."""
    deadline = timezone.now() + timedelta(seconds=PATIENCE)
    while not true():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            assert timezone.now() < deadline
        else:
            raise AssertionError(process.communicate()[0])


def test_two_workers_do_each_of_thirty_pieces_of_work_once(server: MailServer, tmp_path: Path) -> None:
    addresses = write(30)
    with (
        worker(tmp_path / "a", "--batch", checked=True, **mailing(server)) as first,
        worker(tmp_path / "b", "--batch", **mailing(server)) as second,
    ):
        for each in (first, second):
            code, said = ended(each)
            assert code == 0, said
    assert sorted(server.addresses) == sorted(addresses)
    assert not Letter.objects.exists()
    assert work.counts() == {"READY": 0, "RUNNING": 0, "FAILED": 0, "SUCCESSFUL": 30}
    assert not Worker.objects.exists(), "they said goodbye"


def test_work_over_which_a_worker_was_killed_is_done_by_another(server: MailServer, tmp_path: Path) -> None:
    (address,) = write(1)
    server.goes_on.clear()
    with worker(tmp_path / "a", **mailing(server)) as first:
        until(server.asked.is_set, first)
        assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
        first.kill()
        first.wait()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING, "nobody could say a word"
    Worker.objects.update(seen=timezone.now() - work.LOST_AFTER)  # half a minute later
    server.taken.clear()
    server.goes_on.set()
    with worker(tmp_path / "b", "--batch", **mailing(server)) as second:
        code, said = ended(second)
    assert code == 0, said
    assert server.addresses[-1:] == [address]
    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert len(row.worker_ids) == 2


def test_a_worker_makes_pdfs_where_web_servers_find_them(tmp_path: Path) -> None:
    sample = next(each for each in samples() if each.slug == "lumo")
    store_sample(sample)
    lumo = Assessment.objects.get(sample="lumo")
    order_pdf(lumo, "letter", soon=True)
    with worker(tmp_path, "--batch", GROUNDWORK_PDF_NICENESS="0") as process:
        code, said = ended(process)
    assert code == 0, said
    made = MadePdf.objects.get()
    assert (made.assessment_id, made.paper, made.language) == (lumo.pk, "letter", "en")
    assert "Lumo" in first_page_of(bytes(made.content))
    assert kept_pdf(lumo, whole_report_of(lumo), "letter") == bytes(made.content), (
        "by all that they are made of, as this process would make it"
    )


def test_a_worker_that_is_told_to_end_finishes_what_it_has_begun(server: MailServer, tmp_path: Path) -> None:
    write(2)
    server.goes_on.clear()
    with worker(tmp_path, **mailing(server)) as process:
        until(server.asked.is_set, process)
        process.send_signal(signal.SIGTERM)
        server.goes_on.set()
        code, said = ended(process)
    assert code == 0, said
    assert len(server.taken) == 1
    assert work.counts() == {"READY": 1, "RUNNING": 0, "FAILED": 0, "SUCCESSFUL": 1}
    assert not Worker.objects.exists()


def test_told_twice_it_gives_back_what_it_has_begun(server: MailServer, tmp_path: Path) -> None:
    write(1)
    server.goes_on.clear()
    with worker(tmp_path, **mailing(server)) as process:
        until(server.asked.is_set, process)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        while "may take" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        code, said = ended(process)
    assert code == 0, said
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == (TaskResultStatus.READY, [])
    assert "given back" in said


def test_a_worker_with_nothing_to_do_ends_at_once(server: MailServer, tmp_path: Path) -> None:
    with worker(tmp_path, checked=True, **mailing(server)) as process:
        until(Worker.objects.exists, process)
        process.send_signal(signal.SIGTERM)
        code, said = ended(process)
    assert code == 0, said
    assert "waits for work" in said
    assert not Worker.objects.exists()


def test_after_so_many_pieces_of_work_it_ends(server: MailServer, tmp_path: Path) -> None:
    write(3)
    with worker(tmp_path, "--max-tasks", "2", **mailing(server)) as process:
        code, said = ended(process)
    assert code == 0, said
    assert work.counts()["SUCCESSFUL"] == 2


def test_on_a_server_without_a_queue_it_says_what_to_set(tmp_path: Path) -> None:
    with worker(tmp_path, TASKS="immediate") as process:
        code, said = ended(process)
    assert code == 1
    assert "Set TASKS=database, here and for every web server." in said
    assert "Traceback" not in said


def test_it_takes_the_place_of_the_one_that_comes_with_the_queue() -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "given to another" in told.stdout
