"""The look of files that other programs open: the palette of the light pages, and a font that every machine has.

Our own fonts are not sent along: no office program embeds them reliably, and a missing one is replaced by chance. Arial,
or what a system has in its exact widths, is everywhere, so that what fits here fits there.
"""

from advisor.drawing.svg import Hue

FONT = "Arial"

INK, INK_2 = "17212E", "4A5462"
PAPER, SURFACE, SUNK = "FAF7F1", "FFFFFF", "F1ECE2"
RULE, HAIR = "7C7567", "DCD5C7"
HUES: dict[Hue, str] = {"stone": "34465C", "brick": "A03F22", "copper": "0F6B62"}
TINTS: dict[Hue, str] = {"stone": "EFF2F6", "brick": "FBF1ED", "copper": "EFF5F2"}
ACT = "0E4A7B"
