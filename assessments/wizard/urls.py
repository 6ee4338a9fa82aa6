"""The addresses of the wizard."""

from django.urls import path

from assessments.wizard.views import hand_over, keep, question, recheck, resume, review, share, sheet, start

urlpatterns = [
    path("", start.landing, name="landing"),
    path("start/", start.start, name="start"),
    path("a/<str:public_id>/", review.hub, name="hub"),
    path("a/<str:public_id>/scope/", start.scope, name="scope"),
    path("a/<str:public_id>/keep/", keep.keep, name="keep"),
    path("a/<str:public_id>/keep/send/", keep.send, name="send_link"),
    path("a/<str:public_id>/keep/new/", keep.new_link, name="new_link"),
    path("a/<str:public_id>/leave/", keep.leave, name="leave"),
    path("a/<str:public_id>/data.json", keep.data, name="data"),
    path("a/<str:public_id>/q/<slug:question>/", question.question, name="question"),
    path("a/<str:public_id>/sheet/<slug:part>/", sheet.sheet, name="sheet"),
    path("a/<str:public_id>/recheck/", recheck.recheck, name="recheck"),
    path("a/<str:public_id>/review/", review.review, name="review"),
    path("a/<str:public_id>/full/", review.ask_the_rest, name="ask_the_rest"),
    path("a/<str:public_id>/delete/", review.delete, name="delete"),
    path("a/<str:public_id>/share/", share.share, name="share"),
    path("hand-over/<str:token>", hand_over.hand_over, name="hand_over"),
    path("left/", keep.left, name="left"),
    path("deleted/", review.deleted, name="deleted"),
    path("r/<str:token>", resume.resume, name="resume"),
]
