"""A consultant asks several people; each answers alone; where they differ, one answer is agreed."""

import re

from playwright.sync_api import expect

from assessments.models import Assessment, Membership
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.journeys.person import Person
from tests.journeys.test_sharing import ana, go

__all__ = ["ana", "desk", "of_client", "owner"]


def test_three_people_answer_alone_and_one_answer_is_agreed(
    ana: Person, owner: Membership, of_client: Assessment
) -> None:
    go(ana, f"/desk/{owner.workspace.public_id}/a/{of_client.public_id}/")
    ana.press("Ask several people, or see how far they are")
    ana.arrives("Ask several people")
    ana.press("Make the link")
    ana.arrives("Several people are answering")
    link = re.sub(
        "^https?://[^/]+", "", ana.page.get_by_label("The link for everybody you ask").input_value()
    )

    for level in (0, 0, 3):
        one = ana.elsewhere(link)
        one.arrives("How do you see it?")
        one.press("Begin")
        expect(one.page.get_by_role("alert")).to_contain_text("Select what you do")
        one.choose("Software developer")
        one.press("Begin")
        one.arrives("Tallis Software")
        one.press("Go on with the next open question")
        one.choose(one.page.locator(f"#answer-{level}"))
        one.press("Continue")
        expect(one.page).to_have_url(re.compile("/q/dv_cd/"))

    go(ana, f"/a/{of_client.public_id}/several/")
    expect(ana.page.locator("main")).to_contain_text("0 of 3 people have answered everything.")
    ana.press("Count, and see where they differ")
    ana.arrives("People are far apart on one question")
    ana.press("Settle the first one")
    ana.arrives("Split into two camps")
    ana.choose(ana.page.locator("#answer-1"))
    ana.fill("What remains open? It is printed in the report (optional)", "How the other site works.")
    ana.press("Agree on this answer")
    ana.arrives("Too few people have answered")
    go(ana, f"/a/{of_client.public_id}/result/")
    expect(ana.page.locator("main")).to_contain_text("How the other site works.")
