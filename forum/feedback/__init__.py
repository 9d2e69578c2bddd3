"""After a gathering: three questions without names, and a few words to its hosts."""
