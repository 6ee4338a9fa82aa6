"""How far the answers of several people to one question lie apart, in a word and in figures.

An answer is a place in an ordered row of choices, from 0: a level, or one of a symptom's options. What somebody does not
know takes no place in the row and is counted beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

type Word = Literal["few", "agreed", "apart", "split", "close", "spread"]
"""From "everybody within one step" to "all over the place"; "few" where votes would name those who cast them."""

FEWEST = 3
"""So few votes at least, or no distribution is shown."""
FEWEST_OF_A_ROLE = 5
"""The same for the votes of one role."""
FEWEST_HIDDEN = 2
"""So many are hidden among the others, or nobody is: one who is left over could be worked out."""

OTHERS = ""
"""The roles that too few people have, taken together."""

EVERY, HALF, QUARTER = 0.9, 0.5, 0.25
FAR = 2
"""So many steps apart, two votes disagree."""


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people chose each place of the row, and how many gave no place. Levels have five places, 0 to 4."""

    counts: tuple[int, ...]
    unknown: int = 0
    left_out: int = 0
    """For whom the question does not apply."""

    @property
    def placed(self) -> int:
        """How many chose a place."""
        return sum(self.counts)

    @property
    def people(self) -> int:
        """How many answered in any way."""
        return self.placed + self.unknown + self.left_out

    @property
    def places(self) -> tuple[int, ...]:
        """The places that somebody chose."""
        return tuple(place for place, count in enumerate(self.counts) if count)

    @property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest place that somebody chose; None for too few votes."""
        return (self.places[0], self.places[-1]) if self.placed >= FEWEST else None

    @property
    def unanimous(self) -> bool:
        """Whether everybody chose the same place, and there are enough of them."""
        return self.placed >= FEWEST and self.placed == self.people and len(self.places) == 1

    @property
    def lower_median(self) -> int | None:
        """The place that at most half of the votes lie below. None without any."""
        half, below = (self.placed + 1) // 2, 0
        for place, count in enumerate(self.counts):
            below += count
            if count and below >= half:
                return place
        return None

    @property
    def near(self) -> int:
        """How many lie within one step of the lower median."""
        middle = self.lower_median or 0
        return sum(count for place, count in enumerate(self.counts) if abs(place - middle) < FAR)

    @property
    def word(self) -> Word:
        """How far the votes lie apart, the first that fits. The unknown count for nothing here."""
        if self.placed < FEWEST:
            return "few"
        if self.places[-1] - self.places[0] < FAR:
            return "agreed"
        if self._one_stands_apart():
            return "apart"
        if self._is_split():
            return "split"
        return "close" if self._is_close() else "spread"

    def _one_stands_apart(self) -> bool:
        for place in self.places:
            rest = [each for each in self.places if each != place]
            alone = self.counts[place] == 1 and all(abs(place - each) >= FAR for each in rest)
            if self.placed > FEWEST and alone and rest[-1] - rest[0] < FAR:
                return True
        return False

    def _is_split(self) -> bool:
        low, high = self.counts[0], self.counts[-1]
        if min(low, high) >= 2 and low + high >= HALF * self.placed:
            return True
        camps = [place for place in self.places if self.counts[place] >= QUARTER * self.placed]
        return any(
            other - one >= FAR
            and sum(self.counts[one + 1 : other]) < min(self.counts[one], self.counts[other])
            for one in camps
            for other in camps
        )

    def _is_close(self) -> bool:
        middle = self.lower_median or 0
        return self.near >= EVERY * self.placed and all(abs(each - middle) <= FAR for each in self.places)

    @property
    def consensus(self) -> float:
        """From 0, two equal camps at both ends, to 1, all votes the same. For sorting only: one outlier moves it too far.

        Source: Tastle and Wierman, Consensus and dissention: a measure of ordinal dispersion (2007). Raises ValueError
        without a vote.
        """
        if not self.placed:
            raise ValueError("there is no vote")
        shares = [count / self.placed for count in self.counts]
        middle = sum(place * share for place, share in enumerate(shares))
        width = len(self.counts) - 1
        return 1 + sum(
            share * log2(1 - abs(place - middle) / width) for place, share in enumerate(shares) if share
        )


def added(several: Sequence[Votes]) -> Votes:
    """All of them together. Raises ValueError without any."""
    if not several:
        raise ValueError("there are no votes to add")
    counts = tuple(map(sum, zip(*(each.counts for each in several), strict=True)))
    return Votes(counts, sum(each.unknown for each in several), sum(each.left_out for each in several))


def by_role(votes: Mapping[str, Votes]) -> dict[str, Votes]:
    """The votes of each role that enough people have, the others together under ``OTHERS``; empty for too few in all.

    Those who told no role come under ``OTHERS`` and are never a role of their own.
    Nobody is left over alone: where one would be, the smallest role that is shown goes to the others too.
    """
    shown = {role: each for role, each in votes.items() if role != OTHERS and each.people >= FEWEST_OF_A_ROLE}
    hidden = [each for role, each in votes.items() if role not in shown and each.people]
    while shown and hidden and sum(each.people for each in hidden) < FEWEST_HIDDEN:
        hidden.append(shown.pop(min(shown, key=lambda role: shown[role].people)))
    if not shown:
        return {}
    return shown | ({OTHERS: added(hidden)} if hidden else {})
