"""The addresses of the desk."""

from django.urls import path

from assessments.workspace.views import assessments, entry, people, workspaces

urlpatterns = [
    path("", entry.entry, name="desk_entry"),
    path("new/", workspaces.new, name="new_workspace"),
    path("<str:workspace>/", assessments.desk, name="desk"),
    path("<str:workspace>/rename/", workspaces.rename, name="rename_workspace"),
    path("<str:workspace>/people/", people.people, name="people"),
    path("<str:workspace>/people/invite/", people.invite, name="invite"),
    path("<str:workspace>/people/invited/<int:number>/resend/", people.resend, name="resend_invitation"),
    path(
        "<str:workspace>/people/invited/<int:number>/take-back/",
        people.take_back,
        name="take_back_invitation",
    ),
    path("<str:workspace>/people/<int:number>/role/", people.role, name="member_role"),
    path("<str:workspace>/people/<int:number>/remove/", people.remove, name="member_remove"),
    path("<str:workspace>/leave/", people.leave, name="leave_workspace"),
]
