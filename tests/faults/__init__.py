"""Faults, injected for real into a real server: ``make faults``. The one promise is that what was acknowledged is stored."""
