"""The rows of asking: what was asked about whom, and what was answered."""

from assessments.models.assessment import Answer, AnswerChange, Assessment
from assessments.models.counter import Counter

__all__ = ["Answer", "AnswerChange", "Assessment", "Counter"]
