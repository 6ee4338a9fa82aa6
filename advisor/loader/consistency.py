"""What no field can say alone: ids that must exist, codes that the rules know, answers that belong together."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args

from advisor.engine.advice import AgreementCode, MlopsStatus
from advisor.engine.conditions import PREDICATES
from advisor.engine.lanes import HOLDS
from advisor.engine.playbook import (
    LEVELS,
    Capability,
    Condition,
    Dependency,
    Gate,
    Initiative,
    LightGate,
    Option,
    Playbook,
    Question,
    Range,
    Signal,
    Size,
    Step,
)
from advisor.engine.rules import RULES
from advisor.engine.situation import CONTEXT_FIELDS
from advisor.loader import planning
from advisor.loader.mistake import listed, nearest
from advisor.loader.planning import LAYERS
from advisor.loader.shape import Draft

CODES: Mapping[str, Sequence[str]] = {
    "layers": LAYERS,
    "gates": LAYERS,
    "rules": RULES,
    "lanes": ("main", "preparation", "protection", "hold"),
    "holds": tuple(HOLDS.values()),
    "agreements": get_args(AgreementCode.__value__),
    "statuses": get_args(MlopsStatus.__value__),
    "confidence": (
        "quick_mode",
        "coverage_below_60",
        "coverage_below_90",
        "bottleneck_undetermined",
        "signals_contradict",
        "single_perspective",
        "implausible_combinations",
    ),
}
"""The parts of a playbook that belong to something fixed in the rules: exactly one entry for each code."""

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

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_KINDS = {"layers": "layer", "capabilities": "capability", "initiatives": "initiative", "sources": "source"}
_REFERENCES: Mapping[tuple[type, str], str] = {
    (Capability, "layer"): "layers",
    (Gate, "layer"): "layers",
    (Initiative, "layer"): "layers",
    (Option, "layer"): "layers",
    (Signal, "layer"): "layers",
    **{(Gate, name): "capabilities" for name in ("minima", "regulated", "small", "quick")},
    (Condition, "at_least"): "capabilities",
    (Condition, "at_most"): "capabilities",
    (Dependency, "before"): "capabilities",
    (Dependency, "needs"): "capabilities",
    (Step, "capability"): "capabilities",
    (Step, "by"): "initiatives",
}
"""Fields that name something defined elsewhere; besides these, every field called "sources"."""


def check(draft: Draft, playbook: Playbook) -> None:
    """Note every mistake that only shows in the edition as a whole."""
    for each in _CHECKS:
        each(draft, playbook)


def _parts(part: Any) -> Iterator[Any]:
    """Every dataclass below ``part``, itself included."""
    if is_dataclass(part):
        yield part
        for each in fields(part):
            yield from _parts(getattr(part, each.name))
    elif isinstance(part, Mapping | tuple):
        for each in part.values() if isinstance(part, Mapping) else part:
            yield from _parts(each)


def _key(part: Any) -> str:
    return "code" if hasattr(part, "code") else "layer" if isinstance(part, Gate) else "id"


def _expect(draft: Draft, part: Any, *path: str | int, word: str, among: Iterable[str], kind: str) -> bool:
    """Whether a word is among the allowed ones; a mistake if not."""
    allowed = list(among)
    if word not in allowed:
        found = f'unknown {kind} "{word}"'
        draft.wrong(part, *path, found=found, allowed=listed(allowed), meant=nearest(word, allowed))
    return word in allowed


def _ids(draft: Draft, playbook: Playbook) -> None:
    """Ids are slugs and occur once; questions, symptoms and capabilities share one set of ids, as answers do."""
    names = ("pitfalls", "initiatives", "glossary", "benchmarks", "sources", *CODES)
    collections: list[Sequence[Any]] = [
        [*playbook.context, *playbook.signals, *playbook.capabilities],
        *(getattr(playbook, name) for name in names),
        *(each.options for each in playbook.context),
        *(each.options for each in playbook.signals),
    ]
    for collection in collections:
        seen: set[str] = set()
        for each in collection:
            word = getattr(each, _key(each))
            if word in seen:
                draft.wrong(
                    each, _key(each), found=f'{_key(each)} "{word}" a second time', allowed="each once"
                )
            elif not _SLUG.fullmatch(word):
                draft.wrong(each, _key(each), found=f'the id "{word}"', allowed="letters, digits, - and _")
            seen.add(word)
    edges: set[tuple[str, str, int]] = set()
    for edge in playbook.dependencies:
        if (pair := (edge.needs, edge.before, edge.level)) in edges:
            found = f'"{edge.needs}" before "{edge.before}" at level {edge.level} a second time'
            draft.wrong(edge, found=found, allowed="each dependency once")
        edges.add(pair)


def _codes(draft: Draft, playbook: Playbook) -> None:
    for name, codes in CODES.items():
        words = {getattr(each, _key(each)): each for each in getattr(playbook, name)}
        for word, each in words.items():
            _expect(draft, each, _key(each), word=word, among=codes, kind=_key(each))
        meant = {nearest(word, codes) for word in words if word not in codes}
        for code in (each for each in codes if each not in words and each not in meant):
            draft.lacking(name, f'no entry for "{code}"', f"one each for {listed(codes)}")
    order = [LAYERS.index(each.id) for each in playbook.layers if each.id in LAYERS]
    if order != sorted(order):
        draft.wrong(
            playbook.layers[0],
            found="layers in another order",
            allowed=f"{listed(LAYERS)}, from the ground up",
        )


def _references(draft: Draft, playbook: Playbook) -> None:
    known: dict[str, list[str] | None] = {}
    for kind in _KINDS:
        items = getattr(playbook, kind)
        sure = kind not in draft.unread and not any(draft.spoilt(each, "id") for each in items)
        known[kind] = [each.id for each in items] if sure else None  # None: nothing can be called unknown
    known["layers"] = list(LAYERS)
    for part in _parts(playbook):
        for each in fields(part):
            kind = "sources" if each.name == "sources" else _REFERENCES.get((type(part), each.name), "")
            ids = known.get(kind)
            value = getattr(part, each.name)
            if part is playbook or ids is None or not value:
                continue
            if isinstance(value, str):
                _expect(draft, part, each.name, word=value, among=ids, kind=_KINDS[kind])
                continue
            for place, word in enumerate(value):
                step = word if isinstance(value, Mapping) else place
                _expect(draft, part, each.name, step, word=word, among=ids, kind=_KINDS[kind])


def _gates(draft: Draft, playbook: Playbook) -> None:
    """A gate asks for capabilities of its own layer, and in the quick check for those that are asked there."""
    layer_of = {each.id: each.layer for each in playbook.capabilities}
    for gate in (each for each in playbook.gates if each.layer in LAYERS):
        own = [each for each in playbook.capabilities if each.layer == gate.layer]
        quick = [each.id for each in own if each.quick]
        variants: list[Gate | LightGate] = [gate, gate.light] if gate.light else [gate]
        for terms in variants:
            for name in ("minima", "regulated", "small", "quick"):
                for word in getattr(terms, name, ()):
                    if layer_of.get(word, gate.layer) != gate.layer:
                        found = f'"{word}" belongs to the layer "{layer_of[word]}"'
                        allowed = f'capabilities of "{gate.layer}": {listed(each.id for each in own)}'
                        draft.wrong(terms, name, word, found=found, allowed=allowed)
                    elif name == "quick" and word in layer_of and word not in quick:
                        found = f'"{word}" is not asked in the quick check'
                        draft.wrong(terms, name, word, found=found, allowed=listed(quick))


def _layers_of_files(draft: Draft, playbook: Playbook) -> None:
    items: list[Capability | Initiative] = [*playbook.capabilities, *playbook.initiatives]
    for each in items:
        name = draft.file_of(each).rpartition("/")[2].removesuffix(".yaml")
        if name and each.layer != name and each.layer in LAYERS:
            draft.wrong(
                each, "layer", found=f'the layer "{each.layer}" in the file of "{name}"', allowed=name
            )


def _questions(draft: Draft, playbook: Playbook) -> None:
    earlier: dict[str, Question] = {}
    for each in playbook.context:
        _expect(draft, each, "id", word=each.id, among=CONTEXT_FIELDS, kind="question")
        for name, answers in (each.only_if or {}).items():
            if _expect(draft, each, "only_if", name, word=name, among=earlier, kind="earlier question"):
                options = [option.id for option in earlier[name].options]
                for place, answer in enumerate(answers):
                    _expect(draft, each, "only_if", name, place, word=answer, among=options, kind="option")
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
        wanted = OPTIONS.get(each.id, ids)
        for option in each.options:
            if option.id in RESERVED:
                instead = "other ids; allow_unknown or allow_na adds this answer"
                draft.wrong(option, "id", found=f'the option "{option.id}"', allowed=instead)
            elif isinstance(each, Signal) and option.band is None:
                draft.wrong(option, found=f'no "band" for "{option.id}"', allowed="green, amber, red")
            else:
                _expect(draft, option, "id", word=option.id, among=wanted, kind="option")
        meant = {nearest(given, wanted) for given in ids if given not in wanted}
        for lost in (word for word in wanted if word not in ids and word not in meant):
            draft.wrong(
                each, "options", found=f'no option "{lost}"', allowed=f"one each for {listed(wanted)}"
            )


def _conditions(draft: Draft, playbook: Playbook) -> None:
    for part in _parts(playbook.pitfalls):
        if isinstance(part, Condition):
            names = [each.name for each in fields(part)]
            given = [each for each in names if getattr(part, each) is not None]
            if len(given) != 1 and not draft.spoilt(part, *names):
                found = f"{' and '.join(given) or 'nothing'} in one condition"
                draft.wrong(part, found=found, allowed=f"exactly one of {listed(names)}")
            if part.predicate is not None:
                _expect(draft, part, "predicate", word=part.predicate, among=PREDICATES, kind="predicate")


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
    for part in _parts(playbook):
        claims = [part] if getattr(part, "basis", "") == "source" else []
        claims += (
            [each for each in part.options if each.basis == "source"] if isinstance(part, Signal) else []
        )
        for each in claims:
            if hasattr(part, "sources") and not set(part.sources) - judgement:
                allowed = "judgement, or one of the sources that is not marked J"
                draft.wrong(each, "basis", found='"source" without such a source', allowed=allowed)


def _benchmarks(draft: Draft, playbook: Playbook) -> None:
    answers = {each.id: tuple(map(str, LEVELS)) for each in playbook.capabilities}
    answers |= {each.id: tuple(option.id for option in each.options) for each in playbook.signals}
    for each in playbook.benchmarks:
        if {"capabilities", "signals"} & draft.unread:
            return
        if _expect(draft, each, "question", word=each.question, among=answers, kind="signal or capability"):
            for bucket in each.buckets:
                for place, word in enumerate(bucket.answers):
                    _expect(
                        draft,
                        bucket,
                        "answers",
                        place,
                        word=word,
                        among=answers[each.question],
                        kind="answer",
                    )


def _orders(draft: Draft, playbook: Playbook) -> None:
    """Ranges that run upwards, and a day of release that is one."""
    for part in _parts(playbook):
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
    _ids,
    _codes,
    _references,
    _gates,
    _layers_of_files,
    _questions,
    _options,
    _conditions,
    _severities,
    _bases,
    _benchmarks,
    _orders,
    planning.deliveries,
    planning.needs,
    planning.baselines,
    planning.directions,
    planning.circles,
)
