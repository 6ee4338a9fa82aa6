"""Pictures from numbers: values and words go in, SVG comes out.

This package knows neither the rules nor Django. Callers fill small frozen dataclasses with numbers and with words in the
reader's language, and print the string they get. It is markup already (it has ``__html__``), so ``{{ drawn }}`` in a
template prints it. On screen the page links static/css/fonts.css and static/css/drawing.css; for paper the colours are in
the drawing, and only the fonts have to be declared. Every drawing begins with its title, the full reading in words.

The house::

    from advisor.drawing import Block, Floor, House, Key, Tag, house

    block = Block(lines=("Quality", "tests"), level=1, minimum=2, planned=2, href="#quality",
                  title="Data quality testing: 1 of 4, needs 2, planned 2")
    floor = Floor(place="framework", hue="brick", kicker="FRAMEWORK", name="DataOps", blocks=(block, ...),
                  gate="closed", gate_word="Gate closed", gate_reason="4 of 6 below the line",
                  tags=(Tag("BOTTLENECK", solid=True),))
    drawn = House(floors=(foundation, framework, attic), title="...", key=Key(built="built", planned="planned", ...))

    house.sheet(drawn)          from 1080 pixels on: frame, dimension line, gates, title block; 1136 wide
    house.narrow(drawn)         720 to 1080 pixels: gates under the house (below 720 a list with strips takes over)
    house.printed(drawn)        paper, 174 mm wide
    house.landing(drawn)        illustration with labels; leaders=40 draws a line from the left edge to each floor
    house.landing_small(drawn)  illustration without words

A block's ``state`` is "level", "unknown", "not_applicable" or "not_asked"; levels outside the first are ignored. ``gate``
is the effective state in the engine's words: "open", "near", "closed", "blocked", "undetermined" or "not_started", and
None where there is no gate; its words are printed in either case. A floor with a gate stands on sand where the gate below
is not open. Kickers and tags are printed as they come: give them in capitals. A house without a title gets one composed of
all its words. With links the drawing has the role "group" instead of "img", for what is inside an image does not exist for
a screen reader.

The small house::

    from advisor.drawing import MiniFloor, mini

    mini.mini((MiniFloor(hue="stone", steps=("answered", "current", "open", ...)), ...), "12 of 18 blocks answered")
    mini.small((SmallFloor(hue="stone", gate="open", blocks=(SmallBlock(state="level", level=2, moved="up"), ...)), ...),
               "The house today")
    mini.glyph((SmallFloor(hue="stone", gate="open", blocks=(...)), ...), "DevOps: 3, 3, 2, gate open")  # for lists

A gate, a strip::

    from advisor.drawing import Strip, gate, strip

    gate.gate("closed", "Gate closed", width=68)
    strip.strip(Strip(hue="brick", level=1, minimum=2, planned=2, title="1 of 4, needs 2"))

Charts, for ``charts.SCREEN``, ``charts.PHONE`` and ``charts.PAPER``::

    from advisor.drawing import BudgetPart, Bucket, CareLine, StageBar, StageChart, charts

    bars = (StageBar(hue="brick", name="Stage 1, DataOps", note="20 to 48 weeks", start=0, low=20, high=48, planned=40,
                     gate="DataOps gate, re-answered", baseline=(2, "delivery baseline")), ...)
    ticks = tuple((week, "today" if week == 0 else f"week {week}") for week in charts.tick_weeks(bars, horizon=52))
    charts.stages(StageChart(title="...", bars=bars, ticks=ticks, horizon=52, horizon_word="your horizon, 12 months",
                             early=EarlyStart(hue="copper", name="Early start", note="4 to 8 weeks", low=4, high=8, words="..."),
                             care=CareLine(hue="copper", name="Duty of care", note="all the time", words="...")))
    charts.budget((BudgetPart(hue="stone", amount=3), BudgetPart(hue="copper", amount=46, held=True)), "81 released ...")
    charts.distribution((Bucket(label="Once a week", share=0.19, printed="19 %", here=True), ...), "...",
                        here="you are here", hue="stone")

What holds up what, for ``dependencies.SCREEN`` and ``dependencies.PAPER``; on phones a list of words takes its place::

    from advisor.drawing import dependencies
    from advisor.drawing.dependencies import Band, Part, Signs, Tie

    ci = Part(name="dv_ci", column=0, lines=("Build", "and test"), words="1, needs 2")
    bands = (Band(hue="stone", name="DevOps", columns=6, parts=(ci, ...)), ...)  # from the ground up
    dependencies.dependencies(bands, (Tie(lower="dv_ci", upper="do_dep", pressing=True), ...), "...", Signs(count="...", ...))

Two dates, a drawing a floor, for ``slope.SCREEN``, ``slope.PHONE`` and ``slope.PAPER``::

    from advisor.drawing import slope

    lines = (slope.Line(name="Build and test", before=1, after=2, before_word="1 of 4", after_word="2 of 4",
                        change_word="up 1"),
             slope.Line(name="Ownership", before=None, before_state="unknown", after=1, before_word="not known",
                        after_word="1 of 4", change_word="now known"), ...)
    slope.slope(lines, "Levels at two dates. ...", "March 2025", "May 2026", "stone", form=slope.PHONE)

Votes of a room, on its screen::

    from advisor.drawing import wall

    wall.wall(9, 16, "brick", "9 of 16 voted")
    wall.bricks(7, 7, "brick", "7 votes")       # seven, and no answer has more
    wall.unknown(1, 7, "1 vote")
    wall.courses(1, "brick", "Level 1 of 4")
"""

from advisor.drawing.charts import Bucket, BudgetPart, CareLine, EarlyStart, Format, StageBar, StageChart
from advisor.drawing.gate import GateState
from advisor.drawing.masonry import AnswerState, Place
from advisor.drawing.mini import MiniFloor, SmallBlock, SmallFloor, Step
from advisor.drawing.model import Block, Floor, House, Key, Tag
from advisor.drawing.strip import Strip
from advisor.drawing.svg import Hue, Svg

__all__ = [
    "AnswerState",
    "Block",
    "Bucket",
    "BudgetPart",
    "CareLine",
    "EarlyStart",
    "Floor",
    "Format",
    "GateState",
    "House",
    "Hue",
    "Key",
    "MiniFloor",
    "Place",
    "SmallBlock",
    "SmallFloor",
    "StageBar",
    "StageChart",
    "Step",
    "Strip",
    "Svg",
    "Tag",
]
