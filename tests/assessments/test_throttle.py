"""Too much within the hour is refused, however it is tried."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import Counter
from assessments.throttle import HOUR, TooOftenError, check_in, count_try


@pytest.mark.django_db
def test_the_fourth_try_is_refused_until_an_hour_after_the_first() -> None:
    now = timezone.now()
    for minute in range(3):
        check_in("mail to", "a@example.com", most=3, now=now + timedelta(minutes=minute))
    with pytest.raises(TooOftenError) as refused:
        check_in("mail to", "a@example.com", most=3, now=now + timedelta(minutes=59))
    assert refused.value.until == now + HOUR
    check_in("mail to", "a@example.com", most=3, now=now + HOUR)
    assert Counter.objects.get().count == 1


@pytest.mark.django_db
def test_others_and_other_purposes_are_counted_by_themselves() -> None:
    for _ in range(3):
        check_in("mail to", "a@example.com", most=3)
    check_in("mail to", "b@example.com", most=3)
    check_in("mail from", "a@example.com", most=3)
    assert Counter.objects.count() == 3


@pytest.mark.django_db
def test_the_table_gives_no_address_away() -> None:
    count_try("mail to", "a@example.com")
    row = Counter.objects.get()
    assert "example" not in row.key
    assert len(row.key) == 64


@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_once_count_fifty() -> None:
    def attempt(_: int) -> int:
        try:
            return count_try("mail to", "a@example.com").count
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        counts = sorted(threads.map(attempt, range(50)))
    assert counts == list(range(1, 51)), "no two of them read the same number"
    assert Counter.objects.get().count == 50
