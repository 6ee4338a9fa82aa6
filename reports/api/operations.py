"""What programs can do: read clients, assessments, answers and results; prepare assessments and answer them."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError

from assessments.answering import AnswerError, RefusedError, record_answer
from assessments.casework import prepare
from assessments.clients import clean_unit, client_called
from assessments.locking import locked
from assessments.remote import PAGE, Assessment, answers_in_full, assessment_of, assessments_in, clients_in
from assessments.throttle import TooOftenError
from assessments.tokens import ApiToken
from assessments.webhooks import tell_if_complete
from assessments.work import FullError, is_queued, progress_of
from reports.allowance import Allowance
from reports.api.guard import ComeBackError, Key, SlowDownError
from reports.api.schemas import (
    AnswerIn,
    AnswerOut,
    Answers,
    AssessmentIn,
    AssessmentOut,
    AssessmentPage,
    ClientPage,
    Problems,
)
from reports.exports.json import result
from reports.keeping import in_line, kept_pdf, pdf_for
from reports.pdf import PdfError
from reports.tasks import order_pdf
from reports.telling import whole_report_of

MOST_PAGES = 10_000
ID = Path(max_length=12, pattern=r"^[A-Za-z0-9_-]{1,12}$")

NOT_KEPT = "private, no-store"
RETRY_SECONDS = 5
"""A PDF that a worker makes is there by then, most of the time."""


class _Api(NinjaAPI):
    """One whose answers nobody keeps."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        response = super().create_response(request, data, **more)
        response["Cache-Control"] = NOT_KEPT
        return response


PDF_FILE = {
    "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    "description": "OK",
}

api = _Api(
    title="Groundwork",
    version="1",
    description="Assessments of one workspace: what was answered, what follows from it, and the report.",
    urls_namespace="api",
    docs_url=None,  # its page would fetch scripts from elsewhere; the description is at openapi.json
    auth=Key(),
)

REFUSED: dict[int, Any] = {401: Problems, 404: Problems, 422: Problems, 429: Problems}


class ForbiddenError(HttpError):
    """A key that only reads was used to write."""

    def __init__(self) -> None:
        super().__init__(
            403, "This key only reads. Make one that may write, at the desk under Keys for programs."
        )


# --- What goes wrong --------------------------------------------------------------------------------------------------


def _problems(request: HttpRequest, status: int, *problems: tuple[str, str]) -> HttpResponse:
    body = {"problems": [{"where": where, "says": says} for where, says in problems]}
    return api.create_response(request, body, status=status)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    answer = _problems(
        request, 401, ("Authorization", "Send a key that is valid: Authorization: Bearer gw_...")
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, refused: HttpError) -> HttpResponse:
    answer = _problems(request, refused.status_code, ("request", str(refused)))
    if isinstance(refused, ComeBackError):
        answer["Retry-After"] = str(refused.seconds)
    return answer


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    found = ((".".join(map(str, each["loc"])), str(each["msg"])) for each in wrong.errors)
    return _problems(request, 422, *found)


@api.exception_handler(RefusedError)
def _not_stored(request: HttpRequest, refused: RefusedError) -> HttpResponse:
    return _problems(request, 422, ("body", str(refused)))


@api.exception_handler(AnswerError)
def _no_answer(request: HttpRequest, wrong: AnswerError) -> HttpResponse:
    return _problems(request, 422, *wrong.mistakes)


# --- Reading ----------------------------------------------------------------------------------------------------------


@api.get("/clients", response={200: ClientPage, **REFUSED}, operation_id="clients", url_name="clients")
def clients(request: HttpRequest, page: int = Query(1, ge=1, le=MOST_PAGES)) -> dict[str, Any]:
    """The clients of the workspace by name, a hundred a page."""
    found = clients_in(_key(request).workspace, page=page)
    return {"clients": found, "next": _next(page, len(found))}


@api.get(
    "/assessments",
    response={200: AssessmentPage, **REFUSED},
    operation_id="assessments",
    url_name="assessments",
)
def assessments(
    request: HttpRequest, client: str = Query("", max_length=12), page: int = Query(1, ge=1, le=MOST_PAGES)
) -> dict[str, Any]:
    """The assessments of the workspace, or of one client, the newest first, a hundred a page."""
    found = assessments_in(_key(request).workspace, client=client.replace("\0", ""), page=page)
    return {"assessments": found, "next": _next(page, len(found))}


@api.get(
    "/assessments/{id}",
    response={200: AssessmentOut, **REFUSED},
    operation_id="assessment",
    url_name="assessment",
)
def assessment(request: HttpRequest, id: str = ID) -> Assessment:  # noqa: A002  its name in the address
    """One assessment, without its answers."""
    return _assessment(request, id, answers=False)


@api.get(
    "/assessments/{id}/answers",
    response={200: Answers, **REFUSED},
    operation_id="answers",
    url_name="answers",
)
def answers(request: HttpRequest, id: str = ID) -> dict[str, Any]:  # noqa: A002
    """Every answer, once the client has shared them."""
    return {"answers": answers_in_full(_assessment(request, id, answers=True))}


@api.get(
    "/assessments/{id}/result",
    response={200: dict[str, Any], **REFUSED},
    operation_id="result",
    url_name="result",
)
def whole_result(request: HttpRequest, id: str = ID) -> dict[str, Any]:  # noqa: A002
    """The whole result: the situation, the advice with its reasons, and the words of the report.

    What its fields mean stands at /schema/result.json.
    """
    return result(whole_report_of(_assessment(request, id, answers=True)))


@api.get(
    "/assessments/{id}/report.pdf",
    response={503: Problems, **REFUSED},
    operation_id="pdf",
    url_name="pdf",
    openapi_extra={"responses": {200: PDF_FILE}},
)
def report_pdf(request: HttpRequest, id: str = ID) -> HttpResponse:  # noqa: A002
    """The report on A4 paper."""
    found = _assessment(request, id, answers=True)
    allowance = Allowance.of_program(_key(request).pk)
    try:
        if is_queued():
            return _queued_pdf(found, allowance)
        with in_line(found) as placed:
            made = pdf_for(found, whole_report_of(found), allowance=allowance, placed=placed)
    except TooOftenError as refused:
        raise SlowDownError(refused.seconds) from refused
    except PdfError as reason:
        raise HttpError(503, "The PDF could not be made now. Try again in a moment.") from reason
    return HttpResponse(made, content_type="application/pdf", headers={"Cache-Control": NOT_KEPT})


def _queued_pdf(found: Assessment, allowance: Allowance) -> HttpResponse:
    """The kept one; otherwise a worker is asked for it. Raises TooOftenError."""
    kept = kept_pdf(found, whole_report_of(found))
    if kept is None:
        try:
            failed = progress_of(order_pdf(found, "a4", soon=True, allowance=allowance)).stage == "failed"
            said = "The PDF could not be made now." if failed else "The PDF is being made."
        except FullError:
            said = "Too many PDFs are being made."
        raise ComeBackError(said, RETRY_SECONDS)
    return HttpResponse(kept, content_type="application/pdf", headers={"Cache-Control": NOT_KEPT})


# --- Writing ----------------------------------------------------------------------------------------------------------


@api.post(
    "/assessments",
    response={201: AssessmentOut, 403: Problems, **REFUSED},
    operation_id="prepare",
    url_name="assessments",
)
def new_assessment(request: HttpRequest, body: AssessmentIn) -> Status[Assessment]:
    """Prepare an assessment for a client, which is found by its name or made."""
    workspace = _writing(request).workspace
    unit = clean_unit(body.unit)
    client = client_called(request=request, workspace=workspace, name=body.client)
    made = prepare(request=request, client=client, unit=unit, mode=body.mode, kept_by_client=False)
    return Status(HTTPStatus.CREATED, made)


@api.put(
    "/assessments/{id}/answers/{question}",
    response={200: AnswerOut, 403: Problems, **REFUSED},
    operation_id="answer",
    url_name="answer",
)
def answer(
    request: HttpRequest,
    body: AnswerIn,
    id: str = ID,  # noqa: A002
    question: str = Path(max_length=40),
) -> dict[str, Any]:
    """Store one answer; the same answer again changes nothing."""
    _writing(request)
    found = _assessment(request, id, answers=True)
    with locked(found):
        stored = record_answer(
            assessment=found, question=question, value=body.value, na_reason=body.na_reason, note=body.note
        )
        tell_if_complete(found)
    return {
        "question": stored.question,
        "value": stored.value,
        "na_reason": stored.na_reason,
        "note": stored.note,
    }


# --- Shared -----------------------------------------------------------------------------------------------------------


def _key(request: HttpRequest) -> ApiToken:
    key: ApiToken = request.auth  # type: ignore[attr-defined]  # set where the request came in
    return key


def _writing(request: HttpRequest) -> ApiToken:
    key = _key(request)
    if key.scope != ApiToken.Scope.WRITE:
        raise ForbiddenError
    return key


def _assessment(request: HttpRequest, public_id: str, *, answers: bool) -> Assessment:
    found = assessment_of(_key(request).workspace, public_id, answers=answers)
    if found is None:
        raise HttpError(
            404, "There is no such assessment in this workspace, or its client has not shared it yet."
        )
    return found


def _next(page: int, count: int) -> int | None:
    return page + 1 if count == PAGE else None
