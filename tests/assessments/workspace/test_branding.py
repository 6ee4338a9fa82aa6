"""/desk/<workspace>/branding/: how reports say who prepared them."""

import re
import tracemalloc
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from assessments.colours import GROUNDS, contrast, falls_short, nearest
from assessments.models import AuditEvent, Brand, Membership
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.test_tokens import CHOSEN_DARK, LIGHT
from tests.assessments.test_tokens import contrast as measured
from tests.assessments.workspace.logos import BAD, GOOD, HTML, claiming, picture
from tests.factories import MembershipFactory

__all__ = ["desk", "owner"]

NAMES = {"name": "Kestrel Advisory", "contact": "ana@kestrel.example", "footer": "Confidential"}


def address(owner: Membership) -> str:
    return f"/desk/{owner.workspace.public_id}/branding/"


def file(content: bytes, name: str = "logo.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


# --- Words ----------------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_name_of_the_workspace(desk: Browser, owner: Membership) -> None:
    page = desk.get(address(owner)).content.decode()
    assert 'name="name" value="Kestrel Advisory"' in page
    assert not Brand.objects.exists()


def test_what_is_set_is_stored_and_noted(desk: Browser, owner: Membership) -> None:
    answer = desk.post(address(owner), {**NAMES, "accent": "0B5D4E"}, follow=True)
    assert "Saved." in answer.content.decode()
    stored = Brand.objects.get()
    assert (stored.name, stored.contact, stored.footer) == tuple(NAMES.values())
    assert stored.accent == "#0b5d4e"
    assert falls_short(stored.accent_dark, "dark") is None, "the nearest that can be read on dark grounds"
    assert AuditEvent.objects.get(workspace__isnull=False).action == "brand.changed"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": " "}, "Enter the name that reports shall show"),
        ({"name": "x" * 81}, "80 characters or less"),
        ({"contact": "x" * 121}, "120 characters or less"),
        ({"accent": "teal"}, "“teal” is no colour"),
        ({"accent": "#12345"}, "is no colour"),
        ({"accent": "#0b5d4e;}*{color:red"}, "is no colour"),
        ({"accent": "url(//x.example)"}, "is no colour"),
        ({"accent_dark": "#12345g"}, "is no colour"),
    ],
)
def test_what_cannot_be_stored_is_said(
    desk: Browser, owner: Membership, form: dict[str, str], says: str
) -> None:
    answer = desk.post(address(owner), {**NAMES, **form})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Brand.objects.exists()


def test_it_can_be_taken_off_all_reports(desk: Browser, owner: Membership) -> None:
    desk.post(address(owner), NAMES)
    desk.post(f"{address(owner)}remove/")
    assert not Brand.objects.exists()
    assert AuditEvent.objects.latest("pk").action == "brand.removed"


@pytest.mark.parametrize(("role", "status"), [("consultant", 403), ("viewer", 403)])
def test_it_is_for_owners_alone(owner: Membership, role: str, status: int) -> None:
    browser = Browser()
    browser.force_login(MembershipFactory(workspace=owner.workspace, role=role).user)
    assert browser.get(address(owner)).status_code == status
    assert browser.post(address(owner), NAMES).status_code == status
    foreign = Browser()
    foreign.force_login(MembershipFactory().user)
    assert foreign.get(address(owner)).status_code == 404


def test_a_form_without_its_token_is_refused(owner: Membership) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(owner.user)
    assert browser.post(address(owner), {**NAMES, "logo": file(picture())}).status_code == 403
    assert not Brand.objects.exists()
    page = browser.get(address(owner)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], **NAMES, "logo": file(picture())}
    assert browser.post(address(owner), sent).status_code == 303


# --- Colours --------------------------------------------------------------------------------------------------------------


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    for theme, tokens in (("light", LIGHT), ("dark", CHOSEN_DARK)):
        grounds = [tokens[each].lower() for each in ("paper", "surface", "sunk")]
        assert list(GROUNDS[theme]) == grounds  # type: ignore[index]
    assert contrast("#0e4a7b", "#faf7f1") == pytest.approx(measured("#0e4a7b", "#faf7f1"))


def test_a_pale_colour_is_refused_with_what_was_measured_and_one_that_would_do(
    desk: Browser, owner: Membership
) -> None:
    answer = desk.post(address(owner), {**NAMES, "accent": "#f2a900"})
    assert answer.status_code == 422
    found = re.search(
        r"#f2a900 has a contrast of ([\d.]+) to 1 on (#\w+), and 4.5 to 1 is needed there. "
        r"The nearest colour that can be read is (#\w{6})",
        answer.content.decode(),
    )
    assert found
    assert float(found[1]) == pytest.approx(contrast("#f2a900", found[2]), abs=0.01)
    assert desk.post(address(owner), {**NAMES, "accent": found[3]}).status_code == 303


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#808080", "#0b5d4e", "#f2a900"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_nearest_colour_can_be_read(colour: str, theme: str) -> None:
    assert falls_short(nearest(colour, theme), theme) is None  # type: ignore[arg-type]


def test_the_colours_come_as_a_style_sheet_of_their_own(desk: Browser, owner: Membership) -> None:
    desk.post(address(owner), {**NAMES, "accent": "#0b5d4e", "accent_dark": "#7fd1b9"})
    mark = Brand.objects.get().mark
    sheet = Browser().get(f"/brand/{mark}.css")
    assert sheet["Content-Type"] == "text/css"
    assert "--accent: #0b5d4e" in sheet.content.decode()
    assert sheet.content.decode().count("--accent: #7fd1b9") == 2
    assert Browser().get("/brand/nothing.css").status_code == 404


# --- The logo -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", GOOD)
def test_a_picture_is_made_anew_and_nothing_else_of_it_is_kept(
    desk: Browser, owner: Membership, which: str
) -> None:
    assert desk.post(address(owner), {**NAMES, "logo": file(GOOD[which])}).status_code == 303
    stored = Brand.objects.get()
    made = bytes(stored.logo or b"")
    with Image.open(BytesIO(made)) as found:
        assert found.format == "PNG"
        assert found.mode == "RGB"
        assert found.size == (stored.logo_width, stored.logo_height)
        assert found.size[0] <= 800
        assert found.size[1] <= 400
        assert found.info == {}
        assert not found.getexif()
    for secret in (b"Exif", b"Camera", b"xmp", b"alert", HTML):
        assert secret not in made


def test_a_photograph_stands_upright(desk: Browser, owner: Membership) -> None:
    desk.post(address(owner), {**NAMES, "logo": file(GOOD["a photograph with its place"])})
    stored = Brand.objects.get()
    assert (stored.logo_width, stored.logo_height) == (100, 300)


@pytest.mark.parametrize("which", BAD)
def test_whatever_is_no_plain_picture_is_refused_with_a_reason(
    desk: Browser, owner: Membership, which: str
) -> None:
    answer = desk.post(address(owner), {**NAMES, "logo": file(BAD[which])})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="logo-error"' in page
    assert re.search("The file is|The picture", page)
    assert not Brand.objects.exists()


def test_a_bomb_is_refused_before_it_goes_off(desk: Browser, owner: Membership) -> None:
    tracemalloc.start()
    desk.post(address(owner), {**NAMES, "logo": file(claiming(50_000, 50_000))})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000


def test_of_a_file_too_large_by_far_little_is_kept(desk: Browser, owner: Membership) -> None:
    large = file(b"\0" * 12_000_000)
    tracemalloc.start()
    answer = desk.post(address(owner), {**NAMES, "logo": large})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()
    assert most < 60_000_000, "what the browser of this test holds itself included"


@pytest.mark.parametrize("field", ["other", "name"])
def test_a_file_of_another_field_is_not_read(desk: Browser, owner: Membership, field: str) -> None:
    desk.post(address(owner), {**NAMES, field: file(picture())})
    assert not Brand.objects.filter(logo__isnull=False).exists()


def test_no_other_page_reads_a_file(desk: Browser, owner: Membership) -> None:
    answer = desk.post(f"/desk/{owner.workspace.public_id}/offers/", {"devops-managed": file(picture())})
    assert not answer.wsgi_request.FILES


def test_the_logo_is_shown_as_a_picture_and_nothing_else(desk: Browser, owner: Membership) -> None:
    desk.post(address(owner), {**NAMES, "logo": file(picture(), name="../../evil.html", kind="text/html")})
    answer = Browser().get(f"/brand/{Brand.objects.get().mark}.png")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.content.startswith(b"\x89PNG")
    assert Browser().get("/brand/nothing.png").status_code == 404


def test_the_logo_stays_until_it_is_replaced_or_taken_away(desk: Browser, owner: Membership) -> None:
    desk.post(address(owner), {**NAMES, "logo": file(picture())})
    first = Brand.objects.get()
    desk.post(address(owner), {**NAMES, "contact": "Another"})
    second = Brand.objects.get()
    assert second.logo == first.logo
    assert second.mark != first.mark, "what is kept for a year has another address after every change"
    desk.post(address(owner), {**NAMES, "without_logo": "on"})
    assert Brand.objects.get().logo is None
