"""Gatherings in numbers."""
