"""Tests of the recognisers, one file a kind of detail."""
