"""Profiles: what a member says about themselves."""
