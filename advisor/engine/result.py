"""Advice as plain JSON values, with the field names that other programs rely on."""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from advisor.engine.advice import Advice, GateResult, Reason, Used


def as_json(advice: Advice) -> dict[str, Any]:
    """The whole advice. Averages and coverage are rounded to two decimals; ":B" marks a second phase."""
    return {
        "edition": advice.edition,
        "mode": advice.mode,
        **summary(advice),
        "first_moves": [plain(each) for each in advice.first_moves],
        "stages": [plain(each) for each in advice.roadmap],
        "homework": [plain(each) for each in advice.homework],
        "budget": plain(advice.budget),
        "reasons": {
            "applicability": [plain(each) for each in advice.applicability],
            "gates": {layer: plain(gate.reasons) for layer, gate in advice.gates.items()},
            "bottleneck": plain(advice.bottleneck),
            "agreement": plain(advice.agreement),
            "pitfalls": [plain(each) for each in advice.pitfalls],
            "confidence": plain(advice.confidence),
        },
    }


def summary(advice: Advice) -> dict[str, Any]:
    """The fields that the acceptance cases name, with exactly those names and values."""
    return {
        "mlops_status": advice.mlops_status,
        "gates": {layer: _gate(gate) for layer, gate in advice.gates.items()},
        "bottleneck": advice.bottleneck.layer,
        "bottleneck_kind": advice.bottleneck.kind,
        "bottleneck_at": advice.bottleneck.at,
        "deciding_answers": [each.capability for each in advice.bottleneck.deciding],
        "quiet_gaps": [each.layer for each in advice.quiet_gaps],
        "agreement": advice.agreement.code,
        "contradictions": [each.layer for each in advice.contradictions],
        "implausible": [each.code for each in advice.implausible],
        "coverage": round(advice.coverage, 2),
        "confidence": advice.confidence.level,
        "confidence_reasons": [each.text for each in advice.confidence.doubts],
        "roadmap": [
            {"stage": each.stage, "layer": each.layer, "initiatives": [move.code for move in each.moves]}
            for each in advice.roadmap
        ],
        "first_three": [each.move.code for each in advice.first_moves],
        "optimise_focus": list(advice.optimise_focus),
        "prep_lane": [each.code for each in advice.prep_lane],
        "protect_lane": [each.code for each in advice.protect_lane],
        "holds": [each.id for each in advice.holds],
        "pitfalls": [{"id": each.id, "severity": each.severity} for each in advice.pitfalls],
    }


def _gate(gate: GateResult) -> dict[str, Any]:
    return {
        "state": gate.state,
        "effective": gate.effective,
        "mean": None if gate.mean is None else round(gate.mean, 2),
        "failing": list(gate.failing),
        "unknown": list(gate.unknown),
        "provisional": gate.provisional,
    }


def plain(value: Any) -> Any:
    """Whatever has named fields as an object, tuples as lists, the special answers by name."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Used | Reason):
        return {name: plain(each) for name, each in value._asdict().items()}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value
