"""The acceptance cases: for each situation the outcome that the rules must give, field by field."""

from typing import Any

import pytest

from advisor.engine import advise
from advisor.engine.playbook import Playbook
from advisor.engine.result import summary
from advisor.engine.situation import read_situation
from tests.situations import CASES

SEVERITIES = ["critical", "high", "medium"]


def _comparable(field: str, value: Any) -> Any:
    """Pitfalls are ordered by severity; their order inside one severity does not matter."""
    if field != "pitfalls":
        return value
    assert [each["severity"] for each in value] == sorted(
        (each["severity"] for each in value), key=SEVERITIES.index
    )
    return sorted(value, key=lambda each: (SEVERITIES.index(each["severity"]), each["id"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_outcome_of_each_case_is_the_one_expected(playbook: Playbook, case: dict[str, Any]) -> None:
    result = summary(advise(playbook, read_situation(playbook, case)))
    found = {field: _comparable(field, result[field]) for field in case["expected"]}
    assert found == {field: _comparable(field, value) for field, value in case["expected"].items()}
