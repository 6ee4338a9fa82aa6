"""What somebody typed or chose, as it came, so that it can be shown again when it cannot be stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.engine.playbook import Playbook
from advisor.engine.situation import MODES, Mode
from assessments.answering import DRAFT_LENGTH, Draft, Given, clean_text, given_in
from assessments.models import Answer, Assessment
from assessments.models.assessment import DECISION_LENGTH, NAME_LENGTH, SCOPE_LENGTH
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked, RefusedError, type_number
from assessments.wizard.steps import window_title

type Words = Any
"""Text, or a promise of its translation, for which Django has no public type."""

ADDRESS_LENGTH = 254
"""As long as an address can be in mail itself."""

NONE = "none-of-these"
"""Stands for an empty selection: a form without any tick cannot tell "none" from "not answered"."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of one question. ``chosen`` holds the values of ticked fields, ``number`` the text of a number."""

    chosen: tuple[str, ...] = ()
    number: str = ""
    na_reason: str = ""
    note: str = ""

    @classmethod
    def from_post(cls, post: QueryDict, prefix: str = "") -> "Typed":
        """What came; ``prefix`` tells its fields from those of other questions on the page."""
        number, reason, note = (post.get(f"{prefix}{name}", "") for name in ("number", "na_reason", "note"))
        return cls(tuple(post.getlist(f"{prefix}answer")), number, reason, note)

    @classmethod
    def from_given(cls, asked: Asked, given: Given) -> "Typed":
        """An answer that was stored before."""
        match given.value:
            case list(several):
                return cls(tuple(several) or (NONE,), "", given.na_reason, given.note)
            case str(special) if special in {DONT_KNOW, DOES_NOT_APPLY}:
                return cls((special,), "", given.na_reason, given.note)
            case int() | float() as number if asked.kind == "number":
                return cls((), type_number(number), given.na_reason, given.note)
            case one:
                return cls((str(one),), "", given.na_reason, given.note)

    @classmethod
    def from_draft(cls, draft: Draft) -> "Typed":
        """What was left unfinished."""
        chosen, texts = draft["chosen"], [str(draft[name]) for name in ("number", "na_reason", "note")]
        return cls(tuple(chosen), *texts)

    def draft(self, asked: Asked) -> Draft | None:
        """What is worth keeping although it is no answer; None where nothing is, or where it is beyond all measure."""
        chosen = [each for each in self.chosen if each in offered(asked)]
        try:
            number, reason, note = (
                clean_text(each.replace("\0", ""), DRAFT_LENGTH, "")
                for each in (self.number, self.na_reason, self.note)
            )
        except RefusedError:
            return None
        kept: Draft = {"chosen": chosen, "number": number, "na_reason": reason, "note": note}
        return kept if any(kept.values()) else None

    @property
    def empty(self) -> bool:
        return not (self.chosen or self.number.strip() or self.na_reason.strip() or self.note.strip())

    def value(self, asked: Asked) -> object:
        """The answer in the question's own terms; None where nothing sensible was given."""
        match asked.kind:
            case "choice":
                return _one(asked, self.chosen)
            case "many":
                return _several(asked, self.chosen)
            case "number":
                return _number(self.chosen, self.number)


def offered(asked: Asked) -> set[str]:
    """The values of all lines to choose, as a form sends them."""
    special = {NONE: asked.allow_none, DONT_KNOW: asked.allow_unknown, DOES_NOT_APPLY: asked.allow_na}
    return {*(str(choice.value) for choice in asked.choices), *(each for each in special if special[each])}


def typed_in(asked: Asked, row: Answer | None) -> Typed:
    """What the form of a question holds: what was left unfinished, or else the answer in force."""
    if row is None:
        return Typed()
    if row.draft is not None:
        return Typed.from_draft(row.draft)
    return Typed.from_given(asked, given_in({asked.id: row})[asked.id])


def _one(asked: Asked, chosen: Sequence[str]) -> object:
    if len(chosen) != 1:
        return None
    offered = {str(choice.value): choice.value for choice in asked.choices}
    return offered.get(chosen[0], chosen[0])


def _several(asked: Asked, chosen: Sequence[str]) -> object:
    if tuple(chosen) == (NONE,) and asked.allow_none:
        return []
    return list(chosen) or None


def _number(chosen: Sequence[str], typed: str) -> object:
    if chosen:
        return chosen[0] if len(chosen) == 1 and not typed.strip() else None
    return typed


# --- Forms of their own ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing to put right: the field, what to do, and where the link in the summary leads."""

    field: str
    says: str
    target: str


def mistakes_in(form: forms.Form) -> tuple[Mistake, ...]:
    """One for each field is enough at a time."""
    return tuple(
        Mistake(field=name, says=str(found[0]), target=name) for name, found in form.errors.items() if found
    )


class PlainText(forms.CharField):
    """Text that is cleaned like every other text that is stored."""

    def __init__(self, *, length: int, label: Words, required: bool = False, missing: Words = "") -> None:
        super().__init__(strip=False, required=required, label=label, error_messages={"required": missing})
        self.length = length

    def clean(self, value: str | None) -> str:
        try:
            text = clean_text(value or "", self.length, str(self.label))
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused
        return str(super().clean(text))


class ScopeForm(forms.Form):
    """What the answers are about."""

    use_required_attribute = False
    organisation = PlainText(length=NAME_LENGTH, label=_("Name"))
    scope = PlainText(
        length=SCOPE_LENGTH, label=_("Scope"), required=True, missing=_("Enter what your answers are about")
    )
    decision = PlainText(length=DECISION_LENGTH, label=_("Decision"))

    @property
    def window_title(self) -> str:
        return window_title(
            gettext("What are your answers about? – Groundwork"), error=self.is_bound and not self.is_valid()
        )

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return mistakes_in(self)

    @classmethod
    def about(cls, assessment: Assessment) -> "ScopeForm":
        return cls(initial={name: getattr(assessment, name) for name in cls.base_fields})


class OneAddress(forms.EmailField):
    """An address as one line: what has line ends in it was not typed into our form."""

    def to_python(self, value: str | None) -> str:
        if value and not value.isprintable():
            raise forms.ValidationError(self.error_messages["invalid"])
        return str(super().to_python(value))


class AddressForm(forms.Form):
    """Where the private link is to be sent."""

    use_required_attribute = False
    email = OneAddress(
        max_length=ADDRESS_LENGTH,
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter one e-mail address, such as name@example.com"),
            "max_length": _("The e-mail address must be 254 characters or less"),
        },
    )

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return mistakes_in(self)


def start_values(post: QueryDict, playbook: Playbook) -> tuple[Mode, str | None]:
    """The mode and the symptom with which to start. Raises RefusedError for anything the page does not offer."""
    mode, stated = post.get("mode", "full"), post.get("stated") or None
    offered = {each.id for each in playbook.question["stated"].options}
    if mode not in MODES or (stated is not None and stated not in offered):
        raise RefusedError(gettext("Choose one of the lines on this page"))
    return mode, stated
