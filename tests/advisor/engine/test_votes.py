"""How far the answers of several people lie apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine.votes import FEWEST_HIDDEN, FEWEST_OF_A_ROLE, OTHERS, Votes, added, by_role

LEVELS = st.tuples(*[st.integers(0, 9)] * 5)
VOTES = st.builds(Votes, LEVELS, st.integers(0, 3), st.integers(0, 3))


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 0, 14, 0, 0), "agreed"),
        ((0, 6, 8, 0, 0), "agreed"),
        ((5, 0, 0, 0, 1), "apart"),
        ((1, 0, 9, 0, 0), "apart"),
        ((6, 1, 0, 1, 6), "split"),
        ((0, 5, 0, 5, 0), "split"),
        ((1, 6, 6, 1, 0), "close"),
        ((3, 8, 2, 0, 0), "close"),
        ((2, 7, 3, 2, 0), "spread"),
        ((1, 3, 5, 3, 2), "spread"),
        ((2, 2, 2, 2, 2), "spread"),
        ((1, 0, 0, 0, 1), "few"),
        ((2, 0, 0, 0, 1), "split"),
        ((1, 1, 1, 0, 0), "close"),
        ((0, 0, 0, 0, 0), "few"),
    ],
)
def test_a_word_says_how_far_votes_lie_apart(counts: tuple[int, ...], word: str) -> None:
    assert Votes(counts).word == word


@pytest.mark.parametrize(
    ("counts", "consensus"),
    [
        ((0, 0, 14, 0, 0), 1.000),
        ((0, 6, 8, 0, 0), 0.811),
        ((1, 6, 6, 1, 0), 0.738),
        ((2, 7, 3, 2, 0), 0.684),
        ((1, 3, 5, 3, 2), 0.595),
        ((0, 5, 0, 5, 0), 0.585),
        ((5, 0, 0, 0, 1), 0.350),
        ((6, 1, 0, 1, 6), 0.084),
        ((7, 0, 0, 0, 7), 0.000),
    ],
)
def test_consensus_has_its_published_values(counts: tuple[int, ...], consensus: float) -> None:
    assert Votes(counts).consensus == pytest.approx(consensus, abs=0.0005)


@pytest.mark.parametrize(
    ("counts", "median"), [((0, 1, 1, 0, 0), 1), ((1, 6, 6, 1, 0), 1), ((0, 0, 0, 0, 3), 4), ((0,) * 5, None)]
)
def test_the_lower_of_two_middles_is_suggested(counts: tuple[int, ...], median: int | None) -> None:
    assert Votes(counts).lower_median == median


@given(VOTES)
def test_turning_the_scale_round_changes_neither_word_nor_consensus(votes: Votes) -> None:
    turned = Votes(votes.counts[::-1], votes.unknown, votes.left_out)
    if turned.word not in {"close", "spread"}:  # which are told apart by the lower one of two middles
        assert turned.word == votes.word
    if votes.placed:
        assert turned.consensus == pytest.approx(votes.consensus)
        assert 0 - 1e-9 <= votes.consensus <= 1 + 1e-9


@given(VOTES)
def test_two_votes_show_nothing(votes: Votes) -> None:
    shown = votes.range is not None
    assert shown == (votes.word != "few") == (votes.placed >= 3)
    if votes.unanimous:
        assert votes.word == "agreed"


@given(st.dictionaries(st.sampled_from("abcdef"), VOTES))
def test_no_role_names_somebody(votes: dict[str, Votes]) -> None:
    shown = by_role(votes)
    others = shown.pop(OTHERS, None)
    assert all(each.people >= FEWEST_OF_A_ROLE for each in shown.values())
    assert others is None or others.people >= FEWEST_HIDDEN
    if shown:
        told = added([*shown.values(), *([others] if others else [])])
        assert told == added(list(votes.values()))


def test_somebody_left_over_takes_the_smallest_role_along() -> None:
    five, six = Votes((5, 0, 0, 0, 0)), Votes((0, 6, 0, 0, 0))
    one = Votes((0, 0, 1, 0, 0))
    assert by_role({"a": five, "b": six, "c": one}) == {"b": six, OTHERS: Votes((5, 0, 1, 0, 0))}
    assert by_role({"a": five, "c": one}) == {}


def test_without_votes_there_is_nothing_to_measure_or_add() -> None:
    with pytest.raises(ValueError, match="no vote"):
        _ = Votes((0,) * 5).consensus
    with pytest.raises(ValueError, match="no votes"):
        added([])
