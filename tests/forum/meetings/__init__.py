"""Claims about meetings."""
