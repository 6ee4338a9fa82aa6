"""What goes in and out, as OpenAPI describes it."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import StrictFloat, StrictInt, StrictStr

NAME = 80
STORABLE = r"^[^\x00]*$"
WORDS = r"^[^\x00]*\w[^\x00]*$"
"""Something that can be seen: a letter or a digit at least."""


class Problem(Schema):
    """What was wrong, and where."""

    where: str = Field(description="The field, or the part of the address.")
    says: str = Field(description="What was found, what is allowed, and what to do.")


class Problems(Schema):
    problems: list[Problem]


class ClientOut(Schema):
    """An organisation that the workspace works for."""

    id: str = Field(alias="public_id")
    name: str
    archived: bool

    @staticmethod
    def resolve_archived(each: Any) -> bool:
        return each.archived is not None


class ClientPage(Schema):
    clients: list[ClientOut]
    next: int | None = Field(description="The number of the next page; null on the last one.")


class AssessmentOut(Schema):
    """One assessment. Its answers and its advice have addresses of their own."""

    id: str = Field(alias="public_id")
    client: str = Field(description="The public id of the client.")
    unit: str
    mode: Literal["full", "quick"]
    edition: str
    organisation: str
    scope: str
    decision: str
    kept_by_client: bool = Field(
        description="The client has not shared its answers yet: only this much can be seen."
    )
    archived: bool
    created: datetime
    touched: datetime = Field(description="When something was last stored.")

    @staticmethod
    def resolve_client(each: Any) -> str:
        public_id: str = each.client.public_id
        return public_id

    @staticmethod
    def resolve_archived(each: Any) -> bool:
        return each.archived is not None


class AssessmentPage(Schema):
    assessments: list[AssessmentOut]
    next: int | None = Field(description="The number of the next page; null on the last one.")


class AssessmentIn(Schema, extra="forbid"):
    """A new assessment. The client is found by its name, or made."""

    client: str = Field(min_length=1, max_length=NAME, pattern=WORDS)
    unit: str = Field("", max_length=NAME, pattern=STORABLE)
    mode: Literal["full", "quick"] = "full"


class AnswerOut(Schema):
    """An answer: a level 0 to 4, an option's id, a list of ids, a number, "unknown" or "na"."""

    question: str
    value: Any
    na_reason: str
    note: str


class Answers(Schema):
    answers: list[AnswerOut]


class AnswerIn(Schema, extra="forbid"):
    value: StrictInt | StrictFloat | StrictStr | list[StrictStr] = Field(
        description='"unknown" and "na" are answers too; "na" needs a reason.'
    )
    na_reason: str = Field("", max_length=300)
    note: str = Field("", max_length=2000)
