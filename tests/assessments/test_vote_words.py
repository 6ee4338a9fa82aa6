"""What is said of votes is true of every one of them, whoever says it."""

import pytest

from advisor.engine.votes import Votes
from assessments.votes import word_words


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (Votes((1, 1, 0, 0, 0)), "Too few people have answered"),
        (Votes((0, 0, 14, 0, 0)), "All chose the same answer"),
        (Votes((0, 0, 3, 0, 0), 1), "All who could say chose the same answer"),
        (Votes((1, 2, 0, 0, 0), 1), "All within one step"),
        (Votes((1, 0, 9, 0, 0)), "One vote stands apart"),
        (Votes((6, 1, 0, 1, 6)), "Split into two camps"),
        (Votes((0, 1, 1, 1, 0)), "All within one step of the middle"),
        (Votes((3, 8, 2, 0, 0)), "All within one step of the middle"),
        (Votes((1, 6, 6, 1, 0)), "Nearly all within one step of the middle"),
        (Votes((1, 3, 5, 3, 2)), "Spread out"),
    ],
)
def test_each_way_to_lie_apart_has_words_of_its_own(votes: Votes, words: str) -> None:
    assert word_words(votes) == words
