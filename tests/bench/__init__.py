"""Measures speed and memory; nothing here is asserted, and pytest collects none of it."""
