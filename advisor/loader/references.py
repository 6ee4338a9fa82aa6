"""Ids: each once, each known where it is used, and one for everything that the rules call by name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from advisor.engine.advice import AgreementCode, MlopsStatus
from advisor.engine.lanes import HOLDS
from advisor.engine.names import CALLED_BY_NAME
from advisor.engine.playbook import (
    Capability,
    Condition,
    Dependency,
    Gate,
    Initiative,
    LightGate,
    Option,
    Playbook,
    Signal,
    Step,
)
from advisor.engine.rules import RULES
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

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_KINDS = {"layers": "layer", "capabilities": "capability", "initiatives": "initiative", "sources": "source"}
_REFERENCES: Mapping[tuple[type, str], str] = {
    (Capability, "layer"): "layers",
    (Gate, "layer"): "layers",
    (Initiative, "layer"): "layers",
    (Option, "layer"): "layers",
    (Signal, "layer"): "layers",
    **{(Gate, name): "capabilities" for name in ("minima", "regulated", "small", "quick")},
    **{(LightGate, name): "capabilities" for name in ("minima", "regulated", "quick")},
    (Condition, "at_least"): "capabilities",
    (Condition, "at_most"): "capabilities",
    (Dependency, "before"): "capabilities",
    (Dependency, "needs"): "capabilities",
    (Step, "capability"): "capabilities",
    (Step, "by"): "initiatives",
}
"""Fields that name something defined elsewhere; besides these, every field called "sources"."""


def parts(part: Any) -> Iterator[Any]:
    """Every dataclass below ``part``, itself included."""
    if is_dataclass(part):
        yield part
        for each in fields(part):
            yield from parts(getattr(part, each.name))
    elif isinstance(part, Mapping | tuple):
        for each in part.values() if isinstance(part, Mapping) else part:
            yield from parts(each)


def _key(part: Any) -> str:
    return "code" if hasattr(part, "code") else "layer" if isinstance(part, Gate) else "id"


def known(draft: Draft, items: Iterable[Any]) -> list[str] | None:
    """The ids of all items; None where one could not be read, since then no id can be called unknown."""
    every = list(items)
    return None if any(draft.spoilt(each, "id") for each in every) else [each.id for each in every]


def expect(
    draft: Draft, part: Any, *path: str | int, word: str, among: Iterable[str] | None, kind: str
) -> bool:
    """Whether a word is among the allowed ones, where these are known; a mistake if not."""
    if among is None:
        return True
    allowed = list(among)
    if word not in allowed:
        found = f'unknown {kind} "{word}"'
        draft.wrong(part, *path, found=found, allowed=listed(allowed), meant=nearest(word, allowed))
    return word in allowed


def ids(draft: Draft, playbook: Playbook) -> None:
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


def codes(draft: Draft, playbook: Playbook) -> None:
    """Each code of the rules has its entry, and the layers stand in the order of investment."""
    for name, wanted in CODES.items():
        words = {getattr(each, _key(each)): each for each in getattr(playbook, name)}
        for word, each in words.items():
            expect(draft, each, _key(each), word=word, among=wanted, kind=_key(each))
        meant = {nearest(word, wanted) for word in words if word not in wanted}
        for code in (each for each in wanted if each not in words and each not in meant):
            draft.lacking(name, f'no entry for "{code}"', f"one each for {listed(wanted)}")
    for name, called in CALLED_BY_NAME.items():
        defined = known(draft, getattr(playbook, name))
        for word in called if defined is not None else ():
            if word not in (defined or ()):
                kind = f"one of this id in {name}, because the rules call it by name"
                draft.lacking(name, f'no entry for "{word}"', kind)
    order = [LAYERS.index(each.id) for each in playbook.layers if each.id in LAYERS]
    if order != sorted(order):
        draft.wrong(
            playbook.layers[0],
            found="layers in another order",
            allowed=f"{listed(LAYERS)}, from the ground up",
        )


def references(draft: Draft, playbook: Playbook) -> None:
    """Whatever names a layer, a capability, an initiative or a source names one that exists."""
    defined = {
        kind: None if kind in draft.unread else known(draft, getattr(playbook, kind)) for kind in _KINDS
    }
    defined["layers"] = list(LAYERS)
    for part in parts(playbook):
        for each in fields(part):
            kind = "sources" if each.name == "sources" else _REFERENCES.get((type(part), each.name), "")
            allowed = defined.get(kind)
            value = getattr(part, each.name)
            if part is playbook or allowed is None or not value:
                continue
            if isinstance(value, str):
                expect(draft, part, each.name, word=value, among=allowed, kind=_KINDS[kind])
                continue
            for place, word in enumerate(value):
                step = word if isinstance(value, Mapping) else place
                expect(draft, part, each.name, step, word=word, among=allowed, kind=_KINDS[kind])


def gates(draft: Draft, playbook: Playbook) -> None:
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


def layers_of_files(draft: Draft, playbook: Playbook) -> None:
    """What stands in the file of a layer belongs to that layer."""
    items: list[Capability | Initiative] = [*playbook.capabilities, *playbook.initiatives]
    for each in items:
        name = draft.file_of(each).rpartition("/")[2].removesuffix(".yaml")
        if name and each.layer != name and each.layer in LAYERS:
            draft.wrong(
                each, "layer", found=f'the layer "{each.layer}" in the file of "{name}"', allowed=name
            )


def mapping(draft: Draft, playbook: Playbook) -> None:
    """Questions of earlier editions became questions of this one, each of them at most one."""
    questions = known(draft, [*playbook.context, *playbook.signals, *playbook.capabilities])
    for edition, became in (playbook.mapping or {}).items():
        if edition == playbook.edition:
            found = f'the edition "{edition}", which is this one'
            draft.wrong(playbook.mapping, edition, found=found, allowed="earlier editions")
        taken: set[str] = set()
        for old, new in became.items():
            if new is None or not expect(
                draft, playbook.mapping, edition, old, word=new, among=questions, kind="question"
            ):
                continue
            if new in taken:
                found = f'"{new}" a second time'
                draft.wrong(playbook.mapping, edition, old, found=found, allowed="each question once")
            taken.add(new)
