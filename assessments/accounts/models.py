"""The people who sign in: consultants, and whoever they let look over their shoulder."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, at_most


class UserManager(BaseUserManager["User"]):
    """Makes accounts by address alone: there are no other names to sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password nobody can sign in to it with one."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account that may do everything in the administration, where that is switched on."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. What they may see stands in their memberships, never here."""

    email = models.EmailField(max_length=254, unique=True)
    """In small letters, so that nobody has two accounts with one address."""
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"
            ),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return self.name or self.email
