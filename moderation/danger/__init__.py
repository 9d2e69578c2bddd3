"""What danger sounds like: somebody's own, or that of one they write about."""
