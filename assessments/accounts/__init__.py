"""Accounts: who signs in, and how. An app of its own, since other apps need the row of a person before all rows of ours."""
