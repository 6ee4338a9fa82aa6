"""Static files as they are collected: each whole, or not there at all."""

import contextlib
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class WholeFiles(CompressedManifestStaticFilesStorage):
    """Takes back what a full disk has cut off: the next run would take it for up to date, and serve half a style sheet."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return str(super()._save(name, content))
        except BaseException:
            with contextlib.suppress(OSError):
                self.delete(name)
            raise
