"""Asking several people: the page that sends the link, the way in for each of them, and where their answers differ."""
