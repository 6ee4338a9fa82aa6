"""The entry point for a WSGI server; `manage.py serve` uses it."""

import gc
import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")

_django = get_wsgi_application()

# By its own measure Python looks for cycles in the midst of answers, which made the slowest of twenty a tenth slower. What
# is loaded once need not be looked through, and fifty thousand objects are some megabytes.
gc.freeze()
gc.set_threshold(50_000, 20, 100)

_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's application, which would decode a form in whatever character set a client names; ours are all UTF-8."""
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
