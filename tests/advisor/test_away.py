"""While the database or the disk is away: who hears what, and that nothing else is taken for it."""

import errno
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import psycopg_pool
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from advisor.away import WhileAway, reason
from assessments.models import Assessment
from tests.factories import PASSWORD, AssessmentFactory, UserFactory

HERE = {"Origin": "http://testserver"}
AWAY = "the database is away"


def raised(kind: type[Exception], cause: BaseException | None, *words: Any) -> Exception:
    """As Django raises what a database has raised."""
    try:
        raise kind(*words) from cause  # noqa: TRY301  # as it is done there
    except kind as error:
        return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    "cause",
    [
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
        of_sqlite(sqlite3.SQLITE_FULL),
        of_sqlite(sqlite3.SQLITE_IOERR_WRITE),
        of_sqlite(sqlite3.SQLITE_READONLY),
        psycopg.OperationalError("connection refused"),
        psycopg.errors.AdminShutdown("terminating connection"),
        psycopg.errors.DiskFull("No space left on device"),
        psycopg_pool.PoolTimeout("couldn't get a connection after 3.00 sec"),
        psycopg.InterfaceError("the connection is closed"),
    ],
    ids=lambda each: f"{type(each).__name__} {getattr(each, 'sqlite_errorcode', '')}",
)
def test_what_passes_is_told_from_mistakes(cause: Exception) -> None:
    kind = InterfaceError if isinstance(cause, psycopg.InterfaceError) else OperationalError
    assert reason(raised(kind, cause, AWAY)) == AWAY


@pytest.mark.parametrize(
    "error",
    [
        raised(OperationalError, of_sqlite(sqlite3.SQLITE_ERROR), "no such table: answers"),
        raised(DatabaseError, sqlite3.DatabaseError("malformed"), "malformed"),
        raised(OperationalError, None, "made up"),
        OSError(errno.ENOENT, "No such file"),
        ValueError("wrong"),
        None,
    ],
    ids=repr,
)
def test_a_mistake_of_ours_stays_one(error: Exception | None) -> None:
    assert not reason(error)


def test_a_full_disk_counts_wherever_it_is_met() -> None:
    assert "No space left" in reason(OSError(errno.ENOSPC, "No space left on device"))


def test_a_session_that_could_not_be_written_is_called_by_its_cause() -> None:
    first = raised(OperationalError, of_sqlite(sqlite3.SQLITE_FULL), AWAY)
    error = SessionInterrupted("The session was deleted")
    error.__context__ = first
    assert reason(error) == AWAY


# --- In a request ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def gone(db: None) -> Iterator[Callable[[], None]]:
    """From when it is called, every statement fails as in a database that somebody else keeps locked."""
    entered: list[Any] = []

    def fail(*_: Any) -> None:
        raise OperationalError(AWAY) from of_sqlite(sqlite3.SQLITE_BUSY)

    def go() -> None:
        wrapped = connection.execute_wrapper(fail)
        wrapped.__enter__()
        entered.append(wrapped)

    yield go
    for wrapped in entered:
        wrapped.__exit__(None, None, None)


@pytest.fixture
def assessment(db: None) -> Assessment:
    return AssessmentFactory()


@pytest.fixture
def holder(assessment: Assessment) -> Client:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session["assessments"] = {assessment.public_id: assessment.link_number}
    session.save()
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_form_is_offered_once_more_with_all_that_was_in_it(
    holder: Client, assessment: Assessment, gone: Callable[[], None]
) -> None:
    address = f"/a/{assessment.public_id}/q/dv_ci/"
    shown = holder.get(address).content.decode()
    sent = {
        "answer": "2",
        "note": "Since <spring>",
        "page": "p",
        "seq": "1",
        "csrfmiddlewaretoken": token_in(shown),
    }
    gone()
    answer = holder.post(address, sent, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    assert "This could not be stored just now" in page
    assert "Since &lt;spring&gt;</textarea>" in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert hidden.keys() == sent.keys()
    assert hidden["answer"] == "2"
    assert "Traceback" not in page
    assert AWAY not in page


def test_what_was_offered_is_stored_once_it_is_back(holder: Client, assessment: Assessment) -> None:
    address = f"/a/{assessment.public_id}/q/dv_ci/"
    token = token_in(holder.get(address).content.decode())
    sent = {"answer": "2", "note": "Counted", "csrfmiddlewaretoken": token}

    def fail(*_: Any) -> None:
        raise OperationalError(AWAY) from of_sqlite(sqlite3.SQLITE_BUSY)

    with connection.execute_wrapper(fail):
        page = holder.post(address, sent, headers=HERE).content.decode()
    assert not assessment.answers.exists()
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert holder.post(address, again, headers=HERE).status_code == 303
    assert (assessment.answers.get().value, assessment.answers.get().note) == (2, "Counted")


def test_a_password_and_what_another_site_sent_are_not_repeated(
    client: Client, gone: Callable[[], None]
) -> None:
    user = UserFactory()
    gone()
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD}, headers=HERE)
    assert answer.status_code == 503
    assert PASSWORD not in answer.content.decode()
    assert user.email not in answer.content.decode()
    answer = client.post("/start/", {"mode": "quick", "note": "Buy now"})
    assert answer.status_code == 503
    assert "Buy now" not in answer.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/account/login/?next=/desk/", "/account/login/?next=/desk/"),
        ("http://testserver.evil.example/account/login/", ""),
        ("http://evil.example/account/login/", ""),
        ("http://testserver//evil.example/", ""),
        ("http://testserver/\\evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("/account/login/", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_sent_again_leads_back_to_where_it_was_typed(
    client: Client, gone: Callable[[], None], referer: str, back: str
) -> None:
    gone()
    sent = {"login": "ana@example.com", "password": PASSWORD}
    page = client.post("/account/login/", sent, headers={**HERE, "Referer": referer}).content.decode()
    found = re.findall(r'<a class="button" href="([^"]*)">Back to the form</a>', page)
    assert found == ([back] if back else [])
    assert "evil" not in page


def test_a_page_that_saves_by_itself_only_hears_when_to_come_again(
    holder: Client, assessment: Assessment, gone: Callable[[], None]
) -> None:
    address = f"/a/{assessment.public_id}/q/dv_ci/"
    token = token_in(holder.get(address).content.decode())
    gone()
    sent = {"answer": "2", "auto": "1", "csrfmiddlewaretoken": token}
    answer = holder.post(address, sent, headers={**HERE, "HX-Request": "true"})
    assert (answer.status_code, answer["Retry-After"], answer.content) == (503, "3", b"")


def test_programs_hear_it_as_json(client: Client, gone: Callable[[], None]) -> None:
    gone()
    answer = client.get("/api/v1/clients", headers={"Authorization": "Bearer gw_" + "x" * 43})
    assert answer.status_code == 503
    assert "Try again" in answer.json()["problems"][0]["says"]


def test_a_session_that_cannot_be_written_is_no_bad_request(client: Client, db: None) -> None:
    """Beginning stores the right to an assessment in the session, when the view is through."""
    client.get("/")

    def fail(execute: Any, sql: str, *more: Any) -> Any:
        if "django_session" in sql and not sql.startswith("SELECT"):
            raise OperationalError(AWAY) from of_sqlite(sqlite3.SQLITE_FULL)
        return execute(sql, *more)

    with connection.execute_wrapper(fail):
        answer = client.post("/start/", {"mode": "quick"}, headers=HERE)
    assert answer.status_code == 503


@pytest.fixture
def written_by_another(transactional_db: None) -> Iterator[Callable[[], None]]:
    """Somebody else holds what has to be written, so that it can only be read; called, they give it back."""
    ours, theirs = connection, connection.copy()
    held = {
        "sqlite": ("PRAGMA busy_timeout = 50", "BEGIN IMMEDIATE"),
        "postgresql": ("SET lock_timeout = '50ms'", "LOCK TABLE shared_cache IN EXCLUSIVE MODE"),
    }
    patience, lock = held[ours.vendor]
    with theirs.cursor() as other:
        if ours.vendor == "postgresql":
            theirs.set_autocommit(False)
        other.execute(lock)
    with ours.cursor() as cursor:
        cursor.execute(patience)
    yield theirs.close
    theirs.close()
    ours.close()  # the next one waits as long as it should


def test_signing_in_while_tries_cannot_be_counted_is_put_off_and_not_called_too_often(
    client: Client, written_by_another: Callable[[], None]
) -> None:
    sent = {"login": "ana@example.com", "password": PASSWORD}
    for _ in range(2):
        answer = client.post("/account/login/", sent, headers=HERE)
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "Whatever was saved before is safe" in answer.content.decode()
    written_by_another()
    user = UserFactory(email="ana@example.com")
    assert client.post("/account/login/", sent, headers=HERE).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_key_that_is_there_is_no_database_that_is_away(db: None) -> None:
    assert cache.add("key", 1, 60)
    assert not cache.add("key", 2, 60)
    cache.set("key", 3, 60)
    assert cache.touch("key", 60)
    assert not cache.touch("other", 60)
    assert cache.get("key") == 3


def test_pages_without_data_are_there_all_the_time(client: Client, gone: Callable[[], None]) -> None:
    gone()
    assert client.get("/accessibility/").status_code == 200


def test_the_log_says_why_and_holds_no_trace(
    client: Client, gone: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    gone()
    client.get("/sample/")
    (line,) = [each for each in caplog.records if each.name == "advisor.away"]
    assert AWAY in line.getMessage()
    assert line.exc_info is None


# --- Threads stay free ------------------------------------------------------------------------------------------------------


def test_one_finds_out_whether_it_is_back_and_the_others_do_not_wait(rf: RequestFactory, db: None) -> None:
    inside, let_go, back = threading.Event(), threading.Event(), [False]

    def waits(request: HttpRequest) -> HttpResponse:
        inside.set()
        assert let_go.wait(20)
        connection.ensure_connection()
        return HttpResponse("back") if back[0] else middleware.process_exception(request, locked)  # type: ignore[return-value]

    middleware, locked = WhileAway(waits), raised(OperationalError, of_sqlite(sqlite3.SQLITE_BUSY), AWAY)
    assert middleware.process_exception(rf.post("/"), locked) is not None
    answers: list[int] = []
    first = threading.Thread(
        target=lambda: (answers.append(middleware(rf.post("/")).status_code), connection.close())
    )
    first.start()
    assert inside.wait(20)
    assert middleware(rf.post("/")).status_code == 503, "somebody is finding out already"
    let_go.set()
    first.join()
    assert answers == [503]
    back[0] = True
    assert middleware(rf.post("/")).status_code == 200
    assert not middleware.trials[False].away, "and is believed"


def test_whoever_asks_how_the_server_is_is_never_put_off(rf: RequestFactory) -> None:
    middleware = WhileAway(lambda _: HttpResponse("ok"))
    locked = raised(OperationalError, of_sqlite(sqlite3.SQLITE_BUSY), AWAY)
    middleware.process_exception(rf.get("/"), locked)
    middleware.trials[True].one.acquire()
    assert middleware(rf.get("/livez")).status_code == 200
    assert middleware(rf.get("/")).status_code == 503


def test_the_page_stands_without_a_database(rf: RequestFactory) -> None:
    """No fixture of this test opens one, so any statement would be an error."""
    middleware = WhileAway(lambda _: HttpResponse("never"))
    locked = raised(OperationalError, of_sqlite(sqlite3.SQLITE_FULL), AWAY)
    answer = middleware.process_exception(rf.get("/a/xyz/?v=1"), locked)
    assert answer is not None
    assert 'href="/a/xyz/?v=1"' in answer.content.decode()
