"""A situation seen through one edition: what the rules look at, and how they quote it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from advisor.engine.advice import MlopsStatus, Reason, Used
from advisor.engine.asking import ASKED_STATUSES, DATAOPS, DEVOPS, MLOPS, capabilities_asked, mlops_status
from advisor.engine.playbook import Band, Playbook
from advisor.engine.situation import CONTEXT_FIELDS, UNKNOWN, Answer, Situation


@dataclass(frozen=True, eq=False)
class Facts:
    """The answers in use, each with what it means. Questions that were not asked do not appear."""

    playbook: Playbook
    situation: Situation
    status: MlopsStatus
    asked: Mapping[str, tuple[str, ...]]
    """The capabilities asked of each layer, in the order of the catalogue."""
    answers: Mapping[str, Answer]
    """An answer for every capability asked; one still open counts as UNKNOWN."""
    levels: Mapping[str, int]
    """The known levels only."""

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The layers that have a gate for this organisation, from the ground up."""
        in_play = (*ASKED_STATUSES, "planned")
        return tuple(each.id for each in self.playbook.layers if each.id != MLOPS or self.status in in_play)

    @cached_property
    def coverage(self) -> float:
        """The answered share of the capabilities asked, 0 to 1; "does not apply" counts as answered."""
        answered = sum(1 for answer in self.answers.values() if answer is not UNKNOWN)
        return answered / len(self.answers) if self.answers else 0.0

    @cached_property
    def bands(self) -> Mapping[str, Band]:
        """The colour of each signal that is asked here and was answered with one of its options."""
        found: dict[str, Band] = {}
        if self.situation.mode == "quick":
            return found
        for signal in self.playbook.signals:
            given = self.situation.signals.get(signal.id) if self.asked[signal.layer] else None
            for option in signal.options:
                if option.id == given and option.band:
                    found[signal.id] = option.band
        return found

    def signals_of(self, layer: str) -> tuple[str, ...]:
        return _signals_of(self.playbook, layer)

    def red_signals(self, layer: str) -> tuple[str, ...]:
        return tuple(each for each in self.signals_of(layer) if self.bands.get(each) == "red")

    def missing(self, capability: str, level: int) -> bool:
        """Asked about, and either below ``level`` or not known."""
        answer = self.answers.get(capability)
        return answer is UNKNOWN or (isinstance(answer, int) and answer < level)

    def holds(self, capability: str, level: int) -> bool:
        """Known to be at ``level`` or above."""
        return self.levels.get(capability, -1) >= level

    def reason(
        self, rule: str, questions: Iterable[str] = (), sources: Iterable[str] = (), says: str = ""
    ) -> Reason:
        """A reason that quotes the answers to ``questions`` and cites the rule's sources and ``sources``."""
        quotes = self._quotes
        return Reason(
            rule,
            tuple([quotes[each] for each in questions]),
            _cited(self.playbook, rule, tuple(sources)),
            says,
        )

    @cached_property
    def _quotes(self) -> dict[str, Used]:
        """Every answer as it is quoted, made once: many reasons quote the same one."""
        given = self.situation.given
        return {each: Used(each, given(each)) for each in _questions(self.playbook)}


def see(playbook: Playbook, situation: Situation) -> Facts:
    """Look at a situation through an edition."""
    capabilities = capabilities_asked(playbook, situation)
    asked: dict[str, tuple[str, ...]] = {DEVOPS: (), DATAOPS: (), MLOPS: ()}
    for each in capabilities:
        asked[each.layer] += (each.id,)
    answers = {each.id: situation.levels.get(each.id, UNKNOWN) for each in capabilities}
    levels = {each: answer for each, answer in answers.items() if isinstance(answer, int)}
    return Facts(playbook, situation, mlops_status(situation), asked, answers, levels)


@lru_cache(maxsize=16)
def _questions(playbook: Playbook) -> tuple[str, ...]:
    return (*CONTEXT_FIELDS, *playbook.capability, *playbook.signal)


@lru_cache(maxsize=4096)
def _cited(playbook: Playbook, rule: str, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources of a rule and of the content it was applied to, each once."""
    return tuple(dict.fromkeys((*playbook.rule[rule].sources, *sources)))


@lru_cache(maxsize=64)
def _signals_of(playbook: Playbook, layer: str) -> tuple[str, ...]:
    return tuple(each.id for each in playbook.signals if each.layer == layer)
