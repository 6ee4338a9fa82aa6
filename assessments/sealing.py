"""Seals what has to wait in the database for a moment, so that the database alone tells nobody what it is."""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

__all__ = ["InvalidToken", "seal", "unseal"]


def seal(purpose: str, what: object) -> str:
    """Under the server's key, and readable for the same purpose only. ``what`` is anything that JSON can say."""
    return _box(purpose).encrypt(json.dumps(what).encode()).decode()


def unseal(purpose: str, sealed: str) -> Any:
    """Raises InvalidToken where it was sealed with another key."""
    return json.loads(_box(purpose).decrypt(sealed.encode()))


def _box(purpose: str) -> Fernet:
    key = salted_hmac("groundwork.sealing", purpose, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
