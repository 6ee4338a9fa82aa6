"""The seals of the trail: what was changed or taken away by somebody who may write to the database is found."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import audit, chain
from assessments.models import AuditEvent, TrailHead, TrailSeal
from assessments.trail import KEPT_MONTHS, protect, protect_seals, unprotect, unprotect_seals

LINES = 5


def write(lines: int = LINES) -> None:
    """So many lines, sealed as in use: after the transaction that wrote them."""
    for number in range(lines):
        audit.note(None, "assessment.removed", workspace=None, subject=f"subject-{number}", after_days=number)
    chain.seal_loose()


@pytest.fixture
def trail(db: None) -> list[AuditEvent]:
    """A few lines with their seals, in a database whose rules somebody has taken off."""
    write()
    return list(AuditEvent.objects.order_by("pk"))


@pytest.fixture
def protected(trail: list[AuditEvent]) -> list[AuditEvent]:
    """The same with the rules on, as in use; other tests have to be able to empty the tables."""
    unprotect(connection)
    unprotect_seals(connection)
    protect(connection)
    protect_seals(connection)
    return trail


def test_what_nobody_touched_is_what_was_written(trail: list[AuditEvent]) -> None:
    found = chain.verify()
    assert (found.broken, found.sealed, found.loose) == ("", LINES, 0)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith(f"The trail is what was written: {LINES} lines.")


def test_many_lines_that_wait_are_sealed_in_the_order_of_their_time(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an upgrade from a version without seals; several of them are of one moment."""
    monkeypatch.setattr(chain, "BATCH", 3)
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(at=now - timedelta(hours=hours), actor_kind="system", action="assessment.removed")
        for hours in (1, 5, 5, 2, 5, 5, 5, 0, 2, 5, 7)
    )
    chain.seal_loose()
    found = TrailSeal.objects.order_by("number").values_list("event", flat=True)
    assert list(found) == list(AuditEvent.objects.order_by("at", "pk").values_list("pk", flat=True))
    assert chain.verify().broken == ""


def test_what_is_sealed_by_now_is_not_read_again_for_the_next_lines(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "BATCH", 3)
    write(lines=7)
    TrailSeal.objects.all().delete()
    TrailHead.objects.all().delete()
    with CaptureQueriesContext(connection) as taken:
        chain.seal_loose()
    further = [each["sql"] for each in taken if "EXISTS" in each["sql"] and " IN (" not in each["sql"]][1:]
    assert len(further) == 3
    assert all('"assessments_auditevent"."at" >= ' in each for each in further)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "nothing"},
        {"actor": 7},
        {"actor_kind": "user"},
        {"workspace": 3},
        {"subject": "another"},
        {"details": {"after_days": 31}},
        {"network": "198.51.100.0/24"},
        {"at": timezone.now() - timedelta(days=3)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_named(trail: list[AuditEvent], change: dict[str, object]) -> None:
    AuditEvent.objects.filter(pk=trail[2].pk).update(**change)
    with pytest.raises(
        CommandError, match=r"Line 3 \(.*\) is not what was sealed. Before it, 2 lines are right"
    ):
        call_command("verify_audit")


def made_anew(trail: list[AuditEvent]) -> None:
    """All seals made again over a changed line, as somebody would who knows how they are made."""
    AuditEvent.objects.filter(pk=trail[1].pk).update(action="nothing")
    TrailSeal.objects.all().delete()
    TrailHead.objects.all().delete()
    chain.seal_loose()


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        (lambda trail: trail[2].delete(), "Line 3 is missing"),
        (lambda trail: trail[0].delete(), "Line 1 is missing"),
        (lambda _: TrailSeal.objects.filter(number=2).delete(), "The seal of line 2 is missing"),
        (
            lambda trail: (trail[4].delete(), TrailSeal.objects.filter(number=5).delete()),
            "The chain ends with line 4, but line 5 was the last",
        ),
        (
            lambda trail: TrailSeal.objects.filter(number=2).update(event=trail[2].pk + 1000),
            "Line 2 is missing",
        ),
        (lambda _: TrailHead.objects.all().delete(), "Line 5 has a seal, but the chain ends with line 0"),
    ],
    ids=(
        "a line",
        "the first line",
        "a seal",
        "the last line and its seal",
        "a seal put elsewhere",
        "the head",
    ),
)
def test_what_is_missing_is_named(
    trail: list[AuditEvent], attack: Callable[[list[AuditEvent]], object], words: str
) -> None:
    attack(trail)
    assert chain.verify().broken, "found without the log"
    with pytest.raises(CommandError, match=words):
        call_command("verify_audit")


def test_a_chain_that_was_made_anew_does_not_hold_what_stands_in_the_log(trail: list[AuditEvent]) -> None:
    before = [str(each) for each in TrailSeal.objects.order_by("number")]
    made_anew(trail)
    assert not chain.verify().broken, "the database alone cannot tell"
    assert not chain.verify(before[:1]).broken, "the first line was not touched"
    assert "Line 2 has another seal than in the log" in chain.verify(before[1:2]).broken
    assert "Line 5 has another seal than in the log" in chain.verify(before[4:]).broken


def test_a_chain_that_was_cut_off_does_not_hold_what_stands_in_the_log(trail: list[AuditEvent]) -> None:
    known = str(TrailSeal.objects.get(number=5))
    trail[4].delete()
    TrailSeal.objects.filter(number=5).delete()
    left = TrailSeal.objects.get(number=4)
    TrailHead.objects.update(number=4, digest=left.digest)
    assert not chain.verify().broken
    assert chain.verify([known]).broken == "The log knows line 5, but the chain ends with line 4."


@pytest.mark.django_db
@pytest.mark.parametrize("known", ["", "7", "7:abc", "x:" + "0" * 64])
def test_what_is_no_seal_is_refused(known: str) -> None:
    with pytest.raises(CommandError, match="is no seal"):
        call_command("verify_audit", seal=[known])


def test_the_last_seal_is_written_to_the_log_once_a_day(
    trail: list[AuditEvent], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "assessments.chain"):
        call_command("delete_expired", stdout=StringIO())
    head = str(TrailSeal.objects.get(number=LINES))
    assert caplog.messages == [f"The last seal of the trail is {head}"]
    call_command("verify_audit", seal=[head], stdout=StringIO())


def test_old_lines_leave_and_the_chain_holds_on_to_the_last_of_them(trail: list[AuditEvent]) -> None:
    old = timezone.now() - timedelta(days=31 * KEPT_MONTHS)
    TrailSeal.objects.all().delete()
    TrailHead.objects.all().delete()
    AuditEvent.objects.filter(pk__in=[each.pk for each in trail[:3]]).update(at=old)
    chain.seal_loose()
    third = str(TrailSeal.objects.get(number=3))
    assert audit.delete_old(timezone.now()) == 3
    assert list(TrailSeal.objects.order_by("number").values_list("number", flat=True)) == [4, 5]
    assert (chain.verify().broken, chain.verify().sealed) == ("", 2)
    assert not chain.verify([third]).broken, "the log of that day is still right"
    write(1)
    assert (chain.verify().broken, chain.verify().sealed) == ("", 3)
    TrailHead.objects.update(anchor="0" * 64)
    assert chain.verify().broken


def test_when_all_lines_are_old_the_next_one_hangs_on_the_last(trail: list[AuditEvent]) -> None:
    later = timezone.now() + timedelta(days=31 * KEPT_MONTHS)
    assert audit.delete_old(later) == LINES
    assert not TrailSeal.objects.exists()
    assert audit.delete_old(later) == 0
    write(1)
    assert TrailSeal.objects.get().number == LINES + 1
    assert chain.verify().broken == ""


def test_a_line_without_a_seal_is_counted_and_sealed_by_the_clean_up(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.create(actor_kind="system", action="assessment.removed")
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "Lines without a seal: 1." in out.getvalue()
    call_command("delete_expired", stdout=StringIO())
    assert chain.verify().loose == 0


def test_the_database_refuses_to_change_seals(protected: list[AuditEvent]) -> None:
    attacks: list[Callable[[], object]] = [
        lambda: TrailSeal.objects.update(digest="0" * 64),
        TrailSeal.objects.all().delete,
        TrailSeal.objects.filter(number=5).delete,
    ]
    first = protected[1].pk
    statements = {
        "sqlite": (
            "INSERT OR REPLACE INTO assessments_trailseal VALUES (2, 2, '')",
            f"REPLACE INTO assessments_auditevent VALUES ({first}, 1, '2026-01-01', 1, '', '', '', '{{}}', '')",  # noqa: S608  a number of ours
        ),
        "postgresql": ("TRUNCATE assessments_trailseal", "TRUNCATE assessments_auditevent"),
    }
    attacks += [lambda sql=sql: connection.cursor().execute(sql) for sql in statements[connection.vendor]]  # type: ignore[misc]
    for attack in attacks:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()
    assert (chain.verify().broken, chain.verify().sealed) == ("", LINES)


def test_lines_and_seals_whose_time_is_over_leave_a_protected_database(db: None) -> None:
    unprotect(connection)
    unprotect_seals(connection)
    protect(connection)
    protect_seals(connection)
    old = timezone.now() - timedelta(days=31 * KEPT_MONTHS)
    AuditEvent.objects.create(actor_kind="system", action="assessment.removed", at=old)
    write(1)
    assert audit.delete_old(timezone.now()) == 1
    assert (TrailSeal.objects.get().number, chain.verify().broken) == (2, "")


def test_a_seal_costs_four_queries(trail: list[AuditEvent]) -> None:
    event = AuditEvent.objects.create(actor_kind="system", action="assessment.removed")
    with CaptureQueriesContext(connection) as seen:
        chain.seal([event.pk])
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) == 4


@pytest.mark.django_db(transaction=True)
def test_many_that_write_at_once_make_one_chain() -> None:
    def somebody(number: int) -> None:
        try:
            with transaction.atomic():
                audit.note(None, "assessment.removed", workspace=None, subject=str(number))
                audit.note_account(None, "account.signed_in", None)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(somebody, range(40)))
    assert list(TrailSeal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 81))
    assert (chain.verify().broken, chain.verify().sealed, chain.verify().loose) == ("", 80, 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_sealed() -> None:
    with transaction.atomic():
        audit.note(None, "assessment.removed", workspace=None)
        transaction.set_rollback(True)
    assert not TrailSeal.objects.exists()
    assert chain.verify().broken == ""
