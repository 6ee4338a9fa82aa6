"""The gate's symbol."""

import re

import pytest

from advisor.drawing.gate import LEAVES, gate
from tests.advisor.drawing.houses import parsed


@pytest.mark.parametrize("state", sorted(LEAVES))
@pytest.mark.parametrize("width", [23, 54, 68, 96])
def test_every_state_is_a_sound_drawing_at_every_size(state, width):
    root = parsed(gate(state, "Gate closed", width=width))
    assert root[0].text == "Gate closed"
    assert float(root.get("width", "0")) == width


def test_every_state_has_a_shape_of_its_own():
    assert len({re.sub(r"<title>.*?</title>", "", gate(state, state)) for state in LEAVES}) == 6


def test_the_symbol_is_always_ink():
    for state in LEAVES:
        assert set(re.findall(r"#[0-9A-F]{6}", gate(state, "x"))) == {"#17212E"}
