"""What the rules call by name: an edition without one of these would lose a rule without a word."""

from collections.abc import Mapping, Sequence

from advisor.engine.initiatives import GOVERN, INVENTORY, MONITOR, VALIDATE
from advisor.engine.lanes import HOLDS

CALLED_BY_NAME: Mapping[str, Sequence[str]] = {
    "capabilities": ("ml_reg", "ml_mon", "ml_val"),
    "initiatives": (INVENTORY, MONITOR, VALIDATE, GOVERN),
    "pitfalls": tuple(HOLDS),
    "signals": ("sig_check", "sig_trust"),
}
"""Ids by the field of the playbook that has to define them."""
