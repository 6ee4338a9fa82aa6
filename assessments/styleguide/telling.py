"""The parts of the result."""

from collections.abc import Callable, Iterable

from advisor.drawing import Svg, charts, climb, dependencies, slope
from advisor.drawing import gate as door
from advisor.engine.playbook import Playbook
from assessments.floors import HUES
from assessments.styleguide.houses import GATES, houses, signs
from assessments.styleguide.parts import Component, component


def telling(playbook: Playbook) -> tuple[Component, ...]:
    """What the result is drawn with."""
    return (*houses(playbook), *signs(), *_tables(playbook))


PREPARED = {"says": "Prepared by Kestrel Advisory", "contact": "Ana Keller", "footer": "Confidential"}


def _grid(playbook: Playbook) -> dict[str, object]:
    """Every state of a cell and of a gate, twice as a row and once in the key."""
    signs = ("0", "1", "2", "3", "4", "?", "–", "")
    words = ("0 of 4", "1 of 4", "2 of 4", "3 of 4", "4 of 4", "not known", "does not apply", "not asked")
    kinds = (*(f"level-{level}" for level in range(5)), "unknown", "not-applicable", "not-asked")
    key = [
        {"kind": kind, "sign": sign, "words": word}
        for kind, sign, word in zip(kinds, signs, words, strict=True)
    ]
    drawn = [{"symbol": door.gate(state, word, width=24), "words": word} for state, word in GATES.items()]
    days = climb.climb([climb.Step(0), climb.Step(1), climb.Step(2)], 3, "Open gates: 0, 1, 2 of 3.")
    rows = [
        {
            "public_id": "an-id", "key": name, "name": name, "about": "Full assessment, 3 March 2027",
            "cells": [key[(n + shift) % len(key)] for n in range(len(playbook.capabilities))],
            "gates": drawn[shift : shift + 3], "bottleneck": "DataOps", "climb": days if shift else None,
        }
        for name, shift in (("Payments", 0), ("Logistics", 3))
    ]  # fmt: skip
    return {
        "layers": [
            {"name": layer.name, "hue": hue, "span": len(playbook.capabilities_of[layer.id])}
            for layer, hue in zip(playbook.layers, HUES, strict=True)
        ],
        "headings": [{"title": " ".join(each.label)} for each in playbook.capabilities],
        "groups": [{"name": "Tallis Software", "rows": rows}],
        "key": key,
        "gate_key": drawn,
    }


def _tables(playbook: Playbook) -> Iterable[Component]:
    yield component(
        "Data table",
        "Every chart has one with the same figures. It scrolls inside its frame, never the page.",
        "styleguide/_table.html",
        (
            "Two stages",
            {
                "caption": "The stages as a table",
                "heads": ["Stage", "Duration", "Effort", "Ends with"],
                "rows": [
                    [
                        "1, DataOps",
                        "20 to 48 weeks",
                        "40 to 115 person-weeks",
                        "DataOps gate, answered again",
                    ],
                    ["2, MLOps", "14 to 28 weeks", "26 to 66 person-weeks", "MLOps gate, answered again"],
                ],
            },
        ),
    )
    yield component(
        "Heat grid",
        "Many units by their levels: ink by density, a digit in every cell. Never added up, never ranked.",
        "components/heat_grid.html",
        ("Two units of one client", {"grid": _grid(playbook)}),
        wide=True,
    )
    yield component(
        "Prepared by",
        "Who prepared a report: one line with a logo, and the only place for a colour that is not ours.",
        "components/prepared.html",
        ("With contact and footer", {"prepared": PREPARED, "whole": True}),
    )
    bars = (
        charts.StageBar(
            hue="brick", name="Stage 1, DataOps", note="20 to 48 weeks", start=0, low=20, high=48, planned=40,
            gate="DataOps gate", baseline=(2, "baseline"),
        ),
        charts.StageBar(
            hue="copper", name="Stage 2, MLOps", note="14 to 28 weeks", start=40, low=14, high=28, planned=28,
            held=True, gate="MLOps gate",
        ),
    )  # fmt: skip
    weeks = charts.tick_weeks(bars, 52)
    stages = charts.StageChart(
        title="Two stages over weeks",
        bars=bars,
        ticks=tuple((week, f"week {week}" if week else "today") for week in weeks),
        horizon=52,
        horizon_word="your horizon, 12 months",
        early=charts.EarlyStart(
            hue="copper",
            name="One early start",
            note="4 to 8 weeks",
            low=4,
            high=8,
            words="groundwork for MLOps: model inventory",
        ),
        care=charts.CareLine(
            hue="copper", name="Care for what is live", note="all the time", words="first steps only"
        ),
    )
    yield _chart(
        "Stage bars",
        "One brick is four weeks: solid to the lower estimate, dashed to the upper. A held stage has no solid brick.",
        "A stage that is released, and one that is held",
        lambda form: charts.stages(stages, form),
    )
    parts = (charts.BudgetPart(hue="brick", amount=81), charts.BudgetPart(hue="copper", amount=46, held=True))
    yield _chart(
        "Budget bar",
        "Solid is released, dashed waits behind its gate. Sums and ranges stand in words above it.",
        "Released and held",
        lambda form: charts.budget(parts, "81 person-weeks released, 46 held", form),
    )
    yield _dependencies(playbook)
    yield _slopes(playbook)
    option = playbook.benchmarks[0] if playbook.benchmarks else None
    buckets = tuple(
        charts.Bucket(label=each.title, share=each.share / 100, printed=f"{each.share:g} %", here=number == 1)
        for number, each in enumerate(option.buckets if option else ())
    )
    yield _chart(
        "Distribution",
        "A published distribution with one’s own place in it; its year and source always beside it.",
        "In the second group",
        lambda form: charts.distribution(buckets, "Where others are", "you", "stone", form),
    )


def _dependencies(playbook: Playbook) -> Component:
    """One foundation block in each of the ways in which it can hold up three others."""
    layers = [playbook.capabilities_of[layer.id] for layer in playbook.layers]
    lower, uppers = layers[0][2], (layers[0][4], layers[1][1], layers[2][3])
    bands = [
        dependencies.Band(
            hue=hue,
            name=layer.name,
            columns=len(capabilities),
            parts=tuple(
                dependencies.Part(
                    name=each.id,
                    column=column,
                    lines=each.label,
                    words="0, needs 2" if each is lower else "1 of 4",
                )
                for column, each in enumerate(capabilities)
                if each is lower or each in uppers
            ),
        )
        for layer, hue, capabilities in zip(playbook.layers, HUES, layers, strict=True)
    ]
    signs = dependencies.Signs(
        count="so many blocks rest on it", pressing="decides the gate, or is planned", other="not planned yet",
        unknown="not known", reported="reported without support",
    )  # fmt: skip
    ways: dict[str, dict[str, bool]] = {
        "Decides the gate, or is planned": {"pressing": True},
        "Not planned yet": {},
        "Not known": {"unknown": True},
        "Reported without support": {"pressing": True, "reported": True},
    }
    states = []
    for state, kind in ways.items():
        ties = [dependencies.Tie(lower=lower.id, upper=each.id, **kind) for each in uppers]
        drawn = dependencies.dependencies(bands, ties, f"{lower.title} holds up three blocks", signs)
        states.append(
            (state, {"label": state, "screen": drawn, "phone": "On phones a list takes its place."})
        )
    rule = "A riser from each block that is too low to what rests on it; the figure at its foot counts those blocks."
    return component("What blocks what", rule, "styleguide/_chart.html", *states, wide=True)


def _slopes(playbook: Playbook) -> Component:
    """Two floors: one where every level is known, one where some are not."""
    whole = ((1, 2, "up 1"), (1, 2, "up 1"), (2, 2, "same"), (2, 2, "same"), (3, 1, "down 2"), (0, 2, "up 2"))
    gone: tuple[tuple[int | None, int | None, str], ...] = (
        (1, 1, "same"), (None, 2, "now known"), (0, 0, "same"), (2, None, "not known any more"),
        (None, None, "same"), (3, 4, "up 1"),
    )  # fmt: skip
    states = []
    for layer, hue, state, levels in zip(
        playbook.layers, HUES, ("All levels known", "Some not known"), (whole, gone), strict=False
    ):
        lines = [
            slope.Line(
                name=each.title, before=before, after=after, change_word=change,
                before_state="unknown" if before is None else "level", before_word=_of_four(before),
                after_state="unknown" if after is None else "level", after_word=_of_four(after),
            )
            for each, (before, after, change) in zip(playbook.capabilities_of[layer.id], levels, strict=True)
        ]  # fmt: skip
        screen, phone = (
            slope.slope(lines, f"{layer.name}.", "March 2025", "May 2026", hue, form=form)
            for form in (slope.SCREEN, slope.PHONE)
        )
        states.append((state, {"label": f"{layer.name} at two dates", "screen": screen, "phone": phone}))
    rule = "Two dates: thick in the floor’s colour rises, thick in ink falls, thin stays, dashed has no level at one end."
    return component("Slope", rule, "styleguide/_chart.html", *states, wide=True)


def _of_four(level: int | None) -> str:
    return "not known" if level is None else f"{level} of 4"


def _chart(name: str, rule: str, state: str, draw: Callable[[charts.Format], Svg]) -> Component:
    drawn = {"label": name, "screen": draw(charts.SCREEN), "phone": draw(charts.PHONE)}
    return component(name, rule, "styleguide/_chart.html", (state, drawn))
