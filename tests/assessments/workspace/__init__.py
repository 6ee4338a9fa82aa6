"""The desk: people, workspaces, and the way in."""
