"""One assessment as a row of the desk: the small house, what the answers show, how far it is, and where it opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from advisor.drawing import GateState, Hue, SmallBlock, SmallFloor, Svg, mini
from advisor.drawing import gate as door
from advisor.engine.playbook import Layer, Playbook
from assessments.models import Assessment, Digest
from assessments.playbooks import edition
from assessments.rooms import has_open_room
from assessments.workspace.words import day

HUES: tuple[Hue, Hue, Hue] = ("stone", "brick", "copper")
"""From the ground up, like the layers of an edition."""

EMPTY = tuple(SmallFloor(hue=hue, blocks=(SmallBlock(state="not_asked"),) * 6) for hue in HUES)

MARKS: Mapping[str, SmallBlock] = {
    "?": SmallBlock(state="unknown"),
    "-": SmallBlock(state="not_applicable"),
    ".": SmallBlock(state="not_asked"),
} | {str(level): SmallBlock(state="level", level=level) for level in range(5)}
"""How the blocks of a digest are drawn."""

DOORS: tuple[GateState, ...] = ("open", "near", "closed", "blocked", "undetermined")
"""The states that the legend explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row. ``url`` is where the assessment opens, ``details`` its page at the desk."""

    public_id: str
    client: str
    unit: str
    url: str
    details: str
    type: str
    house: Svg
    finding: str
    aside: str
    answered: str
    state: str
    waiting: bool
    """Nothing is there to be read yet."""
    in_the_room: bool
    """A workshop is under way."""
    begun: str
    updated: str
    moment: datetime


def row_of(assessment: Assessment, workspace: str, *, editor: bool) -> Row:
    """The row of an assessment that came with its client and its digest. No query."""
    digest = assessment.digest
    finding, aside = _finding(assessment, digest)
    details = reverse("assessments:desk_assessment", args=[workspace, assessment.public_id])
    return Row(
        public_id=assessment.public_id,
        client=assessment.client.name if assessment.client else "",
        unit=assessment.unit or gettext("The whole organisation"),
        url=_opens(assessment, digest, editor=editor) or details,
        details=details,
        type=type_word(assessment),
        house=house_of(assessment, digest),
        finding=finding,
        aside=aside,
        answered=answered(digest),
        state=state(assessment, digest),
        waiting=not has_result(assessment, digest),
        in_the_room=_in_the_room(assessment),
        begun=gettext("%(type)s, begun %(day)s")
        % {"type": type_word(assessment), "day": day(assessment.created)},
        updated=day(assessment.touched),
        moment=assessment.touched,
    )


def type_word(assessment: Assessment) -> str:
    """What kind of assessment it is. No query for one that came with its workshop and survey, if it has them."""
    if hasattr(assessment, "workshop"):
        return gettext("Workshop")
    if hasattr(assessment, "survey"):
        return gettext("Several people")
    words = {Assessment.Mode.QUICK: gettext("Quick"), Assessment.Mode.FULL: gettext("Full")}
    return words.get(Assessment.Mode(assessment.mode)) or assessment.get_mode_display()


def has_result(assessment: Assessment, digest: Digest) -> bool:
    """Whether the desk may show a result, and there is one."""
    return digest.complete and bool(digest.found) and not assessment.kept_by_client


def _opens(assessment: Assessment, digest: Digest, *, editor: bool) -> str:
    """One whose room is open opens there, a finished one with its result, another with its questions; those that may not be
    opened with nothing.
    """
    if assessment.kept_by_client:
        return ""
    if editor and _in_the_room(assessment):
        return reverse("assessments:room", args=[assessment.public_id])
    if has_result(assessment, digest):
        return reverse("reports:result", args=[assessment.public_id])
    return reverse("assessments:hub", args=[assessment.public_id]) if editor else ""


def _in_the_room(assessment: Assessment) -> bool:
    return not _aside(assessment) and not assessment.kept_by_client and has_open_room(assessment)


def _aside(assessment: Assessment) -> bool:
    return bool(assessment.archived or (assessment.client and assessment.client.archived))


def state(assessment: Assessment, digest: Digest) -> str:
    """Where an assessment stands, in words."""
    if _aside(assessment):
        return gettext("Archived")
    if assessment.kept_by_client:
        return gettext("With the client")
    if _in_the_room(assessment):
        return gettext("In the room now")
    if digest.complete:
        return gettext("Result ready")
    return gettext("Answering") if digest.answered else gettext("Not begun")


def answered(digest: Digest) -> str:
    """How far the answers are; "about" while an open question decides what is asked."""
    words = {"done": digest.answered, "total": digest.asked}
    if digest.details.get("about"):
        return gettext("%(done)s of about %(total)s") % words
    return gettext("%(done)s of %(total)s") % words


# --- What the answers show ----------------------------------------------------------------------------------------------


def _finding(assessment: Assessment, digest: Digest) -> tuple[str, str]:
    if assessment.kept_by_client:
        return gettext("Not shared with you"), ""
    if not has_result(assessment, digest):
        return gettext("No result yet"), ""
    if _in_the_room(assessment):
        return gettext("Shown here after the workshop"), ""
    playbook, details = edition(assessment.edition), digest.details
    return _found(playbook, digest), _named(playbook, details)


def _found(playbook: Playbook, digest: Digest) -> str:
    kind, layer = digest.details["kind"], _layer(playbook, digest.found)
    if kind == "undetermined":
        return gettext("Cannot be judged yet")
    if layer is None:
        return gettext("Every gate is open")
    if kind == "next_stage":
        return gettext("%(layer)s is the next stage") % {"layer": layer.name}
    if digest.details["near"]:
        return gettext("%(layer)s, nearly open") % {"layer": layer.name}
    return gettext("%(layer)s is the bottleneck") % {"layer": layer.name}


def _named(playbook: Playbook, details: Mapping[str, Any]) -> str:
    """What was named, or what there is to take home where nothing can be judged."""
    if details["kind"] == "undetermined" and details["homework"]:
        return ngettext(
            "%(count)s question to take home", "%(count)s questions to take home", details["homework"]
        ) % {"count": details["homework"]}
    if details["agreement"] == "agree":
        return gettext("Named it too")
    layer = _layer(playbook, details["stated"])
    return gettext("Named %(layer)s") % {"layer": layer.name} if layer else gettext("Named no floor")


def _layer(playbook: Playbook, name: str | None) -> Layer | None:
    return next((each for each in playbook.layers if each.id == name), None)


# --- The small house ----------------------------------------------------------------------------------------------------


def house_of(assessment: Assessment, digest: Digest) -> Svg:
    """The glyph; dotted places alone where there is nothing to be shown, or people are still agreeing."""
    if not has_result(assessment, digest) or _in_the_room(assessment):
        return mini.glyph(EMPTY, gettext("No levels to show yet"))
    drawn = digest.details["floors"]
    floors = tuple(
        SmallFloor(hue=hue, gate=each["gate"], blocks=tuple(MARKS[mark] for mark in each["blocks"]))
        for hue, each in zip(HUES, drawn, strict=True)
    )
    layers = edition(assessment.edition).layers
    return mini.glyph(
        floors, " ".join(_reading(layer, each) for layer, each in zip(layers, drawn, strict=True))
    )


def _reading(layer: Layer, floor: Mapping[str, str | None]) -> str:
    words = {"layer": layer.name, "levels": ", ".join(_spoken(floor["blocks"] or ""))}
    gate = floor["gate"]
    if gate is None:
        return gettext("%(layer)s: %(levels)s.") % words
    words["gate"] = gate_word(gate)  # type: ignore[arg-type]  # the engine's states are those of the drawing
    return gettext("%(layer)s: %(levels)s, gate: %(gate)s.") % words


def _spoken(blocks: str) -> Iterable[str]:
    if not blocks.strip("-"):
        return (gettext("does not apply"),)
    if not blocks.strip("."):
        return (gettext("not asked"),)
    special = {"?": gettext("not known"), "-": gettext("does not apply"), ".": gettext("not asked")}
    return (special.get(each, each) for each in blocks)


def legend() -> tuple[tuple[Svg, str], ...]:
    """The gates that stand in the list, each with its word."""
    return tuple((door.gate(each, gate_word(each), width=27), gate_word(each)) for each in DOORS)


def gate_word(state: GateState) -> str:
    """The state of a gate, as the legend calls it."""
    return {
        "open": gettext("open"),
        "near": gettext("nearly open"),
        "closed": gettext("closed"),
        "blocked": gettext("blocked, stands on sand"),
        "undetermined": gettext("cannot be judged"),
        "not_started": gettext("not started"),
    }[state]
