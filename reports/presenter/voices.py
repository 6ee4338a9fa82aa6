"""What several people said, beside the answers that count: how far they lie apart, and where they differed most."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.voiced import Voice, Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow:
    """ "Data quality testing", "Split into two camps", "votes run from 0 to 4"."""

    title: str
    href: str
    word: str
    says: str
    """From where to where votes run, and whether something is agreed in spite of it."""
    dissent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesSection:
    """Where people differed; without rows they did not."""

    heading: str
    note: str
    rows: tuple[VoiceRow, ...]


def voices_section(lexicon: Lexicon, voices: Voices | None) -> VoicesSection | None:
    """The questions on which people lay far apart, or on which something remained open. None where one person answered."""
    if voices is None:
        return None
    rows = tuple(
        VoiceRow(
            title=lexicon.title(question),
            href=lexicon.href(question),
            word=each.word,
            says=_says(each),
            dissent=each.dissent,
        )
        for question, each in voices.by_question.items()
        if (each.far or each.dissent) and lexicon.asks(question)
    )
    words = {
        "people": numbers.in_words_first(voices.people),
        "alone": numbers.in_words(voices.alone),
        "day": numbers.day(voices.day),
    }
    return VoicesSection(heading=_heading(voices, rows, lexicon), note=_note(voices) % words, rows=rows)


def _note(voices: Voices) -> str:
    if voices.alone:
        return ngettext(
            "%(people)s person voted in a workshop on %(day)s; %(alone)s had answered separately before, which counts for questions it left out. What counts is what was agreed.",
            "%(people)s people voted in a workshop on %(day)s; %(alone)s had answered separately before, which counts for questions it left out. What counts is what was agreed.",
            voices.people,
        )
    if not voices.people:
        return gettext("A workshop on %(day)s agreed without a vote. What counts is what the room agreed.")
    if voices.way == "room":
        return ngettext(
            "%(people)s person voted in a workshop on %(day)s. What counts is what the room agreed.",
            "%(people)s people voted in a workshop on %(day)s. What counts is what the room agreed.",
            voices.people,
        )
    return ngettext(
        "%(people)s person answered separately; counted on %(day)s. What counts is what was agreed.",
        "%(people)s people answered separately; counted on %(day)s. What counts is what was agreed.",
        voices.people,
    )


def _says(voice: Voice) -> str:
    if voice.agreed or not voice.says:
        return voice.says
    return gettext("%(says)s, and nothing is agreed yet") % {"says": voice.says}


def _heading(voices: Voices, rows: Sequence[VoiceRow], lexicon: Lexicon) -> str:
    far = sum(1 for question, each in voices.by_question.items() if each.far and lexicon.asks(question))
    if far:
        told = ngettext(
            "People were far apart on one question", "People were far apart on %(count)s questions", far
        )
        return told % {"count": numbers.in_words(far)}
    return gettext("What remained open") if rows else gettext("Nobody was far apart")
