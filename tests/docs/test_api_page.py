"""What the page about the interface for programs shows is so."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessments.webhooks import headers_for

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_lines_that_check_a_signature_check_ours() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found
    shown: dict[str, Any] = {}
    exec(found[1], shown)  # noqa: S102  our own page
    is_genuine, body = shown["is_genuine"], b'{"type":"test"}'
    headers = headers_for(SECRET, "msg_1", timezone.now(), body)
    assert is_genuine(SECRET, headers, body)
    assert not is_genuine(SECRET, headers, body + b" ")
    old = headers_for(SECRET, "msg_1", timezone.now() - timedelta(minutes=6), body)
    assert not is_genuine(SECRET, old, body)
