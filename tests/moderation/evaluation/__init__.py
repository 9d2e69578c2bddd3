"""Tests of how messages are judged, and of the figures of it."""
