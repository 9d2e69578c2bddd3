"""The desk's pages: the queue, one item in its context, the decision, the playbook of care, and the past."""
