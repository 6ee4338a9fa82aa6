"""Files that somebody sends: none is expected, so none is read, let alone written to disk."""

from typing import Any, Never

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class RefuseFiles(FileUploadHandler):
    """Ends the request at the first file in it."""

    def new_file(self, *args: Any, **more: Any) -> Never:  # noqa: ARG002  # whatever it is
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file gets that far."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file gets that far."""
