"""Gatherings: what is planned, for whom, when, and who comes."""
