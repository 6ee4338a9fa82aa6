"""The facilitators' console: every act is a form, so that it works with a keyboard, by htmx and without scripts."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from advisor.engine.votes import FEWEST
from assessments.access import Assessment, assessment_for, private_page, signed_in
from assessments.answering import AnswerError
from assessments.http import SeeOther
from assessments.models import Workshop
from assessments.questions import RefusedError
from assessments.workshop import clock, joining, polling, rounds
from assessments.workshop.acts import acted_words
from assessments.workshop.console_page import console_page, tag_of
from assessments.workshop.rounds import MOVES, ActedError, EndedError
from assessments.workshop.seen import Room, room_of

type Setting = Callable[[HttpRequest, Workshop, int | None, str], None]


@private_page
@require_safe
def room(request: HttpRequest, public_id: str) -> HttpResponse:
    """The console, or the page from which the room is opened."""
    assessment = _whole(request, public_id)
    workshop = joining.workshop_of(assessment)
    if workshop is None:
        words = {"assessment": assessment, "within_reach": joining.within_reach(request)}
        return render(request, "room/begin.html", words)
    return _console(request, assessment)


@private_page
@require_POST
def open_room(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open it, or open it again."""
    assessment = _whole(request, public_id)
    joining.open_workshop(assessment=assessment, by=_by(request), request=request)
    return SeeOther(_address(assessment))


@private_page
@require_safe
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is new, if anything is: always the side with people and agenda; the work only where a question moved on."""
    assessment = _whole(request, public_id)
    seen = _seen(assessment, version=polling.seen_version(request))
    if (nothing := polling.unchanged(request, tag_of(seen))) is not None:
        return nothing
    flags = {
        "part": True,
        "polled": True,
        "moved": request.GET.get("step") != str(seen.workshop.step),
        "changed": request.GET.get("v", "").partition(".")[0] != str(seen.workshop.version),
        "turned": (_voted_in(request.GET.get("v", "")) < FEWEST) != (seen.voted < FEWEST),
    }
    words = _words(request, assessment, seen) | flags
    return polling.answer(request, "room/_console.html", words, over=False)


@private_page
@require_safe
def phones(request: HttpRequest, public_id: str) -> HttpResponse:
    """The phones that are in or wait outside, to take one of them out."""
    assessment = _whole(request, public_id)
    found = _seen(assessment).workshop.participants.filter(removed=False).order_by("number")
    return render(request, "room/phones.html", {"assessment": assessment, "phones": found})


@private_page
@require_POST
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move the question on the screen on."""
    assessment = _whole(request, public_id)
    name = next((each for each in MOVES if each == request.POST.get("act")), None)
    if name is None:
        raise Http404
    step, sent = request.POST.get("step", ""), request.POST
    try:
        rounds.act(
            request=request,
            workshop=_seen(assessment).workshop,
            name=name,
            by=_by(request),
            step=int(step) if step.isdecimal() and len(step) < 10 else -1,
            given={
                "question": sent.get("question", ""),
                "value": sent.get("answer", ""),
                "na_reason": sent.get("na_reason", ""),
                "counts": {
                    key.removeprefix("hands-"): each for key, each in sent.items() if key.startswith("hands-")
                },
            },
        )
    except ActedError as acted:
        if acted.act == name and acted.by == _by(request) and _stands(request, _seen(assessment)):
            return _answer(request, assessment)  # the same form came twice
        return _answer(request, assessment, told=acted_words(acted), status=HTTPStatus.CONFLICT)
    except (RefusedError, AnswerError, EndedError) as refused:
        why = _why(refused)
        if isinstance(refused, AnswerError) and not sent.get("answer"):  # who answers alone is told otherwise
            why = gettext("Select the answer on which the room agrees")
        told = {("agree_error" if name == "agree" else "error"): why}
        return _answer(request, assessment, status=HTTPStatus.UNPROCESSABLE_ENTITY, **told)
    return _answer(request, assessment)


@private_page
@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the note on a question."""
    assessment = _whole(request, public_id)
    sent = request.POST
    try:
        rounds.note_down(
            workshop=_seen(assessment).workshop,
            question=sent.get("question", ""),
            note=sent.get("note", ""),
            shown="shown" in sent,
            seen=sent.get("seen", ""),
        )
    except rounds.NotedError:
        refused = gettext(
            "Somebody else has changed this note meanwhile: bring both together, then it is kept."
        )
        return _noted(request, assessment, note_refused=refused, theirs=True, status=HTTPStatus.CONFLICT)
    except RefusedError as why:
        return _noted(request, assessment, note_refused=str(why), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _noted(request, assessment, noted=True)


def _noted(
    request: HttpRequest, assessment: Assessment, *, status: int = HTTPStatus.OK, **words: object
) -> HttpResponse:
    """What became of a note, by htmx beside its field; the question on the screen may be another one by now."""
    if not getattr(request, "htmx", False):
        return _answer(request, assessment, status=status, typed=request.POST.get("note", ""), **words)
    question = request.POST.get("question", "")
    made = _seen(assessment, anew=True).made.get(question)
    told = {"about": question, "stored": made.note if made else "", "alone": True, **words}
    return render(request, "room/_note_state.html", told, status=status)


SETTINGS: dict[str, Setting] = {
    "lock": lambda request, room, by, value: joining.set_lock(
        workshop=room, by=by, lock=value == "1", request=request
    ),
    "admit": lambda _, room, by, __: joining.admit_all(workshop=room, by=by),
    "remove": lambda request, room, by, value: joining.remove(
        workshop=room, by=by, number=_number(value), request=request
    ),
    "expect": lambda _, room, by, value: joining.expect(workshop=room, by=by, people=value),
    "roles": lambda _, room, by, value: joining.ask_roles(workshop=room, by=by, asks=value == "1"),
    "dark": lambda _, room, by, value: joining.darken(workshop=room, by=by, dark=value == "1"),
    "code": lambda request, room, by, _: joining.new_code(workshop=room, by=by, request=request),
    "stage": lambda request, room, by, _: joining.new_stage_link(workshop=room, by=by, request=request),
    "timer": lambda _, room, by, value: clock.set_timer(
        workshop=room, by=by, seconds=_number(value.removesuffix("c")), closes=value.endswith("c")
    ),
    "longer": lambda _, room, by, __: clock.prolong_timer(workshop=room, by=by),
    "timer_off": lambda _, room, by, __: clock.stop_timer(workshop=room, by=by),
}
"""What can be set beside the questions; the last one counts, whoever it comes from."""


@private_page
@require_POST
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lock, code, clock, phones and the screen's ground."""
    assessment = _whole(request, public_id)
    name = request.POST.get("set", "")
    if name not in SETTINGS:
        raise Http404
    try:
        SETTINGS[name](request, _seen(assessment).workshop, _by(request), request.POST.get("value", ""))
    except (RefusedError, EndedError) as refused:
        return _answer(request, assessment, error=_why(refused), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _answer(request, assessment)


@private_page
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the room; its result stays on the screen."""
    assessment = _whole(request, public_id)
    try:
        joining.end_workshop(workshop=_seen(assessment).workshop, by=_by(request), request=request)
    except EndedError:
        return SeeOther(_address(assessment))
    return SeeOther(_address(assessment))


# --- Answers --------------------------------------------------------------------------------------------------------------


def _answer(
    request: HttpRequest, assessment: Assessment, *, status: int = HTTPStatus.OK, **words: object
) -> HttpResponse:
    """The parts that changed for htmx; for everybody else the page again, or with what went wrong."""
    if getattr(request, "htmx", False):
        seen = _seen(assessment)
        moved = bool(words) or request.POST.get("step") != str(seen.workshop.step)
        told = _words(request, assessment, seen) | words | {"part": True, "moved": moved, "changed": True}
        return render(request, "room/_console.html", told, status=status)
    if status == HTTPStatus.OK:
        return SeeOther(_address(assessment))
    return _console(request, assessment, status=status, **words)


def _console(
    request: HttpRequest, assessment: Assessment, *, status: int = HTTPStatus.OK, **words: object
) -> HttpResponse:
    told = _words(request, assessment, _seen(assessment, anew=True)) | words
    return render(request, "room/console.html", told, status=status)


def _words(request: HttpRequest, assessment: Assessment, seen: Room) -> dict[str, object]:
    return {"assessment": assessment, "workshop": seen.workshop, "page": console_page(request, seen)}


def _seen(assessment: Assessment, *, anew: bool = False, version: int = 0) -> Room:
    workshop = joining.workshop_of(assessment)
    found = room_of(workshop, anew=anew, version=version) if workshop else None
    if found is None:
        raise Http404
    return found


def _stands(request: HttpRequest, seen: Room) -> bool:
    """Whether the room is where this form wanted it, as after the first of two clicks."""
    sent, name = request.POST, seen.workshop.question
    match sent.get("act"):
        case "show":
            return name == sent.get("question")
        case "agree":
            return name in seen.answers and str(seen.answers[name].value) == sent.get("answer")
    return True


def _whole(request: HttpRequest, public_id: str) -> Assessment:
    """An assessment that a room can answer: not what one of several has answered."""
    assessment = assessment_for(request, public_id)
    if assessment.part_of_id:
        raise Http404
    return assessment


def _by(request: HttpRequest) -> int | None:
    return request.user.pk if signed_in(request) else None


def _voted_in(tag: str) -> int:
    """How many had voted when the console last looked, by its tag."""
    return max(0, _number(tag.split(".")[3])) if tag.count(".") >= 3 else 0


def _number(value: str) -> int:
    return int(value) if value.strip().isdecimal() and len(value.strip()) < 6 else -1


def _why(refused: Exception) -> str:
    if isinstance(refused, AnswerError):
        return refused.mistakes[0][1]
    return str(refused) or gettext("The workshop is over. Open it again to go on.")


def _address(assessment: Assessment) -> str:
    return reverse("assessments:room", args=[assessment.public_id])
