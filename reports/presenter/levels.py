"""Every capability as a row: its level in words, what the gate needs of it, and its strip."""

from django.utils.translation import gettext, ngettext

from advisor.drawing import Svg, strip
from advisor.drawing.masonry import AnswerState
from advisor.engine.advice import Advice, Standing
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon, of_four, reached
from reports.presenter.parts import FloorView, LevelRow
from reports.presenter.sections import LevelsSection


def state_of(standing: Standing) -> AnswerState:
    """How an answer is drawn."""
    if standing.answer is UNKNOWN:
        return "unknown"
    if standing.answer is NOT_APPLICABLE:
        return "not_applicable"
    return "level" if standing.asked and isinstance(standing.answer, int) else "not_asked"


def strip_of(lexicon: Lexicon, standing: Standing) -> Svg:
    """The strip of a capability, with how far votes lay apart where several people answered."""
    capability = lexicon.playbook.capability[standing.capability]
    voice = lexicon.voices.get(standing.capability) if standing.asked else None
    reading = reading_of(lexicon, standing)
    row = strip.Strip(
        hue=lexicon.tags[capability.layer].hue,
        title=f"{reading}; {voice.says}" if voice and voice.says else reading,
        level=_level(standing),
        state=state_of(standing),
        minimum=standing.minimum if standing.asked else None,
        planned=standing.planned,
        votes=voice.range if voice else None,
    )
    return strip.strip(row)


def _level(standing: Standing) -> int | None:
    return standing.answer if isinstance(standing.answer, int) and standing.asked else None


def reading_of(lexicon: Lexicon, standing: Standing) -> str:
    """ "Data quality testing: 1 of 4, needs 2, planned 2"."""
    words = {
        "title": lexicon.title(standing.capability),
        "answer": level_words(standing),
        "minimum": standing.minimum,
        "planned": standing.planned,
    }
    planned = standing.planned is not None and standing.answer is not UNKNOWN
    if standing.minimum and standing.asked and planned:
        return gettext("%(title)s: %(answer)s, needs %(minimum)s, planned %(planned)s") % words
    if standing.minimum and standing.asked:
        return gettext("%(title)s: %(answer)s, needs %(minimum)s") % words
    if planned:
        return gettext("%(title)s: %(answer)s, planned %(planned)s") % words
    return gettext("%(title)s: %(answer)s") % words


def level_words(standing: Standing) -> str:
    if not standing.asked:
        return gettext("not asked")
    match standing.answer:
        case None:
            return gettext("not answered")
        case int():
            return of_four(standing.answer)
        case _ if standing.answer is UNKNOWN:
            return gettext("don’t know")
        case _:
            return gettext("does not apply")


def level_row(lexicon: Lexicon, standing: Standing) -> LevelRow:
    capability = lexicon.playbook.capability[standing.capability]
    level = _level(standing)
    marks = {"unknown": "?", "not_applicable": "–", "not_asked": "", "level": str(level)}
    return LevelRow(
        capability=capability.id,
        title=capability.title,
        href=lexicon.href(capability.id),
        figure=marks[state_of(standing)],
        reached=reached(level) if level is not None else None,
        words=level_words(standing),
        needs=_needs(standing),
        below=standing.asked and standing.below,
        strip=strip_of(lexicon, standing),
        voted=lexicon.voices[capability.id].says if capability.id in lexicon.voices else "",
    )


def _needs(standing: Standing) -> str:
    if not standing.minimum or not standing.asked or standing.answer is NOT_APPLICABLE:
        return ""
    words = {"minimum": standing.minimum}
    return (
        gettext("below, needs %(minimum)s") % words
        if standing.below
        else gettext("needs %(minimum)s") % words
    )


# --- The section ------------------------------------------------------------------------------------------------------


def levels_section(lexicon: Lexicon, advice: Advice, floors: tuple[FloorView, ...]) -> LevelsSection:
    asked = [each for each in advice.standings if each.asked]
    return LevelsSection(
        heading=_heading(asked),
        note=_note(asked, voted=bool(lexicon.voices)),
        strong=_strong(lexicon, asked),
        floors=floors,
    )


def _heading(asked: list[Standing]) -> str:
    below = sum(1 for each in asked if each.below)
    known = sum(1 for each in asked if isinstance(each.answer, int))
    words = {"count": numbers.in_words_first(below), "total": numbers.in_words(len(asked))}
    if not known:
        return gettext("No level is known yet")
    if below:
        return (
            ngettext(
                "One of %(total)s answers lies below the line",
                "%(count)s of %(total)s answers lie below the line",
                below,
            )
            % words
        )
    return (
        gettext("No known answer lies below the line")
        if known < len(asked)
        else gettext("No answer lies below the line")
    )


def _note(asked: list[Standing], *, voted: bool) -> str:
    """What the signs mean, and how many answers are no level, each kind by its own name."""
    unknown = sum(1 for each in asked if each.answer is UNKNOWN)
    left_out = sum(1 for each in asked if each.answer is NOT_APPLICABLE)
    unanswered = sum(1 for each in asked if each.answer is None)
    sentences = [gettext("Black tick: what the gate needs. Dashed: what the plan lays.")]
    if voted:
        sentences.append(gettext("Line between two pegs: how far votes lie apart."))
    if unknown:
        sentences.append(gettext("Don’t know: %(count)s.") % {"count": unknown})
    if left_out:
        sentences.append(gettext("Does not apply: %(count)s.") % {"count": left_out})
    if unanswered:
        sentences.append(gettext("Not answered: %(count)s.") % {"count": unanswered})
    return " ".join(sentences)


def _strong(lexicon: Lexicon, asked: list[Standing]) -> str:
    """The highest answers, as long as they are higher than others and above what their gate needs."""
    known = {each.capability: each.answer for each in asked if isinstance(each.answer, int)}
    if len(known) < 2:
        return ""
    highest, lowest = max(known.values()), min(known.values())
    if highest == lowest:
        even = {"level": highest}
        if len(known) < len(asked):
            return gettext("All known answers stand at level %(level)s: even across the board.") % even
        return gettext("All answers stand at level %(level)s: even across the board.") % even
    strong = strengths(asked, lexicon.playbook.figures.focus_level.value)
    if not strong:
        return ""
    words = {"titles": lexicon.titles(strong[:3]), "level": highest}
    if len(strong) > 3:
        return gettext("Strongest, at level %(level)s: %(titles)s, among others.") % words
    return gettext("Strongest, at level %(level)s: %(titles)s.") % words


def strengths(asked: list[Standing], enough: float) -> tuple[str, ...]:
    """The capabilities at the highest level given that reach their minimum.

    None where all levels are the same, or where even the highest is below ``enough`` and so worth refining.
    """
    known = [each for each in asked if isinstance(each.answer, int)]
    levels = [each.answer for each in known if isinstance(each.answer, int)]
    if not levels or max(levels) == min(levels) or max(levels) < enough:
        return ()
    return tuple(each.capability for each in known if each.answer == max(levels) and not each.below)
