"""Advice in words: grouped, worded and ordered for every place that prints it. Pure: no request, no query, no clock."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext

from advisor.engine.advice import Advice, Stability
from advisor.engine.decided import decided
from advisor.engine.judgement import Own
from advisor.engine.ownplan import Change, own_plan
from advisor.engine.playbook import Playbook
from advisor.engine.progress import Seen
from advisor.engine.situation import Situation
from reports.presenter import (
    comparisons,
    dependencies,
    drawings,
    evidence,
    findings,
    gates,
    judgements,
    levels,
    messages,
    money,
    numbers,
    plan,
    progress,
    summary,
    whatif,
)
from reports.presenter.agreement import agreement
from reports.presenter.lexicon import Lexicon
from reports.presenter.method import method
from reports.presenter.offers import Offered
from reports.presenter.page import ReportPage
from reports.presenter.prepared import PreparedBy
from reports.presenter.rulings import judged_section
from reports.presenter.voiced import Voices
from reports.presenter.voices import voices_section

__all__ = ["ReportPage", "present"]

TITLE_LENGTH = 60
"""What fits beside other words in one line of paper."""

SCOPE_LENGTH = 100
"""One line on the first sheet of paper."""

DECISION_LENGTH = 160
"""Two lines on the first sheet of paper."""

ONE_LINE = 88
"""A longer decision takes the room that a name before each quoted level and a critical pitfall would need."""


def present(
    playbook: Playbook,
    situation: Situation,
    advice: Advice,
    stability: Stability,
    *,
    title: str,
    day: date,
    scope: str = "",
    decision: str = "",
    notes: Mapping[str, str] | None = None,
    na_reasons: Mapping[str, str] | None = None,
    given: Collection[str] | None = None,
    edition: Playbook | None = None,
    own: Mapping[str, Own] | None = None,
    changes: Mapping[str, Change] | None = None,
    since: progress.Day | None = None,
    scenarios: Iterable[tuple[int, str, Mapping[str, int]]] = (),
    rulings: Iterable[tuple[str, str, str, str, date]] = (),
    prepared: PreparedBy | None = None,
    offers: Offered | None = None,
    voices: Voices | None = None,
) -> ReportPage:
    """The report in the active language.

    ``title`` names the organisation and may be empty. ``notes`` and ``na_reasons`` go by question and are printed as
    typed, like ``scope`` and ``decision``. All of these are plain text, not markup. ``given`` are the questions that have
    an answer; without it, an answer about the organisation that is not known counts as none. ``own`` are figures of
    somebody's own, which ``playbook`` has already and ``edition`` has not; ``changes`` are those to moves of the plan.
    ``since`` is an earlier day with which this one is compared.
    ``scenarios`` are kept ones, each with its number, its name as typed, and levels to try. ``rulings`` are a consultant's,
    each with subject, verdict, reason as typed, whose it is, and the day.
    ``prepared`` and ``offers`` are what the consultancy behind the report says of itself. ``voices`` are those of several
    people who answered separately, or voted in a room.
    """
    lexicon = Lexicon(
        playbook,
        situation,
        given,
        edition,
        own or {},
        offers or Offered(),
        voices.by_question if voices else {},
    )
    planned = own_plan(playbook, situation, advice, changes or {})
    as_decided = decided(playbook, situation, advice, planned)
    moves = plan.moves_section(lexicon, advice, planned)
    homework = evidence.homework_section(lexicon, advice)
    short = summary.in_short(title, TITLE_LENGTH)
    layers = ", ".join(each.name for each in playbook.layers)
    house = drawings.house_view(lexicon, advice)
    today = progress.Day(
        seen=Seen(playbook=playbook, situation=situation, advice=advice),
        day=day,
        given=dict.fromkeys(given or ()),
        left_out=planned.left_out,
    )
    judged = judged_section(lexicon, advice, rulings)
    change, marks = progress.section(since, today) if since else (None, {})
    return ReportPage(
        kicker=gettext("Result") if advice.mode == "full" else gettext("Quick check"),
        title=title,
        title_in_short=short,
        scope=scope,
        scope_in_short=summary.in_short(scope, SCOPE_LENGTH),
        day=day,
        day_words=numbers.day(day),
        footer=" · ".join(each for each in (short, layers, numbers.day(day)) if each),
        kind=advice.bottleneck.kind,
        provisional=summary.provisional(lexicon, advice),
        headline=summary.headline(lexicon, advice),
        lead=summary.lead(lexicon, advice),
        few=summary.carried_by_few(advice),
        decision=decision,
        decision_in_short=summary.in_short(decision, DECISION_LENGTH),
        agreement=agreement(lexicon, advice),
        messages=messages.messages(
            lexicon, advice, moves, brief=len(decision) > ONE_LINE or judged is not None
        ),
        judged=judged,
        house=house,
        facts=messages.facts(lexicon, advice),
        deciding=gates.deciding_section(lexicon, advice),
        moves=moves,
        gates=gates.gates_section(lexicon, advice),
        pitfalls=findings.pitfalls_section(lexicon, advice),
        holds=findings.holds_section(lexicon, advice),
        dependencies=dependencies.dependencies_section(lexicon, advice),
        roadmap=plan.roadmap_section(lexicon, advice, planned, as_decided),
        budget=money.budget_section(lexicon, advice, as_decided),
        change=evidence.change_section(lexicon, advice, stability),
        scenarios=whatif.scenarios_section(whatif.scenario_cards(lexicon, scenarios)),
        levels=levels.levels_section(lexicon, advice, progress.with_marks(house.floors, marks)),
        progress=change,
        voices=voices_section(lexicon, voices),
        checks=findings.checks_section(lexicon, advice),
        symptoms=findings.symptoms_section(lexicon, advice),
        comparisons=comparisons.comparisons_section(lexicon),
        homework=homework,
        homework_first=homework is not None and advice.bottleneck.kind == "undetermined",
        confidence=evidence.confidence_section(lexicon, advice),
        answers=evidence.answers(lexicon, notes or {}, na_reasons or {}),
        changed=judgements.changed_section(lexicon),
        method=method(lexicon, advice),
        prepared=prepared,
    )
