"""What stands at the end of a report: every answer, and the method with its rules, figures, terms and sources."""

from dataclasses import dataclass

from reports.presenter.parts import LayerTag, Reference
from reports.presenter.sections import Assumption

MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One question with its answer in words, the fact of the level, and the note as typed. Anchor: ``anchor``."""

    question: str
    anchor: str
    title: str
    asks: str
    answer: str
    fact: str
    note: str

    @property
    def runs_on(self) -> bool:
        """Whether the note has more lines than paper has room for: there they follow each other in one paragraph."""
        return self.note.count("\n") > MOST_LINES


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    title: str
    layer: LayerTag | None
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    title: str
    says: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTerms:
    """The conditions of a gate in force here: capability and level, the average, and where the figures come from."""

    layer: LayerTag
    title: str
    asks: str
    minima: tuple[tuple[str, int], ...]
    average: str
    variant: str
    basis: str
    """Empty where the reason says that it is judgement."""
    why: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term and what it means."""

    term: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """Sources that were read in the same way: "Read in the original"."""

    title: str
    rows: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    heading: str
    levels: tuple[str, ...]
    """What the levels 0 to 4 mean in general."""
    rules: tuple[RuleText, ...]
    gates: tuple[GateTerms, ...]
    figures: tuple[Assumption, ...]
    limits: tuple[str, ...]
    generative_ai: str
    statuses: tuple[Entry, ...]
    glossary: tuple[Entry, ...]
    sources: tuple[SourceGroup, ...]
    """The largest group first."""
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFigure:
    """A figure that was set for this assessment, beside the edition's, both with their units."""

    group: str
    title: str
    edition: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSection:
    heading: str
    note: str
    rows: tuple[ChangedFigure, ...]
