"""What the wizard is measured against: a view that does next to nothing, and the same questions in django-formtools."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, reverse
from formtools.wizard.views import NamedUrlSessionWizardView, SessionWizardView, WizardView

from assessments.http import SeeOther
from assessments.models import Answer
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked
from tests.bench.questionnaire import twenty

ROW = 1
"""The row that the bare view reads and writes: an answer like any other."""


def bare(request: HttpRequest) -> HttpResponse:
    """Read one row; write it and go on, or show it."""
    row = Answer.objects.get(pk=ROW)
    if request.method == "POST":
        row.note = request.POST["note"]
        row.save(update_fields=["note"])
        return SeeOther(reverse("bare"))
    return HttpResponse(row.note)


def bare_page(request: HttpRequest) -> HttpResponse:
    """Read one row, and show it by a template."""
    return render(request, "bench/bare.html", {"row": Answer.objects.get(pk=ROW)})


class Step(WizardView):
    """A step as the manual of django-formtools shows it, on a page like ours; the last one shows nothing more."""

    template_name = "bench/step.html"

    def done(self, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002  # the library passes them
        return HttpResponse("Done")


class Wizard(Step, SessionWizardView):
    """Answers a form with the next one."""


class NamedWizard(Step, NamedUrlSessionWizardView):
    """Answers a form with a redirect to the next one, as we do."""


def form_of(question: Asked) -> type[forms.Form]:
    """A question as a form, with the note that every question has."""
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    return type("QuestionForm", (forms.Form,), {"answer": _field(question), "note": note, "asked": question})


def _field(question: Asked) -> forms.Field:
    words = {"label": question.question, "help_text": question.hint}
    if question.kind == "number":
        return forms.FloatField(min_value=question.minimum, max_value=question.maximum, **words)
    choices = [(str(each.value), f"{each.title} {each.fact}") for each in question.choices]
    if question.kind == "many":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)
    choices += [(DONT_KNOW, "I don’t know")] * question.allow_unknown
    choices += [(DOES_NOT_APPLY, "Does not apply to us")] * question.allow_na
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)


FORMS = [(each.id, form_of(each)) for each in twenty()]

urlpatterns = [
    path("bare/", bare, name="bare"),
    path("bare/page/", bare_page),
    path("formtools/", Wizard.as_view(FORMS), name="formtools"),
    path(
        "named/<slug:step>/",
        NamedWizard.as_view(FORMS, url_name="named", done_step_name="done"),
        name="named",
    ),
    path("", include("advisor.urls")),
]
