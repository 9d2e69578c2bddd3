"""Tests of the stages, one file a rule."""
