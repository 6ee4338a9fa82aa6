"""Reads single variables of the environment: each is one of the forms below, and anything else is a mistake that is named."""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def switch(name: str) -> bool:
    """The on/off variable `name`; anything but the known words is a mistake, so that a typing error is never "off"."""
    value = os.environ.get(name, "").strip().lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes", "off", "on"}:
        raise ImproperlyConfigured(f"{name} is {value!r}, but can only be 1 (on) or 0 (off).")
    return value in {"1", "true", "yes", "on"}


def number(name: str, default: int = 0, most: int = 36_500) -> int:
    """The variable `name` as a whole number from 0 to `most`; `default` when it is not set."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= most):
        raise ImproperlyConfigured(
            f"{name} is {value!r}, but can only be a whole number from 0 up to {most}."
        )
    return int(value)


def word(name: str, *allowed: str) -> str:
    """The variable `name` as one of some words; the first of them when it is not set."""
    value = os.environ.get(name, "").strip().lower() or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}, but can only be {' or '.join(allowed)}.")
    return value


def names(name: str) -> list[str]:
    """The comma-separated variable `name`."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def address(name: str) -> str:
    """The variable `name` as scheme and host with nothing behind them; empty when it is not set."""
    value = os.environ.get(name, "").strip().rstrip("/")
    if value and not re.fullmatch(
        r"https?://[A-Za-z0-9.\-]+(:\d+)?|https?://\[[0-9A-Fa-f:]+\](:\d+)?", value
    ):
        raise ImproperlyConfigured(
            f"{name} is {value!r}, but can only be an address without a path, such as https://groundwork.example.com."
        )
    return value


def secret(name: str) -> str:
    """The variable `name`, or what is in the file that the variable `name`_FILE names: there no program lists it with others."""
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: leave one of them out.")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {why}.") from error
