"""Care for the team: hard words covered, pauses, buddies, topics left to others, shifts and a roster."""
