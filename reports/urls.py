"""The addresses of telling."""

from django.urls import path

from reports.views import comparing, pdf, result

app_name = "reports"

urlpatterns = [
    path("a/<str:public_id>/result/", result.result, name="result"),
    path("a/<str:public_id>/result.pdf", pdf.result_pdf, name="pdf"),
    path("a/<str:public_id>/milestones/", comparing.kept, name="milestones"),
    path("a/<str:public_id>/milestones/<int:number>/rename/", comparing.rename, name="milestone_rename"),
    path("a/<str:public_id>/milestones/<int:number>/delete/", comparing.delete, name="milestone_delete"),
    path("a/<str:public_id>/compare/", comparing.compare, name="compare"),
    path("sample/", result.samples, name="sample"),  # one name: without a slug the list, with one the report
    path("sample/<slug:slug>/", result.sample, name="sample"),
    path("sample/<slug:slug>/roadmap.pdf", pdf.sample_pdf, name="sample_pdf"),
]
