"""Journeys: a real browser against the real server, as a process of its own."""
