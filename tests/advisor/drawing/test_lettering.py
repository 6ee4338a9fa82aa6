"""Widths of letters, checked against the font files, and what happens when room is short."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from advisor.drawing.lettering import BODY, DISPLAY, HEADING, MONO, SIGNS, STRONG, Font, fitted, text, wrapped

FONTS = Path(__file__).parents[3] / "static" / "fonts"
CUTS = [
    "BricolageGrotesque-700",
    "BricolageGrotesque-800",
    "SourceSans3-400",
    "SourceSans3-600",
    "IBMPlexMono-500",
]
NEEDED = SIGNS + "ÄÖÜäöüßéèêëçñåøæŒœŁłŠšŽžĀāŐőŰű„“”«»‹›–—…·×±≤≥→←↑↓−€%№°²³½\u00ad\u2007\u2011"


def file(font: Font) -> Path:
    return FONTS / f"{font.family.strip("'").replace(' ', '')}-{font.weight}.ttf"


@pytest.mark.parametrize(
    "font", [DISPLAY, HEADING, BODY, STRONG, MONO], ids=lambda font: f"{font.family} {font.weight}"
)
def test_widths_are_those_of_the_font_file(font: Font):
    with TTFont(file(font)) as read:
        letters, widths, units = read.getBestCmap(), read["hmtx"], read["head"].unitsPerEm
        for sign in SIGNS:
            real = widths[letters[ord(sign)]][0] * 1000 / units
            assert font.width(sign, 1000) - font.tracking * 1000 == pytest.approx(real, abs=1), sign


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("ending", ["ttf", "woff2"])
def test_every_font_has_the_signs_that_we_print(cut: str, ending: str):
    with TTFont(FONTS / f"{cut}.{ending}") as font:
        missing = [sign for sign in NEEDED if ord(sign) not in font.getBestCmap()]
    assert missing == []


@pytest.mark.parametrize("cut", CUTS)
def test_every_font_is_named_after_its_family_and_weight(cut: str):
    family, weight = cut.split("-")
    with TTFont(FONTS / f"{cut}.ttf") as font:
        assert font["name"].getDebugName(1).replace(" ", "") == family
        assert font["OS/2"].usWeightClass == int(weight)


@pytest.mark.parametrize("cut", CUTS[:4])
def test_kerning_and_figures_of_one_width_are_kept(cut: str):
    with TTFont(FONTS / f"{cut}.ttf") as font:
        tags = {
            record.FeatureTag
            for table in ("GSUB", "GPOS")
            for record in font[table].table.FeatureList.FeatureRecord
        }
        widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert "kern" in tags
    assert "tnum" in tags or len(widths) == 1


def test_fonts_for_the_web_are_light():
    assert sum(path.stat().st_size for path in FONTS.glob("*.woff2")) <= 100_000


def test_every_family_comes_with_its_licence():
    families = {cut.split("-")[0] for cut in CUTS}
    assert {path.stem.removeprefix("OFL-") for path in FONTS.glob("OFL-*.txt")} == families


def test_an_accent_does_not_widen_a_letter():
    assert BODY.width("é", 10) == BODY.width("e", 10)


def test_words_that_fit_are_left_alone():
    assert fitted("Build", STRONG, 15, 12, 98) == ("Build", 15)


def test_words_are_shrunk_before_they_are_cut():
    words, size = fitted("Orchestrations", STRONG, 15, 12, 90)
    assert words == "Orchestrations"
    assert 12 <= size < 15


def test_words_too_long_for_the_smallest_type_are_cut_with_an_ellipsis():
    words, size = fitted("Wiederherstellungsverfahren", STRONG, 15, 12, 60)
    assert words.endswith("…")
    assert size == 12
    assert STRONG.width(words, size) <= 60.01


def test_no_room_at_all_means_no_words():
    assert fitted("Build", STRONG, 15, 12, 1)[0] == ""


def test_lines_break_between_words():
    lines = wrapped("4 of 6 answers lie below the line", BODY, 15, 90)
    assert " ".join(lines) == "4 of 6 answers lie below the line"
    assert len(lines) > 1
    assert all(BODY.width(line, 15) <= 90 for line in lines)


def test_a_family_that_ends_in_a_figure_is_quoted():
    assert "font-family=\"'Source Sans 3'\"" in text("word", (0, 0), BODY, 12, "ink")


def test_no_words_no_element():
    assert text("", (0, 0), BODY, 12, "ink") == ""
