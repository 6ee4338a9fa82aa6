"""What the desk's list shows of each assessment: worked out when somebody looks, kept for one version of its answers."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet

import advisor
from advisor.engine import advise
from advisor.engine.advice import Advice, Standing
from advisor.engine.asking import MLOPS, path
from advisor.engine.judgement import adjusted
from advisor.engine.playbook import Playbook
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN
from assessments.answering import given_in, situation_from
from assessments.models import Answer, Assessment, Digest, OwnFigure
from assessments.planning import figures_in
from assessments.playbooks import edition

UNDETERMINED, NO_BOTTLENECK = "undetermined", "none"
"""What is found where no layer is."""

AT_ONCE = 8
"""So many are worked out anew for one look at a list; one takes two or three milliseconds."""

MOST = 300
"""So many for a look that hangs on them, such as a search by bottleneck; that may take a second after an upgrade."""

FIELDS = ("version", "stamp", "answered", "asked", "complete", "found", "details")
RULES = ("engine/*.py", "playbooks/**/*.yaml")


@cache
def stamp() -> str:
    """Stands for the rules and all editions as they are on this server: a digest made with others counts no more."""
    home = Path(advisor.__file__).parent
    files = sorted(each for pattern in RULES for each in home.glob(pattern))
    return sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()[:32]


def in_force() -> Q:
    """Holds for assessments whose digest is of today's answers and of today's rules."""
    return Q(digest__version=F("version"), digest__stamp=stamp())


def out_of_date() -> Q:
    """Holds for all others."""
    return Q(digest=None) | ~Q(digest__version=F("version")) | ~Q(digest__stamp=stamp())


def is_in_force(assessment: Assessment) -> bool:
    """The same of one that came with its digest, if it has one. No query for those."""
    digest = getattr(assessment, "digest", None)
    return digest is not None and (digest.version, digest.stamp) == (assessment.version, stamp())


def bring_up_to_date(assessments: QuerySet[Assessment], *, most: int = AT_ONCE) -> dict[int, Digest]:
    """Work out anew what is out of date among them, the newest first: digests by assessment. Six queries, one without any.

    Versions are read before answers: a digest that is overtaken meanwhile is only made once more.
    """
    outdated = list(assessments.filter(out_of_date()).order_by("-touched", "-pk")[:most])
    if not outdated:
        return {}
    answers = _by_assessment(Answer.objects.filter(assessment__in=outdated))
    figures = _by_assessment(OwnFigure.objects.filter(assessment__in=outdated).order_by("pk"))
    made = [digest_of(each, answers.get(each.pk, ()), figures.get(each.pk, ())) for each in outdated]
    with suppress(IntegrityError):  # one of them was deleted at this moment; the next look keeps the others
        Digest.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["assessment"], update_fields=FIELDS
        )
    return {each.pk: each for each in made}


def _by_assessment[Row: (Answer, OwnFigure)](rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in rows:
        found.setdefault(each.assessment_id, []).append(each)
    return found


def digest_of(assessment: Assessment, answers: Iterable[Answer], figures: Sequence[OwnFigure]) -> Digest:
    """The digest of these answers. Where the client keeps them to themselves there are counts in it and nothing else."""
    made = Digest(
        assessment=assessment, version=assessment.version, stamp=stamp(), answered=0, asked=0, complete=False
    )
    try:
        released = edition(assessment.edition)
    except LookupError:
        return made
    given = given_in({each.question: each for each in answers})
    situation = situation_from(released, assessment, given)
    asked = path(released, situation)
    made.asked, made.answered = len(asked), sum(each in given for each in asked)
    made.complete = made.answered == made.asked
    about = any(each in released.question and each not in given for each in asked)
    made.details = {"about": about}
    if made.complete and not assessment.kept_by_client:
        playbook = adjusted(released, figures_in({each.name: each.value for each in figures}))
        advice = advise(playbook, situation)
        made.found = _found(advice)
        made.details |= _details(playbook, advice)
    return made


def _found(advice: Advice) -> str:
    if advice.bottleneck.kind == "undetermined":
        return UNDETERMINED
    return advice.bottleneck.layer or NO_BOTTLENECK


def _details(playbook: Playbook, advice: Advice) -> Mapping[str, object]:
    standings = {each.capability: each for each in advice.standings}
    layer = advice.bottleneck.layer
    return {
        "kind": advice.bottleneck.kind,
        "near": bool(layer and layer in advice.gates and advice.gates[layer].effective == "near"),
        "agreement": advice.agreement.code,
        "stated": advice.agreement.stated,
        "homework": sum(each.kind == "unknown" for each in advice.homework),
        "floors": [
            {
                "gate": advice.gates[each.id].effective if each.id in advice.gates else None,
                "blocks": "".join(
                    _mark(
                        standings[one.id], idle=each.id == MLOPS and advice.mlops_status == "not_applicable"
                    )
                    for one in playbook.capabilities_of[each.id]
                ),
            }
            for each in playbook.layers
        ],
    }


def _mark(standing: Standing, *, idle: bool) -> str:
    """One character a block: a level, "?" for unknown, "-" for does not apply, "." for not asked."""
    if standing.answer is UNKNOWN:
        return "?"
    if standing.answer is NOT_APPLICABLE or (idle and not standing.asked):
        return "-"
    return str(standing.answer) if standing.asked and standing.answer is not None else "."
