"""Method and limits: the rules in words, the gates with their figures, every judgement, the glossary, the sources."""

from dataclasses import fields
from datetime import date

from django.utils.translation import gettext

from advisor.engine.advice import Advice, GateResult
from advisor.engine.playbook import Figures
from reports.presenter import money, numbers
from reports.presenter.annex import Entry, GateTerms, Method, RuleText, SourceGroup
from reports.presenter.lexicon import Lexicon


def method(lexicon: Lexicon, advice: Advice) -> Method:
    playbook = lexicon.playbook
    return Method(
        heading=gettext("Method and limits"),
        levels=playbook.general_levels,
        rules=tuple(
            RuleText(title=each.title, says=each.says, sources=lexicon.references(each.sources))
            for each in playbook.rules
        ),
        gates=tuple(_terms(lexicon, each) for each in advice.gates.values()),
        figures=tuple(money.assumption(lexicon, each.name) for each in fields(Figures)),
        limits=_limits(),
        generative_ai=playbook.generative_ai,
        statuses=tuple(
            Entry(term=each.title, says=each.says)
            for each in playbook.statuses
            if each.id == advice.mlops_status
        ),
        glossary=tuple(Entry(term=each.term, says=each.says) for each in playbook.glossary),
        sources=_sources(lexicon),
        edition=gettext("Edition %(edition)s of %(released)s: %(title)s")
        % {
            "edition": playbook.edition,
            "released": numbers.day(date.fromisoformat(playbook.released)),
            "title": playbook.title,
        },
    )


def _sources(lexicon: Lexicon) -> tuple[SourceGroup, ...]:
    """Those read in the same way stand together."""
    marks = {
        "P": gettext("Read in the original"),
        "S": gettext("Read in a trustworthy transcription"),
        "K": gettext("General professional knowledge"),
        "J": gettext("Judgement"),
    }
    groups = {
        mark: lexicon.references(each.id for each in lexicon.playbook.sources if each.mark == mark)
        for mark in marks
    }
    largest_first = sorted(groups, key=lambda mark: -len(groups[mark]))
    return tuple(SourceGroup(title=marks[mark], rows=groups[mark]) for mark in largest_first if groups[mark])


def _limits() -> tuple[str, ...]:
    return (
        gettext(
            "This is a self-assessment. The result is as good as the answers; nobody has checked them from outside."
        ),
        gettext("It judges one product or unit at one moment. Answer again at each gate."),
        gettext("There is no total score. A strong floor does not make up for a weak one below it."),
        gettext("Figures marked “our judgement” are experience, with no published study behind them."),
        gettext("Efforts and durations are ranges for planning, not an offer."),
        gettext(
            "The same answers under the same edition always give the same result. No language model takes part."
        ),
    )


def _terms(lexicon: Lexicon, gate: GateResult) -> GateTerms:
    content = lexicon.playbook.gate[gate.layer]
    return GateTerms(
        layer=lexicon.tags[gate.layer],
        title=content.title,
        asks=content.asks,
        minima=tuple(
            (lexicon.title(each), gate.minima[each])
            for each in lexicon.playbook.capability
            if each in gate.minima
        ),
        average=numbers.threshold(gate.average) if gate.average is not None else "",
        variant={
            "standard": gettext("the standard gate"),
            "light": gettext("the light gate for a single model"),
            "quick": gettext("the short list of the quick check"),
            "quick_light": gettext("the short list of the quick check, for a single model"),
        }[gate.variant],
        basis=money.basis_word(content.basis) if content.basis == "source" else "",
        why=content.why,
        sources=lexicon.references(content.sources),
    )
