"""Every sentence of every report: complete, unbroken, and short enough where it matters."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.drawing import Svg
from advisor.engine import advise, stability
from advisor.engine.judgement import MONEY, adjusted
from advisor.engine.ownplan import SLOTS, Change, own_plan
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from reports.presenter import ReportPage, present
from reports.presenter.parts import Reached
from reports.presenter.summary import HEADLINE_LENGTH
from tests.reports.pages import page_of_case
from tests.situations import CASES, KINDS, PLAYBOOK, own_figures, situations

LEFTOVERS = re.compile(r"\b(None|nan|undefined|Paragraph)\b|Special\.|[{}_]|%\(|  | [,.;:]|\.\.|\(\)")
ONE_OF_MANY = re.compile(
    r"(?<![\d.,])(?<!\+ )1 (weeks|person-weeks|people|months|answers|questions|moves|roles)\b"
)
SCORES = re.compile(r"\b(score of|grade [A-F0-9]|\d+ points|out of 100|badge)\b", re.IGNORECASE)
WORDS_IN_A_LEAD = 22


def page_of(situation: Situation, playbook: Playbook = PLAYBOOK, **more: Any) -> ReportPage:
    advice = advise(playbook, situation)
    return present(
        playbook,
        situation,
        advice,
        stability(playbook, situation),
        title="Harrow Pumps",
        day=date(2026, 11, 12),
        **more,
    )


def printed(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text that a template could print, with where it stands."""
    if isinstance(part, Svg):
        return
    if isinstance(part, Reached):
        yield path, f"{part.before}{part.figure}{part.after}"
    elif isinstance(part, str):
        yield path, part
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            if field.name not in CODES:
                yield from printed(getattr(part, field.name), f"{path}.{field.name}")
    elif isinstance(part, tuple):
        for place, each in enumerate(part):
            yield from printed(each, f"{path}[{place}]")


CODES = {
    "id", "question", "capability", "code", "anchor", "href", "hue", "kind", "mode", "state", "effective", "gate",
    "severity", "band", "level", "rule", "url", "edition", "query",
}  # fmt: skip
"""Fields for programs and style sheets, never printed as words. ``edition`` is a number."""


def check(page: ReportPage) -> None:
    assert 0 < len(page.headline) <= HEADLINE_LENGTH, page.headline
    for sentence in page.lead:
        assert len(sentence.split()) <= WORDS_IN_A_LEAD, sentence
    for path, text in printed(page):
        assert not LEFTOVERS.search(text), f"{path}: {text}"
        assert not ONE_OF_MANY.search(text), f"{path}: {text}"
        assert text == text.strip(), f"{path}: {text!r}"
        if not path.startswith(".method"):
            assert not SCORES.search(text), f"{path}: {text}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_report_of_each_case_reads_well(case: dict[str, Any]) -> None:
    check(page_of_case(case["id"]))


@given(situations())
@settings(max_examples=60)
def test_any_report_reads_well(situation: Situation) -> None:
    check(page_of(situation))


@given(situations(), own_figures(), st.data())
@settings(max_examples=60)
def test_any_report_with_figures_and_plans_of_ones_own_reads_well(
    situation: Situation, own: dict[str, Any], data: st.DataObject
) -> None:
    edition = adjusted(PLAYBOOK, own)
    codes = [each.move.code for each in own_plan(edition, situation, advise(edition, situation), {}).items]
    slots = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(SLOTS))) if codes else {}
    changes = {
        code: Change(slot=slot, owner="Ana", note="Soon.", risk="Bought.") for code, slot in slots.items()
    }
    money = {name: own[name] for name in MONEY if name in own}
    situation = replace(situation, **money)
    check(page_of(situation, playbook=edition, edition=PLAYBOOK, own=own, changes=changes))


def test_a_report_on_nothing_at_all_reads_well() -> None:
    check(page_of(Situation(mode="full")))
    check(page_of(Situation(mode="quick")))


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_averages_have_one_decimal_and_stand_by_the_gates_only(case: dict[str, Any]) -> None:
    for path, text in printed(page_of_case(case["id"])):
        if (
            re.search(r"\baverage\b", text)
            and not path.startswith((".method", ".gates", ".house"))
            and "whys" not in path
            and not path.endswith(".risk")  # where the word is the playbook's own: averages hide segments
        ):
            assert path.startswith(
                (
                    ".deciding",
                    ".agreement",
                    ".lead",
                    ".messages",
                    ".budget",
                    ".levels",
                    ".moves",
                    ".roadmap",
                )
            ), path
        for mean in re.findall(r"average (?:is|of the known levels is) ([\d.]+)", text):
            assert re.fullmatch(r"\d\.\d\.?", mean), text
