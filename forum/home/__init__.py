"""The first pages: what this is, what is new, the guidelines, and people one can reach."""
