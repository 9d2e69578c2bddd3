"""Claims about who members are, and how they come in."""
