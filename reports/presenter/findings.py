"""What was found beside the bottleneck: pitfalls, what to stop, answers that do not fit together, symptoms."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, Contradiction, Implausible, PitfallFound, QuietGap
from advisor.engine.playbook import Band, SeverityName, Signal
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon, of_four
from reports.presenter.sections import (
    Check,
    ChecksSection,
    HoldRow,
    HoldsSection,
    PitfallRow,
    PitfallsSection,
    SymptomRow,
    SymptomsSection,
)

# --- Pitfalls and holds -----------------------------------------------------------------------------------------------


def pitfalls_section(lexicon: Lexicon, advice: Advice) -> PitfallsSection:
    count = len(advice.pitfalls)
    words = {"count": numbers.in_words_first(count)}
    heading = ngettext("One pitfall applies today", "%(count)s pitfalls apply today", count) % words
    looked = {"count": len(lexicon.playbook.pitfalls)}
    none = (
        gettext("We looked for %(count)s known ways to lose money, and found none in your answers.") % looked
    )
    return PitfallsSection(
        heading=heading if count else gettext("No known pitfall applies"),
        note=gettext("Known ways to lose money that your answers give away.") if count else none,
        rows=tuple(_pitfall(lexicon, each) for each in advice.pitfalls),
    )


def _pitfall(lexicon: Lexicon, found: PitfallFound) -> PitfallRow:
    pitfall = lexicon.playbook.pitfall[found.id]
    return PitfallRow(
        id=pitfall.id,
        severity=found.severity,
        severity_word=severity_word(found.severity),
        title=pitfall.title,
        see=numbers.unbroken(_see(lexicon, pitfall.see, found)),
        hurts=numbers.unbroken(pitfall.hurts),
        instead=numbers.unbroken(pitfall.instead),
        answers=lexicon.used(found.reasons),
        whys=lexicon.whys(*found.reasons),
    )


def _see(lexicon: Lexicon, see: str, found: PitfallFound) -> str:
    """What gives the pitfall away; "{blocks}" stands for the blocks whose answers do."""
    questions = [used.question for reason in found.reasons for used in reason.answers]
    blocks = [each for each in dict.fromkeys(questions) if each in lexicon.playbook.capability]
    return see.replace("{blocks}", lexicon.titles(blocks))


def severity_word(name: SeverityName) -> str:
    return {"critical": gettext("Critical"), "high": gettext("High"), "medium": gettext("Medium")}[name]


def holds_section(lexicon: Lexicon, advice: Advice) -> HoldsSection | None:
    if not advice.holds:
        return None
    lane = lexicon.playbook.lane["hold"]
    rows = tuple(
        HoldRow(
            title=lexicon.playbook.hold[each.id].title,
            says=lexicon.playbook.hold[each.id].says,
            answers=lexicon.used(each.reasons),
            whys=lexicon.whys(*each.reasons),
        )
        for each in advice.holds
    )
    return HoldsSection(heading=lane.title, note=lane.says, rows=rows)


# --- Answers that do not fit together ---------------------------------------------------------------------------------


def checks_section(lexicon: Lexicon, advice: Advice) -> ChecksSection | None:
    rows = (
        *(_contradiction(lexicon, each) for each in advice.contradictions),
        *(_implausible(lexicon, each) for each in advice.implausible),
        *(_quiet_gap(lexicon, each) for each in advice.quiet_gaps),
    )
    if not rows:
        return None
    odd = bool(advice.contradictions or advice.implausible)
    return ChecksSection(
        heading=gettext("Look at these answers again") if odd else gettext("A gap that does not hurt yet"),
        note=gettext("Nothing here is wrong for certain. Bring the evidence, then decide.")
        if odd
        else gettext("The symptoms are calm today."),
        rows=rows,
    )


def _contradiction(lexicon: Lexicon, found: Contradiction) -> Check:
    words = {"layer": lexicon.name(found.layer)}
    return Check(
        title=gettext("%(layer)s: described as sound, but a symptom hurts") % words,
        says=gettext(
            "The way of working is described as sound and the symptom is not. One of the two is wrong."
        ),
        answers=lexicon.quotes(found.signals),
        whys=lexicon.whys(*found.reasons),
    )


def _implausible(lexicon: Lexicon, found: Implausible) -> Check:
    words = {
        "title": lexicon.title(found.capability),
        "level": of_four(found.level),
        "needs": lexicon.title(found.needs),
        "at_least": found.at_least,
        "reason": next((each.says for each in found.reasons if each.says), ""),
    }
    return Check(
        title=gettext("%(title)s lacks its support") % words,
        says=gettext("%(title)s is reported at %(level)s, which needs %(needs)s at %(at_least)s. %(reason)s")
        % words,
        answers=lexicon.quotes((found.capability, found.needs)),
        whys=lexicon.whys(*found.reasons),
    )


def _quiet_gap(lexicon: Lexicon, found: QuietGap) -> Check:
    words = {"layer": lexicon.name(found.layer)}
    return Check(
        title=gettext("%(layer)s: a gap that does not hurt yet") % words,
        says=gettext("The gate is not open, but no symptom hurts today. It will once the floor above grows."),
        answers=lexicon.quotes(each.id for each in lexicon.playbook.signals if each.layer == found.layer),
        whys=lexicon.whys(*found.reasons),
    )


# --- Symptoms ---------------------------------------------------------------------------------------------------------


def symptoms_section(lexicon: Lexicon, advice: Advice) -> SymptomsSection | None:
    """The symptoms that were asked for and answered; None without any, as in a quick check, which asks for none."""
    rows = [
        _symptom(lexicon, each, advice.bands.get(each.id))
        for each in lexicon.playbook.signals
        if lexicon.asks(each.id) and each.id in lexicon.situation.signals
    ]
    if not rows:
        return None
    return SymptomsSection(
        heading=_symptoms_heading([each.band for each in rows]),
        note=gettext(
            "Symptoms decide no gate. They show how urgent things are, and whether the answers fit."
        ),
        rows=tuple(rows),
    )


def _symptoms_heading(bands: list[str]) -> str:
    hurting, noticeable = bands.count("red"), bands.count("amber")
    words = {"count": numbers.in_words_first(hurting or noticeable)}
    if hurting:
        return ngettext("One symptom hurts", "%(count)s symptoms hurt", hurting) % words
    if noticeable:
        text = ngettext(
            "One symptom is noticeable, none is severe",
            "%(count)s symptoms are noticeable, none is severe",
            noticeable,
        )
        return text % words
    return gettext("No symptom hurts today") if "green" in bands else gettext("No symptom is known yet")


def _symptom(lexicon: Lexicon, signal: Signal, band: Band | None) -> SymptomRow:
    words = {"green": gettext("calm"), "amber": gettext("noticeable"), "red": gettext("hurts")}
    return SymptomRow(
        question=signal.id,
        title=signal.title,
        href=lexicon.href(signal.id),
        layer=lexicon.tags[signal.layer],
        answer=lexicon.answer(signal.id),
        band=band or "",
        band_word=words[band] if band else "",
    )
