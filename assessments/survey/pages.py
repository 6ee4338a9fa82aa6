"""What the pages of a survey print: who takes part and how far they are, and where their answers differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from advisor.drawing import Svg, spread
from advisor.engine.votes import FEWEST, OTHERS, Votes
from assessments.links import absolute
from assessments.models import Assessment, Survey
from assessments.playbooks import edition
from assessments.qr import qr_image
from assessments.questions import DONT_KNOW, Asked
from assessments.surveys import (
    KEPT_DAYS,
    MOST,
    can_be_opened_again,
    link_of,
    roles_in,
    standing_of,
    survey_of,
)
from assessments.tallying import Result
from assessments.votes import range_words, votes_words, word_words

# --- Who takes part ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleRow:
    """How far the people of one role are."""

    title: str
    people: int
    begun: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralPage:
    """``link`` is empty where nobody is asked now, and where the server's key was replaced since it was made."""

    survey: Survey | None
    link: str
    qr: str
    rows: tuple[RoleRow, ...]
    total: RoleRow
    standing: str
    enough: bool
    again: bool
    """Whether a survey that was closed can be opened again."""
    gone: datetime | None
    """When what each person said is deleted."""
    most: int = MOST
    fewest: int = FEWEST
    kept_days: int = KEPT_DAYS


def several_page(request: HttpRequest, assessment: Assessment) -> SeveralPage:
    """Who takes part, as counts. One query; three once somebody is asked."""
    survey = survey_of(assessment)
    if survey is None:
        nobody = RoleRow("", 0, 0, 0)
        return SeveralPage(
            survey=None,
            link="",
            qr="",
            rows=(),
            total=nobody,
            standing="",
            enough=False,
            again=False,
            gone=None,
        )
    survey.assessment = assessment
    titles = dict(roles_in(edition(assessment.edition)))
    rows = tuple(
        RoleRow(titles[each.role], each.people, each.begun, each.done) for each in standing_of(survey)
    )
    total = RoleRow(
        gettext("All together"),
        sum(each.people for each in rows),
        sum(each.begun for each in rows),
        sum(each.done for each in rows),
    )
    path = link_of(survey) if survey.closed is None else None
    link = absolute(request, path) if path else ""
    return SeveralPage(
        survey=survey,
        link=link,
        qr=qr_image(link) if link else "",
        rows=rows,
        total=total,
        standing=_standing(total),
        enough=total.begun >= FEWEST,
        again=can_be_opened_again(survey),
        gone=survey.closed + timedelta(days=KEPT_DAYS) if survey.closed else None,
    )


def _standing(total: RoleRow) -> str:
    if not total.people:
        return gettext("Nobody has come in yet.")
    told = ngettext(
        "%(done)s of %(people)s person has answered everything.",
        "%(done)s of %(people)s people have answered everything.",
        total.people,
    )
    return told % {"done": total.done, "people": total.people}


# --- Where they differ ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One question in the list: how far people lie apart, and what counts today."""

    title: str
    url: str
    word: str
    range: str
    drawing: Svg | None
    counts: str
    """The same in words, for those who do not see it."""
    answer: str
    agreed: bool
    far: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter of the list."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesPage:
    """Every question that was counted, most split first."""

    headline: str
    lead: str
    filters: tuple[Choice, ...]
    rows: tuple[DifferenceRow, ...]
    unanimous: tuple[tuple[str, str], ...]
    """Title and answer of what all agree on and nobody has taken over yet."""
    next: str


SHOWN = ("all", "open", "far")
"""The filters, as they stand in the address."""


def differences_page(
    assessment: Assessment, survey: Survey, results: Sequence[Result], shown: str
) -> DifferencesPage:
    """The list. ``shown`` is one of SHOWN; anything else shows all. No query."""
    here = shown if shown in SHOWN else "all"
    chosen = [
        each
        for each in results
        if here == "all" or (here == "open" and not each.agreed) or (here == "far" and each.far)
    ]
    home = reverse("assessments:differences", args=[assessment.public_id])
    titles = {"all": gettext("All questions"), "open": gettext("Not agreed yet"), "far": gettext("Far apart")}
    unanimous = [each for each in results if each.votes.unanimous and not each.agreed]
    return DifferencesPage(
        headline=_headline(results),
        lead=_lead(survey, results),
        filters=tuple(
            Choice(
                title=titles[each], url=home if each == "all" else f"{home}?show={each}", here=each == here
            )
            for each in SHOWN
        ),
        rows=tuple(_row(assessment, each) for each in chosen),
        unanimous=tuple((each.question.title, _only_answer(each)) for each in unanimous),
        next=next((url_of(assessment, each) for each in results if not each.agreed), ""),
    )


def url_of(assessment: Assessment, result: Result) -> str:
    """Where one question is settled."""
    return reverse("assessments:difference", args=[assessment.public_id, result.question.id])


def _headline(results: Sequence[Result]) -> str:
    far = sum(1 for each in results if each.far)
    if not any(each.votes.placed >= FEWEST for each in results):
        return gettext("Too few people have answered to compare them")
    if not far:
        return gettext("Nobody is far apart")
    return ngettext(
        "People are far apart on one question", "People are far apart on %(count)s questions", far
    ) % {"count": far}


def _lead(survey: Survey, results: Sequence[Result]) -> str:
    open_ones = sum(1 for each in results if not each.agreed)
    people = ngettext("%(count)s person answered.", "%(count)s people answered.", survey.people) % {
        "count": survey.people
    }
    if not open_ones:
        return people + " " + gettext("Every question is agreed.")
    left = ngettext(
        "%(count)s question is not agreed yet.", "%(count)s questions are not agreed yet.", open_ones
    )
    return people + " " + left % {"count": open_ones}


def _row(assessment: Assessment, result: Result) -> DifferenceRow:
    return DifferenceRow(
        title=result.question.title,
        url=url_of(assessment, result),
        word=word_words(result.votes),
        range=range_words(result.question, result.votes),
        drawing=_drawn(result.question, result.votes),
        counts=votes_words(result.question, result.votes),
        answer=answer_title(result.question, result.given.value) if result.given else "",
        agreed=bool(result.agreed),
        far=result.far,
    )


def _drawn(question: Asked, votes: Votes) -> Svg | None:
    if votes.placed < FEWEST:
        return None
    title = f"{question.title}: {votes_words(question, votes)}"
    return spread.spread(spread.Spread(counts=votes.counts, title=title))


def _only_answer(result: Result) -> str:
    return result.question.choices[result.votes.places[0]].title


def answer_title(question: Asked, value: object) -> str:
    """An answer by its title."""
    titles: dict[object, str] = {each.value: each.title for each in question.choices}
    special = {DONT_KNOW: gettext("I don’t know")}
    return titles.get(value) or special.get(str(value), "") or gettext("Does not apply")


# --- One question --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One answer with how many gave it. ``share`` is of the most frequent one, 0 to 100."""

    value: str
    title: str
    fact: str
    count: int
    drawing: Svg | None
    """None where votes are too few to be shown."""
    special: bool = False

    @property
    def id(self) -> str:
        return f"answer-{self.value}"


@dataclass(frozen=True, slots=True)
class RoleSpread:
    """The votes of one role."""

    title: str
    range: str
    drawing: Svg | None
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePage:
    """One question: the distribution, the roles, the remarks, and the form in which an answer is agreed."""

    question: Asked
    headline: str
    says: str
    few: bool
    bars: tuple[Bar, ...]
    roles: tuple[RoleSpread, ...]
    remarks: tuple[str, ...]
    median: str
    answer: str
    agreed: datetime | None
    dissent: str
    seen: str
    """The mark of the result."""
    place: str
    elsewhere: str
    """Where an answer is given that is not among these."""
    error: str = ""
    changed: bool = False
    """Somebody else has changed the answer since the page was made."""

    @property
    def mistakes(self) -> list[dict[str, str]]:
        return [{"target": self.bars[0].id, "says": self.error}] if self.error else []


def difference_page(
    assessment: Assessment,
    results: Sequence[Result],
    result: Result,
    *,
    dissent: str | None = None,
    error: str = "",
    changed: bool = False,
) -> DifferencePage:
    """The page of one of the results. No query."""
    question, votes = result.question, result.votes
    few = votes.placed < FEWEST
    words = {"number": [each.question.id for each in results].index(question.id) + 1, "total": len(results)}
    titles = dict(roles_in(edition(assessment.edition)))
    middle = votes.lower_median
    return DifferencePage(
        question=question,
        headline=word_words(votes),
        says=votes_words(question, votes),
        few=few,
        bars=_bars(question, votes, few=few),
        roles=tuple(
            RoleSpread(
                titles.get(role) or gettext("All other roles"),
                range_words(question, each),
                _drawn(question, each),
                votes_words(question, each),
            )
            for role, each in sorted(result.roles.items(), key=lambda one: (one[0] == OTHERS, one[0]))
        ),
        remarks=result.remarks,
        median="" if few or middle is None else question.choices[middle].title,
        answer=answer_title(question, result.given.value) if result.given else "",
        agreed=result.agreed,
        dissent=result.dissent if dissent is None else dissent,
        seen=result.mark,
        place=gettext("%(number)s of %(total)s, most split first") % words,
        elsewhere=reverse("assessments:question", args=[assessment.public_id, question.id]),
        error=error,
        changed=changed,
    )


def _bars(question: Asked, votes: Votes, *, few: bool) -> tuple[Bar, ...]:
    most = max(*votes.counts, votes.unknown)
    offered = zip(question.choices, votes.counts, strict=True)
    bars = [
        Bar(
            value=str(choice.value),
            title=choice.title,
            fact=choice.fact,
            count=count,
            drawing=None if few else spread.bar(count, most, _voices(count)),
        )
        for choice, count in offered
    ]
    if question.allow_unknown:
        drawn = None if few else spread.bar(votes.unknown, most, _voices(votes.unknown))
        title = gettext("I don’t know")
        bars.append(
            Bar(value=DONT_KNOW, title=title, fact="", count=votes.unknown, drawing=drawn, special=True)
        )
    return tuple(bars)


def _voices(count: int) -> str:
    if not count:
        return gettext("nobody")
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
