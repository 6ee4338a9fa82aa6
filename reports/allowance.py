"""How many PDFs somebody may have made within an hour: they cost more than all other pages together.

Only making one counts. One that is kept is given to everybody who may have it, as often as they like.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from assessments import throttle
from assessments.access import Assessment, signed_in
from assessments.http import network_of
from reports.pdf import PdfBusyError

AN_HOUR = 10
"""For whoever is signed in, for a program with its key, and for each assessment or link in the hands of one network."""
FROM_ONE_NETWORK = 60
"""For everybody without an account there together: a company is one network, and so is a conference."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What counts against whom: purpose, fingerprinted who, and how many an hour."""

    counts: tuple[tuple[str, str, int], ...]

    @classmethod
    def of(cls, request: HttpRequest, assessment: Assessment, link: str = "") -> Self:
        """Of whoever asks; ``link`` is the public id of the link to read by which they came."""
        if signed_in(request):
            return cls((("pdf", f"account {request.user.pk}", AN_HOUR),))
        network = network_of(request)
        what = f"link {link}" if link else f"assessment {assessment.pk}"
        return cls((("pdf", f"{what} {network}", AN_HOUR), ("pdf from", network, FROM_ONE_NETWORK)))

    @classmethod
    def of_program(cls, key: int) -> Self:
        """Of a program with this key."""
        return cls((("pdf", f"key {key}", AN_HOUR),))

    def take(self) -> None:
        """One more is made. Raises TooOftenError."""
        for purpose, who, most in self.counts:
            throttle.hold_back(purpose, who, most=most)

    def give_back(self) -> None:
        """It was not made, since others were."""
        for purpose, who, _ in self.counts:
            throttle.take_back(purpose, who)


@contextmanager
def counted(allowance: Allowance | None) -> Iterator[None]:
    """While one is made: it counts, unless it had to wait for others too long. Raises TooOftenError."""
    if allowance:
        allowance.take()
    try:
        yield
    except PdfBusyError:
        if allowance:
            allowance.give_back()
        raise
