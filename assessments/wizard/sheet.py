"""What the page prints that asks all questions of one part, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext

from assessments.models import Assessment
from assessments.ordering import Edit
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.wizard.addresses import hub_url, review_url, sheet_url
from assessments.wizard.conflict import Side, stored_side, typed_side
from assessments.wizard.forms import Mistake, typed_in
from assessments.wizard.overview import Part, parts_of, state_of
from assessments.wizard.progress import Progress
from assessments.wizard.question_page import Fields, lines_of, specials_of
from assessments.wizard.saving import new_page
from assessments.wizard.sheet_saving import Outcome, Outcomes, Seen, questions_by_part
from assessments.wizard.steps import window_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What another window has stored in the meantime, and when; ``same`` says that only the note differs."""

    side: Side
    at: datetime
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Fields):
    """One question on the sheet; all its fields carry its name. Without ``in_use`` the path no longer asks for it."""

    number: int
    seen: str
    theirs: Theirs | None
    in_use: bool

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
    seq: int
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
    """The sheet of one part; None where nothing of it is to be shown.

    ``outcomes`` is what became of the page ``edit``, ``more`` the questions that its answers have opened. What would be
    lost is shown again even if it is no longer asked, as when another window has changed the path.
    """
    outcomes = outcomes or {}
    stray = tuple(name for name, each in outcomes.items() if name not in progress.path and not each.kept)
    parts = parts_of(replace(progress, path=progress.path + stray))
    found = next((each for each in parts if each.id == part), None)
    if found is None:
        return None
    blocks = tuple(
        _block(progress, question, number, outcomes.get(question.id))
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
        seq=_counted(progress, edit),
        blocks=blocks,
        more=tuple(each for each in blocks if each.asked.id in more and each.asked.id in progress.open),
        tabs=tuple(_tab(assessment, progress, each, here=each is found) for each in parts),
        mistakes=mistakes,
    )


def _counted(progress: Progress, edit: Edit | None) -> int:
    """How far this page has counted what it sent: from there its script goes on."""
    return max((row.seq for row in progress.rows.values() if edit and row.page == edit.page), default=0)


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
        seen=Seen.of(question, row, stored, typed if wrong and wrong.saved.conflict else None).write(),
        in_use=question.id in progress.path,
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


# --- Its place among the others -----------------------------------------------------------------------------------------


def has_part(assessment: Assessment, part: str) -> bool:
    """Whether this edition has such a part, asked at the moment or not."""
    return part in questions_by_part(edition(assessment.edition))


def url_after_sheet(assessment: Assessment, before: Progress, after: Progress, part: str) -> str:
    """The next part's sheet, or the review; the same sheet again if its answers have opened questions on it."""
    all_parts = questions_by_part(after.playbook)
    new = [each for each in after.open if each not in before.path and each in all_parts[part]]
    if new:
        return f"{sheet_url(assessment, part)}?{urlencode({'more': new}, doseq=True)}"
    order = list(all_parts)
    later = (each for each in parts_of(after) if order.index(each.id) > order.index(part))
    following = next(later, None)
    return sheet_url(assessment, following.id) if following else review_url(assessment)
