"""Which of the known pitfalls apply (R-PIT), with the answers that triggered each."""

from advisor.engine.advice import PitfallFound
from advisor.engine.conditions import Picture, holds

_RANK = {"critical": 0, "high": 1, "medium": 2}


def find(picture: Picture) -> tuple[PitfallFound, ...]:
    """The pitfalls that apply, the most severe first."""
    found = []
    for pitfall in picture.facts.playbook.pitfalls:
        evidence = holds(pitfall.when, picture)
        if evidence is None:
            continue
        for severity in pitfall.severities:
            more = () if severity.when is None else holds(severity.when, picture)
            if more is not None:
                questions = dict.fromkeys((*evidence, *more))
                reason = picture.facts.reason("R-PIT", questions, pitfall.sources, pitfall.hurts)
                found.append(PitfallFound(reasons=(reason,), id=pitfall.id, severity=severity.name))
                break
    return tuple(sorted(found, key=lambda each: _RANK[each.severity]))
