"""Notices: replies to me, and what became of what I sent."""
