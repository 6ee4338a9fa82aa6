"""The sheets as pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from advisor.engine.playbook import Playbook
from assessments.http import SeeOther
from assessments.playbooks import current
from assessments.styleguide.asking import asking
from assessments.styleguide.parts import Component
from assessments.styleguide.telling import telling

ASKING = ("css/question.css", "css/overview.css", "css/sheet.css")
TELLING = ("css/result.css",)
"""What the pages load on which these components stand. Two sheets, because the two sets are never loaded together."""


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
