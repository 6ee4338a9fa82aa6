"""JSON as people and programs send it: UTF-8, finite numbers, no text that no file could hold, and errors with a line."""

import json
from math import isfinite
from typing import Any, Never


class NotJsonError(ValueError):
    """Input that is not JSON; ``line`` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: this is not JSON: {reason}")


def read_json(raw: bytes, *, line: int | None = None) -> Any:
    """The value that is written in ``raw``; ``line`` says where it stands if it is a single line of many.

    Raises NotJsonError for everything else, for numbers beyond all measure, and for half of a surrogate pair.
    """
    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise NotJsonError(line or raw[: error.start].count(b"\n") + 1, "it is not UTF-8 text") from error
    except UnicodeEncodeError as error:
        raise NotJsonError(line or 1, "it holds half of a surrogate pair") from error
    except json.JSONDecodeError as error:
        raise NotJsonError(line or error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:
        raise NotJsonError(line or 1, str(error)) from error
    return value


def situation_in(data: Any) -> Any:
    """The situation of an exported file, which holds it under "situation"; anything else is taken as it is."""
    return data["situation"] if isinstance(data, dict) and "situation" in data else data


def edition_in(data: Any) -> str | None:
    """The edition that an exported file was made under; None for a situation alone."""
    if situation_in(data) is data:
        return None
    about = data.get("about")
    named = data.get("edition") or (about.get("edition") if isinstance(about, dict) else None)
    return None if named is None else str(named)[:40]


def figures_in(data: Any) -> Any:
    """The figures of somebody's own beside a situation, or in it; None where there are none."""
    return data.get("figures") if isinstance(data, dict) else None


def _refuse(name: str) -> Never:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text[:40]} is beyond all numbers")
    return value
