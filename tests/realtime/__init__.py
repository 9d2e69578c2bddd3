"""Claims about the carrier."""
