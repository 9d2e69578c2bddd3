"""Transparency: what was decided here, month by month, in numbers that anybody may read."""
