"""Answers to a request that Django does not bring."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a form was sent: "back" then never asks to send it again."""

    status_code = 303
