"""After gatherings."""
