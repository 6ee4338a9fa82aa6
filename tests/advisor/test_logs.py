"""What the log says, and what it never says."""

import json
import logging
from io import StringIO
from typing import Any

import pytest

from advisor import logs

TOKEN = "HLv16v3eabcdefghijklmnopqrstuvwxyz0123456_-"
FORMATS = [logs.Text(), logs.Json()]


def entry(
    formatter: logging.Formatter, message: str, *args: Any, error: BaseException | None = None, **more: Any
) -> str:
    """What a handler with this format writes."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("groundwork", logging.ERROR, "x.py", 1, message, args, trace)
    record.__dict__.update(more)
    handler.emit(record)
    return out.getvalue()


def raised(words: str, cause: Exception | None = None) -> Exception:
    """An exception with its trace, and with another one that it came of."""

    def go_wrong() -> None:
        raise ValueError(words) from cause

    try:
        go_wrong()
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("formatter", FORMATS)
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2J", "\x00", "\u202e"])
def test_nothing_that_was_sent_begins_an_entry_of_its_own(formatter: logging.Formatter, break_: str) -> None:
    forged = f"a{break_}2026-11-29 00:00:00 ERROR groundwork: forged"
    said = entry(formatter, "Not Found: %s", f"/{forged}", error=raised(forged))
    assert said.endswith("\n")
    assert break_ not in said.removesuffix("\n") or break_ == "\n"
    assert not any(line.startswith(("2026-11-29 00:00:00", "{}")) for line in said.splitlines())
    if isinstance(formatter, logs.Json):
        assert len(said.splitlines()) == 1
        assert forged in json.loads(said)["message"]


@pytest.mark.parametrize("formatter", FORMATS)
@pytest.mark.parametrize(
    "secret",
    [
        f"/r/{TOKEN}", f"/j/{TOKEN[:22]}/", f"/stage/{TOKEN}/state/", TOKEN, f"gw_{TOKEN}",
        "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", "ana.keller@example.com",
    ],
)  # fmt: skip
def test_secrets_are_masked_wherever_they_stand(formatter: logging.Formatter, secret: str) -> None:
    said = entry(formatter, "Failed for %s", f"{{'next': '{secret}'}}", error=raised(f"no {secret} here"))
    assert secret not in said
    assert TOKEN[:22] not in said
    assert said.count("...") >= 2
    assert "ValueError" in said


@pytest.mark.parametrize("formatter", FORMATS)
def test_what_a_database_says_of_a_row_is_left_out(formatter: logging.Formatter) -> None:
    inner = raised(
        'new row violates check constraint "x"\nDETAIL:  Failing row contains (7, our secret\nplan).'
    )
    said = entry(formatter, "Failed", error=raised("the outer one", cause=inner))
    assert "secret" not in said
    assert "plan" not in said
    assert "violates check constraint" in said
    assert "the outer one" in said


def test_names_of_our_own_code_stay_readable() -> None:
    name = "a_function_with_a_name_of_forty_three_chars"
    assert len(name) == 43
    assert logs.masked(f"in {name}") == f"in {name}"


def test_an_entry_in_json_says_when_who_and_what() -> None:
    token = logs.REQUEST.set({"request_id": "abc"})
    try:
        said = json.loads(entry(logs.Json(), "Saved %d", 3, groundwork={"status": 200}))
    finally:
        logs.REQUEST.reset(token)
    assert said["time"].endswith("+00:00")
    assert {**said, "time": ""} == {
        "time": "", "level": "ERROR", "logger": "groundwork", "message": "Saved 3", "request_id": "abc", "status": 200,
    }  # fmt: skip


def test_a_text_names_the_request() -> None:
    token = logs.REQUEST.set({"request_id": "abc"})
    try:
        assert entry(logs.Text(), "Saved").endswith(" ERROR groundwork: [abc] Saved\n")
    finally:
        logs.REQUEST.reset(token)


def test_a_host_that_strangers_make_up_fills_no_log() -> None:
    error = raised("x")
    record = logging.LogRecord(
        "django.security.DisallowedHost",
        logging.ERROR,
        "x",
        1,
        "Invalid",
        (),
        (type(error), error, error.__traceback__),
    )
    assert "exception" not in json.loads(logs.Json().format(record))
