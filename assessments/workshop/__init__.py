"""The room: one assessment answered together, on a screen, phones and a facilitator's console."""
