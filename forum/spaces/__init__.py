"""Spaces and the places in them: who may see what."""
