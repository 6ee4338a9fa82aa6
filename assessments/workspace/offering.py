"""The page on which a consultancy names its own services: two fields a layer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from advisor.engine.playbook import Playbook
from assessments.answering import RefusedError, clean_line
from assessments.defaults import KINDS, Kind, Offers
from assessments.models.assessment import NAME_LENGTH


@dataclass(frozen=True, slots=True)
class OfferField:
    """One name, as stored or as typed, and what is wrong with it."""

    layer: str
    kind: Kind
    label: str
    value: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.layer}-{self.kind}"


@dataclass(frozen=True, slots=True)
class OfferFloor:
    """The fields of a layer."""

    place: str
    name: str
    fields: tuple[OfferField, ...]


@dataclass(frozen=True, slots=True)
class OffersPage:
    """All of them, the top floor first."""

    floors: tuple[OfferFloor, ...]

    @property
    def fields(self) -> list[OfferField]:
        return [field for floor in self.floors for field in floor.fields]

    @property
    def mistakes(self) -> list[dict[str, str]]:
        return [{"target": each.name, "says": each.error} for each in self.fields if each.error]

    @property
    def names(self) -> dict[tuple[str, Kind], str]:
        """What to store."""
        return {(each.layer, each.kind): each.value for each in self.fields}


def offers_page(playbook: Playbook, stored: Offers, sent: Mapping[str, str] | None) -> OffersPage:
    """What is stored, or what somebody sent instead."""
    return OffersPage(
        tuple(
            OfferFloor(layer.place, layer.name, tuple(_field(layer.id, kind, stored, sent) for kind in KINDS))
            for layer in reversed(playbook.layers)
        )
    )


def _field(layer: str, kind: Kind, stored: Offers, sent: Mapping[str, str] | None) -> OfferField:
    label = {"managed": gettext("Run for the client"), "build": gettext("Built with the client")}[kind]
    if sent is None:
        return OfferField(layer, kind, label, stored.names.get((layer, kind), ""))
    typed = str(sent.get(f"{layer}-{kind}", ""))
    try:
        return OfferField(layer, kind, label, clean_line(typed, NAME_LENGTH, label))
    except RefusedError as refused:
        return OfferField(layer, kind, label, typed, str(refused))
