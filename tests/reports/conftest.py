"""An assessment and a browser that may work on it, as where answers are given."""

from tests.assessments.conftest import assessment, browser_of, visitor

__all__ = ["assessment", "browser_of", "visitor"]
