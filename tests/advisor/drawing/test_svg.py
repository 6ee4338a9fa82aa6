"""The writer of SVG."""

import pytest

from advisor.drawing.svg import LIGHT, Svg, box, element, hatch, number, outline, paint, path, picture


def test_words_and_attributes_are_escaped():
    written = element("text", "<script>alert('x')</script> & more", class_='a"b')
    assert written == "<text class=\"a&quot;b\">&lt;script&gt;alert('x')&lt;/script&gt; &amp; more</text>"


def test_markup_is_not_escaped_twice():
    inner = element("title", "5 < 6")
    assert element("g", inner) == "<g><title>5 &lt; 6</title></g>"


def test_attributes_without_a_value_are_left_out():
    assert element("path", d="M0 0", stroke=None, stroke_width=0) == '<path d="M0 0" stroke-width="0"/>'


def test_templates_take_it_as_markup():
    from django.utils.html import conditional_escape

    assert conditional_escape(Svg("<svg/>")) == "<svg/>"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (1.239, "1.24"), (-0.004, "0"), (1234.5678, "1234.57"), (0.01, "0.01")],
)
def test_numbers_have_two_decimals_at_most(value: float, written: str):
    assert number(value) == written


def test_a_colour_is_given_for_paper_and_as_a_class_for_the_screen():
    assert paint("brick", "ink", 2) == {
        "class_": "f-brick s-ink",
        "fill": LIGHT["brick"],
        "stroke": LIGHT["ink"],
        "stroke_width": 2,
        "stroke_dasharray": None,
    }


def test_a_line_is_never_filled():
    assert paint(stroke="ink")["fill"] == "none"


def test_nothing_to_draw_is_nothing():
    assert path([]) == ""


def test_path_data_reads_as_drawn():
    assert box(1, 2, 3, 4) == "M1 2h3v4h-3z"
    assert outline((0, 0), (1, 2), close=True) == "M0 0L1 2z"


def test_a_hatch_stays_inside_its_rectangle():
    for line in hatch(10, 20, 30, 12).removeprefix("M").split("M"):
        for point in line.split("L"):
            x, y = map(float, point.split())
            assert 10 <= x <= 40
            assert 20 <= y <= 32


def test_a_picture_begins_with_its_title():
    assert picture("Three & more", 10, 5, kind="gate") == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5" role="img" class="drawing gate">'
        "<title>Three &amp; more</title></svg>"
    )
