"""/a/<id>/links/ and /s/<token>/: links to read a report by."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from assessments.access import READING_KEY, SESSION_KEY
from assessments.links import digest_of
from assessments.models import Answer, Assessment, AuditEvent, Membership, ShareLink
from tests.assessments.conftest import Open
from tests.factories import MembershipFactory, UserFactory

PASSPHRASE = "seven blue herons"


def share(browser: Browser, assessment: Assessment, **form: str) -> str:
    """Make a link and return its path."""
    answer = browser.post(
        f"/a/{assessment.public_id}/links/", {"label": "Board, December", "days": "30", **form}
    )
    assert answer.status_code == 200
    found = re.search(r'value="http://testserver(/s/[\w-]{43}/)"', answer.content.decode())
    assert found
    return found[1]


def come_in(link: str, **form: str) -> Browser:
    """A browser that knows nothing, after its button was pressed."""
    browser = Browser()
    assert browser.post(link, form).status_code == 303
    return browser


def report_of(browser: Browser) -> str:
    """Where the report stands that this browser may read."""
    (share_id,) = browser.session[READING_KEY]
    return f"/shared/{share_id}/"


# --- Making ---------------------------------------------------------------------------------------------------------------


def test_only_a_fingerprint_of_the_secret_is_stored(desk: Browser, tallis: Assessment) -> None:
    token = share(desk, tallis).split("/")[2]
    link = ShareLink.objects.get()
    assert link.digest == digest_of(token)
    assert token not in str(ShareLink.objects.values().get())
    assert token not in desk.get(f"/a/{tallis.public_id}/links/").content.decode()


def test_it_lives_for_thirty_days_if_nothing_else_is_chosen(desk: Browser, tallis: Assessment) -> None:
    page = desk.get(f"/a/{tallis.public_id}/links/").content.decode()
    assert re.findall(r'name="days" value="(\d+)"( checked)?', page) == [
        ("7", ""),
        ("30", " checked"),
        ("90", ""),
    ]
    share(desk, tallis, days="7")
    left = ShareLink.objects.get().expires - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_the_passphrase_is_stored_like_a_password(desk: Browser, tallis: Assessment) -> None:
    share(desk, tallis, passphrase=PASSPHRASE)
    stored = ShareLink.objects.get().passphrase
    assert PASSPHRASE not in stored
    assert "$" in stored


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"label": ""}, "Enter who the link is for"),
        ({"label": "x" * 81}, "80 characters or less"),
        ({"label": "a\0b"}, "cannot be stored"),
        ({"days": "31"}, "Choose how long the link lives"),
        ({"days": ""}, "Choose how long the link lives"),
        ({"days": "999999999999999999999"}, "Choose how long the link lives"),
        ({"passphrase": "short"}, "The passphrase has 5 characters. Enter 8 to 200"),
        ({"passphrase": "x" * 201}, "The passphrase has 201 characters"),
        ({"passphrase": "long enough\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_stored_is_said_at_its_field(
    desk: Browser, tallis: Assessment, form: dict[str, str], says: str
) -> None:
    sent = {"label": "Board", "days": "30", **form}
    answer = desk.post(f"/a/{tallis.public_id}/links/", sent)
    assert answer.status_code == 422
    if "label" in form and "\0" in form["label"]:
        says = "Null characters"
    assert says in answer.content.decode()
    assert not ShareLink.objects.exists()


def test_there_is_an_end_to_links_in_force(
    desk: Browser, tallis: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.sharing.links.MOST", 1)
    share(desk, tallis)
    answer = desk.post(f"/a/{tallis.public_id}/links/", {"label": "One more", "days": "7"})
    assert answer.status_code == 422
    assert "Revoke one that nobody needs any more" in answer.content.decode()


def test_the_holder_of_the_private_link_shares_too(tallis: Assessment, browser_of: Open) -> None:
    share(browser_of(tallis), tallis)
    assert ShareLink.objects.get().made_by is None


@pytest.mark.parametrize(("role", "status"), [("consultant", 200), ("viewer", 404)])
def test_consultants_share_and_viewers_do_not(
    owner: Membership, tallis: Assessment, role: str, status: int
) -> None:
    browser = Browser()
    browser.force_login(MembershipFactory(workspace=owner.workspace, role=role).user)
    assert browser.get(f"/a/{tallis.public_id}/links/").status_code == status


def test_strangers_and_other_workspaces_find_nothing(tallis: Assessment) -> None:
    other = Browser()
    other.force_login(MembershipFactory().user)
    for browser in (Browser(), other):
        assert browser.get(f"/a/{tallis.public_id}/links/").status_code == 404
        assert browser.post(f"/a/{tallis.public_id}/links/", {"label": "x", "days": "7"}).status_code == 404


# --- Opening --------------------------------------------------------------------------------------------------------------


def test_opening_it_shows_a_button_and_no_data_and_counts_nothing(desk: Browser, tallis: Assessment) -> None:
    link, browser = share(desk, tallis), Browser()
    for _ in range(3):
        answer = browser.get(link)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Tallis" not in page
    assert tallis.public_id not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert "sid" not in browser.cookies, "a link scanner gets no session"
    assert ShareLink.objects.get().openings == 0


def test_pressing_the_button_leads_to_the_report_without_the_secret(
    desk: Browser, tallis: Assessment
) -> None:
    link, browser = share(desk, tallis), Browser()
    answer = browser.post(link)
    assert answer.status_code == 303
    assert answer["Location"] == f"/shared/{ShareLink.objects.get().public_id}/"
    report = browser.get(answer["Location"])
    assert report.status_code == 200
    assert "Tallis Software" in report.content.decode()
    assert "This is the report as it stands now" in report.content.decode()
    assert report["X-Robots-Tag"] == "noindex, nofollow"
    made = ShareLink.objects.get()
    assert made.openings == 1
    assert made.opened is not None


def test_the_session_key_is_a_new_one_and_what_was_open_stays_open(
    desk: Browser, tallis: Assessment, assessment: Assessment, browser_of: Open
) -> None:
    browser = browser_of(assessment)
    before = browser.session.session_key
    browser.post(share(desk, tallis))
    assert browser.session.session_key != before
    assert browser.session[SESSION_KEY] == {assessment.public_id: 1}


def test_reading_outlasts_signing_in_and_out_and_leaving(
    desk: Browser, tallis: Assessment, assessment: Assessment, browser_of: Open
) -> None:
    browser = browser_of(assessment)
    browser.post(share(desk, tallis))
    browser.post(f"/a/{assessment.public_id}/leave/")
    assert browser.get(report_of(browser)).status_code == 200
    browser.force_login(UserFactory())
    browser.post("/account/logout/")
    assert browser.get(report_of(browser)).status_code == 200


def test_a_reader_gets_the_page_its_pdf_and_what_if_and_nothing_else(
    desk: Browser, tallis: Assessment
) -> None:
    browser = come_in(share(desk, tallis))
    report = report_of(browser)
    page = browser.get(report).content.decode()
    links = set(re.findall(r'(?:href|action)="(/[^"#?]*)', page))
    own = {each for each in links if tallis.public_id in each or each.startswith(("/a/", "/desk/"))}
    assert own == set()
    assert {f"{report}report.pdf", f"{report}what-if/"} <= links
    for path in ("", "result/", "result.pdf", "plan/", "figures/", "milestones/", "compare/", "take/", "what-if/",
                 "share/", "q/dv_ci/", "review/", "data.json", "delete/", "keep/"):  # fmt: skip
        assert browser.get(f"/a/{tallis.public_id}/{path}").status_code == 404, path


def test_a_reader_tries_levels_and_can_keep_none(desk: Browser, tallis: Assessment) -> None:
    browser = come_in(share(desk, tallis))
    address = f"{report_of(browser)}what-if/"
    page = browser.get(f"{address}?do_tst=4").content.decode()
    assert "Nothing of it is stored" in page
    assert 'name="plan-name"' not in page
    assert tallis.public_id not in page
    assert browser.post(address, {"plan-name": "Mine", "do_tst": "4"}).status_code == 405
    assert not tallis.scenarios.exists()


def test_what_the_reader_sees_changes_with_the_answers(desk: Browser, tallis: Assessment) -> None:
    browser = come_in(share(desk, tallis))
    before = browser.get(report_of(browser)).content
    Answer.objects.filter(assessment=tallis, question="do_tst").update(value=4)
    assert browser.get(report_of(browser)).content != before


def test_another_report_is_not_found(desk: Browser, tallis: Assessment) -> None:
    browser = come_in(share(desk, tallis))
    share(desk, tallis, label="Another one")
    other = ShareLink.objects.get(label="Another one")
    assert browser.get(f"/shared/{other.public_id}/").status_code == 404
    assert Browser().get(report_of(browser)).status_code == 404, "the address alone is worth nothing"


def test_wrong_revoked_expired_and_binned_look_alike(desk: Browser, tallis: Assessment) -> None:
    wrong = Browser().get(f"/s/{'x' * 43}/")
    assert wrong.status_code == 404
    revoked, expired, binned = (share(desk, tallis, label=each) for each in ("one", "two", "three"))
    ShareLink.objects.filter(label="one").update(revoked=timezone.now())
    ShareLink.objects.filter(label="two").update(expires=timezone.now() - timedelta(seconds=1))
    pages = [Browser().get(each) for each in (revoked, expired, "/s/short/")]
    Assessment.objects.filter(pk=tallis.pk).update(binned=timezone.now())
    pages.append(Browser().get(binned))
    pages += [Browser().post(each, {"passphrase": "x"}) for each in (revoked, expired, binned)]
    for page in pages:
        assert page.status_code == 404
        assert strip(page.content) == strip(wrong.content)


def strip(page: bytes) -> bytes:
    """Without what differs from page to page anyway: its own address and its token."""
    return re.sub(rb'name="(next|csrfmiddlewaretoken)" value="[^"]*"', b"", page)


# --- Revoking -------------------------------------------------------------------------------------------------------------


def test_revoking_ends_the_reading_at_the_next_request(desk: Browser, tallis: Assessment) -> None:
    link = share(desk, tallis)
    browser = come_in(link)
    report = report_of(browser)
    revoke = f"/a/{tallis.public_id}/links/{ShareLink.objects.get().public_id}/revoke/"
    assert desk.get(revoke).status_code == 405
    answer = desk.post(revoke, follow=True)
    assert "“Board, December” is revoked" in answer.content.decode()
    for path in (report, f"{report}report.pdf", f"{report}what-if/", link):
        assert browser.get(path).status_code == 404
    assert desk.post(revoke).status_code == 404


def test_a_link_of_another_assessment_cannot_be_revoked(
    desk: Browser, tallis: Assessment, assessment: Assessment, browser_of: Open
) -> None:
    share(desk, tallis)
    made = ShareLink.objects.get()
    revoke = f"/a/{assessment.public_id}/links/{made.public_id}/revoke/"
    assert browser_of(assessment).post(revoke).status_code == 404
    made.refresh_from_db()
    assert made.revoked is None


def test_the_list_says_who_made_it_and_how_often_it_was_opened(desk: Browser, tallis: Assessment) -> None:
    link = share(desk, tallis)
    for _ in range(2):
        come_in(link)
    page = desk.get(f"/a/{tallis.public_id}/links/").content.decode()
    assert "Opened 2 times" in page
    assert "Ana Keller" in page


# --- The passphrase -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["", " ", "seven blue heron", "SEVEN BLUE HERONS", "seven blue herons ' OR 1=1 --", "%s", "x" * 5000, "{{ 7*7 }}",
     "<script>alert(1)</script>", "seven\u200bblue herons"],
)  # fmt: skip
def test_a_wrong_passphrase_opens_nothing(desk: Browser, tallis: Assessment, typed: str) -> None:
    cache.clear()
    link, browser = share(desk, tallis, passphrase=PASSPHRASE), Browser()
    answer = browser.post(link, {"passphrase": typed})
    assert answer.status_code == 422
    assert "This is not the passphrase of this link" in answer.content.decode()
    assert (not typed.strip()) or typed not in answer.content.decode()
    assert READING_KEY not in browser.session
    assert ShareLink.objects.get().openings == 0


def test_the_right_passphrase_opens_it(desk: Browser, tallis: Assessment) -> None:
    link = share(desk, tallis, passphrase=PASSPHRASE)
    assert 'type="password"' in Browser().get(link).content.decode()
    browser = come_in(link, passphrase=f" {PASSPHRASE} ")
    assert browser.get(report_of(browser)).status_code == 200


def test_after_ten_tries_even_the_right_one_has_to_wait(desk: Browser, tallis: Assessment) -> None:
    link, browser = share(desk, tallis, passphrase=PASSPHRASE), Browser()
    for _ in range(10):
        assert browser.post(link, {"passphrase": "wrong one"}).status_code == 422
    answer = browser.post(link, {"passphrase": PASSPHRASE})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    elsewhere = Browser(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(link, {"passphrase": PASSPHRASE}).status_code == 303


# --- The data ---------------------------------------------------------------------------------------------------------------


def test_all_data_of_an_assessment_tells_of_its_links_without_their_secrets(
    desk: Browser, tallis: Assessment
) -> None:
    come_in(share(desk, tallis, passphrase=PASSPHRASE), passphrase=PASSPHRASE)
    (told,) = desk.get(f"/a/{tallis.public_id}/data.json").json()["share_links"]
    assert (told["label"], told["openings"], told["with_passphrase"]) == ("Board, December", 1, True)
    made = ShareLink.objects.get()
    assert made.digest not in str(told)
    assert made.passphrase not in str(told)


# --- The trail ------------------------------------------------------------------------------------------------------------


def test_the_trail_says_what_was_made_opened_and_revoked(
    desk: Browser, owner: Membership, tallis: Assessment
) -> None:
    come_in(share(desk, tallis, passphrase=PASSPHRASE), passphrase=PASSPHRASE)
    made = ShareLink.objects.get()
    desk.post(f"/a/{tallis.public_id}/links/{made.public_id}/revoke/")
    events = AuditEvent.objects.filter(workspace=owner.workspace.pk).order_by("pk")
    found = [(each.action, each.actor, each.actor_kind, each.details["link"]) for each in events]
    assert found == [
        ("share.made", owner.user.pk, "user", made.public_id),
        ("share.opened", None, "reader", made.public_id),
        ("share.revoked", owner.user.pk, "user", made.public_id),
    ]
    assert not {PASSPHRASE, "Board"} & set(str([each.details for each in events]).split("'"))


def test_an_assessment_of_nobody_leaves_no_trail(assessment: Assessment, browser_of: Open) -> None:
    come_in(share(browser_of(assessment), assessment))
    assert not AuditEvent.objects.exists()
