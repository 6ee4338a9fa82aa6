"""Which save counts when two pages write to one answer, or one page's saves overtake each other."""

from dataclasses import dataclass
from typing import Literal

LARGEST = 2_147_483_647
"""What a whole number in the database holds."""

type Verdict = Literal["take", "drop", "conflict"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Where a save comes from.

    ``page`` names one page as it was loaded in one browser. ``seq`` counts that page's saves from 1; None where nobody
    counts, as without JavaScript. ``seen`` is the revision of the answer that the page knows, 0 for none.
    """

    page: str
    seq: int | None
    seen: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stored answer knows of its last writer, and how often it has changed."""

    page: str
    seq: int
    revision: int


def judge(edit: Edit, stored: Stamp) -> Verdict:
    """What becomes of a save.

    A page may always replace what it wrote itself, in the order in which it sent it: what arrives late is dropped.
    Over another page's answer it may write only if it has seen that answer. So nothing that was acknowledged is ever
    replaced by somebody who does not know of it.
    """
    if edit.page == stored.page:
        return "drop" if edit.seq is not None and edit.seq <= stored.seq else "take"
    return "take" if edit.seen == stored.revision else "conflict"
