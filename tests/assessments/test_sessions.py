"""Sessions are those that Django keeps in the database, whoever reads them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from assessments.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("writes", "reads"), [(db.SessionStore, SessionStore), (SessionStore, db.SessionStore)]
)
def test_what_either_has_stored_the_other_reads(
    writes: type[db.SessionStore], reads: type[db.SessionStore]
) -> None:
    written = writes()
    written["theme"] = "dark"
    written.create()
    read = reads(written.session_key)
    assert (read["theme"], read.session_key) == ("dark", written.session_key)


@pytest.mark.parametrize("why", ["over", "deleted", "changed", "never there"])
def test_one_that_is_over_holds_nothing(why: str) -> None:
    written = SessionStore()
    written["theme"] = "dark"
    written.create()
    stored = Session.objects.filter(pk=written.session_key)
    match why:
        case "over":
            stored.update(expire_date=timezone.now() - timedelta(seconds=1))
        case "deleted":
            stored.delete()
        case "changed":
            stored.update(session_data="made up by somebody")
    read = SessionStore("x" * 32 if why == "never there" else written.session_key)
    assert list(read.keys()) == []
    assert (read.session_key is None) is (why != "changed")


def test_reading_one_is_one_statement(django_assert_num_queries) -> None:
    written = SessionStore()
    written.create()
    with django_assert_num_queries(1):
        assert SessionStore(written.session_key).get("theme") is None
