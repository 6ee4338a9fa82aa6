"""Walks visitors through twenty questions, each wizard in its turn, and prints how long the server took for each step.

A process of its own, ``python -m tests.bench.walks``: its environment names the settings and a folder for its data.
"""

import json
import re
import sys
from collections.abc import Iterator

from django.core.management import call_command

from advisor.wsgi import application  # sets Django up, so it comes before everything that has rows
from assessments.questions import Asked
from tests.bench.browser import Answered, Browser
from tests.bench.population import populate
from tests.bench.questionnaire import answer_to, fields_of, note_on, twenty

ROUNDS = 15
WARM_UP = 2
SECRET = "0123456789abcdefghijklmnopqrstuv"
"""What a browser's cookie holds against foreign forms; as a field it is its own token."""

type Walk = Iterator[float]
type Fields = list[tuple[str, str]]


def main() -> None:
    """Fill the database, and walk."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    populate()
    for _ in range(WARM_UP):
        walk_in_turns()
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, taken in walk_in_turns().items():
            times.setdefault(name, []).extend(taken)
    json.dump(times, sys.stdout)


def walk_in_turns() -> dict[str, list[float]]:
    """Seconds for each step of each wizard: a step here and a step there, so that all see the same machine."""
    walks: dict[str, Walk] = {"bare": bare(), "ours": ours(), "named": named(), "formtools": formtools()}
    taken: dict[str, list[float]] = {name: [] for name in walks}
    for _ in twenty():
        for name, walk in walks.items():
            taken[name].append(next(walk))
    return taken


# --- One step after the other -----------------------------------------------------------------------------------------


def bare() -> Walk:
    """The view that does next to nothing: a row read and written, and read again."""
    browser = Browser(application, htmx=True)
    browser.cookies["csrf"] = SECRET
    for number, _ in enumerate(twenty()):
        sent = browser.post("/bare/", [("csrfmiddlewaretoken", SECRET), ("note", note_on(number))])
        shown = browser.get(expect(sent, 303).location)
        yield sent.seconds + expect(shown, 200).seconds


def ours() -> Walk:
    """Our wizard as htmx walks it. A page that the step before did not bring is fetched beside the clock."""
    browser, home = begin()
    shown, there = None, ""
    for number, question in enumerate(twenty()):
        here = f"{home}q/{question.id}/"
        page = shown if shown and there == here else browser.get(here)
        shown = sent = browser.post(here, [*page.hidden(), *fields_of(question, note_on(number))])
        seconds, there = sent.seconds, sent.location
        if sent.status == 303:
            shown = browser.get(there)
            seconds += shown.seconds
        expect(shown, 200)
        yield seconds


def begin() -> tuple[Browser, str]:
    """A browser with an assessment that was just begun, and where that is."""
    visitor = Browser(application)
    start = visitor.post("/start/", [*visitor.get("/").hidden(), ("mode", "full")])
    home = re.match("/a/[^/]+/", expect(start, 303).location)
    assert home, start.location
    browser = Browser(application, htmx=True)
    browser.cookies = visitor.cookies
    return browser, home[0]


def named() -> Walk:
    """django-formtools with an address for each step: an answer leads to the next one by a redirect."""
    browser, questions = Browser(application), twenty()
    shown = browser.get(f"/named/{questions[0].id}/")
    for number, question in enumerate(questions):
        sent = browser.post(f"/named/{question.id}/", [*shown.hidden(), *form_fields(question, number)])
        shown = browser.get(expect(sent, 302).location)
        yield sent.seconds + shown.seconds


def formtools() -> Walk:
    """django-formtools with one address: an answer is answered with the next form."""
    browser = Browser(application)
    shown = browser.get("/formtools/")
    for number, question in enumerate(twenty()):
        shown = browser.post("/formtools/", [*shown.hidden(), *form_fields(question, number)])
        yield expect(shown, 200).seconds


def form_fields(question: Asked, number: int) -> Fields:
    """What a browser sends from a form of django-formtools: its fields carry the name of the step."""
    answer = answer_to(question)
    answers = answer if isinstance(answer, list) else [answer]
    return [
        *((f"{question.id}-answer", str(each)) for each in answers),
        (f"{question.id}-note", note_on(number)),
    ]


def expect(answered: Answered, status: int) -> Answered:
    """The same; a walk that leaves its way measures nothing."""
    if answered.status != status:
        raise RuntimeError(f"{answered.status} instead of {status}: {answered.text[:500]}")
    return answered


if __name__ == "__main__":
    main()
