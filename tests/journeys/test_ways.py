"""The journeys keep their promise: each is made in every way, and few are about scripts alone."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.journeys.person import WAYS, Person

IN_EVERY_WAY = {"test_answering.py", "test_main_job.py", "test_several.py", "test_sharing.py"}
MOST = 10


@pytest.fixture
def journeys(request: pytest.FixtureRequest) -> list[pytest.Function]:
    here = Path(__file__).parent
    collected = [each for each in request.session.items if isinstance(each, pytest.Function)]
    return [each for each in collected if each.path.parent == here]


def way_of(journey: pytest.Function) -> type[Person] | None:
    values = journey.callspec.params.values() if hasattr(journey, "callspec") else ()
    return next((each for each in values if each in WAYS), None)


def test_few_journeys_are_about_scripts_alone(journeys: list[pytest.Function]) -> None:
    about = {
        f"{each.path.name}::{each.originalname}" for each in journeys if each.get_closest_marker("scripts")
    }
    assert len(about) <= MOST, about


def test_every_other_journey_is_made_in_every_way(
    journeys: list[pytest.Function], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("-k") or any("::" in each for each in request.config.args):
        pytest.skip("only some journeys were asked for")
    ways = defaultdict(set)
    for each in journeys:
        if each.path.name in IN_EVERY_WAY and not each.get_closest_marker("scripts"):
            ways[each.path.name, each.originalname].add(way_of(each))
    missing = {journey: set(WAYS) - found for journey, found in ways.items() if set(WAYS) - found}
    assert not missing
