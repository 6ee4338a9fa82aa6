"""The plan as its owner changes it: the board, one move, and the way back to what was calculated."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from advisor.engine.ownplan import Item
from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.planning import reset_plan
from reports.plan_form import MoveForm, slot_called
from reports.presenter.ownplan import short_of, slot_word
from reports.presenter.plan import owner_of
from reports.workbench import Workbench, decide, shift, take_back, workbench


@private_page
@require_safe
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """All moves in three columns, each with what can be done to it."""
    bench = workbench(assessment_for(request, public_id))
    part = "#board" if request.headers.get("HX-Request") else ""
    words = {"bench": bench, "board": bench.board, "just": _just_moved(request, bench)}
    return render(request, f"reports/plan/board.html{part}", words)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """One move: when, how much, who, by when, and why so."""
    bench = workbench(assessment_for(request, public_id))
    item = _item(bench, code)
    sent = request.POST if request.method == "POST" else None
    wanted = request.GET.get("slot", "")
    form, effort = MoveForm(sent, item=item, slot=wanted), bench.effort_form(code, sent)
    if sent is not None and decide(bench, item, form, effort):
        return SeeOther(f"{reverse('reports:plan', args=[public_id])}#move-{code}")
    words = {
        "bench": bench,
        "item": item,
        "card": bench.board.card(code),
        "calculated_owner": owner_of(bench.lexicon, item.move),
        "form": form,
        "effort": effort.fields[0],
        "mistakes": [*form.mistakes, *effort.mistakes],
        "broken": bench.broken_by(code, form.wanted_change()),
    }
    return render(request, "reports/plan/move.html", words, status=422 if sent is not None else 200)


@private_page
@require_POST
def move_to(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Bring a move forward, put it off or leave it out; where that needs a reason, ask for it first."""
    bench = workbench(assessment_for(request, public_id))
    item, slot = _item(bench, code), slot_called(request.POST.get("slot", ""))
    if slot is None:
        raise Http404
    if shift(bench, item, slot):
        address = f"{reverse('reports:move', args=[public_id, code])}?{urlencode({'slot': slot})}#risk"
        return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else SeeOther(address)
    told = urlencode({"moved": code, "from": item.slot})
    return SeeOther(f"{reverse('reports:plan', args=[public_id])}?{told}#moved")


@private_page
@require_POST
def as_calculated(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Everything about one move as it was calculated."""
    bench = workbench(assessment_for(request, public_id))
    take_back(bench, _item(bench, code))
    return SeeOther(f"{reverse('reports:plan', args=[public_id])}#move-{code}")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole plan as it was calculated, after asking once more."""
    assessment = assessment_for(request, public_id)
    if request.method == "POST":
        reset_plan(assessment=assessment)
        return SeeOther(reverse("reports:plan", args=[public_id]))
    return render(request, "reports/plan/reset.html", {"bench": workbench(assessment)})


def _item(bench: Workbench, code: str) -> Item:
    """The move with this code. Raises Http404 for one that is not in the plan."""
    item = bench.own.item(code)
    if item is None:
        raise Http404
    return item


def _just_moved(request: HttpRequest, bench: Workbench) -> dict[str, str] | None:
    """What an address says was moved a moment ago, so that it can be undone."""
    item, before = bench.own.item(request.GET.get("moved", "")), slot_called(request.GET.get("from", ""))
    if item is None or before is None or before == item.slot:
        return None
    name = short_of(bench.lexicon, item.move.code)
    return {"code": item.move.code, "name": name, "slot": slot_word(item.slot), "before": before}
