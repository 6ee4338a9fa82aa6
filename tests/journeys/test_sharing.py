"""A consultant brands a report and shares it; an executive reads it; the link is revoked."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import expect

from assessments.defaults import offers_in
from assessments.models import Assessment, Brand, Membership
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.assessments.workspace.logos import HTML, picture
from tests.journeys.person import Person, Visit

__all__ = ["desk", "of_client", "owner"]


@pytest.fixture
def ana(way: type[Person], visit: Visit, desk: Browser) -> Person:
    """The owner of the workspace, signed in."""
    return way.at(visit, None, session=desk.cookies[settings.SESSION_COOKIE_NAME].value)


def go(somebody: Person, path: str) -> None:
    answer = somebody.page.goto(path)
    assert answer is not None
    assert answer.status == 200


def test_a_report_is_shared_read_and_taken_back(ana: Person, of_client: Assessment) -> None:
    go(ana, f"/a/{of_client.public_id}/result/")
    ana.press("Share", exact=True)
    ana.arrives("Let others read the report")
    ana.press("Make the link")
    expect(ana.page.get_by_role("alert")).to_contain_text("Enter who the link is for")
    ana.fill("Who it is for", "Board, December")
    ana.choose("7 days")
    ana.fill("Passphrase, if you want one", "seven blue herons")
    ana.press("Make the link")
    ana.arrives("Let others read the report")
    link = ana.page.get_by_label("Copy it now").input_value()

    reader = ana.elsewhere(re.sub("^https?://[^/]+", "", link))
    reader.arrives("A report was shared with you")
    reader.fill("Passphrase", "not the one")
    reader.press("Open the report")
    expect(reader.page.get_by_role("alert")).to_contain_text("not the passphrase")
    reader.fill("Passphrase", "seven blue herons")
    reader.press("Open the report")
    reader.arrives("data pipelines hold you back")
    assert "/s/" not in reader.page.url
    reader.press(reader.page.get_by_role("link", name="What if …?", exact=True))
    reader.arrives("What if …?")
    reader.press("Back to the result")
    reader.arrives("data pipelines hold you back")

    go(ana, f"/a/{of_client.public_id}/links/")
    expect(ana.page.locator("main")).to_contain_text("Opened once")
    ana.press("Revoke Board, December")
    expect(ana.page.get_by_role("status")).to_contain_text("is revoked")
    gone = reader.page.reload()
    assert gone is not None
    assert gone.status == 404


def test_a_brand_is_set_refused_and_seen(
    ana: Person, owner: Membership, of_client: Assessment, tmp_path: Path
) -> None:
    go(ana, f"/desk/{owner.workspace.public_id}/branding/")
    ana.fill("Contact", "ana@kestrel.example")
    ana.fill("On light grounds and on paper", "#f2a900")
    ana.press("Save", exact=True)
    refused = ana.page.get_by_role("alert").inner_text()
    found = re.search(r"nearest colour that can be read is (#\w{6})", refused)
    assert found
    ana.fill("On light grounds and on paper", found[1])
    page, logo = tmp_path / "page.png", tmp_path / "logo.png"
    page.write_bytes(HTML)
    logo.write_bytes(picture())
    ana.page.get_by_label("Logo", exact=True).set_input_files(page)
    ana.press("Save", exact=True)
    expect(ana.page.get_by_role("alert")).to_contain_text("no complete PNG, JPEG or WebP")
    ana.page.get_by_label("Logo", exact=True).set_input_files(logo)
    ana.press("Save", exact=True)
    expect(ana.page.get_by_role("status")).to_contain_text("Saved.")
    assert Brand.objects.get().accent == found[1]
    go(ana, f"/a/{of_client.public_id}/result/")
    expect(ana.page.get_by_text("Prepared by Kestrel Advisory").first).to_be_visible()
    shown = ana.page.get_by_role("img", name="Logo of Kestrel Advisory").first
    assert shown.evaluate("each => each.naturalWidth") == 300
    colour = ana.page.locator(".prepared .by").first.evaluate("each => getComputedStyle(each).color")
    assert colour == f"rgb({', '.join(str(int(found[1][at : at + 2], 16)) for at in (1, 3, 5))})"


def test_services_are_named_and_units_looked_at(
    ana: Person, owner: Membership, of_client: Assessment
) -> None:
    go(ana, f"/desk/{owner.workspace.public_id}/offers/")
    ana.fill("Run for the client, DataOps", "Data Watch")
    ana.press("Save", exact=True)
    expect(ana.page.get_by_role("status")).to_contain_text("Saved.")
    assert offers_in(owner.workspace).names == {("dataops", "managed"): "Data Watch"}
    ana.press("Portfolio", exact=True)
    ana.arrives("One unit at a glance")
    ana.page.get_by_label("Client", exact=True).select_option(label="Tallis Software")
    ana.press("Show", exact=True)
    ana.page.wait_for_url(re.compile(r"/portfolio/[\w-]+/$"))
    ana.press("Payments")
    ana.arrives("data pipelines hold you back")
    expect(ana.page.get_by_text("Kestrel Advisory offers this as: Data Watch").first).to_be_visible()
