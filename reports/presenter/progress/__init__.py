"""Two days in words: what became of gates, levels, plan, pitfalls and symptoms. Pure: no request, no query, no clock."""

from reports.presenter.progress.comparing import comparison, section, with_marks
from reports.presenter.progress.days import Day, milestone

__all__ = ["Day", "comparison", "milestone", "section", "with_marks"]
