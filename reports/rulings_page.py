"""The page on which a consultant judges differently from the rules: for each finding a choice and a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from advisor.engine import advise
from advisor.engine.advice import Advice
from assessments.rulings import RefusedError, Verdict, clean_reason
from reports.figure_form import Mistake
from reports.presenter.lexicon import Lexicon
from reports.presenter.rulings import BOTTLENECK, calculated, judged, says_the_same, subject_title
from reports.telling import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A verdict that can be chosen; "" keeps what was calculated."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingField:
    """One finding: what the rules say, what can be said instead, and why."""

    subject: str
    title: str
    calculated: str
    choices: tuple[Choice, ...]
    reason: str
    error: str = ""
    choice_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingsPage:
    fields: tuple[RulingField, ...]
    mistakes: tuple[Mistake, ...]
    entered: Mapping[str, tuple[str, str]]
    """Verdict and reason by subject, ready to be stored where there is no mistake."""


def rulings_page(
    reading: Reading, stored: tuple[Verdict, ...], data: Mapping[str, str] | None
) -> RulingsPage:
    """``data`` is what was sent; without it the page shows what is stored."""
    advice = advise(reading.playbook, reading.situation)
    lexicon = Lexicon(reading.playbook, reading.situation)
    present = {each.subject: (each.verdict, each.reason) for each in stored}
    fields = tuple(
        _field(lexicon, advice, subject, present.get(subject, ("", "")), data)
        for subject in (BOTTLENECK, *advice.gates)
    )
    return RulingsPage(fields=fields, mistakes=tuple(_mistakes(fields)), entered=_entered(fields))


def _field(
    lexicon: Lexicon,
    advice: Advice,
    subject: str,
    stored: tuple[str, str],
    data: Mapping[str, str] | None,
) -> RulingField:
    verdict, reason = stored
    if data is not None:
        verdict, reason = data.get(f"verdict-{subject}", ""), data.get(f"reason-{subject}", "")
    verdicts = list(advice.gates) if subject == BOTTLENECK else ["open", "closed"]
    keep = Choice(value="", label=gettext("As calculated"), chosen=not verdict)
    others = (
        Choice(value=each, label=judged(lexicon, subject, each), chosen=each == verdict)
        for each in verdicts
        if each == verdict or not says_the_same(advice, subject, each)
    )
    error = ""
    if verdict:
        try:
            reason = clean_reason(reason)
        except RefusedError as refused:
            error = str(refused)
    return RulingField(
        subject=subject,
        title=subject_title(lexicon, subject),
        calculated=calculated(lexicon, advice, subject),
        choices=(keep, *others),
        reason=reason,
        error=error,
        choice_error="" if not verdict or verdict in verdicts else gettext("Choose one of the lines"),
    )


def _mistakes(fields: tuple[RulingField, ...]) -> Iterator[Mistake]:
    for each in fields:
        if each.choice_error:
            yield Mistake(f"verdict-{each.subject}", f"{each.title}: {each.choice_error}")
        if each.error:
            yield Mistake(f"reason-{each.subject}", f"{each.title}: {each.error}")


def _entered(fields: tuple[RulingField, ...]) -> dict[str, tuple[str, str]]:
    return {
        field.subject: (choice.value, field.reason)
        for field in fields
        for choice in field.choices
        if choice.chosen and choice.value
    }
