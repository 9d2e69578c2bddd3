"""Claims about the migrations."""
