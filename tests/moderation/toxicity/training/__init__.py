"""Tests of how the model that ships was made."""
