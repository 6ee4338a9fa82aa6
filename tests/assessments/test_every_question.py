"""Each question of each shipped edition makes a sound page: a lint of content and template together."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.test import Client

from advisor import loader
from advisor.engine.asking import path
from advisor.engine.playbook import Playbook
from advisor.engine.situation import MODES, Situation
from assessments.playbooks import edition
from assessments.questions import asked
from tests.assessments.conftest import Open
from tests.factories import AnswerFactory, AssessmentFactory

VOID = {"input", "meta", "link", "br", "img", "path", "rect"}


@dataclass
class Sheet(HTMLParser):
    """What a screen reader would make of a page: ids, labels, fields and headings."""

    ids: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    fields: list[dict[str, str]] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    headings_in_legend: int = 0
    headings: int = 0
    open: list[str] = field(default_factory=list)
    _label: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.references.update(found.get(name, "").split())
        if tag == "label":
            self._label = found["for"]
            self.labels.setdefault(self._label, "")
        if tag in {"input", "textarea"} and found.get("type") != "hidden":
            self.fields.append(found)
        if tag == "h1":
            self.headings += 1
            self.headings_in_legend += "legend" in self.open
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label = ""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._label:
            self.labels[self._label] += data.strip()


def all_questions() -> list[tuple[str, str]]:
    names = loader.editions()
    return [
        (name, question.id)
        for name in names
        for part in (edition(name).context, edition(name).capabilities, edition(name).signals)
        for question in part
    ]


@pytest.mark.parametrize(("name", "question"), all_questions())
def test_labels_names_and_headings(name: str, question: str, browser_of: Open) -> None:
    assessment = AssessmentFactory(edition=name)
    models = "0" if question == "c_ml_plans" else "2_5"
    AnswerFactory(assessment=assessment, question="c_models", value=models)
    visitor: Client = browser_of(assessment)
    sheet = Sheet()
    sheet.feed(visitor.get(f"/a/{assessment.public_id}/q/{question}/").content.decode())

    assert len(sheet.ids) == len(set(sheet.ids)), "every id stands once"
    assert set(sheet.labels) <= set(sheet.ids), "every label has its field"
    assert sheet.references <= set(sheet.ids), "every description is there"
    assert sheet.headings == sheet.headings_in_legend == 1

    found = asked(edition(name), question)
    assert found is not None
    answers = [each for each in sheet.fields if each.get("name") == "answer"]
    titles = [sheet.labels[each["id"]] for each in answers]
    expected = [choice.title for choice in found.choices]
    expected += ["None of these"] * found.allow_none + ["I don’t know"] * found.allow_unknown
    expected += ["Does not apply to us"] * found.allow_na
    assert titles == expected, "the accessible name of an option is its title, once"
    assert not any("aria-label" in each or "role" in each for each in sheet.fields)
    assert all(each.get("id") in sheet.labels for each in sheet.fields), "every field has a label"


@pytest.mark.parametrize("name", loader.editions())
@pytest.mark.parametrize("mode", MODES)
def test_the_first_questions_need_no_thought(name: str, mode: str) -> None:
    """A slow start would cost more people than anything later."""
    playbook = edition(name)
    first = path(playbook, Situation(mode=mode))[:3]  # type: ignore[arg-type]
    assert all(each in playbook.question for each in first)


@pytest.mark.parametrize("name", loader.editions())
def test_conditions_refer_to_earlier_questions_only(name: str) -> None:
    playbook: Playbook = edition(name)
    earlier: set[str] = set()
    for question in playbook.context:
        assert set(question.only_if or {}) <= earlier
        earlier.add(question.id)


@pytest.mark.parametrize(("name", "question"), all_questions())
def test_hints_hold_no_markup(name: str, question: str) -> None:
    found = asked(edition(name), question)
    assert found is not None
    for text in (
        found.question,
        found.hint,
        found.why,
        *found.counts,
        *(each.title for each in found.choices),
    ):
        assert "<" not in text
        assert "http" not in text
    assert not found.error_noun.endswith(".")
