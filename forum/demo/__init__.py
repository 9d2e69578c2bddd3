"""A community to look around in: made up, and said through the one door like everything else."""
