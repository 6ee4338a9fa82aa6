"""The seals on the trail: one for each line, each made from the one before."""

from django.db import models

SEAL_LENGTH = 64
"""A SHA-256 in hexadecimal."""


class TrailSeal(models.Model):
    """The seal of one line. Seals are added and never changed; they go with the lines they are on."""

    number = models.BigIntegerField(primary_key=True)
    """1 for the first line that was ever sealed, and no gaps."""
    event = models.BigIntegerField(unique=True)
    """The id of the line; no foreign key, since a seal without its line is what shall be found."""
    digest = models.CharField(max_length=SEAL_LENGTH)
    """Made from the seal before and from what the line says."""

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class TrailHead(models.Model):
    """Where the chain of seals begins and ends; one row."""

    number = models.BigIntegerField(default=0)
    """Of the last seal."""
    digest = models.CharField(max_length=SEAL_LENGTH, blank=True)
    first = models.BigIntegerField(default=0)
    """The number of the last seal that went with its line when that had been kept for long enough."""
    anchor = models.CharField(max_length=SEAL_LENGTH, blank=True)
    """And that seal, which the first one still there is made from."""

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
