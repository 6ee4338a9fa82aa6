"""The addresses of a survey."""

from django.urls import path

from assessments.survey import views

urlpatterns = [
    path("a/<str:public_id>/several/", views.several, name="several"),
    path("a/<str:public_id>/several/open/", views.open_it, name="several_open"),
    path("a/<str:public_id>/several/new-link/", views.new_link, name="several_new_link"),
    path("a/<str:public_id>/several/count/", views.count, name="several_count"),
    path("a/<str:public_id>/differences/", views.differences, name="differences"),
    path("a/<str:public_id>/differences/agreed/", views.take_unanimous, name="take_unanimous"),
    path("a/<str:public_id>/differences/<slug:question>/", views.difference, name="difference"),
    path("p/<str:token>/", views.take_part, name="take_part"),
]
