"""What the screens of a room ask for."""
