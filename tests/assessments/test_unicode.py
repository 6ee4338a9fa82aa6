"""What no keyboard or every second one produces, in every field there is: refused or stored in one form, and never an error."""

import unicodedata
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from assessments.answering import describe
from assessments.models import Assessment
from reports.printing import pdf_of
from reports.telling import whole_report_of
from tests.assessments.conftest import Open
from tests.assessments.test_queries import (
    AT_THE_DESK,
    FORMS,
    QUESTIONED,
    address_of,
    at_the_desk,
    name_in,
)
from tests.assessments.test_queries import assessment as assessment  # noqa: PLC0414  # a fixture
from tests.factories import answered_like

PAYLOADS = {
    "turned around": "harmless \u202e txt.exe \u2066 more",
    "a family": "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "two thousand marks": "e" + "\u0301" * 2000,
    "few marks": "cafe\u0301 A\u030a",
    "a NUL": "a\0b",
    "controls": "a\x1b[31m\x07b\x85c",
    "half a pair": "a\ud800b",
    "not a character": "a\ufffeb\U0010ffff",
    "from right to left": "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "of no width": "a\u200b\ufeffb",
}


def texts() -> Iterator[tuple[str, str]]:
    """Every text that is stored, and where."""
    for model in apps.get_models():
        if model._meta.app_label not in {"assessments", "accounts"}:
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        for row in model.objects.values_list(*names):
            yield from (
                (f"{model.__name__}.{name}", text) for name, text in zip(names, row, strict=True) if text
            )


@pytest.mark.parametrize("line", [each for each in FORMS if name_in(each) != "assessments:theme"])
def test_no_field_is_broken_by_a_character(line: str, assessment: Assessment, browser_of: Open) -> None:
    browser = browser_of(assessment)
    if name_in(line) in AT_THE_DESK:
        at_the_desk(browser, line)
    address = address_of(line, assessment) + QUESTIONED.get(line, "")
    for what, text in PAYLOADS.items():
        for name in FORMS[line]:
            body = "&".join(
                f"{_quoted(each)}={_quoted(text if each == name else value)}"
                for each, value in FORMS[line].items()
            )
            answer = browser.generic("POST", address, body, "application/x-www-form-urlencoded")
            assert answer.status_code < 500, (what, name)
    for where, text in texts():
        assert "\0" not in text, where
        assert "\u202e" not in text, where
        assert unicodedata.is_normalized("NFC", text), where
        assert len(text) <= 4000, where


def _quoted(text: str) -> str:
    """As a browser sends it; half a pair goes as the bytes that no browser would send."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.django_db
def test_a_report_full_of_them_is_put_on_paper_and_keeps_them_to_themselves(browser_of: Open) -> None:
    made = answered_like("tallis-software", "x")
    organisation = PAYLOADS["from right to left"] + PAYLOADS["a family"]
    marks = "e" + "\u0301" * 150
    describe(assessment=made, organisation=organisation, scope=PAYLOADS["of no width"], decision=marks)
    made.refresh_from_db()
    assert pdf_of(whole_report_of(made)).startswith(b"%PDF")
    page = browser_of(made).get(f"/a/{made.public_id}/result/").content.decode()
    assert f"<bdi>{organisation}</bdi>" in page
