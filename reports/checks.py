"""Says before the first report is asked for that PDFs cannot be made on this machine."""

import ctypes
import ctypes.util
from collections.abc import Sequence

from django.conf import settings
from django.core import checks

# Each library under the names WeasyPrint itself tries: Debian, Windows, plain, Linux, macOS.
LIBRARIES = {
    "pango": ("libpango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": (
        "libpangoft2-1.0-0",
        "libpangoft2-1.0.so.0",
        "libpangoft2-1.0.dylib",
        "libpangoft2-1.0-0.dll",
    ),
}

REMEDY = (
    "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "On macOS: brew install pango. Then start again. Until then everything but the PDF works."
)


def missing_libraries() -> list[str]:
    """The libraries PDFs need and this machine does not have, by name."""
    return [name for name, file_names in LIBRARIES.items() if not _can_load(name, file_names)]


def _can_load(name: str, file_names: Sequence[str]) -> bool:
    found = ctypes.util.find_library(f"{name}-1.0")
    for file_name in (*file_names, *([found] if found else [])):
        try:
            ctypes.CDLL(file_name)
        except OSError:
            continue
        return True
    return False


@checks.register()
def check_pdf_libraries(**_: object) -> list[checks.CheckMessage]:
    """A warning, not an error: asking, the web report and the exports need none of these, nor does a server with workers."""
    missing = missing_libraries()
    if not missing:
        return []
    found = f"No PDF can be made here: {' and '.join(missing)} not found."
    if settings.QUEUED:
        return [
            checks.Info(found, hint="Workers make them, so only their machines need this.", id="reports.I001")
        ]
    return [checks.Warning(found, hint=REMEDY, id="reports.W001")]
