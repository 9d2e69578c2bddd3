"""Rooms: talk as it happens, with who is here and how the room is held."""
