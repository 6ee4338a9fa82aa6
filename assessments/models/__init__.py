"""The rows of asking: what was asked about whom, what was answered, and what people made of the advice."""

from assessments.models.assessment import Answer, AnswerChange, Assessment
from assessments.models.counter import Counter
from assessments.models.plan import Milestone, OwnFigure, PlanChange, Scenario
from assessments.models.sharing import Brand, DefaultFigure, Offer, ShareLink
from assessments.models.workspace import AuditEvent, Client, Invitation, Membership, Role, Workspace

__all__ = [
    "Answer",
    "AnswerChange",
    "Assessment",
    "AuditEvent",
    "Brand",
    "Client",
    "Counter",
    "DefaultFigure",
    "Invitation",
    "Membership",
    "Milestone",
    "Offer",
    "OwnFigure",
    "PlanChange",
    "Role",
    "Scenario",
    "ShareLink",
    "Workspace",
]
