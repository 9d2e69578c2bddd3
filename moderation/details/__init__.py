"""Recognises details by which a person could be found, reached or robbed: one kind of detail a file."""
