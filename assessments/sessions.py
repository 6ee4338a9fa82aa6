"""Sessions as Django keeps them in the database, read by a statement that is written out; the settings name this."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from assessments.statements import session_data


class SessionStore(db.SessionStore):
    """Nearly every page begins with reading one. The name stays, since Django signs what is stored with it."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, where there is none or its time is over."""
        found = session_data(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
            return {}
        loaded: dict[str, Any] = self.decode(found)
        return loaded
