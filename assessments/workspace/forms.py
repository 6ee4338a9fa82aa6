"""What is typed and chosen at the desk, before it is stored."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.engine.situation import Mode
from assessments.answering import RefusedError
from assessments.clients import clean_client_name, clean_unit

FULL, QUICK = "full", "quick"
CONSULTANT, ROOM, SEVERAL, CLIENT = "consultant", "room", "several", "client"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right, and where."""

    target: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to choose."""

    id: str
    value: str
    title: str
    fact: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm:
    """Which client and which unit. ``mistakes`` is empty for one that can be stored."""

    client: str = ""
    unit: str = ""
    mistakes: tuple[Mistake, ...] = ()

    @classmethod
    def sent(cls, data: QueryDict) -> "PlaceForm":
        client, unit = data.get("client", ""), data.get("unit", "")
        return cls(client=client, unit=unit, mistakes=tuple(_place_mistakes(client, unit)))

    def refused(self, says: str) -> "PlaceForm":
        """The same, with what storing it has found."""
        return PlaceForm(client=self.client, unit=self.unit, mistakes=(Mistake("client", says),))

    @property
    def error(self) -> dict[str, str]:
        return {each.target: each.says for each in self.mistakes}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm:
    """A new assessment: of whom, how much is asked, and who answers."""

    place: PlaceForm
    mode: str = FULL
    who: str = CONSULTANT

    @classmethod
    def sent(cls, data: QueryDict) -> "NewForm":
        mode = QUICK if data.get("mode") == QUICK else FULL
        who = data.get("who", "")
        return cls(
            place=PlaceForm.sent(data), mode=mode, who=who if who in (CLIENT, ROOM, SEVERAL) else CONSULTANT
        )

    def refused(self, says: str) -> "NewForm":
        return NewForm(place=self.place.refused(says), mode=self.mode, who=self.who)

    @property
    def stored(self) -> dict[str, Any]:
        """What is stored of it, beside the client."""
        mode: Mode = "quick" if self.mode == QUICK else "full"
        return {
            "unit": clean_unit(self.place.unit),
            "mode": mode,
            "kept_by_client": self.who == CLIENT,
        }

    @property
    def modes(self) -> tuple[Line, ...]:
        return (
            Line(
                id="mode-full",
                value=FULL,
                title=gettext("Full assessment"),
                fact=gettext("All blocks and symptoms, about twenty minutes of answers."),
                checked=self.mode == FULL,
            ),
            Line(
                id="mode-quick",
                value=QUICK,
                title=gettext("Quick check"),
                fact=gettext("Half of the blocks, about five minutes. It can be widened later."),
                checked=self.mode == QUICK,
            ),
        )

    @property
    def answerers(self) -> tuple[Line, ...]:
        return (
            Line(
                id="who-consultant",
                value=CONSULTANT,
                title=gettext("We do, here at the desk"),
                fact=gettext(
                    "In an interview, or from what was agreed elsewhere. Answers and result stand on the desk."
                ),
                checked=self.who == CONSULTANT,
            ),
            Line(
                id="who-room",
                value=ROOM,
                title=gettext("Everybody together, in a workshop"),
                fact=gettext(
                    "Five to thirty people vote on their phones, question by question, with a screen and a console for you."
                ),
                checked=self.who == ROOM,
            ),
            Line(
                id="who-several",
                value=SEVERAL,
                title=gettext("Several people, each alone"),
                fact=gettext(
                    "By one link, whenever it suits them. Then you see together where they differ, and agree."
                ),
                checked=self.who == SEVERAL,
            ),
            Line(
                id="who-client",
                value=CLIENT,
                title=gettext("The client alone"),
                fact=gettext(
                    "You get a link to send. The desk shows how many questions are answered, and nothing else until the "
                    "client shares the answers with you."
                ),
                checked=self.who == CLIENT,
            ),
        )


ADDRESS_LENGTH = 254


class AddressForm(forms.Form):
    """Where the link for a client is to be sent: one address, in one line."""

    use_required_attribute = False
    email = forms.EmailField(
        max_length=ADDRESS_LENGTH,
        validators=[RegexValidator(r"\A[^\r\n]*\Z")],
        error_messages={
            "required": _("Enter the e-mail address of the client"),
            "invalid": _("Enter one e-mail address, such as name@example.com"),
            "max_length": _("The e-mail address must be 254 characters or less"),
        },
    )

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(Mistake(name, str(found[0])) for name, found in self.errors.items())


def _place_mistakes(client: str, unit: str) -> list[Mistake]:
    found = []
    for name, clean, text in (("client", clean_client_name, client), ("unit", clean_unit, unit)):
        try:
            clean(text)
        except RefusedError as refused:
            found.append(Mistake(name, str(refused)))
    return found
