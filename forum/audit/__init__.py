"""The audit log: what was decided and changed, by whom, so that nobody can rewrite it unseen."""
