"""The rows of asking: what was asked about whom, what was answered, and what people made of the advice."""

from assessments.models.assessment import Answer, AnswerChange, Assessment
from assessments.models.counter import Counter
from assessments.models.digest import Digest
from assessments.models.plan import Milestone, OwnFigure, PlanChange, Scenario
from assessments.models.ruling import Ruling
from assessments.models.seal import TrailHead, TrailSeal
from assessments.models.sharing import Brand, DefaultFigure, Offer, ShareLink
from assessments.models.survey import Survey, Tally
from assessments.models.token import ApiToken
from assessments.models.webhook import Completion, Delivery, Webhook
from assessments.models.work import Erased, Letter, Parcel, Worker
from assessments.models.workshop import Agreement, CopyWish, Participant, Round, Vote, Workshop
from assessments.models.workspace import (
    AuditEvent,
    Client,
    HandOver,
    HandOverCode,
    Invitation,
    Membership,
    Role,
    Workspace,
)

__all__ = [
    "Agreement",
    "Answer",
    "AnswerChange",
    "ApiToken",
    "Assessment",
    "AuditEvent",
    "Brand",
    "Client",
    "Completion",
    "CopyWish",
    "Counter",
    "DefaultFigure",
    "Delivery",
    "Digest",
    "Erased",
    "HandOver",
    "HandOverCode",
    "Invitation",
    "Letter",
    "Membership",
    "Milestone",
    "Offer",
    "OwnFigure",
    "Parcel",
    "Participant",
    "PlanChange",
    "Role",
    "Round",
    "Ruling",
    "Scenario",
    "ShareLink",
    "Survey",
    "Tally",
    "TrailHead",
    "TrailSeal",
    "Vote",
    "Webhook",
    "Worker",
    "Workshop",
    "Workspace",
]
