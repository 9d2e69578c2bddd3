"""Meetings: the room of a gathering on one date, from its lobby to its transcript."""
