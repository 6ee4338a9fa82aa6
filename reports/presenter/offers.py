"""What a consultancy calls its own services: names beside the advice, never part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from advisor.engine.playbook import Initiative


@dataclass(frozen=True, slots=True)
class Offered:
    """The names of a consultancy's services, by layer and by "managed" or "build"."""

    by: str = ""
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def for_move(self, initiative: Initiative) -> str:
        """What the consultancy calls its service for an initiative that is better not done alone; empty without one."""
        kinds = {"managed": ("managed",), "build": ("build",), "hybrid": ("managed", "build")}
        names = [self.names.get((initiative.layer, each), "") for each in kinds.get(initiative.sourcing, ())]
        return gettext("; ").join(dict.fromkeys(each for each in names if each))

    def says(self, initiative: Initiative) -> str:
        """The same as a sentence without its end: "Kestrel Advisory offers this as: Pipeline Care"."""
        name = self.for_move(initiative)
        words = {"by": self.by, "name": name}
        return gettext("%(by)s offers this as: %(name)s") % words if name else ""

    @property
    def whose(self) -> str:
        """Who chose the names: "in Kestrel Advisory’s own words"."""
        return gettext("in %(by)s’s own words") % {"by": self.by} if self.names else ""
