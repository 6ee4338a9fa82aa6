"""Backups: everything that Groundwork knows in one file, and the way back into an empty database."""
