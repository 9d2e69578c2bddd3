"""Claims about the audit log."""
