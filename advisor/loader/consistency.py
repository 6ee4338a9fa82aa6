"""What no field can say alone: ids that must exist, codes the rules know, circles, and work that nobody could choose."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_args

from advisor.engine.advice import AgreementCode, MlopsStatus
from advisor.engine.asking import DATAOPS, DEVOPS, MLOPS
from advisor.engine.conditions import PREDICATES
from advisor.engine.playbook import (
    LEVELS,
    Capability,
    Condition,
    Dependency,
    Gate,
    Initiative,
    Option,
    Playbook,
    Question,
    Range,
    Signal,
    Size,
    Step,
)
from advisor.engine.roadmap import GOVERN, HOLD_NEW_MODELS, INVENTORY, MONITOR, PAUSE_RETRAINING, VALIDATE
from advisor.engine.rules import RULES
from advisor.engine.situation import CONTEXT_FIELDS
from advisor.loader.mistake import listed, nearest
from advisor.loader.shape import Draft

LAYERS = (DEVOPS, DATAOPS, MLOPS)
DELIVERED = (2, 3)
"""The levels that initiatives deliver: the first phase level 2, the second phase or a later initiative level 3."""

CODES: Mapping[str, Sequence[str]] = {
    "layers": LAYERS,
    "rules": RULES,
    "lanes": ("main", "preparation", "protection", "hold"),
    "holds": (HOLD_NEW_MODELS, PAUSE_RETRAINING),
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
"""The parts of a playbook that give words to something fixed in the rules: each code needs exactly one entry."""

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

_REFERENCES: Mapping[tuple[type, str], str] = {
    (Capability, "layer"): "layers",
    (Gate, "layer"): "layers",
    (Initiative, "layer"): "layers",
    (Option, "layer"): "layers",
    (Signal, "layer"): "layers",
    (Condition, "at_least"): "capabilities",
    (Condition, "at_most"): "capabilities",
    (Dependency, "before"): "capabilities",
    (Dependency, "needs"): "capabilities",
    (Step, "by"): "initiatives",
    (Step, "capability"): "capabilities",
}
"""Fields that name something defined elsewhere; besides these, every field called "sources"."""

_KINDS = {"layers": "layer", "capabilities": "capability", "initiatives": "initiative", "sources": "source"}


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


def _known(draft: Draft, playbook: Playbook, kind: str) -> tuple[str, ...] | None:
    """The ids of a kind; None where a part of them could not be read, so that none can be called unknown."""
    items = getattr(playbook, kind)
    if kind in draft.unread or any(draft.spoilt(each, _key(each)) for each in items):
        return None
    return tuple(getattr(each, _key(each)) for each in items)


def _expect(draft: Draft, part: Any, *path: str | int, word: str, among: Iterable[str] | None, kind: str) -> bool:
    """Whether a word is among the known ones, or nothing can be said; a mistake otherwise."""
    if among is None or word in (allowed := list(among)):
        return True
    draft.wrong(
        part, *path, found=f'unknown {kind} "{word}"', allowed=listed(allowed), meant=nearest(word, allowed)
    )
    return False


def _ids(draft: Draft, playbook: Playbook) -> None:
    """Ids are slugs and occur once; questions, symptoms and capabilities share one set of ids, as answers do."""
    collections = [
        [*playbook.context, *playbook.signals, *playbook.capabilities],
        *(getattr(playbook, name) for name in ("pitfalls", "initiatives", "glossary", "benchmarks", "sources", "gates")),
        *(getattr(playbook, name) for name in CODES),
        *(each.options for each in (*playbook.context, *playbook.signals)),
    ]
    for collection in collections:
        seen: set[str] = set()
        for each in collection:
            word = getattr(each, _key(each))
            if word in seen:
                draft.wrong(each, _key(each), found=f'{_key(each)} "{word}" a second time', allowed="each once")
            elif not _SLUG.fullmatch(word):
                draft.wrong(each, _key(each), found=f'the id "{word}"', allowed="letters, digits, - and _")
            seen.add(word)


def _codes(draft: Draft, playbook: Playbook) -> None:
    for name, codes in CODES.items():
        items = getattr(playbook, name)
        for each in items:
            _expect(draft, each, _key(each), word=getattr(each, _key(each)), among=codes, kind=_key(each))
        known = _known(draft, playbook, name) or codes
        for code in (each for each in codes if each not in known):
            draft.lacking(name, f'no entry for "{code}"', f"one each for {listed(codes)}")
    if [each.id for each in playbook.layers if each.id in LAYERS] not in ([], *_starts(LAYERS)):
        draft.wrong(playbook.layers[0], found="layers in another order", allowed=f"{listed(LAYERS)}, from the ground up")
    if "gates" not in draft.unread:
        for layer in set(LAYERS) - {each.layer for each in playbook.gates}:
            draft.lacking("gates", f'no gate for "{layer}"', f"one each for {listed(LAYERS)}")


def _starts(words: Sequence[str]) -> list[list[str]]:
    return [[each for each in words if each in kept] for kept in ({*words} - {lost} for lost in ("", *words))]


def _references(draft: Draft, playbook: Playbook) -> None:
    known = {kind: _known(draft, playbook, kind) for kind in _KINDS}
    for part in _parts(playbook):
        for each in fields(part):
            value = getattr(part, each.name)
            kind = "sources" if each.name == "sources" else _REFERENCES.get((type(part), each.name))
            if part is playbook or not kind or not value:
                continue
            places = [()] if isinstance(value, str) else [(place,) for place in range(len(value))]
            words = [value] if isinstance(value, str) else list(value)
            if isinstance(value, Mapping):
                places = [(word,) for word in words]
            for word, place in zip(words, places, strict=True):
                _expect(draft, part, each.name, *place, word=word, among=known[kind], kind=_KINDS[kind])


def _gates(draft: Draft, playbook: Playbook) -> None:
    layer_of = {each.id: each.layer for each in playbook.capabilities}
    for gate in playbook.gates:
        own = [each for each, layer in layer_of.items() if layer == gate.layer]
        quick = [each.id for each in playbook.capabilities if each.quick and each.id in own]
        for terms in filter(None, (gate, gate.light)):
            for name in ("minima", "regulated", "small", "quick"):
                allowed, kind = (quick, "quick capability") if name == "quick" else (own, "capability")
                for word in getattr(terms, name, ()):
                    if word in layer_of and layer_of[word] != gate.layer:
                        found = f'"{word}" belongs to the layer "{layer_of[word]}"'
                        draft.wrong(terms, name, word, found=found, allowed=f'capabilities of "{gate.layer}": {listed(own)}')
                    elif "capabilities" not in draft.unread and own:
                        _expect(draft, terms, name, word, word=word, among=allowed, kind=kind)


def _capabilities_and_initiatives(draft: Draft, playbook: Playbook) -> None:
    for each in (*playbook.capabilities, *playbook.initiatives):
        name = draft.file_of(each).rpartition("/")[2].removesuffix(".yaml")
        if each.layer != name and each.layer in LAYERS:
            draft.wrong(each, "layer", found=f'the layer "{each.layer}" in the file of "{name}"', allowed=name)
    for part in _parts(playbook):
        if isinstance(part, Range) and part.low > part.high:
            draft.wrong(part, found=f"from {part.low:g} to {part.high:g}", allowed="low no greater than high")


def _questions(draft: Draft, playbook: Playbook) -> None:
    earlier: dict[str, Question] = {}
    for each in playbook.context:
        _expect(draft, each, "id", word=each.id, among=CONTEXT_FIELDS, kind="question")
        ids = [option.id for option in each.options]
        if each.kind == "number":
            if each.options:
                draft.wrong(each, "options", found="options of a number", allowed="minimum, maximum and unit")
            if each.minimum is not None and each.maximum is not None and each.minimum > each.maximum:
                draft.wrong(each, "minimum", found="a minimum above the maximum", allowed=f"{each.maximum:g} at most")
        elif len(ids) < 2:
            draft.wrong(each, "options", found=f"{len(ids)} options", allowed="two or more")
        wanted = OPTIONS.get(each.id, ids)
        for place, option in enumerate(each.options):
            if option.id not in wanted:
                _expect(draft, each, "options", place, "id", word=option.id, among=wanted, kind="option")
        for lost in (id for id in wanted if id not in ids):
            draft.wrong(each, "options", found=f'no option "{lost}"', allowed=f"one each for {listed(wanted)}")
        for name, answers in (each.only_if or {}).items():
            if _expect(draft, each, "only_if", name, word=name, among=earlier, kind="earlier question"):
                for place, answer in enumerate(answers):
                    options = [option.id for option in earlier[name].options]
                    _expect(draft, each, "only_if", name, place, word=answer, among=options, kind="option")
        earlier[each.id] = each
    if playbook.context and playbook.context[0].id != "stated":
        draft.wrong(playbook.context[0], "id", found=f'"{playbook.context[0].id}" first', allowed="stated")


def _signals(draft: Draft, playbook: Playbook) -> None:
    for each in playbook.signals:
        if len(each.options) < 2:
            draft.wrong(each, "options", found=f"{len(each.options)} options", allowed="two or more")
        for option in each.options:
            if option.band is None:
                draft.wrong(option, found=f'no "band" for "{option.id}"', allowed="green, amber, red")
    for question in (*playbook.context, *playbook.signals):
        for option in question.options:
            if option.id in RESERVED:
                allowed = '"allow_unknown" or "allow_na" of the question'
                draft.wrong(option, "id", found=f'the option "{option.id}"', allowed=allowed)


def _pitfalls(draft: Draft, playbook: Playbook) -> None:
    for each in playbook.pitfalls:
        for place, severity in enumerate(each.severities):
            last = place == len(each.severities) - 1
            if last and severity.when:
                draft.wrong(severity, "when", found='"when" in the last severity', allowed="a last one that always applies")
            elif not last and not severity.when:
                draft.wrong(severity, found='no "when" although more severities follow', allowed="a condition")
    for part in _parts(playbook.pitfalls):
        if isinstance(part, Condition):
            names = [each.name for each in fields(part)]
            given = [each for each in names if getattr(part, each) is not None]
            if len(given) != 1 and not draft.spoilt(part, *names):
                found = f"{' and '.join(given) or 'nothing'} in a condition"
                draft.wrong(part, found=found, allowed=f"exactly one of {listed(names)}")
            if part.predicate:
                _expect(draft, part, "predicate", word=part.predicate, among=PREDICATES, kind="predicate")


def _bases(draft: Draft, playbook: Playbook) -> None:
    """Who says that a source states something has to name one that is not the authors' own judgement."""
    judgement = {each.id for each in playbook.sources if each.mark == "J"}
    for part in _parts(playbook):
        claims = [part] if getattr(part, "basis", None) == "source" and hasattr(part, "sources") else []
        claims += [each for each in part.options if each.basis == "source"] if isinstance(part, Signal) else []
        for each in claims:
            if not set(part.sources) - judgement:
                draft.wrong(each, "basis", found='"source" without a source', allowed="judgement, or a source other than J")


def _benchmarks(draft: Draft, playbook: Playbook) -> None:
    answers = {each.id: tuple(map(str, LEVELS)) for each in playbook.capabilities}
    answers |= {each.id: tuple(option.id for option in each.options) for each in playbook.signals}
    if {"capabilities", "signals"} & draft.unread:
        return
    for each in playbook.benchmarks:
        if _expect(draft, each, "question", word=each.question, among=answers, kind="signal or capability"):
            for bucket in each.buckets:
                for place, word in enumerate(bucket.answers):
                    _expect(draft, bucket, "answers", place, word=word, among=answers[each.question], kind="answer")


def _released(draft: Draft, playbook: Playbook) -> None:
    try:
        date.fromisoformat(playbook.released)
    except ValueError:
        draft.wrong(playbook, "released", found=f'the day "{playbook.released}"', allowed="YYYY-MM-DD")


def _delivery(draft: Draft, playbook: Playbook) -> None:
    """Levels 2 and 3 of every capability are delivered by exactly one initiative, and every initiative is of use."""
    by: dict[tuple[str, int], str] = {}
    layer_of = {each.id: each.layer for each in playbook.capabilities}
    for each in playbook.initiatives:
        _one_delivery(draft, each, by, layer_of)
    if not draft.unread and not any(draft.spoilt(each, "id", "raises", "phase_b") for each in playbook.initiatives):
        for capability in playbook.capabilities:
            for level in DELIVERED:
                if (capability.id, level) not in by:
                    found = f'level {level} of "{capability.id}" is delivered by no initiative'
                    draft.wrong(capability, "id", found=found, allowed="exactly one")
    for each in playbook.initiatives:
        _needs(draft, each, by, _known(draft, playbook, "initiatives") or ())
    for edge in playbook.dependencies:
        if edge.at_least > max(DELIVERED) and edge.level <= max(DELIVERED):
            draft.wrong(edge, "at_least", found=f"level {edge.at_least}, which no initiative delivers", allowed="1, 2, 3")


def _one_delivery(draft: Draft, each: Initiative, by: dict[tuple[str, int], str], layer_of: Mapping[str, str]) -> None:
    if each.baseline and each.raises:
        draft.wrong(each, "raises", found="a baseline that raises something", allowed="baseline: true or raises")
    if not each.baseline and not each.raises:
        draft.wrong(each, found=f'"{each.id}" cannot be reached: it raises nothing', allowed="raises, or baseline: true")
    if each.phase_b and not any(step.level == 2 for step in each.raises):
        draft.wrong(each, "phase_b", found="a phase B without a phase A", allowed="phase_b where something is raised to level 2")
    for step in each.raises:
        levels = DELIVERED if each.phase_b and step.level == 2 else (step.level,)
        if step.level not in DELIVERED:
            draft.wrong(step, "level", found=f'"{each.id}" cannot be reached: it raises to level {step.level}', allowed="2, 3")
        if layer_of.get(step.capability, each.layer) != each.layer:
            found = f'"{step.capability}" belongs to the layer "{layer_of[step.capability]}"'
            draft.wrong(step, "capability", found=found, allowed=f'capabilities of "{each.layer}"')
        for level in levels:
            first = by.setdefault((step.capability, level), each.id)
            if first != each.id:
                found = f'"{each.id}" cannot be reached: "{first}" already delivers level {level} of "{step.capability}"'
                draft.wrong(step, found=found, allowed="exactly one initiative for each level")


def _needs(draft: Draft, each: Initiative, by: Mapping[tuple[str, int], str], known: Sequence[str]) -> None:
    for step in each.needs:
        deliverer = by.get((step.capability, max(step.level, *DELIVERED[:1])))
        if deliverer is None:
            found = f'"{each.id}" can never start: no initiative delivers level {step.level} of "{step.capability}"'
            draft.wrong(step, "level", found=found, allowed="levels that an initiative delivers")
        elif step.by is None or (step.by in known and step.by != deliverer):
            given = f'"{step.by}" does not deliver' if step.by else 'no "by" for'
            found = f'{given} level {step.level} of "{step.capability}"'
            draft.wrong(step, "by", found=found, allowed=deliverer)


def _baselines(draft: Draft, playbook: Playbook) -> None:
    """Each layer has one baseline; the top layer has stand-ins that the rules know by name."""
    if draft.unread or any(draft.spoilt(each, "id", "layer", "baseline") for each in playbook.initiatives):
        return
    for layer in playbook.layers:
        baselines = [each for each in playbook.initiatives if each.baseline and each.layer == layer.id]
        if not baselines and layer.id != MLOPS:
            draft.wrong(layer, "id", found=f'no baseline for the layer "{layer.id}"', allowed="one initiative with baseline: true")
        for each in baselines[layer.id != MLOPS :]:
            draft.wrong(each, "baseline", found=f'"{each.id}" cannot be reached: another baseline serves its layer', allowed="false")
    ids = [each.id for each in playbook.initiatives]
    for id in (each for each in (INVENTORY, MONITOR, VALIDATE, GOVERN) if each not in ids):
        found = f'no initiative "{id}", which the rules start by name'
        draft.lacking("initiatives", found, f"an initiative of this id in the layer {MLOPS}")


def _circles(draft: Draft, playbook: Playbook) -> None:
    """Nothing may wait for itself, neither levels of capabilities nor initiatives."""
    levels: dict[tuple[str, str], Any] = {}
    for edge in playbook.dependencies:
        levels.setdefault((f"{edge.before}>={edge.level}", f"{edge.needs}>={edge.at_least}"), edge)
    lower = {
        (f"{each.id}>={level}", f"{each.id}>={level - 1}"): None for each in playbook.capabilities for level in LEVELS[2:]
    }
    _circle(draft, {**lower, **levels})
    steps: dict[tuple[str, str], Any] = {}
    phased = {f"{each.id}:B": each.id for each in playbook.initiatives if each.phase_b}
    for each in playbook.initiatives:
        for step in each.needs:
            later = f"{step.by}:B" if step.level > 2 and f"{step.by}:B" in phased else str(step.by)
            steps.setdefault((each.id, later), step)
    _circle(draft, {**dict.fromkeys(phased.items()), **steps})


def _circle(draft: Draft, edges: dict[tuple[str, str], Any]) -> None:
    """Report each circle where its last edge is written; an edge runs from what waits to what it waits for."""
    while edges:
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for after, before in edges:
            sorter.add(after, before)
        try:
            return sorter.prepare()
        except CycleError as error:
            ring: list[str] = error.args[1][::-1]
        written = [(pair, edges[pair]) for pair in zip(ring, ring[1:], strict=False) if edges[pair] is not None]
        pair, last = max(written, key=lambda each: draft.line_of(each[1]))
        draft.wrong(last, found=f"a circle: {' needs '.join(ring)}", allowed="needs that come to an end")
        del edges[pair]


_CHECKS: tuple[Callable[[Draft, Playbook], None], ...] = (
    _ids,
    _codes,
    _references,
    _gates,
    _capabilities_and_initiatives,
    _questions,
    _signals,
    _pitfalls,
    _bases,
    _benchmarks,
    _released,
    _delivery,
    _baselines,
    _circles,
)
