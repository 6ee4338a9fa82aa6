"""Room for the frames of all that a call calls, in one piece.

CPython keeps the frames of a thread in pieces of 16 kB, and gives a piece back to the system as soon as it is empty. A
loop whose calls cross the end of one gets and gives back memory each time: pytest's own frames fill most of the first one, and
what a test calls a hundred thousand times may cross it each time, which took a fifth of some. A frame that is large itself gets a large piece and keeps it until it ends, and nearly half of it is left
for others. Newer Pythons keep an empty piece at hand instead; there this does no harm.
"""

from collections.abc import Callable

WORDS = 33_000
"""A frame of these is a little more than half of the 512 kB that it gets; so it fits into the rest of no other such piece."""


def roomy[**P, R](call: Callable[P, R]) -> Callable[P, R]:
    """The same, but all that it calls finds room."""

    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        return call(*args, **kwargs)

    within.__code__ = within.__code__.replace(co_stacksize=WORDS)
    return within
