"""What a fault is: how it is injected, what is promised of it, and what was seen."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

PASSWORD = "a quiet river under stars"
"""Of the consultant in every place, ana@example.com."""


class NotHereError(Exception):
    """This fault cannot be injected here; the words say why, and what would be needed."""


@dataclass(frozen=True, slots=True)
class Where:
    """On what faults are injected: "sqlite" or "postgres", and how often something is killed."""

    db: str
    kills: int = 20


@dataclass(slots=True, kw_only=True)
class Seen:
    """What came of one fault. ``acknowledged`` things were promised to people, ``lost`` ones are not stored all the same."""

    injected: str
    acknowledged: int | None = None
    stored: int | None = None
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """What else was not as it is promised."""
    remarks: list[str] = field(default_factory=list)

    def expect(self, kept: bool, otherwise: str) -> None:
        """Note what is wrong unless a promise is kept."""
        if not kept:
            self.broken.append(otherwise)

    @property
    def kept(self) -> bool:
        return not self.lost and not self.broken


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of docs/faults.md, in code."""

    id: str
    name: str
    inject: Callable[[Where], Seen]


FAULTS: list[Fault] = []
"""Every fault that is injected here; the others are proved by tests, see ``proved``."""


def fault(number: str, name: str) -> Callable[[Callable[[Where], Seen]], Callable[[Where], Seen]]:
    """Put an injection on the list."""

    def noted(inject: Callable[[Where], Seen]) -> Callable[[Where], Seen]:
        FAULTS.append(Fault(number, name, inject))
        return inject

    return noted


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
