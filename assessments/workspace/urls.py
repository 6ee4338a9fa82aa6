"""The addresses of the desk."""

from django.urls import path

from assessments.workspace.views import assessments, clients, entry, inbox, keys, one, wastebasket

urlpatterns = [
    path("", entry.entry, name="desk_entry"),
    path("<str:workspace>/", assessments.desk, name="desk"),
    path("<str:workspace>/new/", assessments.new, name="desk_new"),
    path("<str:workspace>/a/<str:public_id>/", one.assessment, name="desk_assessment"),
    path("<str:workspace>/a/<str:public_id>/move/", one.move, name="desk_move"),
    path("<str:workspace>/a/<str:public_id>/archive/", one.archive, name="desk_archive"),
    path("<str:workspace>/a/<str:public_id>/delete/", one.delete, name="desk_delete"),
    path("<str:workspace>/a/<str:public_id>/send/", one.send, name="desk_send"),
    path("<str:workspace>/clients/", clients.clients, name="desk_clients"),
    path("<str:workspace>/clients/new/", clients.make, name="desk_client_new"),
    path("<str:workspace>/clients/<str:public_id>/", clients.client, name="desk_client"),
    path("<str:workspace>/clients/<str:public_id>/rename/", clients.rename, name="desk_client_rename"),
    path("<str:workspace>/clients/<str:public_id>/unit/", clients.unit, name="desk_unit"),
    path("<str:workspace>/clients/<str:public_id>/archive/", clients.archive, name="desk_client_archive"),
    path("<str:workspace>/clients/<str:public_id>/delete/", clients.delete, name="desk_client_delete"),
    path("<str:workspace>/inbox/", inbox.inbox, name="desk_inbox"),
    path("<str:workspace>/inbox/link/", inbox.make_link, name="desk_code"),
    path("<str:workspace>/inbox/link/<str:public_id>/end/", inbox.end_link, name="desk_code_end"),
    path("<str:workspace>/inbox/<str:public_id>/", inbox.take, name="desk_take"),
    path("<str:workspace>/inbox/<str:public_id>/decline/", inbox.decline, name="desk_decline"),
    path("<str:workspace>/keys/", keys.keys, name="desk_keys"),
    path("<str:workspace>/keys/<str:public_id>/remove/", keys.remove, name="desk_key_remove"),
    path("<str:workspace>/bin/", wastebasket.wastebasket, name="desk_bin"),
    path("<str:workspace>/bin/<str:kind>/<str:public_id>/restore/", wastebasket.restore, name="desk_restore"),
    path("<str:workspace>/bin/<str:kind>/<str:public_id>/delete/", wastebasket.erase, name="desk_erase"),
]
