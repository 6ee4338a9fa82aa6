"""What was answered about one organisation: levels, signals and context, with four kinds of answer kept apart.

A capability is answered by a level (0 to 4), by UNKNOWN ("we don't know") or by NOT_APPLICABLE; a capability
missing from ``levels`` was not asked. None of these is ever 0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal

from advisor.engine.playbook import LEVELS, Playbook, Question, Signal


class Special(Enum):
    """The two answers that are not a level."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "na"

    def __repr__(self) -> str:
        return self.name


UNKNOWN = Special.UNKNOWN
NOT_APPLICABLE = Special.NOT_APPLICABLE

type Mode = Literal["full", "quick"]
type Answer = int | Special

MODES: tuple[Mode, ...] = ("full", "quick")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One organisation as it answered. None means not answered or not known.

    ``levels`` maps capability ids to a level, UNKNOWN or NOT_APPLICABLE; ``signals`` maps signal ids to an option
    id, "unknown" or "not_applicable". ``capacity_fte`` is in people, ``horizon_months`` in months, ``day_rate`` and
    ``budget`` in any one currency: per person-day, and in all.
    """

    mode: Mode
    levels: Mapping[str, Answer] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    stated: str | None = None
    size: str | None = None
    data_team: str | None = None
    models: str | None = None
    ml_plans: str | None = None
    regulated: bool | None = None
    roles: tuple[str, ...] | None = None
    horizon_months: int | None = None
    capacity_fte: float | None = None
    sourcing: str | None = None
    tools: tuple[str, ...] | None = None
    key_person: str | None = None
    day_rate: float | None = None
    budget: float | None = None

    def with_levels(self, changes: Mapping[str, Answer]) -> "Situation":
        """The same situation with some capabilities answered differently."""
        return replace(self, levels={**self.levels, **changes})

    def given(self, question: str) -> int | float | str | bool | tuple[str, ...] | None:
        """The answer to any question by its id, in the form of the JSON input; None where it is missing or unknown."""
        if question in self.levels:
            level = self.levels[question]
            return level if isinstance(level, int) else level.value
        if question in self.signals:
            return self.signals[question]
        name = CONTEXT_FIELDS.get(question)
        return getattr(self, name) if name else None


CONTEXT_FIELDS: Mapping[str, str] = {
    "stated": "stated",
    "c_size": "size",
    "c_data_team": "data_team",
    "c_models": "models",
    "c_ml_plans": "ml_plans",
    "c_regulated": "regulated",
    "c_roles": "roles",
    "c_horizon_months": "horizon_months",
    "c_capacity_fte": "capacity_fte",
    "c_sourcing": "sourcing",
    "c_tools": "tools",
    "c_key_person": "key_person",
    "day_rate": "day_rate",
    "budget": "budget",
}
"""The keys of ``context`` in the JSON input and the field each one fills."""


MOST_MONEY = 1e12
"""A day rate or a budget beyond this is a slip of the hand, in any currency."""

MOST_PROBLEMS = 100
"""So many mistakes of one input are told; whoever has more will look again anyway."""

ROLE = re.compile(r"[\w -]{1,40}")
"""Roles are counted and never compared, so any short name will do."""

YES_OR_NO = {"c_regulated"}
"""Choices between "yes" and "no" that a rule reads as a truth value."""

WHOLE_NUMBERS = {"c_horizon_months"}
"""Choices whose option ids are numbers."""


def context_value(question: str, answer: Any) -> Any:
    """An answer about the organisation, by option ids or as a number, in the type of its field in Situation."""
    if isinstance(answer, list):
        return tuple(answer)
    if answer == UNKNOWN.value:
        return None
    if question in YES_OR_NO:
        return answer == "yes"
    return int(answer) if question in WHOLE_NUMBERS and str(answer).isdecimal() else answer


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input: where it is, what was found, what is allowed."""

    where: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}; allowed: {self.allowed}"


class SituationError(ValueError):
    """An input that cannot be read as a situation, with every mistake in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def read_situation(playbook: Playbook, data: object) -> Situation:
    """Read the JSON form: ``{"mode": ..., "context": {...}, "answers": {...}}``; other keys are ignored.

    In ``answers`` null means "don't know" and "na" "does not apply"; a missing key was not asked. In ``context``
    null or a missing key means not answered. Raises SituationError with all mistakes.
    """
    return _Reader(playbook).read(data)


def written(situation: Situation) -> dict[str, Any]:
    """The JSON form that ``read_situation`` reads back into the same situation."""
    context = {question: situation.given(question) for question in CONTEXT_FIELDS}
    return {
        "mode": situation.mode,
        "context": {
            question: list(answer) if isinstance(answer, tuple) else answer
            for question, answer in context.items()
            if answer is not None
        }
        | dict(situation.signals),
        "answers": {each: _written_level(level) for each, level in situation.levels.items()},
    }


def _written_level(level: Answer) -> int | str | None:
    if isinstance(level, int):
        return level
    return None if level is UNKNOWN else level.value


class _Reader:
    """Collects the mistakes of one input while reading it."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.problems: list[Problem] = []

    def read(self, data: object) -> Situation:
        if not isinstance(data, dict):
            raise SituationError(
                (
                    Problem(
                        "input",
                        f"{quoted(data)} is not an object",
                        'an object with "mode", "context" and "answers"',
                    ),
                )
            )
        mode = data.get("mode", "full")
        if mode not in MODES:
            self._wrong("mode", f"{quoted(mode)} is not a mode", '"full" or "quick"')
        context = self._object(data, "context")
        answers = self._object(data, "answers")
        for key in context:
            if key not in CONTEXT_FIELDS and key not in self.playbook.signal:
                known = ", ".join([*CONTEXT_FIELDS, *self.playbook.signal])
                self._wrong(f"context.{key}", "is not a question of this edition", known)
        values: dict[str, Any] = {
            CONTEXT_FIELDS[each.id]: self._context(each, context[each.id])
            for each in self.playbook.context
            if context.get(each.id) is not None and each.id in CONTEXT_FIELDS
        }
        for key in ("day_rate", "budget"):
            if context.get(key) is not None:
                values[key] = self._number(f"context.{key}", context[key], 0, MOST_MONEY)
        signals = {
            each.id: self._signal(each, context[each.id])
            for each in self.playbook.signals
            if context.get(each.id) is not None
        }
        levels = {str(key): self._level(str(key), value) for key, value in answers.items()}
        if self.problems:
            raise SituationError(tuple(self.problems))
        return Situation(mode=mode, levels=levels, signals=signals, **values)

    def _wrong(self, where: str, found: str, allowed: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(_short(where), found, allowed))

    def _object(self, data: dict[Any, Any], key: str) -> dict[Any, Any]:
        value = data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(key, f"{quoted(value)} is not an object", "an object of question ids and answers")
            return {}
        return value

    def _level(self, capability: str, value: object) -> Answer:
        where = f"answers.{capability}"
        known = self.playbook.capability.get(capability)
        if known is None:
            self._wrong(where, "is not a capability of this edition", ", ".join(self.playbook.capability))
            return UNKNOWN
        if value is None:
            return UNKNOWN
        if value == NOT_APPLICABLE.value and known.allow_na:
            return NOT_APPLICABLE
        if isinstance(value, int) and not isinstance(value, bool) and value in LEVELS:
            return value
        special = 'null for don\'t know, "na" for does not apply' if known.allow_na else "null for don't know"
        self._wrong(where, f"{quoted(value)} is not a level", f"{LEVELS[0]} to {LEVELS[-1]}, {special}")
        return UNKNOWN

    def _signal(self, signal: Signal, value: object) -> str:
        allowed = [
            *(each.id for each in signal.options),
            UNKNOWN.value,
            *(["not_applicable"] if signal.allow_na else []),
        ]
        if value not in allowed:
            self._wrong(f"context.{signal.id}", f"{quoted(value)} is not an answer", ", ".join(allowed))
        return str(value)

    def _context(self, question: Question, value: object) -> object:
        where = f"context.{question.id}"
        match question.kind:
            case "number":
                return self._number(where, value, question.minimum, question.maximum)
            case "many":
                return self._many(where, question, value)
            case _:
                return self._choice(where, question, value)

    def _choice(self, where: str, question: Question, value: object) -> object:
        options = [each.id for each in question.options]
        named = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        if named == UNKNOWN.value and question.allow_unknown:
            return None
        if named not in options or isinstance(value, float):
            words = ["true", "false"] if question.id in YES_OR_NO else options
            self._wrong(where, f"{quoted(value)} is not an answer", ", ".join([*words, "null"]))
        return context_value(question.id, named)

    def _many(self, where: str, question: Question, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._wrong(
                where,
                f"{quoted(value)} is not a list of words",
                "a list such as [] or one of the known ids in it",
            )
            return ()
        options = [each.id for each in question.options]
        roles = question.id == "c_roles"
        for each in value:
            if each not in options and not (roles and ROLE.fullmatch(each)):
                self._wrong(where, f"{quoted(each)} is not an answer", ", ".join(options))
        return tuple(value)

    def _number(
        self, where: str, value: object, minimum: float | None, maximum: float | None
    ) -> float | None:
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:  # noqa: PLR0124  # NaN
            self._wrong(where, f"{quoted(value)} is not a number", _numbers(minimum, maximum))
            return None
        if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
            self._wrong(where, f"{quoted(value)} is out of range", _numbers(minimum, maximum))
            return None
        return value


def _numbers(minimum: float | None, maximum: float | None) -> str:
    if minimum is None:
        return "a number"
    return f"a number from {minimum:g}" + (f" to {maximum:g}" if maximum is not None else " up")


def quoted(value: object) -> str:
    """A found value as the person wrote it, cut where it is long."""
    if isinstance(value, str):
        return _short(f'"{value[:LONGEST_QUOTE]}"')
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**LONGEST_QUOTE:
        return f"a number of more than {LONGEST_QUOTE} digits"
    return _short(str(value))


def _short(text: str) -> str:
    """Text that fits a line and a terminal: cut where it is long, with what cannot be seen spelled out."""
    cut = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "..."
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in cut)


LONGEST_QUOTE = 60
"""So many characters of a wrong value are repeated."""
