"""The editions of the playbook, each read once a process."""

from functools import cache

from advisor import loader
from advisor.engine.playbook import Playbook


@cache
def edition(name: str) -> Playbook:
    """An edition by its name. Raises LookupError for one that does not exist."""
    return loader.edition(name)


def current() -> Playbook:
    """The newest edition: the one a new assessment is given under."""
    return edition(_newest())


@cache
def _newest() -> str:
    return loader.editions()[-1]
