"""The addresses of sharing."""

from django.urls import path

from assessments.sharing import views

urlpatterns = [
    path("a/<str:public_id>/links/", views.share, name="share_links"),
    path("a/<str:public_id>/links/<str:share>/revoke/", views.revoke, name="revoke_share"),
    path("s/<str:token>/", views.shared_link, name="shared_link"),
]
