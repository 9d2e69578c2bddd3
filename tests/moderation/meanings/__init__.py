"""Tests of word classes, patterns and rubrics."""
