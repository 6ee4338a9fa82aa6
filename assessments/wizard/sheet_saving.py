"""What becomes of a page with all questions of one part: each is stored, kept or held back for itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpResponse, QueryDict
from django_htmx.http import trigger_client_event

from advisor.engine.playbook import Playbook
from assessments.locking import locked
from assessments.models import Answer, Assessment
from assessments.ordering import Edit
from assessments.questions import Asked, asked
from assessments.webhooks import tell_if_complete
from assessments.wizard.forms import Typed, typed_in
from assessments.wizard.overview import ORGANISATION, SYMPTOMS
from assessments.wizard.progress import Progress, progress_of
from assessments.wizard.saving import Saved, edit_in, store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was typed at one question, and what became of it."""

    question: Asked
    typed: Typed
    saved: Saved

    @property
    def kept(self) -> bool:
        """Not a word of it would be lost if the page were closed now."""
        return self.saved.row is not None or (self.typed.empty and not self.saved.conflict)


type Outcomes = Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page knows of an answer: its revision, and fingerprints of what was shown and of what was held back."""

    revision: str
    shown: str = ""
    held_back: str = ""

    @classmethod
    def read(cls, text: str) -> "Seen":
        """As a page sends it; whatever is missing is empty."""
        revision, _, rest = text.partition(".")
        shown, _, held_back = rest.partition(".")
        return cls(revision, shown, held_back)

    @classmethod
    def of(cls, question: Asked, row: Answer | None, shown: Typed, held_back: Typed | None = None) -> "Seen":
        """What a page knows that shows this of the stored row."""
        revision = str(row.revision if row else 0)
        return cls(
            revision, _fingerprint(question, shown), _fingerprint(question, held_back) if held_back else ""
        )

    def write(self) -> str:
        """As it stands in a hidden field."""
        written = f"{self.revision}.{self.shown}"
        return f"{written}.{self.held_back}" if self.held_back else written


def questions_by_part(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    """All parts of an edition in order, with all their questions, asked at the moment or not."""
    floors = {
        layer.id: tuple(each.id for each in playbook.capabilities_of[layer.id]) for layer in playbook.layers
    }
    before, after = (tuple(each.id for each in part) for part in (playbook.context, playbook.signals))
    return {ORGANISATION: before, **floors, SYMPTOMS: after}


# --- Saving -----------------------------------------------------------------------------------------------------------


def save_all(assessment: Assessment, part: str, post: QueryDict) -> tuple[Progress, dict[str, Outcome]]:
    """Store what somebody has touched on this page, also where the path no longer asks for it.

    While a conflict is on show, only a person decides it: by changing the answer once more, or by the button. Returns how
    far the assessment had come, and what became of each question that was touched.
    """
    with locked(assessment):
        progress = progress_of(assessment)
        outcomes = _save_touched(assessment, progress, part, post)
        tell_if_complete(assessment)
        return progress, outcomes


def _save_touched(
    assessment: Assessment, progress: Progress, part: str, post: QueryDict
) -> dict[str, Outcome]:
    outcomes = {}
    for name in questions_by_part(progress.playbook)[part]:
        question, prefix = asked(progress.playbook, name), f"{name}-"
        if question is None or f"{prefix}seen" not in post:
            continue
        typed, edit = Typed.from_post(post, prefix), edit_in(post, prefix)
        seen = Seen.read(post.get(f"{prefix}seen", ""))
        undecided = "auto" in post and seen.held_back == _fingerprint(question, typed)
        if not undecided and _is_touched(question, typed, progress.rows.get(name), edit, seen):
            outcomes[name] = Outcome(question, typed, _save(assessment, question, typed, edit, progress))
    return outcomes


def _is_touched(question: Asked, typed: Typed, row: Answer | None, edit: Edit | None, seen: Seen) -> bool:
    """Whether somebody has changed this question since the page showed it.

    What was left as it was shown is left alone, even if another window has changed it in the meantime. What this page
    itself wrote is stored again, since it may have been changed and changed back.
    """
    if row is not None and edit is not None and row.page == edit.page:
        return True
    return _fingerprint(question, typed) != (seen.shown or _fingerprint(question, typed_in(question, row)))


def _save(
    assessment: Assessment, question: Asked, typed: Typed, edit: Edit | None, before: Progress
) -> Saved:
    saved = store(assessment, question, typed, edit, before)
    taken_back = typed.empty and saved.row is not None
    return replace(saved, mistakes=()) if taken_back else saved


def _fingerprint(question: Asked, typed: Typed) -> str:
    """The same for what would be stored as the same; for what is beyond storing, like nothing else."""
    kept = typed.draft(question)
    if kept is None and not typed.empty:
        return "too-much"
    return hashlib.blake2s(json.dumps(kept, sort_keys=True).encode(), digest_size=8).hexdigest()


# --- Telling ----------------------------------------------------------------------------------------------------------


def all_kept(outcomes: Outcomes) -> bool:
    """Whether the page may be left."""
    return all(each.kept for each in outcomes.values())


def acknowledge_all(assessment: Assessment, outcomes: Outcomes) -> HttpResponse:
    """The answer to what the page saves by itself: no content, but an event that says what became of it.

    The page learns of what was stored, also where something else is in conflict.
    """
    response = HttpResponse(status=204)
    if not assessment.version:
        return response
    conflicts = [each.saved.conflict.updated for each in outcomes.values() if each.saved.conflict]
    told = {
        "state": _state(outcomes),
        "at": max(conflicts, default=assessment.touched).isoformat(),
        "fields": {
            f"{name}-seen": Seen.of(each.question, each.saved.row, each.typed).write()
            for name, each in outcomes.items()
            if each.saved.row
        },
    }
    return trigger_client_event(response, "saved", told)


def _state(outcomes: Outcomes) -> str:
    saves = [each.saved for each in outcomes.values()]
    if any(each.conflict for each in saves):
        return "conflict"
    if not all_kept(outcomes):
        return "refused"
    return "draft" if any(each.row and each.mistakes for each in saves) else "saved"
