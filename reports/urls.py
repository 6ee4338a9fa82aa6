"""The addresses of telling."""

from django.urls import include, path

from reports import views

app_name = "reports"

urlpatterns = [
    path("a/<str:public_id>/result/", views.result, name="result"),
    path("sample/", views.samples, name="sample"),  # one name: without a slug the list, with one the report
    path("sample/<slug:slug>/", views.sample, name="sample"),
    path("", include("reports.pdf_urls")),
]
