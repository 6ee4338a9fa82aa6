"""Who prepared a report, in one line with a logo."""

from dataclasses import dataclass

from django.utils.translation import gettext

from reports.presenter.summary import in_short

LINE_LENGTH = 110
"""What fits into one line at the foot of a sheet of paper."""

HEAD_LENGTH = 50
"""What fits beside a logo at the head of the first sheet."""

LOGO = (150.0, 44.0)
"""The box that a logo is shown in, in CSS pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedBy:
    """One line with a logo. ``mark`` names logo and colours in their addresses."""

    says: str
    """ "Prepared by Kestrel Advisory" """
    name: str
    contact: str
    footer: str
    says_in_short: str
    contact_in_short: str
    """Both beside a logo at the head of the first sheet."""
    line: str
    """At the foot of every sheet of paper."""
    mark: str
    accent: str
    """ "#0e4a7b", or empty for ink."""
    logo_alt: str
    """What the logo says; empty where there is none."""
    width: int
    height: int
    """Of the logo as it is shown, in CSS pixels."""


def prepared_by(
    *, mark: str, name: str, contact: str, footer: str, accent: str, size: tuple[int, int] | None
) -> PreparedBy:
    """``size`` is that of the logo in its own pixels; None without a logo."""
    says = gettext("Prepared by %(name)s") % {"name": name}
    width, height = size or (0, 0)
    scale = min(LOGO[0] / width, LOGO[1] / height, 1) if size else 0
    return PreparedBy(
        says=says,
        name=name,
        contact=contact,
        footer=footer,
        says_in_short=in_short(says, HEAD_LENGTH),
        contact_in_short=in_short(contact, HEAD_LENGTH),
        line=in_short(" · ".join(each for each in (says, footer or contact) if each), LINE_LENGTH),
        mark=mark,
        accent=accent,
        logo_alt=gettext("Logo of %(name)s") % {"name": name} if size else "",
        width=max(1, round(width * scale)) if size else 0,
        height=max(1, round(height * scale)) if size else 0,
    )
