"""How the log is written: what is kept out of it, and one line an entry, as text for people or as JSON for programs."""

import json
import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

REQUEST: ContextVar[Mapping[str, object] | None] = ContextVar("groundwork_request", default=None)
"""What is known of the request that is being answered: its id at least. None outside of requests."""

EXTRA = "groundwork"
"""The name under which an entry brings fields of its own: ``log.info("...", extra={EXTRA: {...}})``."""

NO_TRACE = frozenset({"django.security.DisallowedHost"})
"""What strangers can have written as often as they like, and where the way there says nothing."""

_SECRET = re.compile(
    r"(/[jprs]/|/stage/|/hand-over/|/invitation/|/password/reset/key/[0-9a-z]+/|/confirm-email/)[\w:-]+"
)
# Wherever else one may turn up, as in the words of an exception: keys of programs and of webhooks, and any word of 256
# random bits. A name in Python's code may be as long by chance, and has neither capitals nor digits then.
_WORD = re.compile(
    r"(?<![\w-])(?:(gw_)[\w-]{20,}|(whsec_)[\w+/=-]{20,}|(?=[\w-]*[A-Z0-9])[\w-]{43})(?![\w-])"
)
# Looked for once from the beginning of each word, and nothing is given back: whoever asks for an address of sixty thousand
# letters would otherwise have every line of the log searched for more than a minute, while nobody else is answered.
_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]++@[\w-]++(?:\.[\w-]++)+")
# What PostgreSQL adds to an error repeats the row: answers, notes, addresses.
_ROW = re.compile(r"DETAIL:.*?(?=\n\n(?:The above|During handling)|\Z)", re.DOTALL)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


LONGEST = 2_000
"""Characters of a message, without the way there: whoever asks for an address of sixty thousand shall not fill the disk with it."""


def said_by(record: logging.LogRecord) -> str:
    """The message of an entry as it is written."""
    text = masked(record.getMessage())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def masked(text: str) -> str:
    """A text without private links, keys, addresses of people, and rows of the database."""
    if "DETAIL:" in text:
        text = _ROW.sub("DETAIL: ...", text)
    text = _WORD.sub(r"\1\2...", _SECRET.sub(r"\1...", text))
    return _MAIL.sub("...@...", text) if "@" in text else text


def escaped(text: str) -> str:
    """A text on one line: whatever would begin another one, or turn letters round, is spelled out."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class MaskPrivateLinks(logging.Filter):
    """Shortens every secret in a message: whoever reads the log must not be able to open an assessment."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        safe = masked(said)
        if safe != said:
            record.msg, record.args = safe, ()
        return True


class Text(logging.Formatter):
    """For people. Only an entry begins at the margin: whatever an exception says stands further in."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(" ", "seconds").removesuffix("+00:00")
        about = _request_of(record)
        where = f" [{about['request_id']}]" if about else ""
        line = f"{when} {record.levelname} {record.name}:{where} {escaped(said_by(record))}"
        trace = _trace(self, record)
        return "\n".join([line, *(f"    {escaped(each)}" for each in trace.splitlines())])


class Json(logging.Formatter):
    """For programs: one object a line. JSON itself spells out what is no plain letter, so an entry is one line always."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": said_by(record),
            **_request_of(record),
            **getattr(record, EXTRA, {}),
        }
        if trace := _trace(self, record):
            entry["exception"] = trace
        return json.dumps(entry, default=str)


def _request_of(record: logging.LogRecord) -> Mapping[str, object]:
    """What is known of the request; Django says what it makes of an answer when the answer is already on its way."""
    about = REQUEST.get()
    if about is None:
        known = getattr(getattr(record, "request", None), "request_id", None)
        about = {"request_id": known} if known else {}
    return about


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """What went wrong, line by line, without secrets; made anew each time, since another handler may have kept its own."""
    parts = []
    if record.exc_info and record.name not in NO_TRACE:
        parts.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(record.stack_info)
    return masked("\n".join(parts))
