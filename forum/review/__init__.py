"""Review: what waits for a person, what was reported, and what a moderator decides."""
