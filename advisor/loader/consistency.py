"""What no field can say alone: ids that fit, answers that belong together, and a plan that can be made."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import get_args

from advisor.engine.conditions import PREDICATES
from advisor.engine.judgement import FIGURES
from advisor.engine.playbook import LEVELS, Condition, Playbook, Question, Range, Signal, Size
from advisor.engine.situation import CONTEXT_FIELDS
from advisor.loader import planning, references
from advisor.loader.mistake import listed, nearest
from advisor.loader.planning import LAYERS
from advisor.loader.references import expect, known, parts
from advisor.loader.shape import Draft

OPTIONS: Mapping[str, Sequence[str]] = {
    "stated": (*LAYERS, "unsure"),
    "c_size": get_args(Size.__value__),
    "c_data_team": ("none", "one_person", "team"),
    "c_models": ("0", "1", "2_5", "6_20", "21plus"),
    "c_ml_plans": ("none", "exploring", "committed"),
    "c_regulated": ("yes", "no"),
    "c_sourcing": ("in_house", "hybrid", "external"),
    "c_tools": ("delivery", "data_bi", "ml"),
    "c_key_person": ("yes", "no"),
}
"""The answers that rules compare with. Roles and horizons are free: the rules only count them."""

RESERVED = ("unknown", "not_applicable", "na")
"""The answers that a question accepts besides its options."""

_ADDRESS = re.compile(r"https?://\S+")


def check(draft: Draft, playbook: Playbook) -> None:
    """Note every mistake that only shows in the edition as a whole."""
    for each in _CHECKS:
        each(draft, playbook)


def _questions(draft: Draft, playbook: Playbook) -> None:
    earlier: dict[str, Question] = {}
    for each in playbook.context:
        expect(draft, each, "id", word=each.id, among=CONTEXT_FIELDS, kind="question")
        for name, answers in (each.only_if or {}).items():
            if expect(draft, each, "only_if", name, word=name, among=earlier, kind="earlier question"):
                options = known(draft, earlier[name].options)
                for place, answer in enumerate(answers):
                    expect(draft, each, "only_if", name, place, word=answer, among=options, kind="option")
        earlier[each.id] = each
        if each.kind == "number" and each.options:
            draft.wrong(each, "options", found="options of a number", allowed="minimum, maximum and unit")
    if playbook.context and playbook.context[0].id != "stated":
        first = playbook.context[0]
        draft.wrong(first, "id", found=f'"{first.id}" as the first question', allowed="stated")


def _options(draft: Draft, playbook: Playbook) -> None:
    questions: list[Question | Signal] = [*playbook.context, *playbook.signals]
    for each in questions:
        ids = [option.id for option in each.options]
        if len(ids) < 2 and not (isinstance(each, Question) and each.kind == "number"):
            draft.wrong(each, "options", found=f"{len(ids)} options", allowed="two or more")
        wanted = OPTIONS.get(each.id, ids) if isinstance(each, Question) else ids
        for option in each.options:
            if option.id in RESERVED:
                instead = "other ids; allow_unknown or allow_na adds this answer"
                draft.wrong(option, "id", found=f'the option "{option.id}"', allowed=instead)
            elif isinstance(each, Signal) and option.band is None:
                draft.wrong(option, found=f'no "band" for "{option.id}"', allowed="green, amber, red")
            else:
                expect(draft, option, "id", word=option.id, among=wanted, kind="option")
        if known(draft, each.options) is None:
            continue
        meant = {nearest(given, wanted) for given in ids if given not in wanted}
        for lost in (word for word in wanted if word not in ids and word not in meant):
            draft.wrong(
                each, "options", found=f'no option "{lost}"', allowed=f"one each for {listed(wanted)}"
            )


def _conditions(draft: Draft, playbook: Playbook) -> None:
    for part in parts(playbook.pitfalls):
        if isinstance(part, Condition):
            names = [each.name for each in fields(part)]
            given = [each for each in names if getattr(part, each) is not None]
            if len(given) != 1 and not draft.spoilt(part, *names):
                found = f"{' and '.join(given) or 'nothing'} in one condition"
                draft.wrong(part, found=found, allowed=f"exactly one of {listed(names)}")
            if part.predicate is not None:
                expect(draft, part, "predicate", word=part.predicate, among=PREDICATES, kind="predicate")


def _severities(draft: Draft, playbook: Playbook) -> None:
    for each in playbook.pitfalls:
        for severity in each.severities[:-1]:
            if not severity.when:
                draft.wrong(
                    severity,
                    found='no "when" although a severity follows',
                    allowed='"when" in all but the last',
                )
        for severity in each.severities[-1:]:
            if severity.when:
                draft.wrong(
                    severity,
                    "when",
                    found='"when" in the last severity',
                    allowed='"when" in all but the last',
                )


def _bases(draft: Draft, playbook: Playbook) -> None:
    """Who says that a source states something has to name one that is not the authors' own judgement."""
    judgement = {each.id for each in playbook.sources if each.mark == "J"}
    for part in parts(playbook):
        claims = [part] if getattr(part, "basis", "") == "source" else []
        claims += (
            [each for each in part.options if each.basis == "source"] if isinstance(part, Signal) else []
        )
        for each in claims:
            if hasattr(part, "sources") and not set(part.sources) - judgement:
                allowed = "judgement, or one of the sources that is not marked J"
                draft.wrong(each, "basis", found='basis "source" without a source', allowed=allowed)


def _benchmarks(draft: Draft, playbook: Playbook) -> None:
    if {"capabilities", "signals"} & draft.unread:
        return
    answers: dict[str, list[str] | None] = {each.id: [*map(str, LEVELS)] for each in playbook.capabilities}
    answers |= {each.id: known(draft, each.options) for each in playbook.signals}
    for each in playbook.benchmarks:
        if expect(draft, each, "question", word=each.question, among=answers, kind="signal or capability"):
            for bucket in each.buckets:
                for place, word in enumerate(bucket.answers):
                    expect(
                        draft,
                        bucket,
                        "answers",
                        place,
                        word=word,
                        among=answers[each.question],
                        kind="answer",
                    )


def _shares(draft: Draft, playbook: Playbook) -> None:
    """The classes of a distribution are all of it; published shares are rounded."""
    for each in playbook.benchmarks:
        whole = sum(bucket.share for bucket in each.buckets)
        if not 99 <= whole <= 101:
            draft.wrong(
                each, "buckets", found=f"shares of {whole:g} % in all", allowed="100 %, give or take 1"
            )


def _figures(draft: Draft, playbook: Playbook) -> None:
    for name, (least, most) in FIGURES.items():
        figure = getattr(playbook.figures, name)
        if not least <= figure.value <= most:
            allowed = f"{least:g} to {most:g}"
            draft.wrong(figure, "value", found=f'{figure.value:g} for "{name}"', allowed=allowed)


def _addresses(draft: Draft, playbook: Playbook) -> None:
    for each in playbook.sources:
        if each.url and not _ADDRESS.fullmatch(each.url):
            draft.wrong(each, "url", found=f'the address "{each.url}"', allowed="https:// and what follows")


def _orders(draft: Draft, playbook: Playbook) -> None:
    """Ranges that run upwards, and a day of release that is one."""
    for part in parts(playbook):
        low, high = ("low", "high") if isinstance(part, Range) else ("minimum", "maximum")
        least, most = getattr(part, low, None), getattr(part, high, None)
        if least is not None and most is not None and least > most:
            draft.wrong(
                part,
                low,
                found=f"{low} {least:g}, {high} {most:g}",
                allowed=f"a {low} that is not above the {high}",
            )
    try:
        date.fromisoformat(playbook.released)
    except ValueError:
        draft.wrong(playbook, "released", found=f'the day "{playbook.released}"', allowed="YYYY-MM-DD")


_CHECKS: tuple[Callable[[Draft, Playbook], None], ...] = (
    references.ids,
    references.codes,
    references.references,
    references.gates,
    references.layers_of_files,
    references.mapping,
    _questions,
    _options,
    _conditions,
    _severities,
    _bases,
    _benchmarks,
    _shares,
    _figures,
    _addresses,
    _orders,
    planning.deliveries,
    planning.needs,
    planning.baselines,
    planning.directions,
    planning.circles,
)
