"""Chaos: members talk while everything under them is killed, and nothing that was acknowledged is lost."""
