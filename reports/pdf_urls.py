"""The addresses of the PDFs."""

from django.urls import path

from reports import pdf_views

urlpatterns = [
    path("a/<str:public_id>/result.pdf", pdf_views.result_pdf, name="pdf"),
    path("sample/<slug:slug>/roadmap.pdf", pdf_views.sample_pdf, name="sample_pdf"),
]
