"""Single answers against published distributions: the year and the source are always named."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from advisor.drawing import charts
from advisor.engine.playbook import Benchmark
from reports.presenter import drawings, numbers
from reports.presenter.lexicon import Lexicon, listed
from reports.presenter.parts import Drawn
from reports.presenter.sections import Comparison, ComparisonRow, ComparisonsSection


def comparisons_section(lexicon: Lexicon) -> ComparisonsSection | None:
    rows = [found for each in lexicon.playbook.benchmarks if (found := _comparison(lexicon, each))]
    if not rows:
        return None
    return ComparisonsSection(
        heading=gettext("How others answered"),
        note=_note(lexicon, lexicon.playbook.benchmarks),
        rows=tuple(rows),
    )


def _note(lexicon: Lexicon, benchmarks: Sequence[Benchmark]) -> str:
    """The years, and the floors that nobody has published comparable figures for."""
    years = sorted({each.year for each in benchmarks})
    covered = {_layer(lexicon, each) for each in benchmarks}
    bare = [each.name for each in lexicon.playbook.layers if each.id not in covered]
    published = ngettext("Published survey, %(years)s.", "Published surveys, %(years)s.", len(years))
    sentences = [published % {"years": listed(str(each) for each in years)}]
    if bare:
        sentences.append(
            gettext("This edition has no such figures for %(layers)s.") % {"layers": listed(bare)}
        )
    return " ".join(sentences)


def _comparison(lexicon: Lexicon, benchmark: Benchmark) -> Comparison | None:
    """None where the question was not asked or not answered."""
    if not lexicon.asks(benchmark.question):
        return None
    given = lexicon.situation.given(benchmark.question)
    mine = [place for place, bucket in enumerate(benchmark.buckets) if str(given) in bucket.answers]
    if not mine or isinstance(given, bool):
        return None
    rows = tuple(
        ComparisonRow(title=bucket.title, share=numbers.percent_exact(bucket.share), yours=place in mine)
        for place, bucket in enumerate(benchmark.buckets)
    )
    return Comparison(
        title=benchmark.title,
        says=_says(lexicon, benchmark, mine),
        chart=_chart(lexicon, benchmark, mine),
        rows=rows,
        note=numbers.unbroken(benchmark.note),
        sources=lexicon.references(benchmark.sources),
    )


def _says(lexicon: Lexicon, benchmark: Benchmark, mine: list[int]) -> str:
    # "Further along" means an earlier bucket: an edition lists its buckets from the best to the worst.
    shares = [bucket.share for bucket in benchmark.buckets]
    words = {
        "year": benchmark.year,
        "answer": lexicon.answer(benchmark.question),
        "ahead": numbers.percent(sum(shares[: mine[0]])),
        "same": numbers.percent(sum(shares[place] for place in mine)),
        "behind": numbers.percent(sum(shares[mine[-1] + 1 :])),
    }
    if mine[0] == 0:
        text = gettext(
            "Your answer: %(answer)s. In %(year)s, %(same)s of those asked were in the same place "
            "and %(behind)s further behind."
        )
    elif mine[-1] == len(shares) - 1:
        text = gettext(
            "Your answer: %(answer)s. In %(year)s, %(same)s of those asked were in the same place "
            "and %(ahead)s further along."
        )
    else:
        text = gettext(
            "Your answer: %(answer)s. In %(year)s, %(same)s of those asked were in the same place, "
            "%(ahead)s further along and %(behind)s further behind."
        )
    return text % words


def _chart(lexicon: Lexicon, benchmark: Benchmark, mine: list[int]) -> Drawn:
    words = {"title": benchmark.title, "year": benchmark.year}
    buckets = tuple(
        charts.Bucket(
            label=bucket.title,
            share=bucket.share / 100,
            printed=numbers.percent_exact(bucket.share),
            here=place in mine,
        )
        for place, bucket in enumerate(benchmark.buckets)
    )
    title = gettext("%(title)s: answers in %(year)s. The same figures stand in the table below.") % words
    return drawings.distribution(buckets, title, lexicon.tags[_layer(lexicon, benchmark)].hue)


def _layer(lexicon: Lexicon, benchmark: Benchmark) -> str:
    asked = lexicon.playbook.signal.get(benchmark.question)
    return asked.layer if asked else lexicon.playbook.capability[benchmark.question].layer
