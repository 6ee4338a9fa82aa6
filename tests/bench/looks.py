"""Looks at the desk of a large workspace, a page in its turn, and prints how long the server took for each look.

A process of its own, ``python -m tests.bench.looks``: its environment names the settings and a folder for its data.
"""

import json
import sys
from random import Random

from django.core.management import call_command

from advisor.wsgi import application  # sets Django up, so it comes before everything that has rows
from assessments.digests import AT_ONCE, bring_up_to_date
from assessments.models import Assessment, Client, Membership, Workspace
from assessments.statements import touch
from tests.bench.browser import Browser
from tests.bench.population import populate
from tests.bench.walks import SECRET, expect

CLIENTS, ASSESSMENTS = 500, 5_000
LOOKS = 40
WARM_UP = 3
CHANGED = 5
"""So many assessments have new answers between two looks."""

PAGES = {
    "the list": "",
    "the list, page 80": "?page=80",
    "a search for two words": "?q=client+ban",
    "those with one bottleneck": "?found=dataops&state=ready",
    "sorted by what is answered": "?sort=-answered",
    "all clients": "clients/",
    "the portfolio": "portfolio/",
}


def main() -> None:
    """Fill the database, and look."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    populate(ASSESSMENTS)
    workspace = furnish()
    browser = signed_in(workspace)
    while bring_up_to_date(Assessment.objects.all(), most=500):
        pass
    for _ in range(WARM_UP):
        look(browser, workspace)
    times: dict[str, list[float]] = {}
    for _ in range(LOOKS):
        for name, taken in look(browser, workspace).items():
            times.setdefault(name, []).append(taken)
    json.dump(times, sys.stdout)


def furnish() -> Workspace:
    """A workspace whose clients share all assessments."""
    dice = Random(2)
    workspace = Workspace.objects.create(name="Keller Consulting")
    kinds = ("Bank", "Pumps", "Logistics", "Insurance", "Retail")
    clients = Client.objects.bulk_create(
        Client(workspace=workspace, name=f"Client {number} {dice.choice(kinds)}") for number in range(CLIENTS)
    )
    rows = list(Assessment.objects.all())
    for row in rows:
        row.client, row.unit = dice.choice(clients), f"Unit {dice.randrange(4)}"
        row.kept_by_client = dice.random() < 0.1
    Assessment.objects.bulk_update(rows, ["client", "unit", "kept_by_client"], batch_size=500)
    return workspace


def signed_in(workspace: Workspace) -> Browser:
    """The browser of a consultant, by the sign-in form's own means."""
    from django.contrib.auth import get_user_model
    from django.test import Client as Visitor

    user = get_user_model().objects.create(email="ana@keller.example", name="Ana Keller")
    Membership.objects.create(workspace=workspace, user=user, role="consultant")
    visitor = Visitor()
    visitor.force_login(user)
    browser = Browser(application)
    browser.cookies = {name: each.value for name, each in visitor.cookies.items()}
    return browser


def look(browser: Browser, workspace: Workspace) -> dict[str, float]:
    """Seconds for each page, each as it is when some answers have changed since; and for the bare view."""
    bare = Browser(application)
    bare.cookies["csrf"] = SECRET
    taken = {"bare": expect(bare.get("/bare/"), 200).seconds}
    home = f"/desk/{workspace.public_id}/"
    for name, page in PAGES.items():
        taken[name] = expect(browser.get(f"{home}{page}"), 200).seconds
    for row in Assessment.objects.order_by("?")[:CHANGED]:
        touch(row, row.touched)
    taken[f"the list, {CHANGED} with new answers"] = expect(browser.get(home), 200).seconds
    for row in Assessment.objects.order_by("?")[:AT_ONCE]:
        touch(row, row.touched)
    taken[f"the list, {AT_ONCE} with new answers"] = expect(browser.get(home), 200).seconds
    return taken


if __name__ == "__main__":
    main()
