"""Which file of an edition's folder holds what, and the way from the folder to a checked playbook."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from advisor.engine.playbook import Playbook
from advisor.loader.consistency import check
from advisor.loader.mistake import Mistake, listed, nearest
from advisor.loader.planning import LAYERS
from advisor.loader.reading import Fields, Items, Node, Unreadable, read
from advisor.loader.shape import Draft, described, empty_values

EDITIONS = Path(__file__).resolve().parent.parent / "playbooks"
"""The folder with one folder for each edition that comes with Groundwork."""

HEAD = "playbook.yaml"
BY_LAYER = ("capabilities", "initiatives")
"""Fields that have a folder with one file a layer, in the order of the layers."""

MAPPING = "mapping.yaml"
"""The one file that may be missing: what became of the questions of earlier editions."""

_HINTS = get_type_hints(Playbook)
_LISTS = tuple(
    each.name
    for each in fields(Playbook)
    if get_origin(hint := _HINTS[each.name]) is tuple and is_dataclass(get_args(hint)[0])
)
_HEAD_FIELDS = tuple(each.name for each in fields(Playbook) if each.name not in (*_LISTS, "mapping"))
FILES = {
    HEAD: "",
    **{f"{name}.yaml": name for name in _LISTS if name not in BY_LAYER},
    **{f"{name}/{layer}.yaml": name for name in BY_LAYER for layer in LAYERS},
    MAPPING: "mapping",
}
"""Every file of an edition and the field it fills; the first one fills what has no file of its own."""


def draw_up(folder: Path) -> tuple[Playbook, tuple[Mistake, ...]]:
    """The edition in a folder and all its mistakes, by file and line; with a mistake the edition is of no use."""
    if not folder.is_dir():
        missing = Mistake(str(folder), 1, "no such folder", "the folder of an edition")
        return Playbook(**empty_values(Playbook)), (missing,)
    draft = Draft()
    nodes = {
        file: _read(draft, folder, file) for file in FILES if file != MAPPING or (folder / file).exists()
    }
    head, mapping = nodes.pop(HEAD), nodes.pop(MAPPING, None)
    values = (
        draft.values(head, Playbook, _HEAD_FIELDS) if isinstance(head, Fields) else empty_values(Playbook)
    )
    for name in _LISTS:
        parts = [
            draft.value(node, _HINTS[name], (Playbook, name))
            for file, node in nodes.items()
            if FILES[file] == name
        ]
        values[name] = tuple(item for part in parts for item in part)
    if isinstance(mapping, Fields):
        values["mapping"] = draft.value(mapping, _HINTS["mapping"], (Playbook, "mapping"))
        draft.written(values["mapping"], mapping)
    playbook = Playbook(**values)
    if isinstance(head, Fields):
        draft.written(playbook, head)
    if (
        folder.parent == EDITIONS and playbook.edition != folder.name
    ):  # assessments find it again by this name
        draft.wrong(playbook, "edition", found=f'the edition "{playbook.edition}"', allowed=folder.name)
    check(draft, playbook)
    _strangers(draft, folder)
    return playbook, tuple(sorted(set(draft.mistakes)))


def _read(draft: Draft, folder: Path, file: str) -> Node:
    shown = f"{folder.name}/{file}"
    draft.files[FILES[file]] = shown
    node, mistakes = read(folder / file, shown)
    draft.mistakes += mistakes
    named = file in (HEAD, MAPPING)
    wanted = Fields if named else Items
    if isinstance(node, wanted):
        return node
    draft.unread.add(FILES[file])
    if node and not isinstance(node, Unreadable):
        kind = "names with values" if named else "a list: every entry starts with a dash"
        draft.refuse(node, f"{described(node)} as the content of the file", kind)
    return Unreadable(file=shown, line=1)


def _strangers(draft: Draft, folder: Path) -> None:
    """YAML files that no field asks for: most likely a name misspelt. Folders of translations are left alone."""
    for path in sorted(path for part in (".", *BY_LAYER) for path in (folder / part).glob("*.y*ml")):
        file = path.relative_to(folder).as_posix()
        if file not in FILES:
            mistake = Mistake(
                f"{folder.name}/{file}", 1, f'the file "{file}"', listed(FILES), nearest(file, FILES)
            )
            draft.mistakes.append(mistake)
