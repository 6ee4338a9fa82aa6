"""The sequential budget in words: what is released now, what waits for a gate, and on which figures that rests."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, Budget, Stage, Tranche
from advisor.engine.playbook import Figure, Range
from advisor.engine.situation import UNKNOWN
from reports.presenter import drawings, numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.sections import Amount, Assumption, BudgetSection, TrancheRow


def budget_section(lexicon: Lexicon, advice: Advice, decided: Advice) -> BudgetSection | None:
    """None where nothing is planned; without a known size it says what is missing.

    ``decided`` has stages and budget as somebody changed them; it is ``advice`` itself where nobody did.
    """
    if not advice.roadmap:
        return None
    if advice.budget is None:
        return _without(lexicon)
    budget = decided.budget
    if budget is None:
        return _empty(
            gettext("No budget"), gettext("Every move is left out of the plan, so there is nothing to spend.")
        )
    return BudgetSection(
        heading=_heading(budget),
        note=" ".join(each for each in (_note(budget), _calculated(advice.budget, budget)) if each),
        missing="",
        released=_released(advice, budget),
        held=_held_amount(lexicon, budget),
        bar=drawings.budget_bar(lexicon, decided),
        bar_title=gettext("Released now, and held until a gate opens"),
        rows=tuple(_rows(lexicon, budget)),
        sentences=tuple(_sentences(lexicon, decided, budget)),
        affordable=_affordable(lexicon, budget),
        formula=_formula(lexicon),
        assumptions=tuple(assumption(lexicon, each) for each in budget.assumptions),
        whys=lexicon.whys(*budget.reasons),
    )


def _without(lexicon: Lexicon) -> BudgetSection:
    missing = (
        gettext(
            "Effort depends on the size of the organisation. Answer “%(size)s”, and the budget stands here."
        )
        if lexicon.asks("c_size")
        else gettext(
            "The quick check does not ask for the size of the organisation; the full assessment does."
        )
    )
    return _empty(gettext("No budget without a size"), missing % {"size": lexicon.title("c_size")})


def _empty(heading: str, missing: str) -> BudgetSection:
    return BudgetSection(
        heading=heading,
        note="",
        missing=missing,
        released=None,
        held=None,
        bar=None,
        bar_title="",
        rows=(),
        sentences=(),
        affordable="",
        formula="",
        assumptions=(),
        whys=(),
    )


def _heading(budget: Budget) -> str:
    if any(each.held_until for each in budget.tranches):
        return gettext("Budget follows the gates")
    return gettext("Part of it is put off") if _waits(budget) else gettext("All of it is released")


def _calculated(advised: Budget, budget: Budget) -> str:
    """What it was before somebody changed the plan; empty where it comes to the same."""
    if (advised.released, advised.held) == (budget.released, budget.held):
        return ""
    words = {
        "released": numbers.span(advised.released),
        "held": numbers.span(advised.held),
    }
    if advised.held.high:
        return gettext("As calculated, before your changes: %(released)s released, %(held)s held.") % words
    return gettext("As calculated, before your changes: %(released)s released.") % words


def _waits(budget: Budget) -> bool:
    """Some of it is held until a gate opens, or put off."""
    return any(not each.released for each in budget.tranches)


def _note(budget: Budget) -> str:
    if not _waits(budget):
        return gettext("Middle values, in person-weeks.")
    total = numbers.estimate(budget.released.middle) + numbers.estimate(budget.held.middle)
    whole = Range(low=budget.released.low + budget.held.low, high=budget.released.high + budget.held.high)
    words = {"total": numbers.printed(total), "range": numbers.span(whole)}
    return gettext("Middle values, in person-weeks. Whole programme: %(total)s, range %(range)s.") % words


def _released(advice: Advice, budget: Budget) -> Amount:
    words = {"range": numbers.span(budget.released), "amount": numbers.quantity(budget.released.middle)}
    if not budget.released.high:
        return Amount(figure=gettext("Nothing is released now"), label=gettext("as you decided"), money="")
    if budget.baseline:
        label = gettext("now, for stage 1 and the baseline (%(range)s)") % words
    elif advice.bottleneck.kind == "undetermined":
        label = gettext("now, to find out (%(range)s)") % words
    else:
        label = gettext("now, for stage 1 (%(range)s)") % words
    figure = ngettext(
        "%(amount)s person-week released", "%(amount)s person-weeks released", _plural(budget.released)
    )
    return Amount(figure=figure % words, label=label, money=_money(budget.released_money))


def _held_amount(lexicon: Lexicon, budget: Budget) -> Amount | None:
    gates = [each.held_until for each in budget.tranches if each.held_until]
    put_off = any(each.put_off for each in budget.tranches)
    if not gates and not put_off:
        return None
    words = {
        "range": numbers.span(budget.held),
        "amount": numbers.quantity(budget.held.middle),
        "layer": lexicon.name(gates[0]) if gates else "",
    }
    if not gates:
        label = gettext("put off by you (%(range)s)") % words
    elif put_off:
        label = gettext("from the %(layer)s gate on, or put off by you (%(range)s)") % words
    elif len(gates) > 1:
        label = gettext("from the %(layer)s gate on, gate by gate (%(range)s)") % words
    else:
        label = gettext("until the %(layer)s gate opens (%(range)s)") % words
    figure = ngettext("%(amount)s person-week held", "%(amount)s person-weeks held", _plural(budget.held))
    return Amount(figure=figure % words, label=label, money=_money(budget.held_money))


def _plural(amount: Range) -> int:
    return 1 if numbers.estimate(amount.middle) == 1 else 2


def _money(amount: Range | None) -> str:
    if amount is None:
        return ""
    words = {"middle": numbers.sum_of_money(amount.middle), "range": numbers.money(amount)}
    return gettext("Money: about %(middle)s (%(range)s)") % words


def _rows(lexicon: Lexicon, budget: Budget) -> list[TrancheRow]:
    rows = []
    if budget.baseline and budget.baseline.effort:
        rows.append(
            TrancheRow(
                what=gettext("Baseline"),
                layer=lexicon.tags[budget.baseline.layer],
                range=numbers.span(budget.baseline.effort),
                middle=numbers.quantity(budget.baseline.effort.middle),
                money=numbers.money(budget.baseline_money) if budget.baseline_money else "",
                when=gettext("now"),
            )
        )
    return [*rows, *(_row(lexicon, each) for each in budget.tranches)]


def _row(lexicon: Lexicon, tranche: Tranche) -> TrancheRow:
    until = {"layer": lexicon.name(tranche.held_until)} if tranche.held_until else {}
    when = gettext("put off by you") if tranche.put_off else gettext("now")
    return TrancheRow(
        what=stage_name(tranche),
        layer=lexicon.tags[tranche.layer],
        range=numbers.span(tranche.effort),
        middle=numbers.quantity(tranche.effort.middle),
        money=numbers.money(tranche.money) if tranche.money else "",
        when=gettext("when the %(layer)s gate is open") % until if until else when,
    )


def stage_name(stage: Stage | Tranche) -> str:
    return gettext("Put off") if stage.put_off else gettext("Stage %(number)s") % {"number": stage.stage}


def _sentences(lexicon: Lexicon, advice: Advice, budget: Budget) -> list[str]:
    sentences = []
    people = lexicon.situation.capacity_fte
    if budget.weekly is not None and people:
        words = {
            "people": numbers.people(people),
            "share": numbers.share(lexicon.playbook.figures.capacity_use.value),
            "weekly": numbers.printed(numbers.rounded(budget.weekly, "0.1")),
        }
        sentences.append(
            gettext("%(weekly)s person-weeks of work a week, from %(people)s at %(share)s.") % words
        )
    sentences += [
        _planned_at(each, each.planned_weeks, budget.weekly)
        for each in advice.roadmap
        if each.planned_weeks is not None
    ]
    return [
        *sentences,
        *_forward(lexicon, advice),
        *_early(lexicon, advice, budget),
        *_horizon(lexicon, advice, budget),
        *_unknown(advice),
    ]


def _unknown(advice: Advice) -> list[str]:
    count = len(unknown_blocks(advice))
    return [f"{not_in_the_plan(count)}."] if count else []


def unknown_blocks(advice: Advice) -> tuple[str, ...]:
    """The blocks that have no move because nobody knows their level; none where the plan is just to find out."""
    if advice.bottleneck.kind in ("undetermined", "none"):
        return ()
    return tuple(
        each.capability for each in advice.standings if each.asked and each.answer in (None, UNKNOWN)
    )


def not_in_the_plan(count: int) -> str:
    """A block that nobody knows gets no move, so it costs nothing here either; empty without one."""
    if not count:
        return ""
    return ngettext(
        "Not in the plan: one block that is not known",
        "Not in the plan: %(count)s blocks that are not known",
        count,
    ) % {"count": numbers.in_words(count)}


def _planned_at(stage: Stage, weeks: float, weekly: float | None) -> str:
    """How long a stage takes as planned, and why it takes longer than its effort would."""
    steps = _steps(stage)
    words = {"number": stage.stage, "weeks": numbers.weeks_whole(weeks), "steps": steps}
    by_effort = stage.effort is None or not weekly or stage.effort.middle / weekly >= stage.lead_weeks.high
    if stage.put_off:
        return gettext("What you put off is planned at %(weeks)s, after everything else.") % words
    if by_effort:
        return gettext("Stage %(number)s is planned at %(weeks)s.") % words
    if "+" not in steps:
        return gettext("Stage %(number)s is planned at %(weeks)s, as long as its longest step takes.") % words
    return (
        gettext(
            "Stage %(number)s is planned at %(weeks)s: its longest steps follow one another, %(steps)s weeks."
        )
        % words
    )


def _steps(stage: Stage) -> str:
    """The longest lead time of each wave: "12 + 12"."""
    longest: dict[int, float] = {}
    for each in stage.moves:
        longest[each.wave] = max(longest.get(each.wave, 0), each.lead.high)
    return " + ".join(numbers.quantity(longest[wave]) for wave in sorted(longest) if longest[wave])


def _forward(lexicon: Lexicon, advice: Advice) -> list[str]:
    """What the first stage holds of later ones: a stage is one layer's, unless somebody brought a move forward."""
    return [
        gettext("Stage %(number)s includes what you brought forward: %(titles)s.")
        % {"number": stage.stage, "titles": "; ".join(lexicon.short(each) for each in moves)}
        for stage in advice.roadmap
        if not stage.put_off and (moves := [each for each in stage.moves if each.layer != stage.layer])
    ]


def _early(lexicon: Lexicon, advice: Advice, budget: Budget) -> list[str]:
    """An early start begins now, but its effort belongs to its own stage."""
    held = {each.stage for each in budget.tranches if each.held_until}
    early = {each.code for each in advice.prep_lane}
    return [
        gettext("“%(move)s” starts early; its effort is counted in stage %(number)s.")
        % {
            "move": lexicon.short(move),
            "number": stage.stage,
        }
        for stage in advice.roadmap
        for move in stage.moves
        if move.code in early and stage.stage in held
    ]


def _horizon(lexicon: Lexicon, advice: Advice, budget: Budget) -> list[str]:
    """Whether it all ends in time, as planned and at the upper estimates."""
    months = lexicon.situation.horizon_months
    judged = [each for each in budget.tranches if each.inside_horizon is not None]
    if not months or not judged:
        return []
    ends = upper_ends(advice)
    words = {"months": numbers.months(months)}
    doubtful = next((each for each in judged if ends_late(budget, ends.get(each.stage))), None)
    if doubtful is None or doubtful.end_week is None:
        return [gettext("All of it ends inside your horizon of %(months)s.") % words]
    number = {"number": doubtful.stage}
    words |= {
        "stage": gettext("what you put off") if doubtful.put_off else gettext("stage %(number)s") % number,
        "first": gettext("What you put off") if doubtful.put_off else gettext("Stage %(number)s") % number,
        "planned": numbers.whole(doubtful.end_week),
        "upper": numbers.whole(ends[doubtful.stage]),
    }
    if not doubtful.inside_horizon:
        text = gettext("%(first)s ends in week %(planned)s, after your horizon of %(months)s.")
    elif len(advice.roadmap) == 1:
        text = gettext(
            "As planned it ends in week %(planned)s; at the upper estimate in week %(upper)s, "
            "after your horizon of %(months)s."
        )
    else:
        text = gettext(
            "As planned, %(stage)s ends in week %(planned)s; at the upper estimates in week %(upper)s, "
            "after your horizon of %(months)s."
        )
    return [text % words, *_late(judged, doubtful)]


def _late(judged: list[Tranche], told: Tranche) -> list[str]:
    """The first later stage that ends too late even as planned."""
    late = next((each for each in judged if not each.inside_horizon), None)
    if late is None or late is told or late.end_week is None:
        return []
    words = {"number": late.stage, "planned": numbers.whole(late.end_week)}
    if late.put_off:
        return [
            gettext("What you put off ends after it in any case, in week %(planned)s as planned.") % words
        ]
    return [gettext("Stage %(number)s ends after it in any case, in week %(planned)s as planned.") % words]


def upper_ends(advice: Advice) -> dict[int, float]:
    """The week in which each stage ends if it and all before it take as long as estimated at most."""
    ends, week = {}, 0.0
    for stage in advice.roadmap:
        if stage.weeks is None:
            break
        week += stage.weeks.high
        ends[stage.stage] = week
    return ends


def ends_late(budget: Budget, week: float | None) -> bool:
    return week is not None and budget.horizon_weeks is not None and week > budget.horizon_weeks


def _affordable(lexicon: Lexicon, budget: Budget) -> str:
    if budget.affordable is None or lexicon.situation.budget is None:
        return ""
    words = {"sum": numbers.sum_of_money(lexicon.situation.budget)}
    return {
        "yes": gettext("Your budget of %(sum)s covers what is released now, up to its upper end."),
        "partly": gettext(
            "Your budget of %(sum)s covers the lower end of what is released now, but not its upper end."
        ),
        "no": gettext(
            "Your budget of %(sum)s does not cover even the lower end of what is released now. Start with the first move."
        ),
    }[budget.affordable] % words


def _formula(lexicon: Lexicon) -> str:
    days = {"days": numbers.days(lexicon.playbook.figures.days_per_week.value)}
    if not lexicon.situation.day_rate:
        return (
            gettext(
                "Middle value: about halfway between the lower and the upper estimate, rounded. One person-week is %(days)s."
            )
            % days
        )
    words = {**days, "rate": numbers.printed(lexicon.situation.day_rate)}
    return (
        gettext(
            "Middle value: about halfway between the lower and the upper estimate, rounded. "
            "Money: person-weeks times %(days)s times your rate of %(rate)s a day."
        )
        % words
    )


def assumption(lexicon: Lexicon, name: str) -> Assumption:
    figure: Figure = getattr(lexicon.playbook.figures, name)
    return Assumption(
        title=figure.title,
        value=figure_value(figure),
        reason=figure.reason,
        basis=gettext("set by you") if name in lexicon.changed else basis_word(figure.basis),
    )


def figure_value(figure: Figure) -> str:
    """A figure with its unit: "5 days", "80 %"."""
    if figure.unit.startswith("share"):
        return numbers.share(figure.value)
    words = {"value": numbers.printed(figure.value), "unit": figure.unit}
    if " " in figure.unit:
        return gettext("%(value)s (%(unit)s)") % words
    if figure.value == 1:  # an edition names its units in the plural
        words["unit"] = figure.unit.removesuffix("s")
    return gettext("%(value)s %(unit)s") % words


def basis_word(basis: str) -> str:
    return gettext("from a source") if basis == "source" else gettext("our judgement")
