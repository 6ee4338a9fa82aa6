"""The rows of asking: what was asked about whom, what was answered, and what people made of the advice."""

from assessments.models.assessment import Answer, AnswerChange, Assessment
from assessments.models.counter import Counter
from assessments.models.plan import Milestone, OwnFigure, PlanChange, Scenario

__all__ = [
    "Answer",
    "AnswerChange",
    "Assessment",
    "Counter",
    "Milestone",
    "OwnFigure",
    "PlanChange",
    "Scenario",
]
