"""Measurements: each beside a baseline taken in the same run, so that figures of different machines can be compared."""
