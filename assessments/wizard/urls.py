"""The addresses of the wizard."""

from django.urls import path

from assessments.wizard.views import question, resume, review, start

urlpatterns = [
    path("", start.landing, name="landing"),
    path("start/", start.start, name="start"),
    path("a/<str:public_id>/", review.hub, name="hub"),
    path("a/<str:public_id>/scope/", start.scope, name="scope"),
    path("a/<str:public_id>/keep/", start.keep, name="keep"),
    path("a/<str:public_id>/keep/new/", start.new_link, name="new_link"),
    path("a/<str:public_id>/q/<slug:question>/", question.question, name="question"),
    path("a/<str:public_id>/review/", review.review, name="review"),
    path("a/<str:public_id>/full/", review.ask_the_rest, name="ask_the_rest"),
    path("a/<str:public_id>/delete/", review.delete, name="delete"),
    path("deleted/", review.deleted, name="deleted"),
    path("r/<str:token>", resume.resume, name="resume"),
]
