"""From nodes to the engine's dataclasses: every field there, known, of the right type and within its limits."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from advisor.engine.playbook import (
    Benchmark,
    Bucket,
    Capability,
    Condition,
    Dependency,
    Figure,
    Gate,
    Initiative,
    Layer,
    Level,
    LightGate,
    PhaseB,
    Pitfall,
    Playbook,
    Question,
    Range,
    Signal,
    Source,
    Step,
)
from advisor.loader.mistake import Mistake, listed, nearest
from advisor.loader.reading import Fields, Items, Node, Scalar, Unreadable

type Where = tuple[type, str]
"""A dataclass and the name of one of its fields."""

LONGEST: Mapping[Where, int] = {
    (Level, "title"): 45,
    (Capability, "title"): 34,
    (Capability, "label"): 13,
    (Question, "title"): 40,
    (Initiative, "short"): 26,
    (PhaseB, "short"): 26,
    (Pitfall, "title"): 60,
    (Layer, "holds_back"): 50,
    (Layer, "sound"): 30,
}
"""Texts that must fit a fixed place on the screen, on paper or in the drawing: characters at most."""

BETWEEN: Mapping[Where, tuple[float, float]] = {
    **{
        (Gate, name): (0, 4) for name in ("minima", "average", "regulated", "small", "small_average", "quick")
    },
    **{(LightGate, name): (0, 4) for name in ("minima", "regulated", "quick")},
    (Condition, "at_least"): (0, 4),
    (Condition, "at_most"): (0, 4),
    (Dependency, "at_least"): (1, 4),
    (Dependency, "level"): (1, 4),
    (Step, "level"): (1, 4),
    (Initiative, "wave"): (0, 9),
    (Range, "low"): (0, 1000),
    (Range, "high"): (0, 1000),
    (Figure, "value"): (0, 1000),
    (Bucket, "share"): (0, 100),
    (Benchmark, "year"): (1900, 2100),
    (Source, "year"): (1900, 2100),
    **{(each, "seconds"): (1, 600) for each in (Capability, Question, Signal)},
}
"""Numbers with bounds, both included."""

_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|<!|&(#\d+|[a-zA-Z]+);")
_NAMED = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass
class Draft:
    """A playbook on its way in: what was built, where each part was written, and every mistake so far."""

    mistakes: list[Mistake] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Fields of the playbook of which a file could not be read: nothing is known to be missing in them."""
    files: dict[str, str] = field(default_factory=dict)
    """The file, or the last one, of each field of the playbook."""
    _written: dict[int, tuple[Any, Fields]] = field(default_factory=dict)
    _spoilt: set[int | tuple[int, str]] = field(default_factory=set)

    # --- Reporting ------------------------------------------------------------------------------------------------

    def refuse(self, node: Node, found: str, allowed: str, meant: str = "") -> None:
        """Note a mistake; later checks stay silent about this node."""
        self.mistakes.append(Mistake(node.file, node.line, found, allowed, meant))
        self._spoilt.add(id(node))

    def wrong(self, part: Any, *path: str | int, found: str, allowed: str, meant: str = "") -> None:
        """Note a mistake in a part that was built, at a field of it, unless that field is wrong already."""
        if (node := self._node(part, path)) and id(node) not in self._spoilt:
            self.mistakes.append(Mistake(node.file, node.line, found, allowed, meant))

    def lacking(self, name: str, found: str, allowed: str) -> None:
        """Note that something is missing in a field of the playbook, unless its file could not be read."""
        if name not in self.unread:
            self.mistakes.append(Mistake(self.files[name], 1, found, allowed))

    def spoilt(self, part: Any, *names: str) -> bool:
        """Whether one of these fields was written, but cannot be believed."""
        return any((node := self._node(part, (name,))) is None or id(node) in self._spoilt for name in names)

    def written(self, part: Any, node: Fields) -> None:
        """Remember where a part comes from."""
        self._written[id(part)] = (part, node)

    def file_of(self, part: Any) -> str:
        """The file a part comes from; nothing for a part that could not be read."""
        return self._written[id(part)][1].file if id(part) in self._written else ""

    def line_of(self, part: Any) -> int:
        """The line where a part starts; 0 for a part that could not be read."""
        return self._written[id(part)][1].line if id(part) in self._written else 0

    def _node(self, part: Any, path: Iterable[str | int]) -> Node | None:
        """The node of a part's field; the part itself where a default applies; None where nothing was understood."""
        if id(part) not in self._written:
            return None
        node: Node = self._written[id(part)][1]
        for step in path:
            if id(node) in self._spoilt or (id(node), step) in self._spoilt:
                return None
            if isinstance(node, Fields) and step in node.fields:
                node = node.fields[str(step)]
            elif isinstance(node, Items) and isinstance(step, int):
                node = node.items[step]
        return node

    # --- Building -------------------------------------------------------------------------------------------------

    def values(self, node: Fields, cls: type, names: Iterable[str]) -> dict[str, Any]:
        """The values of the named fields of a dataclass, complete: what is wrong becomes an empty value."""
        needed = [each.name for each in fields(cls) if each.default is MISSING and each.name in names]
        self._names(node, list(names), needed)
        found = {}
        for name in names:
            hint = _hints(cls)[name]
            if name in node.fields:
                found[name] = self.value(node.fields[name], hint, (cls, name))
            elif name in needed:
                found[name] = _empty(hint)
        return found

    def value(self, node: Node, hint: Any, where: Where) -> Any:
        """What a node says, as the type wanted."""
        hint = getattr(hint, "__value__", hint)
        kind, inner = get_origin(hint), get_args(hint)
        if kind in (Union, UnionType):
            if isinstance(node, Scalar) and node.value is None:
                return None
            return self.value(node, next(each for each in inner if each is not type(None)), where)
        if isinstance(node, Unreadable):
            self._spoilt.add(id(node))
        elif isinstance(hint, type) and is_dataclass(hint) and isinstance(node, Fields):
            built = hint(**self.values(node, hint, [each.name for each in fields(hint)]))
            self.written(built, node)
            return built
        elif kind is tuple and isinstance(node, Items):
            return self._list(node, inner, where)
        elif kind is Mapping and isinstance(node, Fields):
            return self._mapping(node, inner, where)
        elif kind is Literal:
            return self._choice(node, inner, where)
        elif hint in _NAMED and isinstance(node, Scalar):
            return self._scalar(node, hint, where)
        else:
            self.refuse(
                node,
                f'{described(node)} for "{node.name or where[1]}"',
                "a list" if kind is tuple else "names with values",
            )
        return _empty(hint)

    def _names(self, node: Fields, allowed: list[str], needed: list[str]) -> None:
        """Refuse unknown names, and the absence of needed ones."""
        for name in [each for each in node.fields if each not in allowed]:
            meant = nearest(name, [each for each in allowed if each not in node.fields])
            self.refuse(node.fields[name], f'unknown field "{name}"', listed(allowed), meant)
            self._spoilt.add((id(node), meant))
        for name in [each for each in needed if each not in node.fields]:
            if (id(node), name) not in self._spoilt:
                mistake = Mistake(
                    node.file, node.line, f'no field "{name}"', f"a value for each of {listed(needed)}"
                )
                self.mistakes.append(mistake)
                self._spoilt.add((id(node), name))

    def _list(self, node: Items, inner: tuple[Any, ...], where: Where) -> tuple[Any, ...]:
        name = where[1]
        if inner[-1] is Ellipsis:
            if not node.items and where[0] is not Playbook and name != "sources" and _default(where) != ():
                self.refuse(node, f'an empty list for "{name}"', "one item or more")
            return tuple(self.value(item, inner[0], where) for item in node.items)
        if len(node.items) != len(inner):
            self.refuse(node, f'{len(node.items)} items for "{name}"', f"exactly {len(inner)}")
        built = [self.value(item, hint, where) for item, hint in zip(node.items, inner, strict=False)]
        return (*built, *map(_empty, inner[len(built) :]))

    def _mapping(self, node: Fields, inner: tuple[Any, ...], where: Where) -> dict[str, Any]:
        names = get_args(getattr(inner[0], "__value__", inner[0]))
        if names:
            self._names(node, list(names), list(names))
        elif not node.fields and _default(where) is None:
            self.refuse(node, f'nothing in "{node.name or where[1]}"', "one name or more, each with a value")
        return {
            name: self.value(each, inner[1], where)
            for name, each in node.fields.items()
            if name in (names or (name,))
        }

    def _choice(self, node: Node, allowed: tuple[str, ...], where: Where) -> str:
        if isinstance(node, Scalar) and node.value in allowed:
            return str(node.value)
        meant = (
            nearest(node.value, allowed) if isinstance(node, Scalar) and isinstance(node.value, str) else ""
        )
        self.refuse(node, f'{described(node)} for "{node.name or where[1]}"', listed(allowed), meant)
        return allowed[0]

    def _scalar(self, node: Scalar, wanted: type, where: Where) -> Any:
        value: Any = node.value
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            quotes = ", in quotes if it looks like a number" if wanted is str and value is not None else ""
            self.refuse(node, f'{described(node)} for "{node.name or where[1]}"', _NAMED[wanted] + quotes)
            return _empty(wanted)
        if isinstance(value, str):
            return self._text(node, value.strip(), where)
        bounds = BETWEEN.get(where)
        if isinstance(value, int | float) and bounds and not bounds[0] <= value <= bounds[1]:
            self.refuse(
                node, f'{described(node)} for "{node.name or where[1]}"', f"{bounds[0]:g} to {bounds[1]:g}"
            )
        return value

    def _text(self, node: Scalar, text: str, where: Where) -> str:
        if not text and _default(where) != "":
            self.refuse(node, f'an empty text for "{node.name or where[1]}"', "words")
        if markup := _MARKUP.search(text):
            self.refuse(node, f'the HTML "{markup.group()}" in "{node.name or where[1]}"', "plain text")
        if len(text) > (longest := LONGEST.get(where, len(text))):
            self.refuse(
                node,
                f'{len(text)} characters for "{node.name or where[1]}": "{text}"',
                f"{longest} characters at most",
            )
        return text


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _default(where: Where) -> Any:
    return next(each.default for each in fields(where[0]) if each.name == where[1])


def empty_values(cls: type) -> dict[str, Any]:
    """Values that say nothing for all required fields of a dataclass."""
    return {each.name: _empty(_hints(cls)[each.name]) for each in fields(cls) if each.default is MISSING}


def _empty(hint: Any) -> Any:
    """A value of the type that says nothing, in the place of one that could not be read."""
    hint = getattr(hint, "__value__", hint)
    kind, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**empty_values(hint))
    if kind is Literal:
        return inner[0]
    if kind in (Union, UnionType):
        return None
    if kind is tuple:
        return () if inner[-1] is Ellipsis else tuple(map(_empty, inner))
    return {} if kind is Mapping else hint()


def described(node: Node) -> str:
    """What was found, for a message."""
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, Items) else "names with values"
    if isinstance(node.value, str):
        return f'the text "{node.value[:40]}"'
    if node.value is None:
        return "nothing"
    return str(node.value).lower() if isinstance(node.value, bool) else f"the number {node.value}"
