"""The addresses of telling."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("a/<str:public_id>/result/", views.result, name="result"),
    path("a/<str:public_id>/result.pdf", views.result_pdf, name="pdf"),
    path("sample/", views.samples, name="sample"),  # one name: without a slug the list, with one the report
    path("sample/<slug:slug>/", views.sample, name="sample"),
    path("sample/<slug:slug>/roadmap.pdf", views.sample_pdf, name="sample_pdf"),
]
