"""What becomes of gates and bottleneck."""

from collections.abc import Iterable

from django.utils.translation import gettext

from advisor.drawing import gate as door
from advisor.drawing.gate import GateState
from advisor.engine.advice import Advice, Difference
from reports.presenter.gates import waits, word_of
from reports.presenter.lexicon import Lexicon
from reports.presenter.whatif.parts import GatePair


def moved_gates(found: Difference) -> bool:
    """Whether any gate changes its state."""
    return any(
        found.after.gates[each].effective != gate.effective for each, gate in found.before.gates.items()
    )


def gate_pairs(lexicon: Lexicon, found: Difference) -> Iterable[GatePair]:
    """Each gate on both sides, the top floor first."""
    for layer, gate in reversed(list(found.before.gates.items())):
        before, after = gate.effective, found.after.gates[layer].effective
        yield GatePair(
            layer=lexicon.tags[layer],
            before=(word := word_of(found.before, gate)),
            before_symbol=door.gate(before, word),
            after=(then := word_of(found.after, found.after.gates[layer])),
            after_symbol=door.gate(after, then),
            says=_moves_so(before, after, waits=waits(found.after, found.after.gates[layer]))
            if before != after
            else "",
        )


def _moves_so(before: GateState, after: GateState, *, waits: bool) -> str:
    """What happens to a gate, in a word or two."""
    if after == "open":
        return gettext("opens")
    if after == "blocked":
        return gettext("waits now") if waits else gettext("on sand now")
    if before == "open":
        return gettext("closes")
    if before == "blocked":
        return gettext("freed")
    if after == "undetermined":
        return gettext("in doubt")
    if before == "undetermined":
        return gettext("known now")
    return gettext("comes closer") if after == "near" else gettext("moves away")


def bottleneck_words(lexicon: Lexicon, advice: Advice) -> str:
    """The bottleneck in three or four words, as in: "DataOps is the bottleneck"."""
    found = advice.bottleneck
    if found.layer is None:
        return gettext("No bottleneck") if found.kind == "none" else gettext("No verdict yet")
    words = {"layer": lexicon.name(found.layer)}
    if found.kind == "next_stage":
        return gettext("%(layer)s is the next stage") % words
    return gettext("%(layer)s is the bottleneck") % words
