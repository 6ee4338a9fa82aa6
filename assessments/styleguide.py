"""Every component in every state on two sheets, for whoever works on the look; only where DEBUG is on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from advisor.drawing import (
    Block,
    Floor,
    House,
    Hue,
    Key,
    MiniFloor,
    SmallBlock,
    SmallFloor,
    Step,
    Strip,
    Svg,
    Tag,
    charts,
    climb,
    dependencies,
    house,
    slope,
)
from advisor.drawing import gate as door
from advisor.drawing import strip as level_strip
from advisor.drawing.gate import GateState
from advisor.drawing.mini import glyph, mini
from advisor.engine.playbook import LEVELS, Playbook
from assessments.http import SeeOther
from assessments.playbooks import current
from assessments.questions import asked
from assessments.wizard.floors import HUES, PLACES
from assessments.wizard.qr import qr_image

# The words on these sheets are read by developers only, so they are plain English and no translator sees them; the
# components themselves bring their own, translated ones.

ASKING = ("css/question.css", "css/overview.css", "css/sheet.css")
TELLING = ("css/result.css",)
"""What the pages load on which these components stand. Two sheets, because the two sets are never loaded together."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component in one state: its template, and what it is given."""

    state: str
    template: str
    given: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the pages, with one line about its use. ``partial`` is empty where plain markup with a class will do."""

    id: str
    name: str
    rule: str
    partial: str
    specimens: tuple[Specimen, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line to choose."""

    id: str
    title: str
    fact: str = ""
    checked: bool = False

    @property
    def value(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the guide."""

    name: str
    title: str
    says: str
    styles: tuple[str, ...]
    frame: str
    components: Callable[[Playbook], tuple[Component, ...]]


@require_http_methods(["GET", "HEAD", "POST"])
def styleguide(request: HttpRequest, name: str = "asking") -> HttpResponse:
    """One of the two sheets; buttons that send something lead back to it."""
    sheet = next((each for each in SHEETS if each.name == name), None)
    if sheet is None or not settings.DEBUG:
        raise Http404
    if request.method == "POST":
        return SeeOther(request.path)
    shown = {
        "title": sheet.title,
        "says": sheet.says,
        "styles": sheet.styles,
        "frame": sheet.frame,
        "menu": "Sheets",
        "components": [_shown(each, request) for each in sheet.components(current())],
    }
    sheets = [
        {"title": each.title, "short": each.name.capitalize(), "url": reverse("styleguide", args=[each.name])}
        for each in SHEETS
    ]
    return render(request, "styleguide/sheet.html", {"sheet": shown, "sheets": sheets})


def _shown(component: Component, request: HttpRequest) -> dict[str, object]:
    return {
        "id": component.id,
        "name": component.name,
        "rule": component.rule,
        "source": component.partial,
        "wide": component.wide,
        "specimens": [
            {"state": each.state, "drawn": render_to_string(each.template, dict(each.given), request)}
            for each in component.specimens
        ],
    }


FRAMED = {
    "styleguide/_cards.html": "components/card.html",
    "styleguide/_confirm.html": "components/confirm.html",
}
"""Partials that need something around them to be looked at."""


def component(
    name: str, rule: str, template: str, *states: tuple[str, Mapping[str, object]], wide: bool = False
) -> Component:
    """A component whose states all use one template; the ``wide`` ones stand below each other."""
    partial = FRAMED.get(template, template if template.startswith("components/") else "")
    specimens = tuple(Specimen(state, template, given) for state, given in states)
    return Component(name.lower().replace(" ", "-"), name, rule, partial, specimens, wide)


# --- Asking ------------------------------------------------------------------------------------------------------------


def asking(playbook: Playbook) -> tuple[Component, ...]:
    """What the pages of an assessment are built of."""
    return (
        *_frame(),
        *_choices(playbook),
        *_fields(),
        *_messages(),
        _progress(playbook),
        *_link(),
        *_lists(playbook),
        component(
            "Confirm page",
            "Before something is gone for good, a page asks once more; there are no dialogs over a page.",
            "styleguide/_confirm.html",
            (
                "Asking",
                {
                    "title": "Delete this assessment?",
                    "says": "All answers go with it, and nobody can bring them back.",
                    "action": reverse("styleguide"),
                    "yes": "Delete it",
                    "no": "Keep it",
                    "back": "#confirm-page",
                },
            ),
        ),
    )


def _frame() -> Iterable[Component]:
    yield component(
        "Page shell",
        "Every page has the same frame; nothing in it sticks to the window, so nothing can cover the focus.",
        "styleguide/_shell.html",
        (
            "Around this very page",
            {
                "skip": "Skip to the content",
                "places": (
                    "Skip link: the first stop of the Tab key, unseen until then.",
                    "Header: the brand leads to the start page; at the other end a menu or the status line.",
                    "Footer: the ground line, the theme switch, and the pages about method, privacy and access.",
                    "Theme switch: System, Light and Dark, the chosen one in bold; it works without a script.",
                ),
            },
        ),
    )
    kickers = (("ink", "Before the first question"), *zip(HUES, PLACES, strict=True))
    yield component(
        "Kicker",
        "Says in two or three words where one is; in the colour of a floor only if it names that floor.",
        "styleguide/_kickers.html",
        ("Beside no floor, and on each floor", {"kickers": kickers}),
    )
    yield component(
        "Button",
        "One filled button a page: the next step. What can wait is plain, what only leads elsewhere is a link.",
        "styleguide/_buttons.html",
        ("Primary", {"buttons": ["Continue"], "links": ["Save and leave"]}),
        ("Quiet", {"kind": "plain", "buttons": ["Try again"]}),
        ("Danger", {"kind": "danger", "buttons": ["Delete it"]}),
        ("Busy, after it was pressed", {"buttons": ["Continue"], "busy": True}),
        ("With the focus", {"buttons": ["Continue"], "focused": True}),
    )


def _choices(playbook: Playbook) -> Iterable[Component]:
    levels = playbook.capabilities[0].levels
    dont_know = [Line("pair-unknown", "I don’t know", checked=True), Line("pair-na", "Does not apply to us")]

    def cards(kind: str, group: str, *, chosen: int | None = None, facts: bool = True) -> list[Line]:
        return [
            Line(f"{kind}-{group}-{number}", each.title, each.fact if facts else "", number == chosen)
            for number, each in enumerate(levels[:2])
        ]

    yield component(
        "Radio card",
        "One line to choose. The whole card is the label; no card is chosen before somebody chooses it.",
        "styleguide/_cards.html",
        ("Plain", _cards("radio", "Plain", cards("radio", "plain", facts=False))),
        ("With a fact", _cards("radio", "With a fact", cards("radio", "fact"))),
        *(
            (
                f"Chosen, {place}",
                _cards("radio", f"Chosen {place}", cards("radio", place, chosen=1), hue=hue),
            )
            for place, hue in zip(PLACES, HUES, strict=True)
        ),
        (
            "With the focus",
            _cards("radio", "Focus", cards("radio", "focus")[:1], focused=True),
        ),
        ("The pair behind the “or”", _cards("radio", "Pair", dont_know, pair=True)),
    )
    yield component(
        "Tick card",
        "Several lines may be chosen. A line such as “None of these” unticks the others, and they untick it.",
        "styleguide/_cards.html",
        ("One ticked", _cards("checkbox", "Ticks", cards("checkbox", "ticked", chosen=0), hue="brick")),
        ("With the focus", _cards("checkbox", "Tick focus", cards("checkbox", "focus")[:1], focused=True)),
    )


def _cards(kind: str, legend: str, lines: list[Line], **rest: object) -> dict[str, object]:
    return {"kind": kind, "legend": legend, "lines": lines, **rest}


def _fields() -> Iterable[Component]:
    hint = "One product, one department or the whole company."
    yield component(
        "Text field",
        "The label says what to type, the hint what counts. What the reader typed stays, whatever is wrong with it.",
        "components/field.html",
        ("Empty", {"id": "empty", "label": "What are your answers about?", "hint": hint}),
        ("Typed", {"id": "typed", "label": "Name of the organisation", "value": "Harrow Pumps"}),
        (
            "With a mistake",
            {
                "id": "mistaken",
                "label": "What are your answers about?",
                "hint": hint,
                "error": "Enter what your answers are about",
            },
        ),
        (
            "Several lines",
            {"id": "several", "label": "Which decision waits?", "value": "A platform?", "lines": 2},
        ),
    )
    people = {"label": "People on this", "unit": "people"}
    yield component(
        "Password field",
        "Typed once, pasted gladly, and never sent back to the page. Scripts offer to show it.",
        "components/password.html",
        (
            "New",
            {
                "id": "password-new",
                "label": "New password",
                "autocomplete": "new-password",
                "hint": "At least 12 characters of any kind.",
            },
        ),
        (
            "With a mistake",
            {
                "id": "password-mistaken",
                "label": "Password",
                "autocomplete": "off",
                "error": "Enter your password",
            },
        ),
    )
    yield component(
        "Number field",
        "As wide as the number; digits are typed, never stepped. Comma and point are both understood.",
        "components/number_field.html",
        ("Empty", {"id": "number-empty", **people}),
        ("Typed", {"id": "number-typed", "value": "2.5", **people}),
        ("With a mistake", {"id": "number-mistaken", "value": "some", "error": True, **people}),
    )
    yield component(
        "Note field",
        "Offered under every question and never asked for. It counts only when 200 characters are left.",
        "components/note_field.html",
        ("Empty", {"id": "note-empty"}),
        ("Nearly full", {"id": "note-nearly", "value": "Counted in March. " * 105}),
        (
            "Too long",
            {
                "id": "note-long",
                "value": "Counted in March. " * 112,
                "error": "Note must be 2000 characters or less",
            },
        ),
    )


def _messages() -> Iterable[Component]:
    mistakes = [
        {"target": "mistaken", "says": "Enter what your answers are about"},
        {"target": "number-mistaken", "says": "Enter a number such as 2 or 2.5"},
    ]
    yield component(
        "Error summary",
        "On top of a page that came back, with the focus on it. Each line leads to its field, where it stands again.",
        "components/error_summary.html",
        ("Two mistakes", {"mistakes": mistakes}),
    )
    yield component(
        "Field error",
        "Stands between the hint and the field, in the words of the summary: what to do, not what went wrong.",
        "components/field.html",
        (
            "Beside its field",
            {"id": "field-error-shown", "label": "Name", "error": "Shorten the name to 80 characters"},
        ),
    )
    yield component(
        "Status line",
        "The only voice of saving. It changes when the state changes, and is silent otherwise.",
        "styleguide/_status.html",
        ("Stored", {"stored": True, "saved": datetime(2026, 11, 12, 14, 2, tzinfo=UTC)}),
        ("After a second", {"words": ["Saving…"]}),
        ("While it tries again", {"words": ["Not saved. We keep trying."]}),
        ("Without a network", {"words": ["You are offline. Your answer is kept on this page."]}),
    )
    yield component(
        "Banner",
        "A message that belongs to the whole page. Tinted only where somebody has to do something.",
        "styleguide/_banner.html",
        ("Information", {"title": "3 questions are still open", "says": "You can see the result now."}),
        ("Success", {"kind": "success", "says": "The link is new. The old one no longer works."}),
        (
            "Problem",
            {
                "kind": "problem",
                "says": "Your answer has not reached the server. Nothing you typed is lost.",
                "action": "Try again",
            },
        ),
        (
            "Conflict",
            {
                "kind": "problem",
                "title": "This answer was changed in another window",
                "says": "Choose which one to keep. Nothing has been replaced yet.",
            },
        ),
    )
    yield component(
        "Details",
        "Help that most readers do not need. Never for what somebody must know before answering.",
        "components/aids.html",
        ("A block", {"asked": asked(current(), "dv_ci")}),
        ("About the organisation", {"asked": asked(current(), "c_size")}),
    )


def _progress(playbook: Playbook) -> Component:
    total = len(playbook.capabilities)
    return component(
        "Progress",
        "The small house shows which blocks are answered, never how well: nothing here may steer an answer.",
        "components/progress.html",
        ("At the first block", _moment(playbook, 0)),
        ("Half way", _moment(playbook, total // 2)),
        ("Everything answered", _moment(playbook, total)),
    )


def _moment(playbook: Playbook, done: int) -> dict[str, object]:
    """How far somebody is who has answered so many blocks."""
    total = len(playbook.capabilities)
    words = f"{done + 12} of {total + 17} questions answered"
    states: tuple[Step, Step, Step] = ("answered", "current", "open")
    waiting: list[Step] = [states[(number > done) + (number >= done)] for number in range(total)]
    floors = [_next(waiting, len(playbook.capabilities_of[layer.id])) for layer in playbook.layers]
    first, second, third = (MiniFloor(hue=hue, steps=steps) for hue, steps in zip(HUES, floors, strict=True))
    rows = [
        {
            "title": f"{layer.place}, {layer.name}",
            "count": f"{steps.count('answered')} of {len(steps)}",
            "here": "current" in steps,
        }
        for layer, steps in zip(playbook.layers, floors, strict=True)
    ]
    places = [place for place, steps in zip(PLACES, floors, strict=True) if "current" in steps]
    page = {
        "house": mini((first, second, third), words),
        "here": f"You are in the {places[0]}" if places else "Every block is answered",
        "answered": words,
        "minutes": f"about {total - done} minutes left" if done < total else "",
        "rows": rows,
    }
    return {"page": page, "label": f"How far you are: {words}"}


def _next(steps: list[Step], count: int) -> tuple[Step, ...]:
    """Take the first steps off the list."""
    taken = tuple(steps[:count])
    del steps[:count]
    return taken


def _link() -> Iterable[Component]:
    link = "https://groundwork.example.com/r/HLv16v3eabcdefghijklmnopqrstuvwxyz0123456"
    yield component(
        "Copy link",
        "The whole link can be seen and marked. The button comes with the script, and says when it is done.",
        "components/copy_link.html",
        (
            "With its hint",
            {
                "id": "private-link",
                "label": "Your private link",
                "link": link,
                "hint": "Whoever has this link can read and change your answers.",
            },
        ),
    )
    yield component(
        "QR",
        "Beside the link, never instead of it. Dark on white in both themes.",
        "components/qr.html",
        ("The same link", {"image": qr_image(link), "caption": "The same link for your phone"}),
    )


def _lists(playbook: Playbook) -> Iterable[Component]:
    first, second, third, fourth, *_ = playbook.capabilities
    done = {"answered": True, "url": "#summary-list"}
    answers = [
        {"question": first, "words": first.levels[2].title, "note": "Seen in the March release.", **done},
        {"question": second, "words": "I don’t know", **done},
        {"question": third, "words": "Not answered yet", "answered": False, "url": "#summary-list"},
        {"question": fourth, "begun": ["Ask Ana in March."], "answered": False, "url": "#summary-list"},
    ]
    yield component(
        "Summary list",
        "Every answer before the result, with the way to change it. What is open is said, never hidden.",
        "components/answers.html",
        ("Answered, not known, open, begun", {"entries": answers}),
        ("Not in use: nothing to change", {"entries": [{**answers[0], "note": ""}], "fixed": True}),
        wide=True,
    )
    states = (("Completed", True), ("Not yet answered", False))
    tasks = [
        {"question": question, "url": "#task-list", "state": state, "completed": completed}
        for question, (state, completed) in zip((first, second), states, strict=True)
    ]
    yield component(
        "Task list",
        "All questions with their state; the whole row is the link.",
        "components/tasks.html",
        ("Done and open", {"entries": tasks}),
        ("Not in use: nothing to open", {"entries": tasks[:1], "idle": "not in use"}),
    )


# --- Telling -----------------------------------------------------------------------------------------------------------


GATES: Mapping[GateState, str] = {
    "open": "Gate open",
    "near": "Gate nearly open",
    "closed": "Gate closed",
    "blocked": "Blocked",
    "undetermined": "Cannot be judged",
    "not_started": "Not in play",
}

KEY = Key(
    built="built",
    planned="planned",
    minimum="gate minimum",
    unknown="not known",
    not_applicable="does not apply",
    not_asked="not asked",
    sand="sand: floor below not ready",
    notes=("SECTION A-A", "1 COURSE = 1 LEVEL"),
)

UNKNOWN = Block(lines=(), state="unknown", minimum=2)
NOT_APPLICABLE = Block(lines=(), state="not_applicable")


def telling(playbook: Playbook) -> tuple[Component, ...]:
    """What the result is drawn with."""
    return (*_houses(playbook), *_signs(), *_tables(playbook))


def _houses(playbook: Playbook) -> Iterable[Component]:
    mixed = _house(playbook, ((3, 3, 2, 3), (2, 1, 1, 1), (1, 1, 2, 0)), ("open", "closed", "blocked"))
    ready = _house(playbook, ((3, 3, 2, 3), (3, 2, 3, 3), (3, 2, 2, 4)), ("open", "open", "open"))
    unknown = _house(
        playbook, ((2, 2, UNKNOWN, 3), (2, UNKNOWN, 3, 1), (NOT_APPLICABLE, 3, 4, UNKNOWN)),
        ("undetermined", "blocked", "blocked"),
    )  # fmt: skip
    unasked = _house(playbook, ((1, 0, 2, 1), (0, 0, 1, 0), (0,)), ("closed", "blocked", None))
    yield component(
        "House",
        "One section through one house: position and words carry the finding, colour only names the floor.",
        "styleguide/_house.html",
        ("A gate is closed: the floor above stands on sand", _shown_house("A gate is closed", mixed)),
        ("Every gate is open", _shown_house("Every gate is open", ready)),
        ("Answers are not known or do not apply", _shown_house("Answers are not known", unknown)),
        ("The attic was not asked about", _shown_house("The attic was not asked about", unasked)),
        wide=True,
    )
    yield component(
        "Stacked form",
        "The same floors as lists, where the window is narrower than the drawing.",
        "components/storey.html",
        ("With a tag and a closed gate", {"floor": _storey(playbook, mixed, 1)}),
        ("Not asked about", {"floor": _storey(playbook, unasked, 2)}),
    )


type Levels = tuple[int | Block, ...]


def _house(playbook: Playbook, rows: tuple[Levels, ...], gates: tuple[GateState | None, ...]) -> House:
    """A house from the ground up; a short row is repeated until the floor is full."""
    first, second, third = (
        Floor(
            place=place,
            hue=hue,
            kicker=layer.place.upper(),
            name=layer.name,
            gate=gate,
            gate_word=GATES[gate] if gate else "Nothing to judge",
            gate_reason="4 of 6 below the line" if gate == "closed" else "",
            tags=(Tag("BOTTLENECK", solid=True),) if gate == "closed" else (),
            blocks=tuple(
                _block(each.label, row[number % len(row)] if gate else None)
                for number, each in enumerate(playbook.capabilities_of[layer.id])
            ),
        )
        for place, hue, layer, row, gate in zip(PLACES, HUES, playbook.layers, rows, gates, strict=True)
    )
    return House(floors=(first, second, third), key=KEY)


def _block(lines: tuple[str, ...], level: int | Block | None) -> Block:
    if level is None:
        return Block(lines=lines, state="not_asked")
    if isinstance(level, Block):
        return replace(level, lines=lines)
    return Block(lines=lines, level=level, minimum=2, planned=2)


def _shown_house(label: str, drawn: House) -> dict[str, object]:
    return {
        "label": label,
        "sheet": house.sheet(drawn),
        "narrow": house.narrow(drawn),
        "small": house.landing_small(drawn),
    }


def _storey(playbook: Playbook, drawn: House, number: int) -> dict[str, object]:
    """One floor of a house, as the stacked form is given it."""
    floor, layer = drawn.floors[number], playbook.layers[number]
    return {
        "layer": {"hue": floor.hue, "place": layer.place, "name": layer.name},
        "asked": floor.gate is not None,
        "tags": [(tag.word, tag.solid) for tag in floor.tags],
        "gate": floor.gate,
        "gate_word": floor.gate_word,
        "gate_reason": floor.gate_reason,
        "symbol": door.gate(floor.gate, floor.gate_word) if floor.gate else "",
        "rows": [
            {
                "title": capability.title,
                "href": "#stacked-form",
                "strip": _strip(floor.hue, block, f"{capability.title}: {block.figure} of 4"),
                "figure": block.figure,
            }
            for capability, block in zip(playbook.capabilities_of[layer.id], floor.blocks, strict=True)
        ],
        "status_title": "Not in play yet",
        "status": "No model is live, so this floor is not asked about.",
    }


def _strip(hue: Hue, block: Block, words: str) -> Svg:
    return level_strip.strip(
        Strip(
            hue=hue,
            title=words,
            level=block.level,
            state=block.state,
            minimum=block.minimum,
            planned=block.planned,
        )
    )


def _voted() -> Iterable[tuple[Svg, str]]:
    for level, votes, words in (
        (2, (1, 3), "2 of 4, needs 2; votes run from 1 to 3"),
        (1, (0, 4), "1 of 4, needs 2; votes run from 0 to 4"),
        (2, (2, 2), "2 of 4, needs 2; all votes say 2"),
    ):
        yield level_strip.strip(Strip(hue="brick", title=words, level=level, minimum=2, votes=votes)), words


def _signs() -> Iterable[Component]:
    levels = [
        (Block(lines=(), level=level, minimum=2, planned=max(level, 2)), f"{level} of 4, needs 2")
        for level in LEVELS
    ]
    others = [
        (Block(lines=(), level=3), "3 of 4, no minimum"),
        (Block(lines=(), level=0, minimum=1, planned=2), "0 of 4, needs 1, 2 planned"),
        (UNKNOWN, "not known, needs 2"),
        (NOT_APPLICABLE, "does not apply"),
        (Block(lines=(), state="not_asked"), "not asked"),
    ]
    yield component(
        "Level strip",
        "Four courses: solid is built, dashed is planned, the black tick is what the gate needs. Figures beside it.",
        "styleguide/_drawings.html",
        *(
            (f"On the {place}", {"drawings": [(_strip(hue, block, words), words) for block, words in levels]})
            for place, hue in zip(PLACES, HUES, strict=True)
        ),
        ("Other states", {"drawings": [(_strip("brick", block, words), words) for block, words in others]}),
        ("With the range of votes", {"drawings": list(_voted())}),
        wide=True,
    )
    gates = [(door.gate(state, words), words) for state, words in GATES.items()]
    yield component(
        "Gate symbol",
        "A door in a plan, always in ink and always with its word: five states, and one for what is not in play.",
        "styleguide/_drawings.html",
        ("All states", {"drawings": gates}),
    )
    yield component(
        "House glyph",
        "A whole result in the row of a list: columns as high as their levels, and the gate of each floor.",
        "styleguide/_drawings.html",
        ("Every kind of answer, and nothing to show yet", {"drawings": list(_glyphs())}),
    )
    yield component(
        "Tag",
        "A word on a floor. One solid tag a page, on the floor that decides.",
        "styleguide/_tags.html",
        ("Solid and outlined", {"tags": [("Bottleneck", True), ("You named it", False)]}),
    )


def _glyphs() -> Iterable[tuple[Svg, str]]:
    levels = tuple(SmallBlock(state="level", level=level) for level in range(5))
    special = tuple(SmallBlock(state=state) for state in ("unknown", "not_applicable", "not_asked"))
    gates: tuple[GateState, ...] = ("open", "near", "blocked")
    blocks = (levels, special, levels)
    floors = tuple(
        SmallFloor(hue=hue, gate=gates[place], blocks=blocks[place]) for place, hue in enumerate(HUES)
    )
    yield glyph(floors, "levels 0 to 4, not known, does not apply, not asked"), "a result"
    waiting = (SmallBlock(state="not_asked"),) * 6
    yield glyph(tuple(SmallFloor(hue=hue, blocks=waiting) for hue in HUES), "no levels yet"), "no result yet"


PREPARED = {"says": "Prepared by Kestrel Advisory", "contact": "Ana Keller", "footer": "Confidential"}


def _grid(playbook: Playbook) -> dict[str, object]:
    """Every state of a cell and of a gate, twice as a row and once in the key."""
    signs = ("0", "1", "2", "3", "4", "?", "–", "")
    words = ("0 of 4", "1 of 4", "2 of 4", "3 of 4", "4 of 4", "not known", "does not apply", "not asked")
    kinds = (*(f"level-{level}" for level in range(5)), "unknown", "not-applicable", "not-asked")
    key = [
        {"kind": kind, "sign": sign, "words": word}
        for kind, sign, word in zip(kinds, signs, words, strict=True)
    ]
    drawn = [{"symbol": door.gate(state, word, width=24), "words": word} for state, word in GATES.items()]
    days = climb.climb([climb.Step(0), climb.Step(1), climb.Step(2)], 3, "Open gates: 0, 1, 2 of 3.")
    rows = [
        {
            "public_id": "an-id", "key": name, "name": name, "about": "Full assessment, 3 March 2027",
            "cells": [key[(n + shift) % len(key)] for n in range(len(playbook.capabilities))],
            "gates": drawn[shift : shift + 3], "bottleneck": "DataOps", "climb": days if shift else None,
        }
        for name, shift in (("Payments", 0), ("Logistics", 3))
    ]  # fmt: skip
    return {
        "layers": [
            {"name": layer.name, "hue": hue, "span": len(playbook.capabilities_of[layer.id])}
            for layer, hue in zip(playbook.layers, HUES, strict=True)
        ],
        "headings": [{"title": " ".join(each.label)} for each in playbook.capabilities],
        "groups": [{"name": "Tallis Software", "rows": rows}],
        "key": key,
        "gate_key": drawn,
    }


def _tables(playbook: Playbook) -> Iterable[Component]:
    yield component(
        "Data table",
        "Every chart has one with the same figures. It scrolls inside its frame, never the page.",
        "styleguide/_table.html",
        (
            "Two stages",
            {
                "caption": "The stages as a table",
                "heads": ["Stage", "Duration", "Effort", "Ends with"],
                "rows": [
                    [
                        "1, DataOps",
                        "20 to 48 weeks",
                        "40 to 115 person-weeks",
                        "DataOps gate, answered again",
                    ],
                    ["2, MLOps", "14 to 28 weeks", "26 to 66 person-weeks", "MLOps gate, answered again"],
                ],
            },
        ),
    )
    yield component(
        "Heat grid",
        "Many units by their levels: ink by density, a digit in every cell. Never added up, never ranked.",
        "components/heat_grid.html",
        ("Two units of one client", {"grid": _grid(playbook)}),
        wide=True,
    )
    yield component(
        "Prepared by",
        "Who prepared a report: one line with a logo, and the only place for a colour that is not ours.",
        "components/prepared.html",
        ("With contact and footer", {"prepared": PREPARED, "whole": True}),
    )
    bars = (
        charts.StageBar(
            hue="brick", name="Stage 1, DataOps", note="20 to 48 weeks", start=0, low=20, high=48, planned=40,
            gate="DataOps gate", baseline=(2, "baseline"),
        ),
        charts.StageBar(
            hue="copper", name="Stage 2, MLOps", note="14 to 28 weeks", start=40, low=14, high=28, planned=28,
            held=True, gate="MLOps gate",
        ),
    )  # fmt: skip
    weeks = charts.tick_weeks(bars, 52)
    stages = charts.StageChart(
        title="Two stages over weeks",
        bars=bars,
        ticks=tuple((week, f"week {week}" if week else "today") for week in weeks),
        horizon=52,
        horizon_word="your horizon, 12 months",
        early=charts.EarlyStart(
            hue="copper",
            name="One early start",
            note="4 to 8 weeks",
            low=4,
            high=8,
            words="groundwork for MLOps: model inventory",
        ),
        care=charts.CareLine(
            hue="copper", name="Care for what is live", note="all the time", words="first steps only"
        ),
    )
    yield _chart(
        "Stage bars",
        "One brick is four weeks: solid to the lower estimate, dashed to the upper. A held stage has no solid brick.",
        "A stage that is released, and one that is held",
        lambda form: charts.stages(stages, form),
    )
    parts = (charts.BudgetPart(hue="brick", amount=81), charts.BudgetPart(hue="copper", amount=46, held=True))
    yield _chart(
        "Budget bar",
        "Solid is released, dashed waits behind its gate. Sums and ranges stand in words above it.",
        "Released and held",
        lambda form: charts.budget(parts, "81 person-weeks released, 46 held", form),
    )
    yield _dependencies(playbook)
    yield _slopes(playbook)
    option = playbook.benchmarks[0] if playbook.benchmarks else None
    buckets = tuple(
        charts.Bucket(label=each.title, share=each.share / 100, printed=f"{each.share:g} %", here=number == 1)
        for number, each in enumerate(option.buckets if option else ())
    )
    yield _chart(
        "Distribution",
        "A published distribution with one’s own place in it; its year and source always beside it.",
        "In the second group",
        lambda form: charts.distribution(buckets, "Where others are", "you", "stone", form),
    )


def _dependencies(playbook: Playbook) -> Component:
    """One foundation block in each of the ways in which it can hold up three others."""
    layers = [playbook.capabilities_of[layer.id] for layer in playbook.layers]
    lower, uppers = layers[0][2], (layers[0][4], layers[1][1], layers[2][3])
    bands = [
        dependencies.Band(
            hue=hue,
            name=layer.name,
            columns=len(capabilities),
            parts=tuple(
                dependencies.Part(
                    name=each.id,
                    column=column,
                    lines=each.label,
                    words="0, needs 2" if each is lower else "1 of 4",
                )
                for column, each in enumerate(capabilities)
                if each is lower or each in uppers
            ),
        )
        for layer, hue, capabilities in zip(playbook.layers, HUES, layers, strict=True)
    ]
    signs = dependencies.Signs(
        count="so many blocks rest on it", pressing="decides the gate, or is planned", other="not planned yet",
        unknown="not known", reported="reported without support",
    )  # fmt: skip
    ways: dict[str, dict[str, bool]] = {
        "Decides the gate, or is planned": {"pressing": True},
        "Not planned yet": {},
        "Not known": {"unknown": True},
        "Reported without support": {"pressing": True, "reported": True},
    }
    states = []
    for state, kind in ways.items():
        ties = [dependencies.Tie(lower=lower.id, upper=each.id, **kind) for each in uppers]
        drawn = dependencies.dependencies(bands, ties, f"{lower.title} holds up three blocks", signs)
        states.append(
            (state, {"label": state, "screen": drawn, "phone": "On phones a list takes its place."})
        )
    rule = "A riser from each block that is too low to what rests on it; the figure at its foot counts those blocks."
    return component("What blocks what", rule, "styleguide/_chart.html", *states, wide=True)


def _slopes(playbook: Playbook) -> Component:
    """Two floors: one where every level is known, one where some are not."""
    whole = ((1, 2, "up 1"), (1, 2, "up 1"), (2, 2, "same"), (2, 2, "same"), (3, 1, "down 2"), (0, 2, "up 2"))
    gone: tuple[tuple[int | None, int | None, str], ...] = (
        (1, 1, "same"), (None, 2, "now known"), (0, 0, "same"), (2, None, "not known any more"),
        (None, None, "same"), (3, 4, "up 1"),
    )  # fmt: skip
    states = []
    for layer, hue, state, levels in zip(
        playbook.layers, HUES, ("All levels known", "Some not known"), (whole, gone), strict=False
    ):
        lines = [
            slope.Line(
                name=each.title, before=before, after=after, change_word=change,
                before_state="unknown" if before is None else "level", before_word=_of_four(before),
                after_state="unknown" if after is None else "level", after_word=_of_four(after),
            )
            for each, (before, after, change) in zip(playbook.capabilities_of[layer.id], levels, strict=True)
        ]  # fmt: skip
        screen, phone = (
            slope.slope(lines, f"{layer.name}.", "March 2025", "May 2026", hue, form=form)
            for form in (slope.SCREEN, slope.PHONE)
        )
        states.append((state, {"label": f"{layer.name} at two dates", "screen": screen, "phone": phone}))
    rule = "Two dates: thick in the floor’s colour rises, thick in ink falls, thin stays, dashed has no level at one end."
    return component("Slope", rule, "styleguide/_chart.html", *states, wide=True)


def _of_four(level: int | None) -> str:
    return "not known" if level is None else f"{level} of 4"


def _chart(name: str, rule: str, state: str, draw: Callable[[charts.Format], Svg]) -> Component:
    drawn = {"label": name, "screen": draw(charts.SCREEN), "phone": draw(charts.PHONE)}
    return component(name, rule, "styleguide/_chart.html", (state, drawn))


SHEETS = (
    Sheet(
        "asking",
        "Asking: the parts",
        "Every part of the pages on which somebody answers, in each of its states, made by the partials that the pages use.",
        ASKING,
        "",
        asking,
    ),
    Sheet(
        "telling",
        "Telling: the parts",
        "Every part of the result, in each of its states. The drawings are the ones that the result and the paper print.",
        TELLING,
        "result",
        telling,
    ),
)

urlpatterns = [
    path("", styleguide, name="styleguide"),
    path("<slug:name>/", styleguide, name="styleguide"),
]
