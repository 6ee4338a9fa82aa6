"""How often something was tried lately, so that too much of it can be refused."""

from django.db import models


class Counter(models.Model):
    """How often something happened within one stretch of time; what it counts is known only as a fingerprint."""

    key = models.CharField(max_length=64, unique=True)
    """Keyed hash, in hexadecimal, of what is counted, so that the table gives no address away."""
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)
    """When the stretch ends and the row means nothing any more."""

    def __str__(self) -> str:
        return f"{self.count} until {self.ends:%Y-%m-%d %H:%M}"
