"""The addresses of the room."""

from django.urls import path

from assessments.workshop.views import coming_in, host, phone, stage

urlpatterns = [
    path("join/", coming_in.by_code, name="join"),
    path("j/<str:secret>/", coming_in.by_link, name="join_by_link"),
    path("w/<str:public_id>/", phone.phone, name="phone"),
    path("w/<str:public_id>/state/", phone.state, name="phone_state"),
    path("w/<str:public_id>/vote/", phone.cast, name="phone_vote"),
    path("w/<str:public_id>/copy/", phone.wish, name="phone_wish"),
    path("stage/<str:secret>/", stage.stage, name="stage"),
    path("stage/<str:secret>/state/", stage.state, name="stage_state"),
    path("a/<str:public_id>/room/", host.room, name="room"),
    path("a/<str:public_id>/room/open/", host.open_room, name="room_open"),
    path("a/<str:public_id>/room/state/", host.state, name="room_state"),
    path("a/<str:public_id>/room/phones/", host.phones, name="room_phones"),
    path("a/<str:public_id>/room/act/", host.act, name="room_act"),
    path("a/<str:public_id>/room/note/", host.note, name="room_note"),
    path("a/<str:public_id>/room/set/", host.change, name="room_set"),
    path("a/<str:public_id>/room/end/", host.end, name="room_end"),
]
