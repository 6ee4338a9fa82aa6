"""The list of assessments: what it counts, finds, sorts and never shows."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client as Browser
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments.answering import record_answer
from assessments.digests import stamp
from assessments.models import Answer, Assessment, Client, Digest, Workspace
from assessments.workspace import listing
from assessments.workspace.listing import Asked, matching
from tests.assessments.workspace.conftest import SignIn, at, begun, finished
from tests.factories import ClientFactory, WorkspaceFactory


def names(html: str) -> list[str]:
    return re.findall(r'class="who"><a[^>]*><bdi>([^<]*)', html)


def look(browser: Browser, workspace: Workspace, query: str = "", **headers: str) -> str:
    response = browser.get(at("desk", workspace) + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_it_counts_in_a_sentence_and_tells_what_the_answers_show(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    finished(kestrel, "Retail banking")
    begun(kestrel, "Cards")
    html = look(consultant, workspace)
    assert "Two assessments, one with a result" in html
    assert "DataOps is the bottleneck" in html
    assert "Named DevOps" in html
    assert "Result ready" in html
    assert "Not begun" in html
    assert "No result yet" in html
    assert "2 of 2, newest first" in html
    assert re.search(r"<title>DevOps: [^<]*gate: open\. DataOps: ", html)


@pytest.mark.parametrize(
    ("like", "shown", "named"),
    [
        ("harrow-pumps", "DevOps is the bottleneck", "Named it too"),
        ("lumo", "DevOps, nearly open", "Named MLOps"),
        ("land-records", "Cannot be judged yet", "questions to take home"),
    ],
)
def test_every_kind_of_finding_has_its_words(
    consultant: Browser, workspace: Workspace, like: str, shown: str, named: str
) -> None:
    mode = "quick" if like == "land-records" else "full"
    finished(ClientFactory(workspace=workspace), like=like, mode=mode)
    html = look(consultant, workspace)
    assert shown in html
    assert named in html


def test_another_workspace_is_not_in_it(consultant: Browser, workspace: Workspace, sign_in: SignIn) -> None:
    other = WorkspaceFactory()
    finished(ClientFactory(workspace=other, name="Somebody else"))
    assert "Somebody else" not in look(consultant, workspace)
    assert consultant.get(at("desk", other)).status_code == 404
    assert "Somebody else" in look(sign_in("viewer", other), other)


def test_it_follows_an_answer_that_changes(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel)
    assert "DataOps is the bottleneck" in look(consultant, workspace)
    for question in ("dv_ci", "dv_cd", "dv_env", "dv_obs"):
        record_answer(assessment=made, question=question, value=0)
    assert "DevOps is the bottleneck" in look(consultant, workspace)


def test_a_digest_of_other_rules_or_answers_is_never_shown(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel)
    look(consultant, workspace)
    for wrong in ({"stamp": "other rules"}, {"version": made.version + 1}):
        Digest.objects.update(found="mlops", details={"kind": "gate"}, **wrong)
        assert "DataOps is the bottleneck" in look(consultant, workspace)
        assert Digest.objects.get().stamp == stamp()


def test_a_finished_one_opens_with_its_result_and_another_with_its_questions(
    consultant: Browser, workspace: Workspace, kestrel: Client, sign_in: SignIn
) -> None:
    done, open_ = finished(kestrel), begun(kestrel)
    html = look(consultant, workspace)
    assert f'href="/a/{done.public_id}/result/"' in html
    assert f'href="/a/{open_.public_id}/"' in html
    viewed = look(sign_in("viewer"), workspace)
    assert f'href="/a/{done.public_id}/result/"' in viewed
    assert f'href="/a/{open_.public_id}/"' not in viewed
    assert "New assessment" not in viewed


def test_one_with_the_client_shows_counts_and_nothing_else_by_any_way(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel, kept_by_client=True)
    html = look(consultant, workspace)
    assert "35 of 35" in html
    assert "With the client" in html
    assert "bottleneck</b>" not in html
    assert made.public_id not in re.sub(r"/desk/\S+", "", html)
    for query in ("?found=dataops", "?found=devops", "?state=ready", "?state=answering"):
        assert names(look(consultant, workspace, query)) == []
    digest = Digest.objects.get()
    assert digest.found == ""
    assert "floors" not in digest.details
    Digest.objects.update(found="dataops", complete=True)  # whatever the row holds
    assert names(look(consultant, workspace, "?found=dataops")) == []


def test_filters_find_just_what_they_say(consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    harrow = ClientFactory(workspace=workspace, name="Harrow Pumps")
    finished(kestrel, "Retail")
    finished(harrow, like="harrow-pumps")
    begun(kestrel, "Cards", mode="quick")
    begun(harrow, "Old", archived=timezone.now())
    begun(harrow, "Theirs", kept_by_client=True)
    found = {
        query: sorted(names(look(consultant, workspace, query)))
        for query in ("?found=dataops", "?found=devops", "?state=ready", "?state=answering", "?state=client", "?state=archived", "?type=quick", f"?client={harrow.public_id}", "?state=nonsense", "?found=none")
    }  # fmt: skip
    both = ["Harrow Pumps", "Kestrel Bank"]
    assert found == {
        "?found=dataops": ["Kestrel Bank"],
        "?found=devops": ["Harrow Pumps"],
        "?state=ready": both,
        "?state=answering": ["Kestrel Bank"],
        "?state=client": ["Harrow Pumps"],
        "?state=archived": ["Harrow Pumps"],
        "?type=quick": ["Kestrel Bank"],
        f"?client={harrow.public_id}": ["Harrow Pumps"] * 2,
        "?state=nonsense": [*["Harrow Pumps"] * 2, *["Kestrel Bank"] * 2],
        "?found=none": [],
    }


def test_it_sorts_on_the_server_both_ways(consultant: Browser, workspace: Workspace) -> None:
    now = timezone.now()
    for number, name in enumerate(("beta", "Alpha", "Gamma")):
        client = ClientFactory(workspace=workspace, name=name)
        made = finished(client) if name == "Alpha" else begun(client)
        Assessment.objects.filter(pk=made.pk).update(touched=now - timedelta(days=number))
    assert names(look(consultant, workspace)) == ["beta", "Alpha", "Gamma"]
    assert names(look(consultant, workspace, "?sort=updated")) == ["Gamma", "Alpha", "beta"]
    assert names(look(consultant, workspace, "?sort=client")) == ["Alpha", "beta", "Gamma"]
    assert names(look(consultant, workspace, "?sort=-client")) == ["Gamma", "beta", "Alpha"]
    assert names(look(consultant, workspace, "?sort=-answered"))[0] == "Alpha"
    assert names(look(consultant, workspace, "?sort=answered"))[-1] == "Alpha"
    assert 'aria-sort="ascending"' in look(consultant, workspace, "?sort=client")


def test_fifty_stand_on_a_page_and_links_lead_on(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    for number in range(75):
        begun(kestrel, f"Unit {number}")
    first = look(consultant, workspace, "?q=unit&sort=client")
    assert len(names(first)) == 50
    assert "Page 1 of 2" in first
    assert "?q=unit&amp;sort=client&amp;page=2" in first
    last = look(consultant, workspace, "?q=unit&sort=client&page=2")
    assert len(names(last)) == 25
    assert len(names(look(consultant, workspace, "?page=99"))) == 25
    assert len(names(look(consultant, workspace, "?page=x"))) == 50


def test_what_is_not_looked_at_yet_is_said_to_be_missing(
    consultant: Browser, workspace: Workspace, kestrel: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 10)
    for number in range(15):
        begun(kestrel, f"Unit {number}")
    assert "5 assessments have changed since" in look(consultant, workspace, "?state=answering")
    assert "have changed since" not in look(consultant, workspace, "?state=answering")


def test_htmx_gets_the_list_alone_and_the_address(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    begun(kestrel)
    response = consultant.get(at("desk", workspace) + "?q=kes&state=&page=", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response["HX-Push-Url"] == at("desk", workspace) + "?q=kes"
    assert "<html" not in html
    assert 'id="list"' in html
    assert 'hx-swap-oob="innerHTML:#said"' in html


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kestrel", True),
        ("BANK kes", True),
        ("retail kestrel", True),
        ("öster", True),
        ("ÖSTERREICH", True),
        ("%", False),
        ("_", False),
        ("k%l", False),
        ("\\", False),
        ("kestrel pumps", False),
        ("' OR 1=1 --", False),
    ],
)
def test_words_are_searched_for_as_they_are(
    consultant: Browser, workspace: Workspace, typed: str, found: bool
) -> None:
    begun(ClientFactory(workspace=workspace, name="Kestrel Bank Österreich"), "Retail")
    response = consultant.get(at("desk", workspace), {"q": typed})
    assert bool(names(response.content.decode())) is found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
@example("100 %_\\")
@example("\0")
@example("İ ß ﬁ")
def test_no_word_breaks_the_search_and_a_name_finds_itself(kestrel: Client, text: str) -> None:
    name = " ".join(text.replace("\0", "").split())
    made = begun(kestrel, name)
    asked = Asked.of(QueryDict(urlencode({"q": text})))
    here = Assessment.objects.filter(pk=made.pk)
    assert matching(here, asked).exists()
    assert not matching(here, Asked(q=f"\N{SNOWMAN}\N{SNOWMAN} {name}")).exists() or "\N{SNOWMAN}" in name


def test_an_empty_desk_teaches_and_nothing_found_says_why(
    consultant: Browser, workspace: Workspace, kestrel: Client, sign_in: SignIn
) -> None:
    empty = look(consultant, workspace)
    assert "No assessment on the desk" in empty
    assert "Or the client answers alone" in empty
    assert "New assessment" in empty
    assert "Nobody in this workspace" in look(sign_in("viewer"), workspace)
    begun(kestrel, archived=timezone.now())
    assert "Everything here is archived" in look(consultant, workspace)
    begun(kestrel)
    assert "Nothing fits" in look(consultant, workspace, "?q=nobody")


def test_an_archived_client_takes_its_assessments_along(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    begun(kestrel)
    Client.objects.update(archived=timezone.now())
    assert names(look(consultant, workspace)) == []
    assert names(look(consultant, workspace, "?state=archived")) == ["Kestrel Bank"]


def test_an_edition_that_was_taken_away_breaks_nothing(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel)
    Assessment.objects.filter(pk=made.pk).update(edition="1999.1")
    assert names(look(consultant, workspace)) == ["Kestrel Bank"]


def test_drafts_count_as_no_answer(consultant: Browser, workspace: Workspace, kestrel: Client) -> None:
    made = finished(kestrel)
    Answer.objects.filter(assessment=made, question="dv_ci").update(value=None, draft={"note": "Ask Ann"})
    assert "34 of 35" in look(consultant, workspace)
