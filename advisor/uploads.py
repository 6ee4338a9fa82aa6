"""Files that somebody sends: where none is expected none is read, and what is read is never written to disk."""

from io import BytesIO
from typing import Any, Never

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class RefuseFiles(FileUploadHandler):
    """Ends the request at the first file in it."""

    def new_file(self, *args: Any, **more: Any) -> Never:  # noqa: ARG002  # whatever it is
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file gets that far."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file gets that far."""


class OneSmallFile(FileUploadHandler):
    """Keeps one file of this field in memory, cut off right behind ``most`` bytes, so that a form can say it is too large.

    A second file and one of another field end the request.
    """

    def __init__(self, request: HttpRequest, *, field: str, most: int) -> None:
        super().__init__(request)
        self.field, self.most = field, most
        self.kept: BytesIO | None = None

    def new_file(self, field_name: str, *args: Any, **more: Any) -> None:
        super().new_file(field_name, *args, **more)
        if self.kept is not None or field_name != self.field:
            raise StopUpload(connection_reset=True)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django passes it
        if self.kept is not None and (room := self.most + 1 - self.kept.tell()) > 0:
            self.kept.write(raw_data[:room])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, with a name of ours: theirs is of no use."""
        if self.kept is None:
            return None
        size = min(file_size, self.most + 1)
        self.kept.seek(0)
        return InMemoryUploadedFile(self.kept, self.field, self.field, self.content_type, size, None)
