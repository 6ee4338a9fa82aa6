"""A "what if" in words: levels as somebody tries them, and what the rules then say, beside what they say today."""

from reports.presenter.whatif.effect import whatif_page
from reports.presenter.whatif.kept import ScenariosSection, scenario_cards, scenarios_section
from reports.presenter.whatif.parts import WhatIfPage

__all__ = ["ScenariosSection", "WhatIfPage", "scenario_cards", "scenarios_section", "whatif_page"]
