"""The migrations of ``assessments``, found in their own folder, and the one in this."""

from pathlib import Path

import assessments.migrations

__path__ += [str(Path(assessments.migrations.__file__).parent)]  # type: ignore[name-defined]
