"""How long an assessment is kept, and `manage.py delete_expired`."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from advisor.engine.playbook import Playbook
from assessments.answering import delete_assessment, record_answer
from assessments.links import link_of
from assessments.models import Answer, AnswerChange, Assessment, Counter, Invitation
from assessments.retention import delete_if_over, expired, is_finished, kept_until, rule
from assessments.throttle import HOUR, count_try
from tests.assessments.conftest import answer_everything
from tests.factories import AnswerFactory, AssessmentFactory, ClientFactory, WorkspaceFactory

LONG_AGO = timezone.now() - timedelta(days=400)
MINUTE = timedelta(minutes=1)


def run(now: datetime, *options: str) -> str:
    said = StringIO()
    call_command("delete_expired", *options, now=now, stdout=said)
    return said.getvalue()


def last_used(assessment: Assessment) -> datetime:
    assessment.refresh_from_db()
    return max(assessment.touched, assessment.opened)


def test_an_unfinished_one_goes_after_thirty_days_and_not_before(assessment: Assessment) -> None:
    AnswerFactory(assessment=assessment)
    end = last_used(assessment) + timedelta(days=30)
    run(end - MINUTE)
    assert Assessment.objects.exists()
    assert run(end) == "Deleted: assessments 1, sessions 0, counters 0, votes of workshops 0.\n"
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert not AnswerChange.objects.exists()


def test_a_finished_one_goes_after_ninety(assessment: Assessment) -> None:
    answer_everything(assessment)
    assert is_finished(assessment)
    end = last_used(assessment) + timedelta(days=90)
    run(end - MINUTE)
    assert Assessment.objects.exists()
    run(end)
    assert not Assessment.objects.exists()


def test_a_draft_does_not_finish_a_question(assessment: Assessment, playbook: Playbook) -> None:
    answer_everything(assessment)
    last = assessment.answers.order_by("-pk")[0]
    Answer.objects.filter(pk=last.pk).update(value=None, draft={"note": "to be looked up"})
    assert not is_finished(assessment)


def test_coming_in_by_the_link_starts_the_time_anew_and_looking_does_not(
    client: Client, assessment: Assessment
) -> None:
    Assessment.objects.update(touched=LONG_AGO, opened=LONG_AGO)
    link = link_of(assessment)
    client.get(link)
    client.head(link)
    assert last_used(assessment) == LONG_AGO
    client.post(link)
    assert timezone.now() - last_used(assessment) < MINUTE
    Assessment.objects.update(opened=LONG_AGO)
    for page in ("", "keep/", "review/", "data.json"):
        assert client.get(f"/a/{assessment.public_id}/{page}").status_code == 200
    assert last_used(assessment) == LONG_AGO


def test_saving_starts_the_time_anew(assessment: Assessment) -> None:
    Assessment.objects.update(touched=LONG_AGO, opened=LONG_AGO)
    record_answer(assessment=assessment, question="dv_ci", value=2)
    assert timezone.now() - last_used(assessment) < MINUTE


def test_samples_stay(assessment: Assessment) -> None:
    Assessment.objects.update(sample="harrow", touched=LONG_AGO, opened=LONG_AGO)
    assessment.refresh_from_db()
    assert kept_until(assessment, finished=False) is None
    run(timezone.now())
    assert Assessment.objects.exists()


def test_nought_keeps_for_ever(assessment: Assessment, settings: Settings) -> None:
    Assessment.objects.update(touched=LONG_AGO, opened=LONG_AGO)
    settings.KEEP_UNFINISHED_DAYS = 0
    run(timezone.now())
    assert Assessment.objects.exists()
    settings.KEEP_UNFINISHED_DAYS, settings.KEEP_DAYS = 30, 0
    answer_everything(assessment)
    Assessment.objects.update(touched=LONG_AGO, opened=LONG_AGO)
    run(timezone.now())
    assert Assessment.objects.exists()
    settings.KEEP_UNFINISHED_DAYS = 0
    assert not list(expired(timezone.now()))


def test_a_dry_run_only_counts(assessment: Assessment, visitor: Client) -> None:
    count_try("mail to", "a@example.com")
    now = timezone.now() + timedelta(days=100)
    assert (
        run(now, "--dry-run")
        == "Would delete: assessments 1, sessions 1, counters 1, votes of workshops 0.\n"
    )
    assert Assessment.objects.exists()
    assert Session.objects.exists()
    assert Counter.objects.exists()


def test_sessions_and_counters_go_when_their_own_time_is_over(
    assessment: Assessment, visitor: Client
) -> None:
    now = timezone.now()
    count_try("mail to", "a@example.com", now=now)
    assert run(now) == "Deleted: assessments 0, sessions 0, counters 0, votes of workshops 0.\n"
    assert run(now + HOUR) == "Deleted: assessments 0, sessions 0, counters 1, votes of workshops 0.\n"
    assert (
        run(now + timedelta(days=89))
        == "Deleted: assessments 1, sessions 0, counters 0, votes of workshops 0.\n"
    )
    assert (
        run(now + timedelta(days=91))
        == "Deleted: assessments 0, sessions 1, counters 0, votes of workshops 0.\n"
    )


def test_one_that_is_used_between_reading_and_deleting_survives(assessment: Assessment) -> None:
    now = timezone.now() + timedelta(days=31)
    (found,) = expired(now)
    Assessment.objects.update(opened=now)
    assert not delete_if_over(found, now)
    assert Assessment.objects.exists()


def test_one_that_its_owner_deletes_in_between_is_not_counted(assessment: Assessment) -> None:
    now = timezone.now() + timedelta(days=31)
    (found,) = expired(now)
    delete_assessment(assessment=assessment)
    assert not delete_if_over(found, now)


def test_many_are_read_a_few_at_a_time_while_they_are_deleted(assessment: Assessment) -> None:
    AssessmentFactory.create_batch(9)
    stays = AssessmentFactory(opened=timezone.now() + timedelta(days=20))
    now = timezone.now() + timedelta(days=31)
    assert sum(delete_if_over(each, now) for each in expired(now, batch=3)) == 10
    assert list(Assessment.objects.all()) == [stays]


def test_one_of_an_edition_that_is_gone_has_the_longer_time(assessment: Assessment) -> None:
    Assessment.objects.update(edition="1999.1")
    now = timezone.now()
    run(now + timedelta(days=31))
    assert Assessment.objects.exists()
    run(now + timedelta(days=91))
    assert not Assessment.objects.exists()


def test_the_rule_is_told_with_the_days_of_this_server(settings: Settings) -> None:
    settings.KEEP_UNFINISHED_DAYS, settings.KEEP_DAYS = 1, 0
    assert (
        rule()
        == "An unfinished assessment is deleted 1 day after it was last used. A finished one stays until somebody deletes it."
    )
    settings.KEEP_UNFINISHED_DAYS, settings.KEEP_DAYS = 0, 7
    assert (
        rule()
        == "An unfinished assessment stays until somebody deletes it. A finished one is deleted after 7 days without use."
    )


@pytest.mark.parametrize("page", ["/", "/privacy/"])
def test_the_rule_stands_where_people_decide_whether_to_begin(
    client: Client, settings: Settings, page: str
) -> None:
    settings.KEEP_UNFINISHED_DAYS, settings.KEEP_DAYS = 12, 34
    shown = client.get(page).content.decode()
    assert "deleted 12 days after" in shown
    assert "after 34 days" in shown


def test_the_day_stands_on_the_page_that_keeps_the_link(visitor: Client, assessment: Assessment) -> None:
    when = timezone.now().replace(year=2026, month=11, day=23, hour=12)
    Assessment.objects.update(touched=when - timedelta(days=5), opened=when)
    url = f"/a/{assessment.public_id}/keep/"
    assert '<time datetime="2026-12-23">23 December 2026</time>' in visitor.get(url).content.decode()
    answer_everything(assessment)
    Assessment.objects.update(touched=when, opened=when - timedelta(days=5))
    assert '<time datetime="2027-02-21">21 February 2027</time>' in visitor.get(url).content.decode()


def test_where_nothing_is_deleted_no_day_is_named(
    visitor: Client, assessment: Assessment, settings: Settings
) -> None:
    settings.KEEP_UNFINISHED_DAYS = 0
    assert "Kept until you delete it." in visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()


def test_an_address_that_was_invited_and_never_came_is_forgotten_a_month_after_the_link(db: None) -> None:
    ended = timezone.now()
    Invitation.objects.create(
        workspace=WorkspaceFactory(), email="eve@example.com", role="viewer", digest="a", expires=ended
    )
    run(ended + timedelta(days=30) - MINUTE)
    assert Invitation.objects.exists()
    run(ended + timedelta(days=30))
    assert not Invitation.objects.exists()


def test_running_it_again_finds_nothing_more(assessment: Assessment) -> None:
    AnswerFactory(assessment=assessment)
    end = last_used(assessment) + timedelta(days=30)
    assert run(end).startswith("Deleted: assessments 1,")
    assert run(end).startswith("Deleted: assessments 0,")


# --- Each is looked at when its time may be over, and not every night -------------------------------------------------


def due(now: datetime) -> set[int]:
    """The assessments that the night of this day would look at."""
    found = Assessment.objects.filter(Q(look_again=None) | Q(look_again__lte=now))
    return set(found.values_list("pk", flat=True))


def test_a_finished_one_is_looked_at_once_a_month_until_its_last_day(assessment: Assessment) -> None:
    answer_everything(assessment)
    used = last_used(assessment)
    nights = [used + timedelta(days=day) for day in range(91)]
    looked = []
    for day, night in enumerate(nights):
        looked += [day] if due(night) else []
        run(night)
        assert Assessment.objects.exists() is (day < 90)
    assert looked == [0, 30, 60, 90]


def test_what_is_finished_and_becomes_unfinished_goes_on_its_day_all_the_same(assessment: Assessment) -> None:
    answer_everything(assessment)
    used = last_used(assessment)
    for day in (0, 30, 59):
        run(used + timedelta(days=day))
    last = assessment.answers.order_by("-pk")[0]
    Answer.objects.filter(pk=last.pk).delete()
    Assessment.objects.update(touched=used + timedelta(days=59))
    end = used + timedelta(days=89)
    run(end - MINUTE)
    assert Assessment.objects.exists()
    run(end)
    assert not Assessment.objects.exists()


def test_saving_writes_nothing_of_it(assessment: Assessment) -> None:
    now = timezone.now()
    run(now)
    assessment.refresh_from_db()
    before = assessment.look_again
    assert before is not None
    record_answer(assessment=assessment, question="dv_ci", value=2)
    assessment.refresh_from_db()
    assert assessment.look_again == before


def test_a_dry_run_leaves_for_the_night_what_is_due(assessment: Assessment) -> None:
    run(timezone.now(), "--dry-run")
    assert due(timezone.now()) == {assessment.pk}


def test_where_nothing_is_deleted_the_night_looks_once_a_month(
    assessment: Assessment, settings: Settings
) -> None:
    settings.KEEP_UNFINISHED_DAYS = settings.KEEP_DAYS = settings.KEEP_WORKSPACE_DAYS = 0
    theirs, now = AssessmentFactory(client=ClientFactory()), timezone.now()
    run(now + timedelta(days=400))
    assert due(now + timedelta(days=429)) == set()
    assert due(now + timedelta(days=430)) == {assessment.pk, theirs.pk}


def test_those_of_clients_go_into_the_bin_on_their_day_and_a_shorter_time_counts_within_a_month(
    db: None, settings: Settings
) -> None:
    theirs = AssessmentFactory(client=ClientFactory())
    used = last_used(theirs)

    def lies_in_the_bin(after: timedelta) -> bool:
        run(used + after)
        theirs.refresh_from_db()
        return theirs.binned is not None

    for day in (0, 1, 400, settings.KEEP_WORKSPACE_DAYS - 1):
        assert not lies_in_the_bin(timedelta(days=day))
    assert not lies_in_the_bin(timedelta(days=settings.KEEP_WORKSPACE_DAYS) - MINUTE)
    assert lies_in_the_bin(timedelta(days=settings.KEEP_WORKSPACE_DAYS))
    Assessment.objects.update(binned=None, look_again=None)
    run(used + timedelta(days=10))
    settings.KEEP_WORKSPACE_DAYS = 20
    assert lies_in_the_bin(timedelta(days=40))
