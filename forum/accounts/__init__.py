"""Members: who they are here, how they come in, and what they may do."""
