"""People one can reach now, in whatever country."""
