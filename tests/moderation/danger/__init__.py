"""Tests of what danger sounds like."""
