"""What the page prints that asks all questions of one part, and what becomes of what it sends."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django_htmx.http import trigger_client_event

from advisor.engine.playbook import Playbook
from assessments.locking import locked
from assessments.models import Answer, Assessment
from assessments.ordering import Edit
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.wizard.addresses import hub_url, review_url, sheet_url
from assessments.wizard.conflict import Side, stored_side, typed_side
from assessments.wizard.forms import Typed, typed_in
from assessments.wizard.overview import ORGANISATION, SYMPTOMS, Part, parts_of, state_of
from assessments.wizard.progress import Progress, progress_of
from assessments.wizard.question_page import Line, Mistake, lines_of, specials_of
from assessments.wizard.saving import Saved, edit_in, new_page, store
from assessments.wizard.steps import window_title


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


# --- Saving -----------------------------------------------------------------------------------------------------------


def has_part(assessment: Assessment, part: str) -> bool:
    """Whether this edition has such a part, asked at the moment or not."""
    return part in _parts_in(edition(assessment.edition))


def save_all(assessment: Assessment, part: str, post: QueryDict) -> tuple[Progress, dict[str, Outcome]]:
    """Store what somebody has touched on this page, also where the path no longer asks for it.

    While a conflict is on show, only a person decides it: by changing the answer once more, or by the button. Returns how
    far the assessment had come, and what became of each question that was touched.
    """
    with locked(assessment):
        progress = progress_of(assessment)
        return progress, _save_touched(assessment, progress, part, post)


def _save_touched(
    assessment: Assessment, progress: Progress, part: str, post: QueryDict
) -> dict[str, Outcome]:
    outcomes = {}
    for name in _parts_in(progress.playbook)[part]:
        question, prefix = asked(progress.playbook, name), f"{name}-"
        if question is None or f"{prefix}seen" not in post:
            continue
        typed, row, edit = Typed.from_post(post, prefix), progress.rows.get(name), edit_in(post, prefix)
        _, _, known = post.get(f"{prefix}seen", "").partition(".")
        shown, _, held_back = known.partition(".")
        undecided = "auto" in post and held_back == _print(question, typed)
        if not undecided and _is_touched(question, typed, row, edit, shown):
            outcomes[name] = Outcome(question, typed, _save(assessment, question, typed, edit, progress))
    return outcomes


def acknowledge_all(assessment: Assessment, outcomes: Outcomes) -> HttpResponse:
    """The answer to what the page saves by itself: no content, but an event that says what became of it."""
    response = HttpResponse(status=204)
    if not assessment.version:
        return response
    conflicts = [each.saved.conflict.updated for each in outcomes.values() if each.saved.conflict]
    told = {
        "state": _state(outcomes),
        "at": max(conflicts, default=assessment.touched).isoformat(),
        "fields": {
            f"{name}-seen": _seen(each.question, each.saved.row, each.typed)
            for name, each in outcomes.items()
            if each.saved.row
        },
    }
    return trigger_client_event(response, "saved", told)


def all_kept(outcomes: Outcomes) -> bool:
    """Whether the page may be left."""
    return all(each.kept for each in outcomes.values())


def url_after_sheet(assessment: Assessment, before: Progress, after: Progress, part: str) -> str:
    """The next part's sheet, or the review; the same sheet again if its answers have opened questions on it."""
    new = [each for each in after.open if each not in before.path and each in _parts_in(after.playbook)[part]]
    if new:
        return f"{sheet_url(assessment, part)}?{urlencode({'more': new}, doseq=True)}"
    order = list(_parts_in(after.playbook))
    later = (each for each in parts_of(after) if order.index(each.id) > order.index(part))
    following = next(later, None)
    return sheet_url(assessment, following.id) if following else review_url(assessment)


def _parts_in(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    """All parts of an edition in order, with all their questions."""
    floors = {
        layer.id: tuple(each.id for each in playbook.capabilities_of[layer.id]) for layer in playbook.layers
    }
    before, after = (tuple(each.id for each in part) for part in (playbook.context, playbook.signals))
    return {ORGANISATION: before, **floors, SYMPTOMS: after}


def _is_touched(question: Asked, typed: Typed, row: Answer | None, edit: Edit | None, shown: str) -> bool:
    """Whether somebody has changed this question since the page showed it.

    What was left as it was shown is left alone, even if another window has changed it in the meantime. What this page
    itself wrote is stored again, since it may have been changed and changed back.
    """
    if row is not None and edit is not None and row.page == edit.page:
        return True
    return _print(question, typed) != (shown or _print(question, typed_in(question, row)))


def _save(
    assessment: Assessment, question: Asked, typed: Typed, edit: Edit | None, before: Progress
) -> Saved:
    saved = store(assessment, question, typed, edit, before)
    taken_back = typed.empty and saved.row is not None
    return replace(saved, mistakes=()) if taken_back else saved


def _state(outcomes: Outcomes) -> str:
    saves = [each.saved for each in outcomes.values()]
    if any(each.conflict for each in saves):
        return "conflict"
    if not all_kept(outcomes):
        return "refused"
    return "draft" if any(each.row and each.mistakes for each in saves) else "saved"


# --- What a page knows of an answer: how often it had changed, a print of what was shown, and one of what was held back ----


def _seen(question: Asked, row: Answer | None, shown: Typed, held_back: Typed | None = None) -> str:
    seen = f"{row.revision if row else 0}.{_print(question, shown)}"
    return f"{seen}.{_print(question, held_back)}" if held_back else seen


def _print(question: Asked, typed: Typed) -> str:
    """The same for what would be stored as the same; for what is beyond storing, like nothing else."""
    kept = typed.draft(question)
    if kept is None and not typed.empty:
        return "too-much"
    return hashlib.blake2s(json.dumps(kept, sort_keys=True).encode(), digest_size=8).hexdigest()


# --- The page -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What another window has stored in the meantime, and when; ``same`` says that only the note differs."""

    side: Side
    at: datetime
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One question on the sheet; all its fields carry its name."""

    asked: Asked
    typed: Typed
    number: int
    seen: str
    lines: tuple[Line, ...]
    specials: tuple[Line, ...]
    mistakes: tuple[Mistake, ...]
    theirs: Theirs | None

    @property
    def error(self) -> Mapping[str, str]:
        return {each.field: each.says for each in self.mistakes}

    @property
    def described_by(self) -> str:
        said = {"hint": True, "theirs": self.theirs, "answer-error": "answer" in self.error}
        return " ".join(f"{self.asked.id}-{each}" for each, yes in said.items() if yes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part's sheet, and how far that part has come."""

    part: Part
    state: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """All questions of one part, with what was typed.

    ``more`` are questions that have come up because of the answers just given.
    """

    part: Part
    place: str
    window_title: str
    action: str
    back: str
    page: str
    blocks: tuple[Block, ...]
    more: tuple[Block, ...]
    tabs: tuple[Tab, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def status(self) -> int:
        """Of the answer that shows what has to be put right."""
        return 409 if any(each.theirs for each in self.blocks) else 422


def sheet_page(
    assessment: Assessment,
    progress: Progress,
    part: str,
    *,
    outcomes: Outcomes | None = None,
    edit: Edit | None = None,
    more: Sequence[str] = (),
) -> SheetPage | None:
    """The sheet of one part; None where nothing of it is asked at the moment.

    ``outcomes`` is what became of the page ``edit``, ``more`` the questions that its answers have opened.
    """
    parts = parts_of(progress)
    found = next((each for each in parts if each.id == part), None)
    if found is None:
        return None
    blocks = tuple(
        _block(progress, question, number, (outcomes or {}).get(question.id))
        for number, each in enumerate(found.questions, 1)
        if (question := asked(progress.playbook, each))
    )
    mistakes = tuple(mistake for block in blocks for mistake in _summary(block))
    title = gettext("%(part)s: all questions – Groundwork") % {"part": found.title}
    return SheetPage(
        part=found,
        place=_place(found, parts),
        window_title=window_title(title, error=bool(mistakes)),
        action=sheet_url(assessment, part),
        back=hub_url(assessment),
        page=edit.page if edit else new_page(),
        blocks=blocks,
        more=tuple(each for each in blocks if each.asked.id in more and each.asked.id in progress.open),
        tabs=tuple(_tab(assessment, progress, each, here=each is found) for each in parts),
        mistakes=mistakes,
    )


def _place(part: Part, parts: Sequence[Part]) -> str:
    number = gettext("Sheet %(number)s of %(total)s") % {
        "number": parts.index(part) + 1,
        "total": len(parts),
    }
    return f"{part.kicker}\N{NO-BREAK SPACE}· {number}" if part.kicker else number


def _tab(assessment: Assessment, progress: Progress, part: Part, *, here: bool) -> Tab:
    state = gettext("On this page") if here else state_of(part, progress)
    return Tab(part=part, state=state, url=sheet_url(assessment, part.id), here=here)


def _block(progress: Progress, question: Asked, number: int, outcome: Outcome | None) -> Block:
    row = progress.rows.get(question.id)
    stored = typed_in(question, row)
    wrong = outcome if outcome and (outcome.saved.conflict or outcome.saved.mistakes) else None
    typed = wrong.typed if wrong else stored
    lines = lines_of(question, typed, f"{question.id}-answer")
    first = f"{question.id}-number" if question.kind == "number" else lines[0].id
    return Block(
        asked=question,
        typed=typed,
        number=number,
        seen=_seen(question, row, stored, typed if wrong and wrong.saved.conflict else None),
        lines=lines,
        specials=specials_of(question, typed, f"{question.id}-answer"),
        mistakes=_mistakes(wrong, first),
        theirs=_theirs(wrong),
    )


def _mistakes(outcome: Outcome | None, first: str) -> tuple[Mistake, ...]:
    if outcome is None:
        return ()
    if outcome.saved.conflict:
        changed = gettext("changed in another window")
        return (Mistake(field="conflict", says=changed, target=first),)
    return tuple(
        Mistake(
            field=field, says=says, target=first if field == "answer" else f"{outcome.question.id}-{field}"
        )
        for field, says in outcome.saved.mistakes
    )


def _theirs(outcome: Outcome | None) -> Theirs | None:
    if outcome is None or outcome.saved.conflict is None:
        return None
    stored = outcome.saved.conflict
    side = stored_side(outcome.question, stored)
    same = side.words == typed_side(outcome.question, outcome.typed).words
    return Theirs(side=side, at=timezone.localtime(stored.updated), same=same)


def _summary(block: Block) -> tuple[Mistake, ...]:
    """What has to be put right at one question, with its name in front."""
    words = gettext("%(question)s: %(says)s")
    return tuple(
        Mistake(
            field=each.field,
            says=words % {"question": block.asked.title, "says": each.says},
            target=each.target,
        )
        for each in block.mistakes
    )
