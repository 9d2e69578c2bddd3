"""What is to reach a member, written down first; letters, and the addresses they may go to."""
