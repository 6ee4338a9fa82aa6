"""Every component in every state on two sheets, for whoever works on the look; only where DEBUG is on.

The words on these sheets are read by developers only, so they are plain English and no translator sees them; the
components themselves bring their own, translated ones.
"""
