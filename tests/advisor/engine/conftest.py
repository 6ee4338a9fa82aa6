"""The shipped edition, read once, for every test of the engine."""

import pytest

from advisor import loader
from advisor.engine.playbook import Playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return loader.edition("2026.1")
