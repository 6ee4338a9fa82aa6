"""Every sentence about any levels that somebody could try."""

import re
from urllib.parse import parse_qsl

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engine import advise, whatif
from advisor.engine.situation import NOT_APPLICABLE, Situation
from reports.presenter.lexicon import Lexicon
from reports.presenter.summary import headline
from reports.presenter.trials import read_levels, tried
from reports.presenter.whatif import WhatIfPage, scenario_cards, scenarios_section, whatif_page
from tests.reports.test_sentences import LEFTOVERS, ONE_OF_MANY, page_of, printed
from tests.situations import PLAYBOOK, situations

LEVELS = st.dictionaries(st.sampled_from(list(PLAYBOOK.capability)), st.integers(0, 4), max_size=18)


def page_for(situation: Situation, wanted: dict[str, int]) -> WhatIfPage:
    lexicon = Lexicon(PLAYBOOK, situation)
    levels = tried(lexicon, wanted)
    return whatif_page(lexicon, levels, whatif(PLAYBOOK, situation, levels))


def check(part: object) -> None:
    for path, text in printed(part):
        if path.endswith(".remedy"):
            continue
        assert not LEFTOVERS.search(text), f"{path}: {text}"
        assert not ONE_OF_MANY.search(text), f"{path}: {text}"
        assert text == text.strip(), f"{path}: {text!r}"


@given(situations(), LEVELS)
@settings(max_examples=40)
def test_any_levels_read_well_and_today_is_what_the_report_says(
    situation: Situation, wanted: dict[str, int]
) -> None:
    page = page_for(situation, wanted)
    check(page.effect)
    check(page.floors)
    check(page.starts)
    assert page.effect.headline.before == page_of(situation).headline
    assert page.summary.endswith(".")
    assert page.summary[0].isupper()
    assert len(re.findall(r"\.(?!\d)", page.summary)) == 1, page.summary


@given(situations(), LEVELS)
@settings(max_examples=40)
def test_afterwards_is_what_the_report_would_say_with_these_answers(
    situation: Situation, wanted: dict[str, int]
) -> None:
    levels = tried(Lexicon(PLAYBOOK, situation), wanted)
    then = situation.with_levels(levels)
    assert page_for(situation, wanted).effect.headline.after == headline(
        Lexicon(PLAYBOOK, then), advise(PLAYBOOK, then)
    )


@given(situations(), LEVELS)
@settings(max_examples=40)
def test_an_address_gives_back_the_levels_it_was_made_of(
    situation: Situation, wanted: dict[str, int]
) -> None:
    lexicon = Lexicon(PLAYBOOK, situation)
    levels = tried(lexicon, wanted)
    assert read_levels(lexicon, {each: str(level) for each, level in levels.items()}) == (levels, ())
    for each in levels:
        assert lexicon.asks(each)
        assert situation.levels.get(each) is not NOT_APPLICABLE


@given(situations(), st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=8))
@settings(max_examples=60)
def test_any_address_can_be_read(situation: Situation, entered: dict[str, str]) -> None:
    levels, notices = read_levels(Lexicon(PLAYBOOK, situation), entered)
    assert set(levels) <= set(PLAYBOOK.capability)
    assert all(each.isprintable() and each.endswith(".") for each in notices)


@given(situations(), st.lists(LEVELS, max_size=3))
@settings(max_examples=40)
def test_any_kept_plan_reads_well(situation: Situation, kept: list[dict[str, int]]) -> None:
    lexicon = Lexicon(PLAYBOOK, situation)
    cards = scenario_cards(lexicon, [(n, f"Plan {n}", levels) for n, levels in enumerate(kept, start=1)])
    section = scenarios_section(cards)
    assert (section is None) == (not kept)
    if section:
        check(section)
        assert all(bool(card.reached) != bool(card.facts) for card in section.cards)


@given(situations())
@settings(max_examples=80)
def test_whatever_promises_to_open_a_gate_opens_it(situation: Situation) -> None:
    for start in page_for(situation, {}).starts:
        if start.title.startswith("Open the"):
            levels = {each: int(level) for each, level in parse_qsl(start.query[1:])}
            at = advise(PLAYBOOK, situation).bottleneck.at
            assert at in whatif(PLAYBOOK, situation, levels).gates_opened
