"""The judge: what a text may do here, decided without a database and without the web."""
