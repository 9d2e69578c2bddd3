"""Claims about moving from one database to another."""
