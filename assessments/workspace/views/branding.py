"""How reports say who prepared them: the page that sets it, and the logo and colours that reports show."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advisor.uploads import OneSmallFile
from assessments.branding import brand_in, branding_marked, remove_brand, set_brand
from assessments.http import SeeOther
from assessments.logos import LARGEST
from assessments.models import Membership, Role
from assessments.workspace.access import desk_page
from assessments.workspace.branding_forms import BrandForm

YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # the token is checked below, once it is settled who may read the file that comes with it
@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def branding(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Name, contact, colours and logo."""
    request.upload_handlers = [OneSmallFile(request, field="logo", most=LARGEST)]
    return _branding(request, membership)


@csrf_protect
def _branding(request: HttpRequest, membership: Membership) -> HttpResponse:
    workspace = membership.workspace
    form = BrandForm.of(brand_in(workspace), workspace.name)
    if request.method == "POST":
        form = BrandForm(request.POST, request.FILES)
        if form.is_valid():
            set_brand(request=request, workspace=workspace, **form.cleaned_data)
            return SeeOther(f"{reverse('assessments:branding', args=[workspace.public_id])}?saved=1")
    words = {
        "workspace": workspace,
        "membership": membership,
        "here": "branding",
        "form": form,
        "brand": brand_in(workspace),
        "saved": "saved" in request.GET,
    }
    return render(request, "desk/branding.html", words, status=422 if form.errors else 200)


@desk_page(Role.OWNER)
@require_POST
def unbrand(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Say nothing any more about who prepared a report."""
    remove_brand(request=request, workspace=membership.workspace)
    return SeeOther(reverse("assessments:branding", args=[membership.workspace.public_id]))


@require_safe
@cache_control(private=True, max_age=YEAR, immutable=True)
def logo(request: HttpRequest, mark: str) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """A logo: nothing secret, but only reports know its address. Whatever it holds, a browser treats it as a picture."""
    found = branding_marked(mark)
    if found is None or not found.logo:
        raise Http404
    response = HttpResponse(bytes(found.logo), content_type="image/png")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@cache_control(private=True, max_age=YEAR, immutable=True)
def colours(request: HttpRequest, mark: str) -> HttpResponse:
    """The accent of both themes as a style sheet, since pages hold no styles of their own."""
    found = branding_marked(mark)
    if found is None or not found.accent:
        raise Http404
    return render(request, "desk/brand.css", {"brand": found}, content_type="text/css")
