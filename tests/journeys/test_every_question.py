"""Each question of the full assessment, looked at closely on the way through: markup, both themes, mistakes."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.playbooks import current
from assessments.questions import Asked, asked
from tests.journeys.inspection import broken_in_any_theme, flaws_in_markup
from tests.journeys.person import Person, Visit

TITLE = re.compile(r"^(Error: )?(?P<question>.+) – Question (?P<number>\d+) of (about )?\d+ – Groundwork$")

WHOLE_PATH = {"c_models": "1"}
"""Whoever has no models is asked less."""


@dataclass
class Findings:
    """What was found wrong, by the page it was found on."""

    found: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, where: str, what: object) -> None:
        if what:
            self.found.setdefault(where, []).append(what)


@pytest.mark.look
@pytest.mark.long
def test_every_question_and_its_mistakes(visit: Visit) -> None:
    person, findings, kinds = Person.at(visit), Findings(), set()
    inspect(person, "landing", findings)
    person.press("Start the full assessment")
    person.arrives("What are your answers about?")
    inspect(person, "scope", findings)
    person.press("Continue")
    expect(person.page.get_by_role("alert")).to_be_focused()
    inspect(person, "scope with a mistake", findings)
    person.fill(re.compile("What are your answers about"), "The service portal")
    person.go_on()
    inspect(person, "keep", findings)
    person.press("Go on", exact=True)
    person.page.wait_for_url("**/q/**")
    numbers = []
    while "/q/" in person.page.url:
        question = question_of(person)
        numbers.append(inspect_question(person, question, findings))
        kind = question.kind, question.allow_na, question.allow_none
        if kind not in kinds:
            kinds.add(kind)
            inspect_mistakes(person, question, findings)
        give_first(person, question)
        person.go_on()
    person.arrives("Check your answers before you see the result")
    inspect(person, "review", findings)
    assert not findings.found
    assert numbers == list(range(1, 36)), "each counts one further"
    assert {kind for kind, _, _ in kinds} == {"choice", "many", "number"}


def question_of(person: Person) -> Asked:
    question = asked(current(), person.page.url.rstrip("/").rpartition("/")[2])
    assert question is not None
    return question


def inspect(person: Person, where: str, findings: Findings) -> None:
    findings.add(where, flaws_in_markup(person.page))
    findings.add(where, broken_in_any_theme(person.page))


def inspect_question(person: Person, question: Asked, findings: Findings) -> int:
    """A question as it is met for the first time; returns its number."""
    page = person.page
    inspect(person, question.id, findings)
    title = TITLE.match(page.title())
    assert title is not None, page.title()
    findings.add(question.id, title["question"] != question.question and page.title())
    if not page.locator("fieldset > legend > h1").count():
        findings.add(question.id, "the heading is not in the legend")
    if page.get_by_role("group", name=question.question).count() != 1:
        findings.add(question.id, "the question does not name the group")
    findings.add(question.id, page.locator("main :checked").count() and "something is chosen already")
    findings.add(question.id, offered_badly(person, question))
    return int(title["number"])


def offered_badly(person: Person, question: Asked) -> list[str]:
    """The lines that are not offered under their title, exactly once, and how many lines there are too many."""
    page = person.page
    role = "radio" if question.kind == "choice" else "checkbox"
    titles = [choice.title for choice in question.choices]
    titles += ["I don’t know"] * question.allow_unknown + ["Does not apply to us"] * question.allow_na
    titles += ["None of these"] * question.allow_none
    bad = [each for each in titles if page.get_by_role(role, name=each, exact=True).count() != 1]
    count = page.locator("fieldset").get_by_role(role).count()
    return [*bad, *([f"{count} lines"] if count != len(titles) else [])]


def inspect_mistakes(person: Person, question: Asked, findings: Findings) -> None:
    """The page with something to put right: nothing chosen, no reason given, too long a note."""
    page, where = person.page, f"{question.id} with a mistake"
    person.press("Continue")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    inspect(person, where, findings)
    message = summary.get_by_role("link").inner_text()
    expect(page.locator(".field-error", has_text=message)).to_have_count(1)
    summary.get_by_role("link").click()
    expect(page.locator("fieldset input:focus")).to_have_count(1)
    if question.allow_na:
        person.choose("Does not apply to us")
    page.get_by_label("Note or evidence").fill("x" * 2001)
    person.press("Continue")
    expect(summary.get_by_role("link", name=re.compile("2,000 characters or less"))).to_be_visible()
    inspect(person, where, findings)
    page.get_by_label("Note or evidence").fill("")


def give_first(person: Person, question: Asked) -> None:
    if question.kind == "number":
        person.fill(person.page.locator("#number"), "2")
        return
    lines = person.page.locator("fieldset .card input")
    person.choose(
        person.page.locator(f"#answer-{WHOLE_PATH[question.id]}")
        if question.id in WHOLE_PATH
        else lines.first
    )
