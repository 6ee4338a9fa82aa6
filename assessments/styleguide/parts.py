"""What a sheet consists of: components, each in its states."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component in one state: its template, and what it is given."""

    state: str
    template: str
    given: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the pages, with one line about its use. ``partial`` is empty where plain markup with a class will do."""

    id: str
    name: str
    rule: str
    partial: str
    specimens: tuple[Specimen, ...]
    wide: bool


FRAMED = {
    "styleguide/_cards.html": "components/card.html",
    "styleguide/_confirm.html": "components/confirm.html",
}
"""Partials that need something around them to be looked at."""


def component(
    name: str, rule: str, template: str, *states: tuple[str, Mapping[str, object]], wide: bool = False
) -> Component:
    """A component whose states all use one template; the ``wide`` ones stand below each other."""
    partial = FRAMED.get(template, template if template.startswith("components/") else "")
    specimens = tuple(Specimen(state, template, given) for state, given in states)
    return Component(name.lower().replace(" ", "-"), name, rule, partial, specimens, wide)
