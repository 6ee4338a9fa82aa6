"""What the page for handing over prints: the consultancy, and the assessments of this browser that can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from assessments.handing_over import waiting_among
from assessments.models import Assessment, Workspace
from assessments.wizard.forms import Mistake
from assessments.wizard.progress import has_edition, progress_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """An assessment to choose. The names are those of a line in a form."""

    id: str
    value: str
    title: str
    fact: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPage:
    """The page. ``said`` tells what was handed over just now; empty before."""

    workspace: str
    mine: tuple[Mine, ...]
    said: str
    mistakes: tuple[Mistake, ...]


def hand_over_page(
    workspace: Workspace, mine: Iterable[Assessment], *, done: str = "", nothing: bool = False
) -> HandOverPage:
    """The page for whoever has these assessments; those that belong to somebody else as well are not offered.

    ``nothing``: it was sent without a choice.
    """
    free = [each for each in mine if each.client_id is None and has_edition(each)]
    waiting = waiting_among(free)
    offered = tuple(_mine(each) for each in free if each.pk not in waiting)
    return HandOverPage(
        workspace=workspace.name,
        mine=tuple(Mine(**each, checked=len(offered) == 1) for each in offered),
        said=_said(done, workspace),
        mistakes=(_nothing_chosen(offered[0]["id"]),) if nothing and offered else (),
    )


def _nothing_chosen(first: str) -> Mistake:
    return Mistake(field="assessment", says=gettext("Choose what you want to hand over"), target=first)


def _mine(assessment: Assessment) -> dict[str, str]:
    progress = progress_of(assessment)
    words = {
        "done": progress.answered(progress.path),
        "total": len(progress.path),
        "day": date_format(assessment.touched, "j F Y"),
    }
    return {
        "id": f"assessment-{assessment.public_id}",
        "value": assessment.public_id,
        "title": assessment.organisation or assessment.scope or gettext("An assessment without a name"),
        "fact": gettext("%(done)s of %(total)s questions answered, last on %(day)s") % words,
    }


def _said(done: str, workspace: Workspace) -> str:
    if not (done.isascii() and done.isdigit() and 0 < int(done[:3]) < 100):
        return ""
    return ngettext(
        "%(count)s assessment is handed over to %(workspace)s. Your private link still works.",
        "%(count)s assessments are handed over to %(workspace)s. Your private links still work.",
        int(done[:3]),
    ) % {"count": int(done[:3]), "workspace": workspace.name}
