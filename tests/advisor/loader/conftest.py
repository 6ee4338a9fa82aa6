"""A tiny edition that is right, and a way to break a copy of it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import loader

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def copy(tmp_path):
    """A copy of the tiny edition to break."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def broken(copy) -> Callable[[str, str, str], list[str]]:
    """Replace the first ``old`` in a file of the copy by ``new``, and return what the loader says about it."""

    def break_it(file: str, old: str, new: str) -> list[str]:
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(mistake) for mistake in loader.mistakes(copy)]

    return break_it


@pytest.fixture
def refused(broken) -> Callable[[str, str, str, list[str]], None]:
    """Break the copy and expect these messages; "…" in one of them stands for the rest of a long list of words."""

    def refuse(file: str, old: str, new: str, expected: list[str]) -> None:
        found = broken(file, old, new)
        patterns = [re.escape(each).replace("…", ".*") for each in expected]
        assert len(found) == len(expected), found
        for message, pattern in zip(found, patterns, strict=True):
            assert re.fullmatch(pattern, message), message

    return refuse
