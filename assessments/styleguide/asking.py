"""The parts of the pages on which somebody answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse

from advisor.drawing import MiniFloor, Step
from advisor.drawing.mini import mini
from advisor.engine.playbook import Playbook
from assessments.floors import HUES, PLACES
from assessments.playbooks import current
from assessments.qr import qr_image
from assessments.questions import asked
from assessments.styleguide.parts import Component, component


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
