"""Reminders of gatherings: when a member wants them, in quiet, and never twice."""
