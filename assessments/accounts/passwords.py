"""What a password has to be: long, and none that is tried first. Every character is welcome, in any order."""

import re

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from assessments.accounts.models import User

MOST = 128
"""Characters: longer than anybody types, short enough to be hashed quickly."""


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "The password must have at least %(least)s character. Four words that do not belong together are easy to remember.",
            "The password must have at least %(least)s characters. Four words that do not belong together are easy to remember.",
            self.min_length,
        ) % {"least": self.min_length}


class NotTooLong:
    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  # as Django calls it
        if len(password) > MOST:
            raise ValidationError(
                gettext("The password must have %(most)s characters or less") % {"most": MOST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return ""


class NotCommon(CommonPasswordValidator):
    """No password from the list, with or without digits and signs around it, once or several times in a row."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > MOST:
            return  # it is refused for that; and what repeats in a very long one takes half a minute to find
        letters = re.sub(r"[\W\d_]", "", password.lower())
        repeated = re.fullmatch(r"(.+?)\1*", letters, re.DOTALL)
        for each in {password, letters, repeated[1] if repeated else letters}:
            super().validate(each, user)

    def get_error_message(self) -> str:
        return gettext(
            "This password is on the list of those that are tried first. Choose one that nobody else would."
        )


class NotLikeTheAddress(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return gettext(
            "This password is too much like your name or address. Choose one that says nothing of you."
        )
