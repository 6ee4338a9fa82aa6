"""Every statement of an advice says why: the rule, the answers it used, the sources."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given

from advisor.engine import advice as advice_module
from advisor.engine import advise, stability, whatif
from advisor.engine.advice import Reason, Statement
from advisor.engine.rules import RULES
from advisor.engine.situation import Situation, read_situation
from tests.situations import CASES, PLAYBOOK, situations

WITHOUT_ANSWERS = {"R-APP-1", "R-LANE-1", "R-CONF-1", "R-GATE-5", "R-ORD-5", "R-ORD-6", "R-ORD-7"}
"""Rules that apply to everybody, or that look at what is not there."""


def _statements(value: Any) -> Iterator[Statement]:
    if isinstance(value, Statement):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _statements(getattr(value, each.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _statements(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _statements(each)


def _assert_explained(statement: Statement) -> None:
    assert statement.reasons, statement
    for reason in statement.reasons:
        assert isinstance(reason, Reason)
        assert reason.rule in PLAYBOOK.rule
        assert reason.sources, statement
        assert set(reason.sources) <= set(PLAYBOOK.source)
        assert reason.answers or reason.rule in WITHOUT_ANSWERS, statement
        known = {*PLAYBOOK.capability, *PLAYBOOK.signal, *PLAYBOOK.question}
        assert {used.question for used in reason.answers} <= known


@pytest.mark.parametrize("case", CASES[:60], ids=lambda case: case["id"])
def test_every_statement_about_a_case_is_explained(case: dict[str, Any]) -> None:
    situation = read_situation(PLAYBOOK, case)
    found = list(_statements(advise(PLAYBOOK, situation)))
    assert len(found) > 20
    for statement in found:
        _assert_explained(statement)


@given(situations())
def test_every_statement_about_any_situation_is_explained(situation: Situation) -> None:
    for result in (
        advise(PLAYBOOK, situation),
        stability(PLAYBOOK, situation),
        whatif(PLAYBOOK, situation, {"dv_ci": 2}),
    ):
        for statement in _statements(result):
            _assert_explained(statement)


def test_a_reason_quotes_the_answers_as_they_were_given() -> None:
    situation = read_situation(PLAYBOOK, CASES[0])
    for statement in _statements(advise(PLAYBOOK, situation)):
        for reason in statement.reasons:
            for used in reason.answers:
                assert used.answer == situation.given(used.question)


def test_the_playbook_has_words_for_exactly_the_rules_of_the_engine() -> None:
    assert [each.id for each in PLAYBOOK.rules] == list(RULES)


def test_only_statements_and_their_plain_parts_are_in_the_advice() -> None:
    plain = {"Raise", "Advice", "Statement"}
    for name, each in vars(advice_module).items():
        if is_dataclass(each) and each.__module__ == advice_module.__name__ and name not in plain:
            assert issubclass(each, Statement), name
