"""The page on which figures of judgement are set: groups of fields, with the moves of the plan first."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from advisor.engine import advise
from advisor.engine.judgement import Judgement, Own, judgements
from advisor.engine.playbook import Playbook
from reports.figure_form import FigureField, FiguresForm, Mistake, figures_form
from reports.presenter import numbers
from reports.presenter.judgements import group_title
from reports.telling import Reading

GROUPS: Mapping[str, tuple[str, ...]] = {
    "money": ("money",),
    "people": ("capacity",),
    "efforts": ("effort",),
    "leads": ("lead",),
    "gates": ("minimum", "average"),
    "limits": ("tolerance",),
}
"""What stands together on the page, by its name in the address, and the groups of figures in it."""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A form of its own. ``rest`` are fields that seldom matter: those of moves that are not in the plan."""

    name: str
    title: str
    says: str
    fields: tuple[FigureField, ...]
    rest: tuple[FigureField, ...]
    changed: str
    """How many are set; empty for none."""
    open: bool


@dataclass(frozen=True, slots=True)
class FiguresPage:
    groups: tuple[FigureGroup, ...]
    changed: int
    mistakes: tuple[Mistake, ...]
    entered: Mapping[str, Own | None]
    """What to store of the group that was sent."""


def figures_page(reading: Reading, *, group: str, data: Mapping[str, str] | None) -> FiguresPage:
    """``data`` is what was sent for ``group``; all other groups show what is stored."""
    known = judgements(reading.edition, reading.situation.size)
    return _page(reading.edition, known, reading.own, _moves_planned(reading), group=group, data=data)


def defaults_page(
    edition: Playbook, stored: Mapping[str, Own], *, group: str, data: Mapping[str, str] | None
) -> FiguresPage:
    """The same for a workspace, whose organisations are of any size and have any plan. A budget is always somebody's own."""
    known = {name: each for name, each in judgements(edition, None).items() if name != "budget"}
    return _page(edition, known, stored, set(), group=group, data=data)


def _page(
    edition: Playbook,
    known: Mapping[str, Judgement],
    own: Mapping[str, Own],
    moves: set[str],
    *,
    group: str,
    data: Mapping[str, str] | None,
) -> FiguresPage:
    forms = {
        name: figures_form(
            edition,
            [each for each in known.values() if each.group in kinds],
            own,
            data if name == group else None,
        )
        for name, kinds in GROUPS.items()
    }
    sent = forms.get(group) if data is not None else None
    mistakes = (*sent.mistakes, *_without_rate(sent)) if sent else ()
    return FiguresPage(
        groups=tuple(_group(name, form, moves, group) for name, form in forms.items()),
        changed=sum(form.changed for form in forms.values()),
        mistakes=mistakes,
        entered=sent.entered if sent and not mistakes else {},
    )


def _without_rate(form: FiguresForm) -> tuple[Mistake, ...]:
    """A budget is held against efforts in money, so it needs a rate."""
    entered = {each.judgement.name: each for each in form.fields}
    if "budget" not in entered or not entered["budget"].low or entered["day_rate"].low:
        return ()
    return (
        Mistake("day_rate", gettext("Enter a day rate too: without one the budget compares with nothing")),
    )


def _moves_planned(reading: Reading) -> set[str]:
    """The codes of the moves in the plan."""
    advice = advise(reading.playbook, reading.situation)
    stages = {move.code for stage in advice.roadmap for move in stage.moves}
    return stages | {each.move.code for each in advice.first_moves}


def _group(name: str, form: FiguresForm, moves: set[str], sent: str) -> FigureGroup:
    near = [each for each in form.fields if each.changed or each.error or _is_near(each.judgement, moves)]
    rest = [each for each in form.fields if each not in near]
    count = form.changed
    return FigureGroup(
        name=name,
        title=group_title(form.fields[0].judgement.group),
        says=_says(name),
        fields=tuple(near),
        rest=tuple(rest),
        changed=ngettext("one is yours", "%(count)s are yours", count) % {"count": numbers.in_words(count)}
        if count
        else "",
        open=name == sent or bool(count),
    )


def _is_near(judgement: Judgement, moves: set[str]) -> bool:
    if judgement.group not in ("effort", "lead"):
        return True
    return judgement.subject in moves or (f"{judgement.subject}:B" in moves and judgement.group == "lead")


def _says(name: str) -> str:
    return {
        "money": gettext("In any one currency. Without a rate, efforts stay in person-weeks."),
        "people": gettext("How much of the freed time reaches the plan, and how it is counted."),
        "efforts": gettext(
            "Person-weeks for your organisation. The edition’s ranges come from practice, not from a study."
        ),
        "leads": gettext("Weeks from beginning to result, however many people work on it."),
        "gates": gettext(
            "The lowest level that a gate accepts. Your level holds in every variant of that gate."
        ),
        "limits": gettext("When a gap is small, when a finding is doubted, and when to look again."),
    }[name]
