"""What of two days is not compared, and why."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from reports.presenter.progress.days import Pair


def notes(pair: Pair) -> Iterable[str]:
    """A sentence each, none where everything was asked both times under the same edition."""
    change = pair.change
    then, now = pair.then.seen, pair.now.seen
    count = len(change.compared)
    total = count + len(change.only_then)
    words = {"edition": then.playbook.edition, "count": count, "total": total}
    if then.playbook.edition != now.playbook.edition:
        yield (
            ngettext(
                "Asked under another edition (%(edition)s): %(count)s of its %(total)s question is compared.",
                "Asked under another edition (%(edition)s): %(count)s of its %(total)s questions are compared.",
                total,
            )
            % words
        )
        yield from _left_out(pair)
    elif then.situation.mode != now.situation.mode:
        more = len(change.only_then) + len(change.only_now)
        words |= {"every": count + more}
        told = ngettext(
            "Only the one question asked both times is compared, of %(every)s in all.",
            "Only the %(count)s questions asked both times are compared, of %(every)s in all.",
            count,
        )
        quick = then.situation.mode == "quick"
        kind = (
            gettext("A quick check then, a full assessment now.")
            if quick
            else gettext("A full assessment then, a quick check now.")
        )
        yield f"{kind} {told % words}"
    elif change.only_then or change.only_now:
        yield from _left_out(pair)
    if then.playbook.edition == now.playbook.edition and then.playbook is not now.playbook:
        yield gettext("Each of the two days is judged by the figures that held on it.")


def _left_out(pair: Pair) -> Iterable[str]:
    if gone := pair.change.only_then:
        words = {"titles": pair.was.titles(gone)}
        yield gettext("Asked only then, and not compared: %(titles)s.") % words
    if new := pair.change.only_now:
        yield gettext("Asked only now, and not compared: %(titles)s.") % {"titles": pair.lexicon.titles(new)}
