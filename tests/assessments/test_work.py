"""Work that no page waits for: asked for once, found again, taken from those who are lost, and forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from assessments import work
from assessments.letters import deliver
from assessments.models import Worker
from assessments.work import ASIDE, SOON, LaterError, number_of, order, progress_of
from tests.workers import use_queue, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings: Settings) -> None:
    use_queue(settings)


def row(number: UUID) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=number)


def ordered(name: str = "one", priority: int = SOON) -> UUID:
    """Work that finds nothing to do: the mail that it should send is not there any more."""
    return order(deliver, name, priority=priority, letter=0)


def began(name: str, number: UUID, *before: str) -> DBTaskResult:
    """A worker has begun this, after others that were lost over it."""
    work.show_up(name)
    DBTaskResult.objects.filter(pk=number).update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[*before, name]
    )
    return row(number)


def lost(name: str) -> None:
    """It was not seen for a minute."""
    Worker.objects.filter(name=name).update(seen=timezone.now() - timedelta(minutes=1))


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_work_that_is_asked_for_twice_is_one(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(5):
        first = ordered()
    with django_assert_num_queries(1):
        assert ordered() == first
    assert ordered("another") != first
    assert DBTaskResult.objects.count() == 2
    assert progress_of(first).stage == "waiting"


def test_its_number_and_its_arguments_say_nothing_of_what_it_is_about() -> None:
    number = order(deliver, "ada@example.com 900", letter=7)
    assert row(number).args_kwargs == {"args": [], "kwargs": {"letter": 7}}
    assert number_of(deliver, "ada@example.com 900") == number


def test_whoever_waits_brings_forward_what_was_begun_for_nobody() -> None:
    number = ordered(priority=ASIDE)
    ordered(priority=SOON)
    assert row(number).priority == SOON
    ordered(priority=ASIDE)
    assert row(number).priority == SOON


def test_what_was_done_is_done_again_for_whoever_asks() -> None:
    number = ordered()
    assert work_off() == 1
    assert progress_of(number).stage == "done"
    assert work_off() == 0
    ordered()
    assert progress_of(number).stage == "waiting"
    assert work_off() == 1


def test_what_failed_a_moment_ago_is_not_tried_at_every_click() -> None:
    number = ordered()
    work.fail(began("w", number), ValueError())
    assert ordered() == number
    assert progress_of(number).stage == "failed"
    DBTaskResult.objects.update(finished_at=timezone.now() - work.FAILED_FOR)
    ordered()
    assert progress_of(number).stage == "waiting"
    assert (row(number).worker_ids, row(number).exception_class_path) == ([], "")


def test_of_an_error_only_its_kind_and_place_are_kept() -> None:
    number = ordered()
    work.fail(began("w", number), ValueError("ada@example.com"), "line 7")
    kept = row(number)
    assert (kept.exception_class_path, kept.traceback) == ("builtins.ValueError", "line 7")


def test_of_one_kind_only_so_much_waits() -> None:
    first, _second = (order(deliver, each, most=2, letter=0) for each in "ab")
    with pytest.raises(work.FullError):
        order(deliver, "c", most=2, letter=0)
    assert order(deliver, "a", most=2, letter=0) == first, "what waits already is no more"
    work_off()
    order(deliver, "c", most=2, letter=0)
    order(deliver, "b", most=2, letter=0)
    with pytest.raises(work.FullError):
        order(deliver, "a", most=2, letter=0)


def test_a_page_can_say_how_much_comes_first() -> None:
    ordered("ahead of it", priority=ASIDE)
    first, second, third = (ordered(each) for each in ("a", "b", "c"))
    assert [progress_of(each).before for each in (first, second, third)] == [0, 1, 2]
    assert not progress_of(first).attended
    work.show_up("w")
    assert progress_of(first).attended
    assert progress_of(UUID(int=0)).stage == "unknown"


def test_who_watches_the_server_sees_how_much_there_is() -> None:
    began("w", ordered("a"))
    ordered("b")
    assert work.counts() == {"READY": 1, "RUNNING": 1, "FAILED": 0, "SUCCESSFUL": 0}


# --- Workers that are lost ----------------------------------------------------------------------------------------------


def test_what_a_lost_worker_had_begun_is_given_to_another() -> None:
    number = ordered()
    began("first", number)
    assert work.take_from_lost() == 0, "it is alive"
    lost("first")
    assert work.take_from_lost() == 1
    assert progress_of(number).stage == "waiting"
    assert row(number).worker_ids == ["first"], "so it is known how many were lost over it"
    assert work_off() == 1


def test_a_worker_that_nobody_knows_any_more_is_lost_too() -> None:
    began("first", ordered())
    Worker.objects.all().delete()
    assert work.take_from_lost() == 1


def test_what_three_workers_were_lost_over_is_given_up() -> None:
    number = ordered()
    began("third", number, "first", "second")
    lost("third")
    assert work.take_from_lost() == 0
    assert progress_of(number).stage == "failed"
    assert row(number).exception_class_path == "assessments.work.LostError"


def test_a_worker_that_only_slept_changes_nothing_of_what_another_has() -> None:
    number = ordered()
    slept = began("first", number)
    lost("first")
    work.take_from_lost()
    began("second", number, "first")
    assert not work.finish(slept)
    assert not work.fail(slept, ValueError())
    assert not work.put_back(slept)
    assert progress_of(number).stage == "running"


def test_what_is_put_off_comes_again_after_a_while_and_counts_as_no_failure() -> None:
    number = ordered()
    assert work.put_back(began("w", number), after=LaterError(60).seconds)
    progress = progress_of(number)
    assert progress.again is not None
    assert timedelta(seconds=50) < progress.again - timezone.now() < timedelta(seconds=61)
    assert row(number).worker_ids == []
    assert work_off() == 0
    ordered()
    assert progress_of(number).again is None, "whoever asks now wants it now"


@task
def meets_a_lock() -> None:
    """Work over which somebody else holds the database."""
    raise OperationalError("database is locked")


@pytest.mark.django_db(transaction=True)  # a worker closes its connection then
def test_a_database_that_is_held_by_others_is_tried_three_times_and_keeps_nothing_else_waiting() -> None:
    number = order(meets_a_lock, "one", priority=SOON)
    other = ordered("behind it", priority=ASIDE)
    for tries in (1, 2):
        work_off()
        assert progress_of(number).again is not None
        assert len(row(number).worker_ids) == tries
        assert progress_of(other).stage == "done"
        DBTaskResult.objects.filter(pk=number).update(run_after=timezone.now())
    work_off()
    assert progress_of(number).stage == "failed"
    assert row(number).exception_class_path == "django.db.utils.OperationalError"


def test_a_worker_that_leaves_gives_back_what_it_has(db: None) -> None:
    number = ordered()
    began("w", number)
    work.leave("w")
    assert (progress_of(number).stage, row(number).worker_ids) == ("waiting", [])
    assert work.workers() == set()


# --- Afterwards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "left"), [(timedelta(hours=23), 2), (timedelta(hours=25), 1)])
def test_work_that_is_done_is_forgotten_after_a_day(after: timedelta, left: int) -> None:
    ordered("done")
    work_off()
    ordered("waiting")
    work.show_up("never said goodbye")
    moment: datetime = timezone.now() + after
    call_command("delete_expired", now=moment, verbosity=0)
    assert DBTaskResult.objects.count() == left
    assert Worker.objects.count() == left - 1


def test_a_worker_without_a_queue_says_what_to_set(settings: Settings) -> None:
    settings.QUEUED = False
    with pytest.raises(CommandError, match="Set TASKS=database, here and for every web server"):
        call_command("db_worker")


@pytest.mark.parametrize(("option", "value"), [("interval", 0.0), ("interval", 1e9), ("max_tasks", 0)])
def test_options_that_make_no_sense_are_refused(option: str, value: float) -> None:
    with pytest.raises(CommandError, match=f"--{option.replace('_', '-')} is 0|--interval is 1e"):
        call_command("db_worker", **{option: value})


# --- What failed, for whoever runs the server -------------------------------------------------------------------------


def said_by(**options: object) -> str:
    said = StringIO()
    call_command("failedwork", stdout=said, **options)
    return said.getvalue()


def test_what_failed_is_listed_and_tried_again_on_request() -> None:
    assert said_by() == "Failed: 0.\n"
    first, second = ordered("one"), ordered("two")
    for number in (first, second):
        work.fail(began("w", number), ValueError("a secret"), "line 7")
    shown = said_by()
    assert f"{str(first)[:8]}  " in shown
    assert "assessments.letters.deliver  builtins.ValueError" in shown
    assert "Failed: 2." in shown
    assert "secret" not in said_by(verbosity=2)
    assert "line 7" in said_by(verbosity=2)
    assert "line 7" not in shown
    assert said_by(again=str(first)[:8]) == "Put back into the queue: 1.\n"
    assert (row(first).status, row(second).status) == ("READY", "FAILED")
    lost("w")
    assert "No worker has been seen" in said_by(again="all")
    assert work_off() == 2
    assert {row(each).status for each in (first, second)} == {"SUCCESSFUL"}
    for unknown in (str(first)[:8], "", "x"):
        with pytest.raises(CommandError, match="0 pieces of failed work"):
            said_by(again=unknown)
