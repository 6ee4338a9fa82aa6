"""The house as it is, or with the tried levels, drawn small."""

from collections.abc import Mapping

from django.utils.translation import gettext

from advisor.drawing import SmallBlock, SmallFloor, Svg, mini
from advisor.drawing.gate import GateState
from advisor.engine.advice import Advice
from reports.presenter.gates import word_of
from reports.presenter.levels import reading_of, state_of
from reports.presenter.lexicon import Lexicon
from reports.presenter.trials import Levels


def directions(lexicon: Lexicon, levels: Levels) -> dict[str, bool]:
    """Whether each changed capability rises; what was not known does in any case."""
    answers = lexicon.situation.levels
    return {
        each: level > answer if isinstance(answer := answers.get(each), int) else True
        for each, level in levels.items()
    }


def house_drawn(lexicon: Lexicon, advice: Advice, rises: Mapping[str, bool], title: str) -> Svg:
    """``rises`` marks the blocks that change: whether each goes up. ``title`` begins what is read out."""
    standings = {each.capability: each for each in advice.standings}
    floors, readings = [], []
    for layer in lexicon.playbook.layers:
        gate = advice.gates.get(layer.id)
        mine = [standings[each.id] for each in lexicon.playbook.capabilities_of[layer.id]]
        blocks = tuple(
            SmallBlock(
                state=state_of(each),
                level=each.answer if isinstance(each.answer, int) and each.asked else None,
                moved=("up" if rises[each.capability] else "down") if each.capability in rises else "",
            )
            for each in mine
        )
        effective: GateState | None = gate.effective if gate else None
        on_sand = bool(gate) and effective == "blocked" and any(each.asked for each in mine)
        on_sand = on_sand and advice.bottleneck.kind != "undetermined"
        floors.append(
            SmallFloor(hue=lexicon.tags[layer.id].hue, blocks=blocks, gate=effective, on_sand=on_sand)
        )
        asked = [reading_of(lexicon, each) for each in mine if each.asked]
        words = {
            "layer": layer.name,
            "gate": word_of(advice, gate) if gate else "",
            "blocks": "; ".join(asked),
        }
        if asked and effective:
            readings.append(gettext("%(layer)s (%(gate)s): %(blocks)s.") % words)
    first, second, third = floors
    return mini.small((first, second, third), " ".join([title, *reversed(readings)]))
