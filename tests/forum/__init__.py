"""Claims about the memory."""
