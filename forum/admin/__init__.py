"""Managing: opening spaces and rooms, inviting people."""
