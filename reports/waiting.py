"""A file that a worker makes, and the page of whoever waits for it: how far it is, and at the end the download.

The address of the file is the address of that page. It asks every second where there are scripts, and is read anew every few
seconds where there are none; in both cases the browser is handed the file as soon as it is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext

from assessments.work import FullError, Progress, progress_of

OURS = frozenset({"work", "seen", "fetch"})
"""What this page adds to the address of the file: the work's number, what it shows, and that it wants the file."""
RETRY_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody waits for, in words, and where they came from."""

    title: str
    """While it is made."""
    ready: str
    failed: str
    again: str
    """The address to which a form was sent, where trying again takes one; else empty."""
    back: str
    back_to: str


def wanted_pdf(back: str) -> Wanted:
    """The report on paper."""
    return Wanted(
        title=gettext("Your PDF is being made"),
        ready=gettext("Your PDF is ready"),
        failed=gettext("The PDF could not be made. The web report is complete."),
        again="",
        back=back,
        back_to=gettext("Back to the web report"),
    )


def wanted_file(back: str) -> Wanted:
    """One of the formats that take a while."""
    return Wanted(
        title=gettext("Your file is being made"),
        ready=gettext("Your file is ready"),
        failed=gettext("The file could not be made. The web report is complete."),
        again="",
        back=back,
        back_to=gettext("Back to the web report"),
    )


def wanted_archive(here: str, back: str) -> Wanted:
    """Everything that is stored of a client."""
    return Wanted(
        title=gettext("The archive is being made"),
        ready=gettext("The archive is ready"),
        failed=gettext("The archive could not be made. Nothing is lost."),
        again=here,
        back=back,
        back_to=gettext("Back to the client"),
    )


def awaited(
    request: HttpRequest,
    wanted: Wanted,
    *,
    made: Callable[[], HttpResponseBase | None],
    order: Callable[[], UUID],
) -> HttpResponseBase:
    """The file that ``made`` finds; or the page that waits for what ``order`` asks for.

    While the work is under way neither is called: looking costs a query or two, however many wait.
    """
    if "fetch" in request.GET and "HX-Request" in request.headers:
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": _address(request, fetch="1")}
        )
    number = _number(request)
    progress = progress_of(number) if number else Progress("unknown")
    if number is None or not (progress.open or progress.stage == "failed"):
        if "HX-Request" in request.headers and progress.stage == "done":
            return _show(request, wanted, number, progress)
        if (found := made()) is not None:
            return found
        try:
            number = order()
        except FullError:
            return _full(request, wanted)
        progress = progress_of(number)
    return _show(request, wanted, number, progress)


def _full(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """Too many wait already: the same page as where a web server makes PDFs and has no place."""
    words = {"busy": True, "back": wanted.back}
    response = render(request, "reports/pdf_failed.html", words, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _number(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("work", ""))
    except ValueError:
        return None


def _show(request: HttpRequest, wanted: Wanted, number: UUID | None, progress: Progress) -> HttpResponseBase:
    """The page, or the part of it that changes; nothing where it would say the same."""
    tag, polled = _tag(progress), "HX-Request" in request.headers and "seen" in request.GET
    if polled and request.GET["seen"] == tag:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    words = {
        "wanted": wanted,
        "progress": progress,
        "says": _says(progress),
        "look": _address(request, work=number, seen=tag),
        "reload": _address(request, work=number),
        "fetch": _address(request, fetch="1"),
        "file": _address(request),
    }
    response = render(request, "reports/making.html#making" if polled else "reports/making.html", words)
    if not polled:
        failed = progress.stage == "failed"
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.ACCEPTED
        if failed:
            response["Retry-After"] = str(RETRY_SECONDS)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _tag(progress: Progress) -> str:
    return f"{progress.stage}{progress.before}{'' if progress.attended else 'x'}"


def _says(progress: Progress) -> str:
    """How far it is, in a sentence."""
    if progress.stage == "running":
        return gettext("It is being made now. That takes a few seconds.")
    if not progress.attended:
        return gettext(
            "It waits: nothing on this server makes files at the moment. It is made once that runs again."
        )
    if progress.before:
        return gettext("It waits for its turn. Before it: %(count)s.") % {"count": progress.before}
    return gettext("It is next.")


def _address(request: HttpRequest, **ours: object) -> str:
    """This address with what was asked for, and with this of ours."""
    asked = [(name, str(value)) for name, value in request.GET.items() if name not in OURS]
    query = urlencode([*asked, *((name, str(value)) for name, value in ours.items())])
    return f"{request.path}?{query}" if query else request.path
