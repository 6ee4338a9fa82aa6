"""YAML into nodes that know their line: texts, numbers, lists and fields, and nothing cleverer.

Built from the parser's events instead of its objects: no tag is ever looked up, no alias is ever followed, and a
plain ``yes`` or ``2026-01-15`` stays the text it looks like, as in YAML 1.2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from stat import S_ISREG
from typing import Any

import yaml

from advisor.loader.mistake import Mistake

LARGEST = 1_000_000
"""Bytes. Content is a few dozen kilobytes a file; more is a mistake or an attack."""

DEEPEST = 24
"""Levels of nesting. A playbook needs a third of it."""

_LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C parser is ten times faster, where it was built
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "true": True,
    "True": True,
    "false": False,
    "False": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """Something written in a file. The value of a field has the field's name, and the line of it."""

    file: str
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scalar(Node):
    """A text, a number, true, false or nothing."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Items(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Fields(Node):
    """Names with values."""

    fields: dict[str, Node]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Unreadable(Node):
    """Something refused already; whoever meets it stays silent."""


class _UnreadableError(Exception):
    """The rest of the file cannot be understood."""


@dataclass
class _Reading:
    """One file on its way from events to nodes."""

    file: str
    events: Iterator[Any]
    mistakes: list[Mistake] = field(default_factory=list)

    def refuse(self, line: int, found: str, allowed: str) -> None:
        self.mistakes.append(Mistake(self.file, line, found, allowed))

    def document(self) -> Node:
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return Scalar(file=self.file, line=1, value=None)
        node = self.node(event, depth=0)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.refuse(_line(event), "a second document (---)", "one document a file")
                raise _UnreadableError
        return node

    def node(self, event: Any, depth: int, line: int | None = None, name: str = "") -> Node:
        """The node that starts with ``event``; ``line`` and ``name`` of the field it belongs to, if any."""
        line = line or _line(event)
        place: dict[str, Any] = {"file": self.file, "line": line, "name": name}
        if depth > DEEPEST:
            self.refuse(line, "lists or fields nested too deeply", f"{DEEPEST} levels at most")
            raise _UnreadableError
        if event.anchor:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse(line, f"the YAML shortcut {mark}{event.anchor}", "the value itself, written out")
        if isinstance(event, yaml.AliasEvent):
            return Unreadable(**place)
        node: Node
        if isinstance(event, yaml.SequenceStartEvent):
            node = Items(**place, items=tuple(self.items(depth + 1, name)))
        elif isinstance(event, yaml.MappingStartEvent):
            node = Fields(**place, fields=self.fields(depth + 1))
        else:
            node = Scalar(**place, value=_plain(event.value) if event.implicit[0] else event.value)
        if event.tag:
            self.refuse(
                line,
                f'the YAML tag "{event.tag.replace("tag:yaml.org,2002:", "!!")}"',
                "values without a tag",
            )
            return Unreadable(**place)
        return node

    def items(self, depth: int, name: str) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth, name=name)

    def fields(self, depth: int) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                self.refuse(line, "something other than a plain name before a colon", "a name")
                self.node(event, depth)
                self.node(next(self.events), depth)
                continue
            node = self.node(next(self.events), depth, line, event.value)
            if event.value in fields:
                self.refuse(line, f'"{event.value}" a second time', "each name once")
            fields.setdefault(event.value, node)
        return fields


def read(path: Path, name: str) -> tuple[Node | None, list[Mistake]]:
    """The content of one file and the mistakes in its YAML; without a node if it cannot be read at all.

    ``name`` is how mistakes call the file.
    """
    text, mistake = _text(path, name)
    if mistake:
        return None, [mistake]
    reading = _Reading(name, yaml.parse(text, Loader=_LOADER))
    try:
        return reading.document(), reading.mistakes
    except _UnreadableError:
        return None, reading.mistakes
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "unreadable"
        reading.refuse(
            mark.line + 1 if mark else 1,
            f"broken YAML ({problem})",
            "YAML; a text with a colon or a # in it needs quotes",
        )
        return None, reading.mistakes


def _text(path: Path, name: str) -> tuple[str, Mistake | None]:
    try:
        if not S_ISREG((about := path.stat()).st_mode):
            return "", Mistake(name, 1, "something that is not an ordinary file", "a file of this name")
        if about.st_size > LARGEST:
            return "", Mistake(name, 1, f"a file of {about.st_size:,} bytes", f"{LARGEST:,} bytes at most")
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        return "", Mistake(name, 1, f"no readable file ({error.strerror})", "a file of this name")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", Mistake(name, line, "a character that is not UTF-8", "files saved as UTF-8")
    if control := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return "", Mistake(name, line, f"the invisible character {control.group()!r}", "printable characters")
    return text, None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _plain(text: str) -> str | int | float | bool | None:
    """What an unquoted value means in YAML 1.2, apart from its hexadecimal and infinite numbers: those stay texts."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text
