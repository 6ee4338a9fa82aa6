"""The whole report as CommonMark with tables, for wikis and repositories. Text stays text, whatever was typed."""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext

from reports.exports.cells import plain
from reports.presenter.annex import Method
from reports.presenter.page import ReportPage
from reports.presenter.parts import FloorView, Quoted, Reference, Why
from reports.presenter.sections import BudgetSection, HomeworkRow, MoveCard, PlannedMove, RoadmapSection
from reports.presenter.voices import VoiceRow

MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&$@])")
"""What would begin markup, HTML, a formula or an address anywhere in a line."""

ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
"""What many programs make a link of all by themselves."""

SPACE = re.compile(r"[ \t\n]+")

BEGINNING = re.compile(r"^(\s*)(?=[#+=:\-])|^(\s*\d+)(?=[.)])")
"""What would make a heading, a list or a line of its own where a line begins."""


def to_markdown(page: ReportPage) -> bytes:
    """The report in UTF-8. It needs nothing but the page, and holds no HTML."""
    blocks = (block for part in _parts(page) for block in part if block)
    return ("\n\n".join(blocks) + "\n").encode()


def text(words: str) -> str:
    """Words as they are, in one line, with a backslash before whatever would be markup."""
    line = SPACE.sub(" ", plain(words)).strip(" ")
    marked = ADDRESS.sub(lambda found: f"{found[0]}\\", MARKUP.sub(r"\\\1", line))
    return BEGINNING.sub(lambda found: f"{found[0]}\\", marked)


# --- Blocks -------------------------------------------------------------------------------------------------------------


def _heading(level: int, words: str) -> str:
    return f"{'#' * level} {text(words)}"


def _named(name: str, says: str) -> str:
    """A line that begins with its name in bold; nothing where there is nothing to say."""
    return f"**{text(name)}:** {text(says)}" if says else ""


def _list(items: Iterable[str]) -> str:
    """Items that are Markdown already."""
    return "\n".join(f"- {each}" for each in items if each)


def _numbered(items: Iterable[str]) -> str:
    return "\n".join(f"{number}. {each}" for number, each in enumerate(items, start=1))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of text; an empty one is left out. Columns that are empty all the way down are left out too."""
    lines = [tuple(text(cell) for cell in row) for row in rows]
    used = [column for column in range(len(head)) if any(row[column] for row in lines)]
    if not lines or not used:
        return ""
    drawn = [[text(head[column]) for column in used], ["---"] * len(used)]
    drawn += [[row[column] for column in used] for row in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in drawn)


def _because(answers: Sequence[Quoted], name: str) -> str:
    return _named(name, "; ".join(f"{each.title}: {each.answer}" for each in answers))


def _link(source: Reference) -> str:
    address = source.url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return f"[{text(source.text)}](<{address}>)" if address else text(source.text)


def _whys(whys: Sequence[Why]) -> str:
    """The rules behind a statement by name, with what they mean here and rest on; their words stand in the annex."""
    items = []
    for why in whys:
        sources = "; ".join(_link(each) for each in why.sources)
        items.append(
            " ".join(each for each in (f"{text(why.title)}.", text(why.note), f"({sources})") if each != "()")
        )
    return f"**{text(gettext('Why'))}:**\n\n{_list(items)}" if items else ""


# --- The report ---------------------------------------------------------------------------------------------------------


def _parts(page: ReportPage) -> Iterator[Iterable[str]]:
    yield _first(page)
    yield _judged(page)
    yield _agreement(page)
    if page.homework_first:
        yield _homework(page)
    yield _deciding(page)
    yield _moves(page)
    yield _gates(page)
    yield _pitfalls(page)
    if page.roadmap:
        yield _roadmap(page.roadmap)
    if page.budget:
        yield _budget(page.budget)
    yield _change(page)
    yield _levels(page)
    yield _checks(page)
    if not page.homework_first:
        yield _homework(page)
    yield _confidence(page)
    yield _answers(page)
    yield _changed(page)
    yield _method(page.method)


def _judged(page: ReportPage) -> Iterator[str]:
    if page.judged is None:
        return
    yield _heading(2, page.judged.heading)
    yield text(page.judged.note)
    yield _table(
        (gettext("Finding"), gettext("Calculated"), gettext("Judged"), gettext("Why"), gettext("By")),
        ((each.about, each.calculated, each.judged, each.reason, each.by) for each in page.judged.rows),
    )


def _changed(page: ReportPage) -> Iterator[str]:
    if page.changed is None:
        return
    yield _heading(2, page.changed.heading)
    yield text(page.changed.note)
    yield _table(
        (gettext("Figure"), gettext("Edition"), gettext("Yours")),
        ((f"{row.group}: {row.title}", row.edition, row.own) for row in page.changed.rows),
    )


def _first(page: ReportPage) -> Iterator[str]:
    yield _heading(1, page.headline)
    yield text(" ".join(page.lead))
    yield _named(gettext("Provisional"), page.provisional)
    yield _list(
        (
            _named(gettext("Organisation"), page.title),
            _named(gettext("About"), page.scope),
            _named(gettext("The decision that waits"), page.decision),
            _named(gettext("Day"), page.day_words),
            text(page.prepared.says) if page.prepared else "",
        )
    )
    for message in page.messages:
        yield _heading(2, message.title)
        lines = [text(line) for line in message.lines]
        yield _numbered(lines) if message.numbered else _list(lines)


def _agreement(page: ReportPage) -> Iterator[str]:
    found = page.agreement
    yield _heading(2, found.title)
    yield _list(f"**{text(side.kicker)}:** {text(side.title)}. {text(side.says)}" for side in found.sides)
    if found.differs:
        yield text(found.says)
        yield _numbered(text(step) for step in found.chain)
    yield _whys(found.whys)


def _deciding(page: ReportPage) -> Iterator[str]:
    if page.deciding is None:
        return
    yield _heading(2, page.deciding.heading)
    yield text(page.deciding.note)
    yield _table(
        (
            gettext("Capability"),
            gettext("Answer"),
            gettext("As you answered"),
            gettext("What the gate needs"),
        ),
        (
            (
                each.title,
                each.words,
                f"{each.chosen}. {each.fact}",
                f"{each.needed}: {each.needed_title}. {each.needed_fact}",
            )
            for each in page.deciding.answers
        ),
    )
    yield _whys(page.deciding.whys)


def _moves(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.moves.heading)
    yield text(page.moves.note)
    for move in page.moves.moves:
        yield from _move(move, page.moves.offered)


def _move(move: MoveCard, offered: str) -> Iterator[str]:
    yield f"### {move.number}. {text(move.title)}"
    yield text(" ".join((*move.lifts, move.why)))
    yield _list(
        (
            _named(gettext("Next Monday"), move.next_monday),
            _named(gettext("Part"), move.part),
            _named(gettext("Effort"), move.effort),
            _named(gettext("Lead time"), move.lead),
            _named(gettext("Owner"), move.owner),
            _named(gettext("Done when"), move.success),
            _named(gettext("Who does it"), f"{move.sourcing}. {move.sourcing_says}"),
            _named(gettext("Watch out"), move.risk),
            _named(gettext("Offered"), f"{move.offer} ({offered})" if move.offer else ""),
        )
    )
    yield _whys(move.whys)


def _gates(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.gates.heading)
    yield text(page.gates.note)
    yield _table(
        (gettext("Gate"), gettext("What decides it"), gettext("What opens it")),
        ((row.title, row.decides, row.opens) for row in page.gates.rows),
    )
    for row in page.gates.rows:
        if row.whys:
            yield _heading(3, row.title)
            yield _whys(row.whys)


def _pitfalls(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.pitfalls.heading)
    yield text(page.pitfalls.note)
    for row in page.pitfalls.rows:
        yield _heading(3, f"{row.severity_word}: {row.title}")
        yield text(row.see)
        yield text(row.hurts)
        yield f"**{text(row.instead)}**"
        yield _because(row.answers, gettext("Because you answered"))
        yield _whys(row.whys)
    if page.holds:
        yield _heading(2, page.holds.heading)
        for hold in page.holds.rows:
            yield _heading(3, hold.title)
            yield text(hold.says)
            yield _because(hold.answers, gettext("Because you answered"))
            yield _whys(hold.whys)


# --- Plan and budget ----------------------------------------------------------------------------------------------------


def _roadmap(roadmap: RoadmapSection) -> Iterator[str]:
    yield _heading(2, roadmap.heading)
    yield text(roadmap.note)
    for column in roadmap.columns:
        yield _heading(3, f"{column.kicker}: {column.title}")
        yield text(column.says)
        yield _planned(column.moves)
    yield text(roadmap.changed)
    if roadmap.risks:
        yield _heading(3, roadmap.risks_heading)
        yield _table(
            (gettext("What does not hold"), gettext("Accepted because")),
            ((" ".join(each.says), each.reason) for each in roadmap.risks),
        )
    yield text(roadmap.unknown_in_full)
    yield text(roadmap.missing)
    if roadmap.stages:
        yield _heading(3, roadmap.bars_title)
        yield _table(
            (
                gettext("Stage"),
                roadmap.range_title,
                gettext("Planned at"),
                gettext("When"),
                gettext("Effort"),
                gettext("Ends with"),
            ),
            (
                (
                    f"{row.stage}, {row.layer.name}",
                    row.range,
                    row.planned,
                    ", ".join(each for each in (row.span, row.horizon) if each),
                    row.effort,
                    row.ends_with,
                )
                for row in roadmap.stages
            ),
        )
        yield text(roadmap.formula)
    yield _whys(roadmap.whys)
    for lane in roadmap.lanes:
        yield _heading(3, lane.title)
        yield text(f"{lane.says} {lane.limit}")
        yield _planned(lane.moves)
        yield _whys(lane.whys)


def _planned(moves: Sequence[PlannedMove]) -> str:
    return _table(
        (
            gettext("Initiative"),
            gettext("What it does"),
            gettext("Owner"),
            gettext("Effort"),
            gettext("Lead time"),
            gettext("Next Monday"),
            gettext("Done when"),
            gettext("Due"),
            gettext("Note"),
            gettext("Changed by you"),
            gettext("Offered"),
        ),
        (
            (
                each.title,
                " ".join(each.lifts),
                each.owner,
                each.effort,
                each.lead,
                each.next_monday,
                each.success,
                each.due,
                each.note,
                "; ".join(each.remarks),
                each.offer,
            )
            for each in moves
        ),
    )


def _budget(budget: BudgetSection) -> Iterator[str]:
    yield _heading(2, budget.heading)
    yield text(budget.missing or budget.note)
    yield _list(
        " ".join(text(part) for part in (amount.figure, amount.label, amount.money) if part)
        for amount in (budget.released, budget.held)
        if amount
    )
    yield _table(
        (
            gettext("Part"),
            gettext("Person-weeks"),
            gettext("Middle value"),
            gettext("Money"),
            gettext("Released"),
        ),
        (
            (f"{row.what}, {row.layer.name}", row.range, row.middle, row.money, row.when)
            for row in budget.rows
        ),
    )
    yield text(" ".join(budget.sentences))
    yield f"**{text(budget.affordable)}**" if budget.affordable else ""
    yield text(budget.formula)
    yield _table(
        (gettext("Figure"), gettext("Value"), gettext("Reason"), gettext("Basis")),
        ((each.title, each.value, each.reason, each.basis) for each in budget.assumptions),
    )
    yield _whys(budget.whys)


def _change(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.change.heading)
    yield text(page.change.note)
    yield _list(f"**{text(each.title)}.** {text(each.says)}" for each in page.change.items)
    yield _whys(page.change.whys)


# --- Where you stand ----------------------------------------------------------------------------------------------------


def _levels(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.levels.heading)
    yield text(page.levels.strong)
    for floor in page.levels.floors:
        yield from _floor(floor)
    if page.voices:
        yield _heading(3, page.voices.heading)
        yield text(page.voices.note)
        yield _list(_voice(each) for each in page.voices.rows)


def _voice(row: VoiceRow) -> str:
    said = ", ".join(each for each in (row.word, row.says) if each)
    left = gettext("Still open: %(dissent)s") % {"dissent": row.dissent} if row.dissent else ""
    return f"**{text(row.title)}.** {text(f'{said}. {left}'.strip())}"


def _floor(floor: FloorView) -> Iterator[str]:
    yield _heading(3, f"{floor.layer.place}, {floor.layer.name}")
    state = ", ".join(each for each in (floor.gate_word, floor.gate_reason) if each)
    yield _named(", ".join(word for word, _ in floor.tags), state) if floor.tags else text(state)
    yield _table(
        (gettext("Capability"), gettext("Answer"), gettext("Gate")),
        ((row.title, row.words, row.needs) for row in floor.rows),
    )
    if not floor.asked:
        yield _named(floor.status_title, floor.status)
    yield _whys(floor.whys)


def _checks(page: ReportPage) -> Iterator[str]:
    if page.checks:
        yield _heading(2, page.checks.heading)
        yield text(page.checks.note)
        for row in page.checks.rows:
            yield _heading(3, row.title)
            yield text(row.says)
            yield _because(row.answers, gettext("You answered"))
            yield _whys(row.whys)
    if page.symptoms:
        yield _heading(2, page.symptoms.heading)
        yield text(page.symptoms.note)
        yield _table(
            (gettext("Symptom"), gettext("Layer"), gettext("Answer"), gettext("How it looks")),
            ((row.title, row.layer.name, row.answer, row.band_word) for row in page.symptoms.rows),
        )
    if page.comparisons:
        yield _heading(2, page.comparisons.heading)
        yield text(page.comparisons.note)
        for each in page.comparisons.rows:
            yield _heading(3, each.title)
            yield text(each.says)
            yield _table(
                (gettext("Answer"), gettext("Share"), gettext("Your answer")),
                ((row.title, row.share, gettext("your answer") if row.yours else "") for row in each.rows),
            )
            yield f"{text(each.note)} {'; '.join(_link(source) for source in each.sources)}."


def _homework(page: ReportPage) -> Iterator[str]:
    if page.homework is None:
        return
    yield _heading(2, page.homework.heading)
    yield text(page.homework.note)
    yield _questions(page.homework.rows)
    if page.homework.more:
        yield _heading(3, page.homework.more_heading)
        yield _questions(page.homework.more)


def _questions(rows: Sequence[HomeworkRow]) -> str:
    return _table(
        (
            gettext("Question"),
            gettext("Layer"),
            gettext("Why"),
            gettext("Who knows"),
            gettext("Evidence"),
            gettext("Today"),
        ),
        ((each.title, each.layer.name, each.why, each.who, each.evidence, each.kind) for each in rows),
    )


def _confidence(page: ReportPage) -> Iterator[str]:
    yield _heading(2, page.confidence.heading)
    yield text(page.confidence.says)
    yield _list(
        f"{text(each.says)} {_named(gettext('What raises it'), each.raises)}"
        for each in page.confidence.doubts
    )
    yield _whys(page.confidence.whys)
    yield _table(
        (gettext("Figure"), gettext("What it counts")), ((each.figure, each.label) for each in page.facts)
    )


# --- Annex --------------------------------------------------------------------------------------------------------------


def _answers(page: ReportPage) -> Iterator[str]:
    yield _heading(2, gettext("Every answer"))
    for group in page.answers:
        yield _heading(3, group.title)
        yield _table(
            (
                gettext("Name"),
                gettext("Question"),
                gettext("Answer"),
                gettext("What that means"),
                gettext("Note"),
            ),
            ((row.title, row.asks, row.answer, row.fact, row.note) for row in group.rows),
        )


def _method(method: Method) -> Iterator[str]:
    yield _heading(2, method.heading)
    yield text(method.edition)
    yield _list(text(each) for each in method.limits)
    yield _heading(3, gettext("AI services you buy"))
    yield text(method.generative_ai)
    yield _heading(3, gettext("What the levels mean"))
    yield _table(
        (gettext("Level"), gettext("What that means")),
        ((str(level), says) for level, says in enumerate(method.levels)),
    )
    yield _heading(3, gettext("The gates in force here"))
    for gate in method.gates:
        minima = "; ".join(f"{title}: {minimum}" for title, minimum in gate.minima)
        yield f"**{text(gate.title)}** ({text(gate.variant)}). {text(gate.asks)} {text(gate.why)}"
        yield _list(
            (_named(gettext("Minimum levels"), minima), _named(gettext("Average of the floor"), gate.average))
        )
    yield _heading(3, gettext("All rules"))
    yield _list(f"**{text(rule.title)}.** {text(rule.says)}" for rule in method.rules)
    yield _heading(3, gettext("Every figure, with its reason"))
    yield _table(
        (gettext("Figure"), gettext("Value"), gettext("Reason"), gettext("Basis")),
        ((each.title, each.value, each.reason, each.basis) for each in method.figures),
    )
    yield _heading(3, gettext("Glossary"))
    yield _list(_named(each.term, each.says) for each in method.glossary)
    yield _heading(3, gettext("Sources"))
    for group in method.sources:
        yield f"**{text(group.title)}**"
        yield _list(_link(source) for source in group.rows)
