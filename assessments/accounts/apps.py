"""The app of accounts."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "assessments.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import (
            user_logged_in as all_steps_done,
        )  # not before there are rows to speak of

        from assessments.accounts import devices, noting, sessions

        # Whoever signs somebody in, and by whatever way: without its times a session is not believed.
        user_logged_in.connect(sessions.begin, dispatch_uid="groundwork.signed_in")
        all_steps_done.connect(devices.greet, dispatch_uid="groundwork.greeted")
        noting.connect()
