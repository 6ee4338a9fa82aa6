"""How many database statements it takes to ask several people, to take part, and to settle where they differ."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, Survey
from assessments.surveys import link_of, open_survey, result_of
from tests.plans import whole_reads
from tests.statements import asked

SURVEY = {
    # Session, account and membership are counted; a transaction is two.
    "GET assessments:several": 6,
    "GET assessments:several | nobody asked": 4,
    "POST assessments:several_open": 10,
    "POST assessments:several_new_link": 10,
    "POST assessments:several_count": 17,
    "GET assessments:differences": 6,
    "GET assessments:difference": 6,
    "POST assessments:difference": 23,
    "POST assessments:take_unanimous": 19,
    "GET assessments:take_part": 1,
    "POST assessments:take_part": 22,
}
"""PAGE -> queries. A name of an address, with its method; behind the bar, the case. None grows with the people."""

OPEN = ("several", "several_new_link", "several_count", "take_part")
"""What is looked at while people answer."""


@pytest.mark.parametrize("line", SURVEY)
def test_a_page_takes_just_these_queries(
    line: str, counted: Survey, whole: Assessment, asker: Browser
) -> None:
    method, _, rest = line.partition(" ")
    name, _, case = rest.partition(" | ")
    page = name.partition(":")[2]
    if page in OPEN:
        open_survey(request=None, assessment=whole)
    if case:
        counted.delete()
    browser, sent = asker, {}
    known = {"public_id": whole.public_id}
    if page == "take_part":
        browser, sent, known = (
            Browser(),
            {"role": "developer"},
            {"token": str(link_of(counted)).split("/")[2]},
        )
    if page == "difference":
        sent = {"answer": "1", "seen": result_of(counted, "dv_cd").mark}
        known["question"] = "dv_cd"
    cache.clear()
    with CaptureQueriesContext(connection) as taken:
        address = reverse(name, kwargs=known)
        answer = browser.get(address) if method == "GET" else browser.post(address, sent)
    assert answer.status_code == (200 if method == "GET" else 303)
    assert len(asked(taken)) == SURVEY[line], "\n".join([line, *asked(taken)])
    assert not whole_reads(taken), line
