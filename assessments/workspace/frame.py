"""What stands around every page of the desk: the workspace, where one is in it, and what one may do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Membership, Role
from assessments.workspace.access import RANK


def may_change(membership: Membership) -> bool:
    """Whether somebody may change anything; viewers only look."""
    return RANK[Role(membership.role)] >= RANK[Role.CONSULTANT]


def show(
    request: HttpRequest, template: str, membership: Membership, here: str, *, status: int = 200, **words: Any
) -> HttpResponse:
    """A page of the desk. ``here`` is the part of it that the navigation marks."""
    around = {
        "membership": membership,
        "workspace": membership.workspace,
        "here": here,
        "editor": may_change(membership),
    }
    return render(request, template, around | words, status=status)
