"""Which layers concern an organisation at all (R-APP), and where each capability stands."""

from collections.abc import Mapping

from advisor.engine.advice import Applicability, GateResult, Stage, Standing
from advisor.engine.asking import DATAOPS, DEVOPS, MLOPS
from advisor.engine.facts import Facts

_STATUS_RULES = {
    "not_applicable": "R-APP-2",
    "watch": "R-APP-3",
    "planned": "R-APP-4",
    "light": "R-APP-5",
    "active": "R-APP-6",
    "undetermined": "R-APP-7",
}


def applicability(facts: Facts) -> tuple[Applicability, ...]:
    """Both lower layers always apply; for the top layer it depends on the models."""
    always = facts.reason("R-APP-1")
    nobody = facts.situation.data_team == "none"
    data = (always, facts.reason("R-APP-8", ("c_data_team",))) if nobody else (always,)
    without = facts.situation.models == "0"
    models = facts.reason(
        _STATUS_RULES[facts.status], ("c_models", "c_ml_plans") if without else ("c_models",)
    )
    bought = (facts.reason("R-APP-9", ("c_models",)),) if without else ()
    return (
        Applicability(reasons=(always,), layer=DEVOPS, status="applies"),
        Applicability(reasons=data, layer=DATAOPS, status="applies"),
        Applicability(reasons=(models, *bought), layer=MLOPS, status=facts.status),
    )


def standings(
    facts: Facts, results: Mapping[str, GateResult], stages: tuple[Stage, ...]
) -> tuple[Standing, ...]:
    """Every capability of the edition: its answer, what its gate needs, and the level that the roadmap plans."""
    planned: dict[str, int] = {}
    for stage in stages:
        for move in stage.moves:
            for each in move.raises:
                planned[each.capability] = max(planned.get(each.capability, 0), each.to)
    found = []
    for capability in facts.playbook.capabilities:
        gate = results.get(capability.layer)
        asked = capability.id in facts.answers
        rule = "R-GATE-1" if asked else _why_not_asked(facts, capability.layer)
        found.append(
            Standing(
                reasons=(facts.reason(rule, (capability.id,), capability.sources),),
                capability=capability.id,
                asked=asked,
                answer=facts.situation.levels.get(capability.id) if asked else None,
                minimum=gate.minima.get(capability.id) if gate else None,
                planned=planned.get(capability.id),
            )
        )
    return tuple(found)


def _why_not_asked(facts: Facts, layer: str) -> str:
    return "R-CONF-1" if facts.asked[layer] else _STATUS_RULES[facts.status]
