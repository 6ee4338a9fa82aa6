"""What people type stays text on every page, whatever it would like to be."""

import re
from collections.abc import Iterator
from itertools import cycle, islice

import pytest
from django.apps import apps
from django.db import models
from django.test import Client as Browser
from lxml import html

from assessments.models import Assessment
from tests.journeys.desks import furnish, pages_of
from tests.security.payloads import MARK, SCRIPTS

pytestmark = pytest.mark.django_db

TYPED = {
    "assessments.Workspace": ("name",),
    "assessments.Client": ("name",),
    "assessments.Assessment": ("organisation", "scope", "decision", "unit"),
    "assessments.Answer": ("note", "na_reason"),
    "assessments.Milestone": ("name",),
    "assessments.Scenario": ("name",),
    "assessments.PlanChange": ("owner", "note", "risk"),
    "assessments.Ruling": ("reason", "by_name"),
    "assessments.ShareLink": ("label",),
    "assessments.Brand": ("name", "contact", "footer"),
    "assessments.Offer": ("name",),
    "assessments.Tally": ("dissent",),
    "assessments.Agreement": ("note",),
    "assessments.ApiToken": ("name",),
    "assessments.Webhook": ("url",),
    "assessments.Delivery": ("said",),
    "accounts.User": ("name",),
}
"""Every field that holds what somebody has typed; below it is checked that no text field of ours was forgotten."""

ONLY_SOME = {"unit", "na_reason", "dissent"}
"""What not every row may have."""

NEVER_TYPED = re.compile(
    r"id$|digest$|^edition$|^mode$|^sample$|^question$|^code$|^slot$|^kind$|^key$|^role$|^scope$|^status$|^page$|^subject$|^verdict$|"
    r"^action$|^actor_kind$|^network$|^details$|^mark$|^accent$|^begins$|^secret$|^layer$|^unit_folded$|^name_folded$|email$|^stated$|"
    r"^password$|^language$|^group$|^figure$|^anchor$|^stamp$|^found$|^currency$|^stage$|^due$|^passphrase$|^way$|^value$|^state$"
)
CHOSEN = {
    "assessments.OwnFigure.name",
    "assessments.DefaultFigure.name",
    "assessments.Brand.accent_dark",
    "assessments.Workshop.last_act",
    "assessments.Erased.fingerprint",
    "assessments.Letter.to",  # a fingerprint as well
    "assessments.Letter.sealed",
    "assessments.Worker.name",
}
"""Text fields with no name of that kind, into which nobody types either."""

ROUNDS = 33
"""In each every field holds the next two or more of them; together each field has held them all."""


def test_there_are_enough_of_them() -> None:
    assert len(set(SCRIPTS)) >= 60


def test_no_field_that_people_type_into_is_forgotten() -> None:
    forgotten = []
    for model in (*apps.get_app_config("assessments").get_models(), apps.get_model("accounts.User")):
        for field in model._meta.get_fields():
            if not isinstance(field, models.CharField | models.TextField) or field.choices:
                continue
            named = TYPED.get(model._meta.label, ())
            if field.name not in named and not NEVER_TYPED.search(field.name):
                forgotten.append(f"{model._meta.label}.{field.name}")
    assert set(forgotten) == CHOSEN


def filled(begin: int, length: int) -> str:
    """As many payloads as fit, beginning with this one."""
    said = ""
    for each in islice(cycle(SCRIPTS), begin % len(SCRIPTS), begin % len(SCRIPTS) + len(SCRIPTS)):
        if len(said) + len(each) + 1 > length:
            break
        said += f"{each} "
    return said.strip() or SCRIPTS[begin % len(SCRIPTS)][:length]


def type_everywhere(begin: int) -> None:
    for label, names in TYPED.items():
        model = apps.get_model(label)
        for row in model._default_manager.all():
            meant = [each for each in names if each not in ONLY_SOME or getattr(row, each)]
            for number, name in enumerate(meant):
                field = model._meta.get_field(name)
                length = min(getattr(field, "max_length", None) or 2000, 2000)
                said = filled(begin + number, length - 4)
                setattr(row, name, f"{said} {row.pk % 1000}"[:length])
            model._default_manager.filter(pk=row.pk).update(**{each: getattr(row, each) for each in meant})


def intruders(page: bytes) -> Iterator[str]:
    """Elements and attributes that only a payload can have made."""
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                yield f"a comment or an instruction: {element.text}"
            continue
        if MARK in element.tag:
            yield element.tag
        if element.tag == "script" and not str(element.get("src", "")).startswith("/static/"):
            yield f"script {element.text}"
        if element.tag in {"base", "object", "embed", "iframe", "style"}:
            yield element.tag
        for name, value in element.attrib.items():
            acts = name.startswith(("on", "hx-on", "style", "srcdoc", "data-hx-"))
            leads = name.removeprefix("data-") in {
                "href",
                "src",
                "action",
                "formaction",
                "hx-get",
                "hx-post",
                "data",
            } and (re.match(r"\s*(javascript|data:text|//|/pwn)", value.replace("\t", ""), re.IGNORECASE))
            if acts or leads or MARK in name:
                yield f"{element.tag} {name}={value[:80]}"


def test_sixty_payloads_in_every_field_stay_text_on_every_page() -> None:
    user = furnish(workspace="Keller", client="Harrow", unit="Pumps")
    browser, pages = Browser(), pages_of(user)
    result = Assessment.objects.filter(client__isnull=False, binned=None).order_by("pk")[0]
    pages += [
        f"/a/{result.public_id}/{each}"
        for each in ("", "scope/", "q/dv_ci/", "sheet/devops/", "plan/", "review/")
    ]
    browser.force_login(user)
    found, seen = {}, set()
    for begin in range(0, 2 * ROUNDS, 2):
        type_everywhere(begin)
        some = pages if begin % 11 == 0 else pages[begin % 3 :: 3]
        for page in some:
            answer = browser.get(page)
            assert answer.status_code < 500
            if bad := list(intruders(answer.content)):
                found[page, begin] = bad[:3]
            text = html.document_fromstring(answer.content).text_content()
            seen |= {each for each in SCRIPTS if each in text}
    assert found == {}
    assert set(SCRIPTS) - seen == set(), "each was shown as the text that it is"


def test_what_is_not_escaped_would_be_found() -> None:
    places = (
        "<p>{}</p>",
        '<p title="{}">x</p>',
        "<p title='{}'>x</p>",
        "<title>{}</title>",
        "<textarea>{}</textarea>",
    )
    found = {
        each
        for each in SCRIPTS
        for place in places
        if list(intruders(f"<html><body>{place.format(each)}</body></html>".encode()))
    }
    assert len(found) >= 45, (
        "the others do nothing by themselves: templates of others, and what is encoded already"
    )
