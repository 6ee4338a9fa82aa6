"""Every capability as a row: its level in words, what the gate needs of it, and its strip."""

from django.utils.translation import gettext, ngettext

from advisor.drawing import strip
from advisor.drawing.masonry import AnswerState
from advisor.engine.advice import Advice, Standing
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon, anchor, of_four
from reports.presenter.page import FloorView, LevelRow, LevelsSection, Strip

STRONG_FROM = 3
"""A level below this is no strength, even where it is the highest."""


def state_of(standing: Standing) -> AnswerState:
    """How an answer is drawn."""
    if standing.answer is UNKNOWN:
        return "unknown"
    if standing.answer is NOT_APPLICABLE:
        return "not_applicable"
    return "level" if standing.asked and isinstance(standing.answer, int) else "not_asked"


def strip_of(lexicon: Lexicon, standing: Standing) -> Strip:
    capability = lexicon.playbook.capability[standing.capability]
    state, hue = state_of(standing), lexicon.tags[capability.layer].hue
    level = standing.answer if isinstance(standing.answer, int) and standing.asked else None
    reading = reading_of(lexicon, standing)
    row = strip.Strip(
        hue=hue,
        title=reading,
        level=level,
        state=state,
        minimum=standing.minimum if standing.asked else None,
        planned=standing.planned,
    )
    return Strip(
        state=state,
        level=level,
        minimum=standing.minimum,
        planned=standing.planned,
        hue=hue,
        reading=reading,
        drawing=strip.strip(row),
    )


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
    level = standing.answer if isinstance(standing.answer, int) and standing.asked else None
    marks = {"unknown": "?", "not_applicable": "–", "not_asked": "", "level": str(level)}
    return LevelRow(
        capability=capability.id,
        title=capability.title,
        href=f"#{anchor(capability.id)}" if standing.asked else "",
        figure=marks[state_of(standing)],
        words=level_words(standing),
        needs=_needs(standing),
        below=standing.asked and standing.below,
        fact=capability.levels[level].fact if level is not None else "",
        strip=strip_of(lexicon, standing),
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
        heading=_heading(asked), note=_note(asked), strong=_strong(lexicon, asked), floors=floors
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
                "%(count)s of %(total)s answers lies below the line",
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


def _note(asked: list[Standing]) -> str:
    """What the signs mean, and how many answers are no level, each kind by its own name."""
    unknown = sum(1 for each in asked if each.answer is UNKNOWN)
    left_out = sum(1 for each in asked if each.answer is NOT_APPLICABLE)
    unanswered = sum(1 for each in asked if each.answer is None)
    sentences = [gettext("Black tick: what the gate needs. Dashed: what the plan lays.")]
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
    strong = strengths(asked)
    if not strong:
        return ""
    words = {"titles": lexicon.titles(strong[:3]), "level": highest}
    if len(strong) > 3:
        return gettext("Strongest, at level %(level)s: %(titles)s, among others.") % words
    return gettext("Strongest, at level %(level)s: %(titles)s.") % words


def strengths(asked: list[Standing]) -> tuple[str, ...]:
    """The capabilities at the highest level given, if that is above others and none of them is below its minimum."""
    known = [each for each in asked if isinstance(each.answer, int)]
    levels = [each.answer for each in known if isinstance(each.answer, int)]
    if not levels or max(levels) == min(levels) or max(levels) < STRONG_FROM:
        return ()
    return tuple(each.capability for each in known if each.answer == max(levels) and not each.below)
