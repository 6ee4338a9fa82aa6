"""Rooms full of phones, played against the real server: ``make load`` and ``make faults``."""
