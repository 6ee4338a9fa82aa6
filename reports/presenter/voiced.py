"""What is known of several people who answered, for those who print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The answers to one question: ``word`` says how far they lie apart, ``says`` from where to where."""

    range: tuple[int, int] | None
    """The lowest and the highest answer that somebody gave, by its place in the row of answers; None where too few did."""
    word: str
    says: str
    far: bool
    agreed: bool = False
    dissent: str = ""
    """What remained open when one answer was agreed, as typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Those who answered: whether alone or in a room, how many, when they were counted, and what they said by question."""

    way: Literal["alone", "room"] = "alone"
    people: int
    alone: int = 0
    """How many had answered alone what no room voted on, where the rest was voted on in a room."""
    day: date
    by_question: Mapping[str, Voice]
