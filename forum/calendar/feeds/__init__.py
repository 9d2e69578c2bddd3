"""Calendar files: of one date, and of all that a member signed up for, under a title that tells nobody."""
