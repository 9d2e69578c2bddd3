"""Threads: a title, an opening, and a tree of answers."""
