"""Situations for tests: the acceptance cases, and any that a person could enter."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from advisor import loader
from advisor.engine import advise
from advisor.engine.asking import ASKED_STATUSES, MLOPS, mlops_status
from advisor.engine.judgement import Judgement, judgements
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN, Situation, read_situation

PLAYBOOK = loader.edition("2026.1")
DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "cases.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = [*DATA["organisations"], *DATA["edge_cases"], *DATA["random"]]


def _one_of_each_kind() -> list[dict[str, Any]]:
    """A case for every kind of bottleneck there is, by layer and by mode."""
    found: dict[object, dict[str, Any]] = {}
    for case in CASES:
        situation = read_situation(PLAYBOOK, case)
        bottleneck = advise(PLAYBOOK, situation).bottleneck
        found.setdefault((bottleneck.kind, bottleneck.layer, situation.mode), case)
    return list(found.values())


KINDS = _one_of_each_kind()
ENUMS: dict[str, Any] = DATA["enums"]


def _options(question: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([each.id for each in PLAYBOOK.question[question].options])


@st.composite
def situations(
    draw: st.DrawFn,
    modes: tuple[str, ...] = ("full", "quick"),
    *,
    partial: bool = True,
    unknowns: bool = True,
) -> Situation:
    """Any situation; without ``partial`` every question is answered, without ``unknowns`` with a level."""
    mode = draw(st.sampled_from(modes))
    models = draw(st.sampled_from(["0", "1", "2_5", "6_20", "21plus", *([None] if unknowns else [])]))
    plans = draw(st.sampled_from(["none", "exploring", "committed"]))
    answers: st.SearchStrategy[Any] = st.integers(0, 4)
    if unknowns:
        answers = st.one_of(answers, st.just(UNKNOWN))
    context: dict[str, Any] = {"models": models, "ml_plans": plans}
    status = mlops_status(Situation(mode=mode, **context))  # type: ignore[arg-type]
    levels = {}
    for each in PLAYBOOK.capabilities:
        if (mode == "quick" and not each.quick) or (each.layer == MLOPS and status not in ASKED_STATUSES):
            continue
        if partial and draw(st.integers(0, 9)) == 0:
            continue
        levels[each.id] = draw(st.one_of(answers, st.just(NOT_APPLICABLE)) if each.allow_na else answers)
    if mode == "full":
        context |= {
            "data_team": draw(_options("c_data_team")),
            "regulated": draw(st.booleans()),
            "roles": tuple(draw(st.lists(_options("c_roles"), max_size=3, unique=True))),
            "horizon_months": int(draw(_options("c_horizon_months"))),
            "capacity_fte": draw(st.sampled_from([0.5, 1, 2, 4, 8])),
            "sourcing": draw(_options("c_sourcing")),
            "tools": tuple(draw(st.lists(_options("c_tools"), max_size=2, unique=True))),
            "key_person": draw(st.sampled_from(["yes", "no", None])),
        }
    signals = {}
    if mode == "full":
        for signal in PLAYBOOK.signals:
            if signal.layer == MLOPS and status not in ASKED_STATUSES:
                continue
            allowed = [each.id for each in signal.options] + (["unknown"] if unknowns else [])
            signals[signal.id] = draw(st.sampled_from(allowed))
    return Situation(
        mode=mode,  # type: ignore[arg-type]
        levels=levels,
        signals=signals,
        stated=draw(st.sampled_from(["devops", "dataops", "mlops", "unsure"])),
        size=draw(st.sampled_from(["xs", "s", "m", "l", *([None] if unknowns else [])])),
        **context,
    )


# --- What people make of the advice -----------------------------------------------------------------------------------

JUDGEMENTS = judgements(PLAYBOOK, "m")


def _numbers(judgement: Judgement) -> st.SearchStrategy[float]:
    if judgement.whole:
        return st.integers(int(judgement.least), int(judgement.most))
    return st.floats(judgement.least, min(judgement.most, 500), allow_nan=False)


def _own(judgement: Judgement) -> st.SearchStrategy[Any]:
    if judgement.ranged:
        pair = st.tuples(_numbers(judgement), _numbers(judgement))
        return pair.map(lambda ends: tuple(sorted(ends)))
    return _numbers(judgement)


@st.composite
def own_figures(draw: st.DrawFn) -> dict[str, Any]:
    """Any figures that somebody could set."""
    names = draw(st.lists(st.sampled_from(sorted(JUDGEMENTS)), max_size=8, unique=True))
    return {name: draw(_own(JUDGEMENTS[name])) for name in names}
