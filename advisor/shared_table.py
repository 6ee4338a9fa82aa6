"""The cache in the database: Django's own, but a database that cannot be written is not taken for a key that is there already."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, IntegrityError, connections, router, transaction


class SharedTable(DatabaseCache):
    """A table in the database. Raises what the database says while nothing can be written.

    Django's own keeps every error to itself, since one of two who write a key at the same moment always meets with one. So a lock
    that was never got looked like a count that somebody else holds, and whoever signed in was told that they had tried too often.
    """

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with self._told():
            return super().add(key, value, timeout, version)

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        with self._told():
            super().set(key, value, timeout, version)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._told():
            return super().touch(key, timeout, version)

    @contextmanager
    def _told(self) -> Iterator[None]:
        using = router.db_for_write(self.cache_model_class)
        met: list[DatabaseError] = []

        def note(execute: Callable[..., Any], *statement: Any) -> Any:
            try:
                return execute(*statement)
            except IntegrityError:  # somebody else was faster, and theirs counts
                raise
            except DatabaseError as error:
                met.append(error)
                raise

        # What begins and ends the transaction fails out here, where nothing keeps it; what fails within is noted.
        with transaction.atomic(using=using), connections[using].execute_wrapper(note):
            yield
            if met:
                raise met[0]
